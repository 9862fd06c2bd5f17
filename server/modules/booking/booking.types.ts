import type { Language, Provider } from '../people/index.ts';
import type { Run, Session } from '../scheduling/index.ts';
import type { Seminar } from '../catalogue/index.ts';

export const bookingStates = [
  'requested',
  'waiting',
  'offered',
  'confirmed',
  'declined',
  'expired',
  'lapsed',
  'cancelled',
] as const;
export type BookingStatus = (typeof bookingStates)[number];

/** Why the last decision on a waiting booking was what it was: the "why not me?" trace. */
export type WaitingReason =
  | 'no-place-free'
  | 'group-does-not-fit'
  | 'behind-others'
  | 'after-cut-off'
  | 'run-over-full'
  | 'institution-limit'
  | 'kept-for-contingent';

export type Booker = { name: string; email: string; language: Language };
/** `key` identifies a person in the run without naming one. `sitsElsewhere`: this person holds a place in another booking of the run, so none is taken here. */
export type Participant = {
  id: string;
  name: string;
  email: string;
  key: string;
  language?: Language;
  sitsElsewhere?: true;
  /** The units in which this person sits in another booking, where that is only some of this booking's. */
  elsewhere?: string[];
};

export type StateChange = { status: BookingStatus; at: Date; by: { kind: string; id?: string }; reason?: string };

/** A booking as its holder sees it. `places`: as asked for; `number`: its turn in the run's queue. */
export type Booking = {
  id: string;
  runId: string;
  number: number;
  status: BookingStatus;
  /** What is booked: `run` for the whole, else the ids of modules. */
  units: string[];
  places: number;
  booker: Booker;
  participants: Participant[];
  /** Those who sat here before others did. */
  former?: Participant[];
  /** A group that comes by the number of heads: nobody but who comes along has a name. */
  group?: string;
  /** The links that people were sent for places without a name, and have not used yet. */
  detailsLinks?: { id: string; email: string; sentAt: Date; sends: number; token: string }[];
  institution?: string;
  /** The institution it belongs to, where it is more than a name. */
  institutionId?: string;
  reason?: WaitingReason;
  /** It stands before others, for a reason that its coordinators know; `turn` is the number it had. */
  lifted?: { turn: number; priority?: number; reason: string };
  /** Its places are held until then; only while it is offered. */
  offeredUntil?: Date;
  /** A superior has to approve it, or has. `until`: its places are held until then; only while it is requested. */
  approval?: { until?: Date; institutionId?: string; superiors: { name: string; email: string; deputy?: true }[] };
  /** How often a smaller booking went ahead of it. */
  passes?: number;
  /** It is a part of that booking, which waits or waited for the rest. */
  partOf?: string;
  /** It is one of several runs that were named in an order; `rank`: 1 is wished for most. */
  wish?: { id: string; rank: number };
  /** Until then its holder may cancel, whatever the run's deadline says. */
  freeCancellationUntil?: Date;
  states: StateChange[];
  createdAt: Date;
  /** Signs the holder's link. */
  token: string;
};

/** What the booker is told at once. `position`: 1 is next; only while waiting. */
export type BookPlacesOutcome = {
  id: string;
  token: string;
  status: 'confirmed' | 'waiting' | 'requested';
  places: number;
  position?: number;
  /** Where several runs were named: the one that `status` is about, and the others in which it waits as well. */
  runId?: string;
  alternatives?: { id: string; token: string; runId: string; rank: number }[];
  /** What of the places asked for was confirmed at once, as a booking of its own, while the others wait. */
  part?: { id: string; token: string; places: number };
};

/** Places of a run. `left` is what a newcomer could have now; `waiting` counts places, not bookings. */
export type PlacesOfRun = {
  capacity: number;
  held: number;
  left: number;
  waiting: number;
  /** How many are kept for a group, where any are: nobody holds them, and they are left for nobody else. */
  kept?: number;
  /** Where the run is booked by module: the places of each. The figures above are then those of the module with the most. */
  modules?: PlacesOfModule[];
  /** Places for those who make up a module they missed elsewhere, beside the run's own. */
  makeUp?: PlacesOfModule[];
};
export type PlacesOfModule = { moduleId: string; capacity: number; held: number; left: number; waiting: number };

/** A run with all that a visitor sees of it. */
export type RunListing = { run: Run; seminar: Seminar; provider: Provider; places: PlacesOfRun };
export type RunDetails = RunListing & { sessions: Session[] };

/** A module as it is booked in a run: its number in the seminar, when it sits, and how many places it has. */
export type ModuleOfRun = {
  id: string;
  title: string;
  number: number;
  teachingUnits?: number;
  sessions: Session[];
  places: PlacesOfModule;
  begun: boolean;
};

export type RunFilter = {
  text?: string;
  kind?: Seminar['kind'];
  provider?: string;
  language?: string;
  from?: Date;
  to?: Date;
  /** Only runs with a place a newcomer could have. */
  free?: boolean;
  /** It is known that no run booked by module is under way. */
  noneUnderWay?: boolean;
  /** What `next` of the page before said. */
  after?: string;
  /** At most 100. */
  limit?: number;
};
export type RunPage = { items: RunListing[]; next?: string };

/** One line of the coordinator's queue. `position` only while waiting. */
export type QueueEntry = Booking & { position?: number };

import type { SeminarInput } from '../modules/catalogue/index.ts';
import type { RunSettings } from '../modules/scheduling/index.ts';

/** When and where a seminar of the demo runs, and how far it is booked. */
export type DemoRun = {
  /** Days from today to the first session; or to the next clock change before which it begins. */
  in: number | { beforeClockChange: number };
  /** The first sittings are this many days apart; `modules` names the module of each. */
  repeats?: { times: number; everyDays: number; modules?: readonly number[] };
  from?: string;
  to?: string;
  place: string;
  onSaturday?: true;
  capacity: number;
  /** Places booked, and then the parties that wait. */
  taken?: number;
  waiting?: readonly number[];
  trainers: readonly number[];
  minimum?: number;
  /** What it wants of its room. */
  needs?: RunSettings['needs'];
  /** It moved to the day after, when the house is closed: why that is all right. */
  openedBecause?: string;
  /** How many may make up each of its modules. */
  makeUpPlaces?: number;
  state?: 'draft' | 'cancelled';
};

export type Offer = SeminarInput & { runs: readonly DemoRun[] };

/** A run of the demo that was planned; `number` counts them, so that each books other people. */
export type SeededRun = { id: string; sessionIds: string[]; demo: DemoRun; offer: Offer; number: number };

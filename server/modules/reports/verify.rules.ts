import { gotPlacesAt, holding, waitedFromTo } from './booking-times.rules.ts';
import {
  brokenReservations,
  lookedAt,
  roomFor,
  wentAheadRightly,
  type ReservedFacts,
} from './verify-reserved.rules.ts';

export type BrokenPromise = { promise: 1 | 2 | 3 | 4 | 5 | 9; runId: string; bookingId?: string; sentence: string };

export type LedgerFacts = {
  runId: string;
  nextNumber: number;
  waiting: number;
  units: {
    unit: string;
    capacity: number;
    held: number;
    waiting: number;
    contingents?: { id: string; places: number; held: number }[];
  }[];
};
export type BookingFacts = {
  id: string;
  number: number;
  status: string;
  units: string[];
  places: number;
  /** How many of them it takes in each unit, and who sits there, by key, without those who sit elsewhere. */
  taken: Readonly<Record<string, number>>;
  seated: Readonly<Record<string, readonly string[]>>;
  seats: string[];
  /** For a unit in which a module is made up: the units in which its people must not sit beside it. */
  notBeside: Readonly<Record<string, readonly string[]>>;
  /** How often others went ahead, and how many of its places may be given without the rest. */
  passes: number;
  divisible: number;
  /** For whom limits and contingents count it. */
  organisation?: string;
  organisationKind?: string;
  /** When a coordinator had it stand elsewhere in the queue. */
  lifts: readonly { at: number; from: number; to: number }[];
  splitFrom?: { bookingId: string; number: number };
  requestKey?: string;
  states: { status: string; at: Date }[];
};
/** A run as the data tell it. `mayPromote`: published, and before the cut-off of these units; `lowered`: its capacity was once changed. */
export type RunFacts = {
  ledger: LedgerFacts;
  bookings: BookingFacts[];
  mayPromote(units: readonly string[]): boolean;
  lowered: boolean;
  /** How free places are given; to the first `window` who wait; `wasChanged`: it was once another way. */
  queue: { order: string; maxPasses: number; window?: number; wasChanged: boolean };
  /** What is kept for whom, and how much one institution may hold. */
  reserved: ReservedFacts;
};

const active: readonly string[] = [...holding, 'waiting'];

/** Everything in a run that breaks promise 1, 2, 3 or 4 (design, section 2); empty when all is well. */
export function brokenPromisesOf(run: RunFacts): BrokenPromise[] {
  return [
    ...heldPlaces(run),
    ...overtakings(run),
    ...leftLying(run),
    ...satTwice(run),
    ...madeUpBeside(run),
    ...bookedTwice(run),
    ...brokenReservations(run),
  ];
}

function heldPlaces({ ledger, bookings, lowered }: RunFacts): BrokenPromise[] {
  const broken = ledger.units.flatMap(({ unit, capacity, held, waiting: noted }) => {
    const counted = sum(
      bookings.filter(({ status, units }) => holding.includes(status) && units.includes(unit)),
      ({ taken }) => taken[unit] ?? 0,
    );
    const sentences = [];
    if (counted !== held) sentences.push(`${held} places of ${unit} are noted as held, the bookings hold ${counted}.`);
    if (counted > capacity && !lowered) sentences.push(`${counted} places of ${unit} are held, there are ${capacity}.`);
    const awaited = sum(
      bookings.filter((booking) => isWaiting(booking) && booking.units.includes(unit)),
      ({ places }) => places,
    );
    if (awaited !== noted)
      sentences.push(`${noted} places of ${unit} are noted as waiting, the bookings say ${awaited}.`);
    return sentences;
  });
  const waiting = sum(bookings.filter(isWaiting), ({ places }) => places);
  if (waiting !== ledger.waiting)
    broken.push(`${ledger.waiting} places are noted as waiting, the bookings say ${waiting}.`);
  return broken.map((sentence) => ({ promise: 1, runId: ledger.runId, sentence }));
}

/** Somebody had places while a booking with an earlier turn went on waiting for the same, oftener than is on record. */
function overtakings(run: RunFacts): BrokenPromise[] {
  const { ledger, bookings, queue } = run;
  const winners = bookings.flatMap((booking) => {
    const gotAt = gotPlacesAt(booking);
    return gotAt === undefined ? [] : [{ booking, gotAt }];
  });
  return bookings.flatMap((waiting) => {
    const [from, until] = waitedFromTo(waiting);
    const ahead = winners.filter(
      ({ booking, gotAt }) =>
        numbersAt(waiting, gotAt).every((number) => numbersAt(booking, gotAt).every((other) => number < other)) &&
        sharesUnit(waiting, booking) &&
        from <= gotAt &&
        gotAt < until &&
        !wentAheadRightly(run, waiting, booking, gotAt),
    );
    const allowed = queue.wasChanged ? waiting.passes : Math.min(waiting.passes, queue.maxPasses);
    if (ahead.length <= allowed) return [];
    return ahead.map(({ booking }) => ({
      promise: 2 as const,
      runId: ledger.runId,
      bookingId: booking.id,
      sentence: `Booking ${booking.number} was confirmed while booking ${waiting.number} waited.`,
    }));
  });
}

/** Somebody to whom the policy gives the places that are free has them not. */
function leftLying(run: RunFacts): BrokenPromise[] {
  const { ledger, bookings, mayPromote, queue } = run;
  const inOrder = bookings.filter(isWaiting).toSorted((one, other) => one.number - other.number);
  const waiting = lookedAt(run, inOrder).slice(0, queue.window);
  return waiting.flatMap((head, index) => {
    const blocks = (other: BookingFacts) =>
      sharesUnit(other, head) && !(mayPromote(other.units) && other.passes < queue.maxPasses);
    if (!mayPromote(head.units)) return [];
    const ahead = waiting.slice(0, index).filter(blocks);
    const least = (unit: string) =>
      queue.order === 'split' && head.divisible > 0 ? 1 : Math.max(1, head.taken[unit] ?? 0);
    const fits = ledger.units
      .filter(({ unit }) => head.units.includes(unit))
      .every(({ unit }) => roomFor(run, head, unit, ahead) >= least(unit));
    const sentence = `Places are free for booking ${head.number}, the first in the queue for them, yet it waits.`;
    return fits ? [{ promise: 2 as const, runId: ledger.runId, bookingId: head.id, sentence }] : [];
  });
}

function satTwice({ ledger, bookings }: RunFacts): BrokenPromise[] {
  const seen = new Map<string, number>();
  return bookings
    .filter(({ status }) => active.includes(status))
    .flatMap((booking) =>
      booking.units.flatMap((unit) =>
        (booking.seated[unit] ?? []).flatMap((key) => {
          const seat = `${unit}:${key}`;
          const first = seen.get(seat);
          seen.set(seat, booking.number);
          const sentences = [];
          if (first !== undefined) sentences.push(`The same person sits in bookings ${first} and ${booking.number}.`);
          if (!booking.seats.includes(seat))
            sentences.push(`Booking ${booking.number} does not guard one of its seats.`);
          return sentences.map((sentence) => ({
            promise: 3 as const,
            runId: ledger.runId,
            bookingId: booking.id,
            sentence,
          }));
        }),
      ),
    );
}

/** Somebody holds a place for making up a module of a run in which they sit in that module anyway. */
function madeUpBeside({ ledger, bookings }: RunFacts): BrokenPromise[] {
  const held = bookings.filter(({ status }) => holding.includes(status));
  const sitting = (booking: BookingFacts) =>
    booking.units.flatMap((unit) => (booking.seated[unit] ?? []).map((key) => `${unit}:${key}`));
  const seats = new Set(held.flatMap(sitting));
  return held.flatMap((booking) =>
    Object.entries(booking.notBeside).flatMap(([unit, others]) =>
      (booking.seated[unit] ?? [])
        .filter((key) => others.some((other) => seats.has(`${other}:${key}`)))
        .map(() => ({
          promise: 3 as const,
          runId: ledger.runId,
          bookingId: booking.id,
          sentence: `Booking ${booking.number} makes up a module in which its person sits in this run already.`,
        })),
    ),
  );
}

function bookedTwice({ ledger, bookings }: RunFacts): BrokenPromise[] {
  const repeated = (values: (string | number)[]) => values.length - new Set(values).size;
  const sentences = [];
  if (repeated(bookings.flatMap(({ requestKey }) => requestKey ?? [])) > 0)
    sentences.push('One request made more than one booking.');
  if (repeated(bookings.map(({ number }) => number)) > 0) sentences.push('A number of the queue was given twice.');
  if (bookings.some(({ number }) => number >= ledger.nextNumber)) sentences.push('The next number was given already.');
  return sentences.map((sentence) => ({ promise: 4, runId: ledger.runId, sentence }));
}

/**
 * Where a booking stood at a time: a part, where the group stood that it was divided from. What happened in one instant is
 * not told apart.
 */
function numbersAt({ number, splitFrom, lifts }: BookingFacts, at: number): number[] {
  if (splitFrom) return [splitFrom.number];
  const next = lifts.find((lift) => lift.at >= at);
  const then = next?.from ?? number;
  return [then, ...lifts.filter((lift) => lift.at === at).map(({ to }) => to)];
}

function sharesUnit(one: BookingFacts, other: BookingFacts): boolean {
  return one.units.some((unit) => other.units.includes(unit));
}

function isWaiting({ status }: BookingFacts): boolean {
  return status === 'waiting';
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}

export type BrokenPromise = { promise: 1 | 2 | 3 | 4 | 9; runId: string; bookingId?: string; sentence: string };

export type LedgerFacts = {
  runId: string;
  nextNumber: number;
  waiting: number;
  units: { unit: string; capacity: number; held: number; waiting: number }[];
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
  requestKey?: string;
  states: { status: string; at: Date }[];
};
/** A run as the data tell it. `mayPromote`: published, and before the cut-off of these units; `lowered`: its capacity was once changed. */
export type RunFacts = {
  ledger: LedgerFacts;
  bookings: BookingFacts[];
  mayPromote(units: readonly string[]): boolean;
  lowered: boolean;
};

const holding: readonly string[] = ['requested', 'offered', 'confirmed'];
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

/** Somebody was confirmed while a booking with a smaller number went on waiting for the same places. */
function overtakings({ ledger, bookings }: RunFacts): BrokenPromise[] {
  const waits = bookings.map((booking) => ({ booking, until: waitedUntil(booking) }));
  return bookings.flatMap((winner) => {
    const confirmedAt = winner.states.find(({ status }) => status === 'confirmed')?.at;
    if (!confirmedAt) return [];
    return waits
      .filter(
        ({ booking, until }) =>
          booking.number < winner.number &&
          sharesUnit(booking, winner) &&
          until > confirmedAt.getTime() &&
          joinedAt(booking) <= confirmedAt.getTime(),
      )
      .map(({ booking }) => ({
        promise: 2 as const,
        runId: ledger.runId,
        bookingId: winner.id,
        sentence: `Booking ${winner.number} was confirmed while booking ${booking.number} waited.`,
      }));
  });
}

/** Somebody for whose units nobody else waits longer could have the places, and has not. */
function leftLying({ ledger, bookings, mayPromote }: RunFacts): BrokenPromise[] {
  const queue = bookings.filter(isWaiting).toSorted((one, other) => one.number - other.number);
  return queue.flatMap((head, index) => {
    const isFirst = !queue.slice(0, index).some((other) => sharesUnit(other, head));
    if (!isFirst || !mayPromote(head.units)) return [];
    const fits = ledger.units
      .filter(({ unit }) => head.units.includes(unit))
      .every(({ unit, capacity, held }) => capacity - held >= Math.max(1, head.taken[unit] ?? 0));
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

function waitedUntil({ states }: BookingFacts): number {
  const index = states.findIndex(({ status }) => status === 'waiting');
  if (index === -1) return -Infinity;
  return states[index + 1]?.at.getTime() ?? Infinity;
}

function joinedAt({ states }: BookingFacts): number {
  return states[0]?.at.getTime() ?? Infinity;
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

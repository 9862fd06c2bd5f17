import { gotPlacesAt, holding } from './booking-times.rules.ts';
import type { BookingFacts, BrokenPromise, RunFacts } from './verify.rules.ts';

/** What a run keeps for whom, and how much one institution may hold, as the data tell it. */
export type ReservedFacts = {
  contingents: ContingentFacts[];
  /** How many places one institution might hold at a time; the last change of that. */
  limitAt(at: number): number | undefined;
  limitSetAt: number;
  /** Places that an institution held until then, of bookings that still stand. */
  gaveUp: readonly { organisation: string; at: number; places: number }[];
  now: number;
};
export type ContingentFacts = {
  id: string;
  places: number;
  organisations: readonly string[];
  kinds: readonly string[];
  madeAt: number;
  releaseAt: number;
  releasedAt?: number;
  /** How often that was recorded. */
  releases: number;
};

const graceInMilliseconds = 15 * 60_000;

/** Places that are kept and not counted so, not released in time or more than once, and institutions that hold too many. */
export function brokenReservations(run: RunFacts): BrokenPromise[] {
  const { ledger } = run;
  const broken = (promise: 1 | 2) => (sentence: string) => ({ promise, runId: ledger.runId, sentence });
  return [...miscounted(run).map(broken(1)), ...unreleased(run).map(broken(2)), ...tooMany(run).map(broken(2))];
}

function miscounted({ ledger, bookings, reserved }: RunFacts): string[] {
  return ledger.units.flatMap(({ unit, contingents = [] }) =>
    contingents.flatMap(({ id, held }) => {
      const counted = bookings
        .filter((one) => holding.includes(one.status) && groupOf(reserved, one, Infinity) === id)
        .reduce((sum, { taken }) => sum + (taken[unit] ?? 0), 0);
      const isKept = reserved.contingents.some((one) => one.id === id && one.releasedAt === undefined);
      return [
        ...(counted === held
          ? []
          : [`A contingent is noted to hold ${held} places of ${unit}, its group holds ${counted}.`]),
        ...(isKept ? [] : [`Places of ${unit} are kept for a contingent that is over.`]),
      ];
    }),
  );
}

function unreleased({ reserved: { contingents, now } }: RunFacts): string[] {
  return contingents.flatMap(({ releaseAt, releasedAt, releases }) => [
    ...(releasedAt === undefined && releaseAt + graceInMilliseconds < now
      ? ['Places are still kept after the time of their release.']
      : []),
    ...(releases > 1 ? ['A contingent was released more than once.'] : []),
  ]);
}

/** Whoever held more when the limit was set keeps it; nobody came to more since. */
function tooMany({ ledger, bookings, reserved }: RunFacts): string[] {
  const most = reserved.limitAt(Infinity);
  if (most === undefined) return [];
  const holders = bookings.filter(({ status, organisation }) => holding.includes(status) && organisation !== undefined);
  return [...new Set(holders.map(({ organisation }) => organisation))].flatMap((organisation) => {
    const own = holders.filter((one) => one.organisation === organisation);
    const came = own.some((one) => (gotPlacesAt(one) ?? 0) > reserved.limitSetAt);
    return ledger.units
      .filter(({ unit }) => !unit.startsWith('make-up:'))
      .map(({ unit }) => own.reduce((sum, { taken }) => sum + (taken[unit] ?? 0), 0))
      .filter((held) => came && held > most)
      .map((held) => `One institution holds ${held} places, it may have ${most}.`);
  });
}

/** Whether `winner` came to its places rightly although `waiting` stood ahead: it had a right that the other had not. */
export function wentAheadRightly(run: RunFacts, waiting: BookingFacts, winner: BookingFacts, at: number): boolean {
  const group = groupOf(run.reserved, winner, at);
  if (group !== undefined && group !== groupOf(run.reserved, waiting, at)) return true;
  const keepsOrder = run.queue.order !== 'fill' && !run.queue.wasChanged;
  if (keepsOrder && waiting.organisation === winner.organisation) return false;
  const ownAhead = run.bookings.filter(
    (one) => one.organisation === waiting.organisation && one.number <= waiting.number && waited(one, at),
  );
  return ownAhead.some((one) => (keepsOrder || one === waiting) && wasOverLimit(run, one, at));
}

/** Whether its institution held so many places at that time that it could not have these too. */
function wasOverLimit({ bookings, reserved }: RunFacts, booking: BookingFacts, at: number): boolean {
  const most = reserved.limitAt(at);
  if (most === undefined || booking.organisation === undefined) return false;
  const own = bookings.filter((one) => one.organisation === booking.organisation && wasIn(one, holding, at));
  const gaveUpLater = reserved.gaveUp
    .filter((one) => one.organisation === booking.organisation && at <= one.at)
    .reduce((sum, { places }) => sum + places, 0);
  return booking.units
    .filter((unit) => !unit.startsWith('make-up:') && (booking.taken[unit] ?? 0) > 0)
    .some(
      (unit) => own.reduce((sum, { taken }) => sum + (taken[unit] ?? 0), booking.taken[unit] ?? 0) + gaveUpLater > most,
    );
}

function waited(booking: BookingFacts, at: number): boolean {
  return wasIn(booking, ['waiting'], at);
}

/** Both ends count: what happened in one instant is not told apart. */
function wasIn({ states }: BookingFacts, wanted: readonly string[], at: number): boolean {
  return states.some(
    ({ status, at: from }, index) =>
      wanted.includes(status) && from.getTime() <= at && at <= (states[index + 1]?.at.getTime() ?? Infinity),
  );
}

/** The room that somebody who waits has in a unit: open to all, and kept for the group; `blocks`: those ahead. */
export function roomFor(run: RunFacts, head: BookingFacts, unit: string, blocks: readonly BookingFacts[]): number {
  const found = run.ledger.units.find((one) => one.unit === unit);
  if (!found) return 0;
  let open = found.capacity - found.held;
  const own = groupOf(run.reserved, head, Infinity);
  const ahead = blocks.filter(({ units }) => units.includes(unit));
  let mine = 0;
  for (const { id, places, held: taken } of found.contingents ?? []) {
    const kept = Math.max(0, Math.min(places - taken, open));
    open -= kept;
    if (id === own && !ahead.some((one) => groupOf(run.reserved, one, Infinity) === id)) mine = kept;
  }
  return (ahead.length > 0 ? Math.min(0, open) : open) + mine;
}

/** Those who wait and are looked at: whoever is over the limit of its institution lets others go ahead, but not its own. */
export function lookedAt(run: RunFacts, waiting: readonly BookingFacts[]): BookingFacts[] {
  const isOver = (one: BookingFacts) => wasOverLimit(run, one, Infinity);
  const isBehindOwn = (one: BookingFacts, index: number) =>
    run.queue.order !== 'fill' &&
    waiting.slice(0, index).some((other) => other.organisation === one.organisation && isOver(other));
  return waiting.filter((one, index) => !isOver(one) && !(one.organisation !== undefined && isBehindOwn(one, index)));
}

function groupOf(
  { contingents }: ReservedFacts,
  { organisation, organisationKind }: BookingFacts,
  at: number,
): string | undefined {
  return contingents.find(
    ({ organisations, kinds, madeAt, releasedAt = Infinity }) =>
      madeAt <= at &&
      (at === Infinity ? releasedAt === Infinity : at <= releasedAt) &&
      ((organisation !== undefined && organisations.includes(organisation)) ||
        (organisationKind !== undefined && kinds.includes(organisationKind))),
  )?.id;
}

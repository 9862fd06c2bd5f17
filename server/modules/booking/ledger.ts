import { AppError, notFound } from '../../platform/errors.ts';
import { contingentOf, nextRelease, type Contingent } from './contingents.rules.ts';
import { LedgerModel, type KeptForRow, type LedgerRow } from './ledger.model.ts';
import { countPlaces, type Tally } from './limits.rules.ts';
import { placesTakenIn } from './units.rules.ts';

/** `waiting`: places that are waited for in the unit; while there are any, nobody new gets one, unless it is `passable`. */
export type Unit = {
  unit: string;
  capacity: number;
  held: number;
  waiting: number;
  contingents?: Contingent[];
  passable?: true;
};
/**
 * The places of a run while a transaction works on them: changed in memory, written once by `closeLedger`. `limit`: how
 * many of them each institution holds, where the run has a limit for that; counted when it is opened, never stored.
 */
export type Ledger = {
  runId: string;
  nextNumber: number;
  waiting: number;
  units: Unit[];
  contingents?: KeptForRow[];
  limit?: { most: number; held: Tally };
};

/** Makes the ledger of a new run, every unit with `capacity` places. */
export async function createLedger(runId: string, units: readonly string[], capacity: number): Promise<void> {
  await createLedgerWith(
    runId,
    units.map((unit) => ({ unit, capacity })),
  );
}

/** The same with places of its own for every unit. */
export async function createLedgerWith(
  runId: string,
  units: readonly { unit: string; capacity: number }[],
): Promise<void> {
  const rows = units.map(({ unit, capacity }) => emptyUnit(unit, capacity));
  await LedgerModel.create([{ _id: runId, nextNumber: 1, turn: 0, waiting: 0, units: rows }]);
}

/** Adds units to the ledger that the open transaction holds: for modules that came into the run later. */
export async function addUnits(ledger: Ledger, units: readonly string[], capacity: number): Promise<void> {
  const rows = units.map((unit) => emptyUnit(unit, capacity));
  await LedgerModel.updateOne({ _id: ledger.runId }, { $push: { units: { $each: rows } } });
  ledger.units.push(...rows);
}

function emptyUnit(unit: string, capacity: number) {
  return { unit, capacity, held: 0, waiting: 0, contingents: [] };
}

/**
 * Takes the ledger for the open transaction. Raising the turn is a write, so whoever comes second meets a write conflict
 * here, before any work was done, and starts again with what the first one left. @throws not-found
 */
export async function openLedger(runId: string): Promise<Ledger> {
  const row = await LedgerModel.findOneAndUpdate(
    { _id: runId },
    { $inc: { turn: 1 } },
    { returnDocument: 'after' },
  ).lean();
  if (!row) throw notFound('run');
  return ledgerOf(row);
}

/**
 * Writes what changed. Every unit must still stand as it was read, and what is newly held must fit below the capacity:
 * the rule has decided that already, and this filter is what enforces it. @throws places-changed
 */
export async function closeLedger(before: Ledger, after: Ledger): Promise<void> {
  const units = after.units.map((unit, index) => ({ index, unit, was: before.units[index] ?? unit }));
  const unchanged = units.map(({ index, unit, was }) => ({
    [`units.${index}.unit`]: unit.unit,
    [`units.${index}.capacity`]: was.capacity,
    [`units.${index}.held`]: unit.held > was.held ? { $lte: unit.capacity - (unit.held - was.held) } : was.held,
    ...Object.fromEntries(
      (was.contingents ?? []).map(({ held }, at) => [`units.${index}.contingents.${at}.held`, held]),
    ),
  }));
  const increments = units.map(({ index, unit, was }) => ({ [`units.${index}.held`]: unit.held - was.held }));
  const capacities = units.map(({ index, unit }) => ({
    [`units.${index}.capacity`]: unit.capacity,
    [`units.${index}.waiting`]: unit.waiting,
    ...(unit.passable && { [`units.${index}.passable`]: true }),
    ...(unit.contingents && { [`units.${index}.contingents`]: unit.contingents }),
  }));
  const blocked = units.filter(({ unit, was }) => was.passable && !unit.passable);
  const releaseAt = after.contingents && nextRelease(after.contingents);

  const written = await LedgerModel.updateOne(
    Object.assign({ _id: after.runId, nextNumber: before.nextNumber }, ...unchanged),
    {
      $inc: Object.assign({ waiting: after.waiting - before.waiting }, ...increments),
      $set: Object.assign(
        {
          nextNumber: after.nextNumber,
          ...(after.contingents && { contingents: after.contingents }),
          ...(releaseAt && { nextReleaseAt: releaseAt }),
        },
        ...capacities,
      ),
      ...((blocked.length > 0 || (after.contingents && !releaseAt)) && {
        $unset: Object.assign(
          after.contingents && !releaseAt ? { nextReleaseAt: 1 } : {},
          ...blocked.map(({ index }) => ({ [`units.${index}.passable`]: 1 })),
        ),
      }),
    },
  );
  if (written.matchedCount !== 1)
    throw new AppError('places-changed', 'unavailable', 'The places changed while they were being counted.');
}

/** The places of several runs, by run id. */
export async function ledgersOf(runIds: readonly string[]): Promise<Map<string, Ledger>> {
  const rows = await LedgerModel.find({ _id: { $in: [...runIds] } }).lean();
  return new Map(rows.map((row) => [row._id, ledgerOf(row)]));
}

function ledgerOf({ _id, nextNumber, waiting, units, contingents }: LedgerRow): Ledger {
  return {
    runId: _id,
    nextNumber,
    waiting,
    units: units.map((unit) => ({
      unit: unit.unit,
      capacity: unit.capacity,
      held: unit.held,
      waiting: unit.waiting ?? waiting,
      ...(unit.contingents.length > 0 && { contingents: unit.contingents }),
      ...(unit.passable && { passable: true as const }),
    })),
    ...(contingents && { contingents }),
  };
}

type Counted = {
  units: readonly string[];
  places: number;
  participants: Parameters<typeof placesTakenIn>[0]['participants'];
  organisation?: string;
  organisationKind?: string;
};

/** Notes the places of a booking as held, in each of its units, and by its institution and group where these count. */
export function hold(ledger: Ledger, booking: Counted): void {
  count(ledger, booking, 1);
}

/** Gives back what `hold` noted. */
export function release(ledger: Ledger, booking: Counted): void {
  count(ledger, booking, -1);
}

function count(ledger: Ledger, booking: Counted, sign: 1 | -1): void {
  const contingent = contingentOf(ledger.contingents ?? [], booking);
  for (const unit of unitsOf(ledger, booking)) {
    const places = sign * placesTakenIn(booking, unit.unit);
    unit.held += places;
    const own = unit.contingents?.find(({ id }) => id === contingent);
    if (own) own.held += places;
  }
  if (ledger.limit) countPlaces(ledger.limit.held, booking, (unit) => sign * placesTakenIn(booking, unit));
}

/** Notes the places of a booking as waited for; a shadow waits like anybody else. */
export function startWaiting(ledger: Ledger, booking: Counted): void {
  ledger.waiting += booking.places;
  for (const unit of unitsOf(ledger, booking)) unit.waiting += booking.places;
}

export function stopWaiting(ledger: Ledger, booking: Counted): void {
  ledger.waiting -= booking.places;
  for (const unit of unitsOf(ledger, booking)) unit.waiting -= booking.places;
}

/** Counts a booking as it is now, instead of as it was. */
export function recount(ledger: Ledger, before: Counted & { status: string }, after: Counted): void {
  if (before.status === 'waiting') {
    stopWaiting(ledger, before);
    startWaiting(ledger, after);
  } else {
    release(ledger, before);
    hold(ledger, after);
  }
}

function unitsOf(ledger: Ledger, booking: Counted): Unit[] {
  return ledger.units.filter(({ unit }) => booking.units.includes(unit));
}

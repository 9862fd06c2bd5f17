import { elsewhereOf, seatsTaken } from './book-places.ts';
import { carryAccessNeeds } from './access-needs.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { StateChange } from './booking.types.ts';
import type { OpenRun } from './lane.ts';
import { hold, release, stopWaiting } from './ledger.ts';
import { seatsOf } from './seats.rules.ts';
import { fitsNow } from './settle.ts';
import { isMakeUp, moduleOfUnit, placesTakenIn, wholeRun } from './units.rules.ts';
import { unitsThere } from './units-there.rules.ts';
import { waitsThereToo } from './wish-came-true.ts';

/** A run that a booking leaves, and the one it comes into, both open in one transaction. */
export type Both = { from: OpenRun; into: OpenRun };

/**
 * The booking as it would stand in another run, whole; nothing when it does not fit there now. Nobody who waits there is
 * passed.
 */
export async function fittingThere(into: OpenRun, row: BookingRow): Promise<BookingRow | undefined> {
  if (await waitsThereToo(into, row)) return undefined;
  const units = unitsThere(row.units, into);
  if (!units) return undefined;
  const keys = row.participants.map(({ key }) => key);
  if (await sitsInWhatIsMadeUp(into, units, keys)) return undefined;
  const taken = await seatsTaken(into, units, keys);
  const participants = row.participants.map(({ sitsElsewhere: _there, elsewhere: _in, ...person }) => ({
    ...person,
    ...elsewhereOf(person.key, units, taken),
  }));
  const placesTaken = Math.max(...units.map((unit) => placesTakenIn({ places: row.places, participants }, unit)));
  const there: BookingRow = { ...row, units, participants, placesTaken };
  return fitsNow(into, there) ? there : undefined;
}

/** Makes a booking that fits one that is confirmed there, under the next number. */
export function confirmedThere(into: OpenRun, row: BookingRow, why: Pick<StateChange, 'by' | 'reason'>): BookingRow {
  const number = into.ledger.nextNumber++;
  return {
    ...row,
    runId: into.run.id,
    number,
    // A turn counts in its own run only.
    ...(row.splitFrom && { splitFrom: { ...row.splitFrom, number } }),
    status: 'confirmed',
    seats: seatsOf(row.units, row.participants),
    states: [...row.states, { status: 'confirmed', at: into.at, ...why }],
    moved: { at: into.at, fromRunId: row.runId },
  };
}

/** Writes a booking into its new run, counts it there, and takes what its people need along. */
export async function writeMoved({ from, into }: Both, row: BookingRow, moved: BookingRow): Promise<void> {
  const { _id, reason: _why, offer: _over, lifted: _lifted, lifts: _lifts, seats = [], ...fields } = moved;
  // Where it stood in a queue counts in that run only.
  const left = { reason: 1, offer: 1, lifted: 1, lifts: 1 } as const;
  await BookingModel.updateOne(
    { _id, runId: from.run.id, status: row.status },
    seats.length > 0 ? { $set: { ...fields, seats }, $unset: left } : { $set: fields, $unset: { ...left, seats: 1 } },
  );
  await carryAccessNeeds(row, into.run.id);
  if (row.status === 'waiting') stopWaiting(from.ledger, row);
  else release(from.ledger, row);
  hold(into.ledger, moved);
}

/** Whoever makes up a module needs no place for it where they sit in that module anyway. */
async function sitsInWhatIsMadeUp(into: OpenRun, units: readonly string[], keys: readonly string[]): Promise<boolean> {
  const modules = units.filter(isMakeUp).map((unit) => moduleOfUnit(unit) ?? unit);
  return modules.length > 0 && (await seatsTaken(into, [wholeRun, ...modules], keys)).size > 0;
}

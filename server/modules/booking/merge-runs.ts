import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { recordEvent, systemActor, type Actor } from '../history/index.ts';
import { freeUntil, markCancelled, markMerged, runToPlan, type PlanAct, type Run } from '../scheduling/index.ts';
import { elsewhereOf, seatsTaken } from './book-places.ts';
import { notMergeable } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { BookingStatus } from './booking.types.ts';
import { carryAccessNeeds, forgetAccessNeeds } from './access-needs.ts';
import { leaveQueue } from './leave-queue.ts';
import { joinMakeUps } from './join-make-ups.ts';
import { inOpenRuns, type OpenRun } from './lane.ts';
import { hold, release, stopWaiting } from './ledger.ts';
import { seatsOf } from './seats.rules.ts';
import { fitsNow } from './settle.ts';
import { tellCancelled, tellMoved } from './tell-booking.ts';
import { isMakeUp, moduleOfUnit, placesTakenIn, wholeRun } from './units.rules.ts';
import { unitsThere } from './units-there.rules.ts';

const pageSize = 10;

/**
 * Merges a run into another one of the same seminar: it is cancelled, and a reaction moves its bookings where they fit
 * and lets the others go, told and with other runs to choose from. @throws not-found, not-mergeable,
 * run-already-cancelled, plan-changed
 */
export function mergeRuns(
  actor: Actor,
  { runId, intoRunId, reason }: { runId: string; intoRunId: string; reason: string },
  act: PlanAct = {},
): Promise<void> {
  return inTransaction(async () => {
    refuseUnlessMergeable(await runToPlan(actor, runId), await runToPlan(actor, intoRunId));
    return inOpenRuns([runId, intoRunId], async (opens) => {
      const [from, into] = [opens.get(runId), opens.get(intoRunId)];
      if (!from || !into) throw notMergeable();
      await markCancelled(actor, from.run, reason, act);
      await markMerged(runId, intoRunId);
      const { changeId = String(new Types.ObjectId()) } = act;
      const { seminarId, providerId } = from.run;
      const about = { runId, seminarId, providerId, changeId };
      recordEvent(actor, { type: 'run-merged', about, facts: { intoRunId }, tells: true });
      recordEvent(actor, { type: 'run-took-over', about: { ...about, runId: intoRunId }, facts: { fromRunId: runId } });
      return () => undefined;
    });
  });
}

/** @throws not-mergeable unless both are public and yet to begin, of one seminar, and not the same */
export function refuseUnlessMergeable(from: Run, into: Run): void {
  const at = now();
  const open = [from, into].every(({ status }) => status === 'published');
  if (!open || from.id === into.id || from.seminarId !== into.seminarId || into.startsAt <= at) throw notMergeable();
}

/** Moves or lets go the next bookings of a run that was merged, in the open transaction; gives whether there may be more. */
export function moveMergedBookings(runId: string, intoRunId: string, changeId?: string): Promise<boolean> {
  return inOpenRuns([runId, intoRunId], async (opens) => {
    const [from, into] = [opens.get(runId), opens.get(intoRunId)];
    if (!from || !into) throw notMergeable();
    const rows = await nextToMove(runId, pageSize);
    for (const row of rows) await moveOrLetGo({ from, into }, row, changeId);
    return () => rows.length === pageSize;
  });
}

/** Those who hold places go first, by their number, then those who wait. */
export async function nextToMove(runId: string, limit: number): Promise<BookingRow[]> {
  const inState = (states: BookingStatus[], most: number) =>
    BookingModel.find({ runId, status: { $in: states } })
      .sort({ number: 1 })
      .limit(most)
      .lean();
  const holding = await inState(['confirmed', 'offered', 'requested'], limit);
  return holding.length === limit ? holding : [...holding, ...(await inState(['waiting'], limit - holding.length))];
}

type Both = { from: OpenRun; into: OpenRun };

async function moveOrLetGo({ from, into }: Both, row: BookingRow, changeId?: string): Promise<void> {
  const moved = await bookingThere(into, row);
  if (!moved) {
    await leaveQueue(from, row, systemActor, 'run-merged');
    await forgetAccessNeeds(row);
    return tellCancelled(from, row, 'run-merged', changeId);
  }
  const { _id, reason: _why, offer: _over, seats = [], ...fields } = moved;
  await BookingModel.updateOne(
    { _id, runId: from.run.id, status: row.status },
    seats.length > 0
      ? { $set: { ...fields, seats }, $unset: { reason: 1, offer: 1 } }
      : { $set: fields, $unset: { reason: 1, offer: 1, seats: 1 } },
  );
  await carryAccessNeeds(row, into.run.id);
  if (row.status === 'waiting') stopWaiting(from.ledger, row);
  else release(from.ledger, row);
  hold(into.ledger, moved);
  const about = { runId: into.run.id, bookingId: String(row._id), providerId: into.run.providerId };
  recordEvent(systemActor, { type: 'booking-moved', about, facts: { fromRunId: from.run.id, was: row.status } });
  await tellMoved({ from, into }, row, moved, changeId);
  await joinMakeUps(into, moved);
}

/**
 * The booking as it would stand in another run, whole and confirmed; nothing when it does not fit there. Nobody who
 * waits there is passed. What is decided here is what the preview shows.
 */
export async function bookingThere(into: OpenRun, row: BookingRow): Promise<BookingRow | undefined> {
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
  if (!fitsNow(into, there)) return undefined;
  const state = { status: 'confirmed' as const, at: into.at, by: { kind: 'system' }, reason: 'run-merged' };
  return {
    ...there,
    runId: into.run.id,
    number: into.ledger.nextNumber++,
    status: 'confirmed',
    seats: seatsOf(units, participants),
    states: [...row.states, state],
    moved: { at: into.at, fromRunId: row.runId },
    ...freedBy(into, row),
  };
}

/** Whoever makes up a module needs no place for it where they sit in that module anyway. */
async function sitsInWhatIsMadeUp(into: OpenRun, units: readonly string[], keys: readonly string[]): Promise<boolean> {
  const modules = units.filter(isMakeUp).map((unit) => moduleOfUnit(unit) ?? unit);
  return modules.length > 0 && (await seatsTaken(into, [wholeRun, ...modules], keys)).size > 0;
}

function freedBy({ sessions }: OpenRun, row: BookingRow): Pick<BookingRow, 'freeCancellationUntil'> {
  const until = freeUntil(sessions)?.freeUntil;
  const before = row.freeCancellationUntil;
  const latest = until && before && before > until ? before : until;
  return latest ? { freeCancellationUntil: latest } : {};
}

import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { recordEvent, systemActor, type Actor } from '../history/index.ts';
import { freeUntil, markCancelled, markMerged, runToPlan, type PlanAct, type Run } from '../scheduling/index.ts';
import { notMergeable } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { BookingStatus } from './booking.types.ts';
import { needsApproval } from './approval.rules.ts';
import { askApproval } from './ask-approval.ts';
import { stopAsking } from './tell-approval.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { leaveQueue } from './leave-queue.ts';
import { followConfirmation } from './wish-came-true.ts';
import { inOpenRuns, type OpenRun } from './lane.ts';
import { confirmedThere, fittingThere, writeMoved, type Both } from './move-booking.ts';
import { tellCancelled, tellMoved } from './tell-booking.ts';

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
      const facts = { intoRunId, intoStartsAt: into.run.startsAt };
      recordEvent(actor, { type: 'run-merged', about, facts, tells: true });
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

async function moveOrLetGo({ from, into }: Both, row: BookingRow, changeId?: string): Promise<void> {
  const moved = await bookingThere(into, row);
  if (!moved) {
    await leaveQueue(from, row, systemActor, 'run-merged');
    await forgetAccessNeeds(row);
    return tellCancelled(from, row, 'run-merged', changeId);
  }
  const there = needsApproval(row) ? await askedThere({ from, into }, row, moved) : moved;
  await writeMoved({ from, into }, row, there);
  const about = { runId: into.run.id, bookingId: String(row._id), providerId: into.run.providerId };
  recordEvent(systemActor, { type: 'booking-moved', about, facts: { fromRunId: from.run.id, was: row.status } });
  await tellMoved({ from, into }, row, there, { changeId });
  if (there.status === 'confirmed') await followConfirmation(into, there);
}

/** Nobody has approved other dates: whoever approves is asked anew, and the places in the other run are held meanwhile. */
async function askedThere({ from, into }: Both, row: BookingRow, moved: BookingRow): Promise<BookingRow> {
  if (row.status === 'requested') await stopAsking(from, row, { outcome: 'cancelled' });
  return askApproval(into, { ...moved, states: moved.states.slice(0, -1) });
}

/**
 * The booking as it would stand in another run, whole and confirmed; nothing when it does not fit there. Nobody who
 * waits there is passed. What is decided here is what the preview shows.
 */
export async function bookingThere(into: OpenRun, row: BookingRow): Promise<BookingRow | undefined> {
  const there = await fittingThere(into, row);
  if (!there) return undefined;
  return { ...confirmedThere(into, there, { by: { kind: 'system' }, reason: 'run-merged' }), ...freedBy(into, row) };
}

function freedBy({ sessions }: OpenRun, row: BookingRow): Pick<BookingRow, 'freeCancellationUntil'> {
  const until = freeUntil(sessions)?.freeUntil;
  const before = row.freeCancellationUntil;
  const latest = until && before && before > until ? before : until;
  return latest ? { freeCancellationUntil: latest } : {};
}

import { inTransaction } from '../../platform/database.ts';
import { recordEvent, systemActor, type Actor } from '../history/index.ts';
import { markCancelled, newChangeId, runToPlan, type PlanAct } from '../scheduling/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { leaveQueue } from './leave-queue.ts';
import { inOpenRun, type OpenRun } from './lane.ts';
import { tellCancelled } from './tell-booking.ts';

const pageSize = 25;

/**
 * Cancels a run. Nobody books any more from now on; every booking is cancelled and told by a reaction.
 * @throws not-found, run-already-cancelled, run-completed, plan-changed
 */
export function cancelRun(
  actor: Actor,
  { runId, reason }: { runId: string; reason: string },
  act: PlanAct = {},
): Promise<void> {
  return inTransaction(() =>
    inOpenRun(runId, async () => {
      const run = await runToPlan(actor, runId);
      await markCancelled(actor, run, reason, act);
      const { changeId = newChangeId() } = act;
      const about = { runId, seminarId: run.seminarId, providerId: run.providerId, changeId };
      recordEvent(actor, { type: 'run-cancelled', about, tells: run.status !== 'draft' });
      return () => undefined;
    }),
  );
}

/** Cancels the next bookings of a cancelled run, in the open transaction, and tells everybody in them; gives whether there may be more. */
export function cancelBookingsOfRun(runId: string, changeId?: string): Promise<boolean> {
  return inOpenRun(runId, async (open) => {
    const rows = await BookingModel.find({ runId, status: { $in: ['requested', 'waiting', 'offered', 'confirmed'] } })
      .sort({ number: 1 })
      .limit(pageSize)
      .lean();
    for (const row of rows) await cancelWithRun(open, row, changeId);
    return () => rows.length === pageSize;
  });
}

async function cancelWithRun(open: OpenRun, row: BookingRow, changeId?: string): Promise<void> {
  await leaveQueue(open, row, systemActor, 'run-cancelled');
  await forgetAccessNeeds(row);
  await tellCancelled(open, row, 'run-cancelled', changeId);
}

import { inTransaction } from '../../platform/database.ts';
import { seminarById, setSeminarReminders, type ReminderRule } from '../catalogue/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { followReminders, runToPlan, setReminders } from '../scheduling/index.ts';
import { runCancelled } from './booking.errors.ts';
import { inLaneOf } from './lane.ts';

/**
 * Gives a run a reminder plan of its own, or, without `reminders`, the one of its seminar again. Whoever has booked is
 * reminded by it from now on; nothing is sent for what is past. @throws not-found, run-cancelled
 */
export async function changeReminders(
  actor: Actor,
  { runId, reminders }: { runId: string; reminders?: readonly ReminderRule[] | undefined },
): Promise<void> {
  await runToPlan(actor, runId);
  // In the lane: whoever books at this moment is reminded by the one plan or the other, and told of the change or not.
  await inLaneOf(runId, async ({ run }) => {
    if (run.status === 'cancelled') throw runCancelled();
    const ofSeminar = (await seminarById(run.seminarId))?.reminders ?? [];
    await setReminders(run, { reminders: reminders ?? ofSeminar, isOwn: reminders !== undefined });
    const about = { runId, seminarId: run.seminarId, providerId: run.providerId };
    const facts = { before: run.reminders, after: reminders ?? ofSeminar };
    recordEvent(actor, { type: 'reminders-changed', about, facts, tells: true });
    return () => undefined;
  });
}

/**
 * Changes what a seminar proposes for the reminders of its runs. Drafts follow unless they have a plan of their own; what
 * is published keeps what people booked under. @throws not-found
 */
export function changeSeminarReminders(
  actor: Actor,
  { seminarId, reminders }: { seminarId: string; reminders: readonly ReminderRule[] },
): Promise<void> {
  return inTransaction(async () => {
    await setSeminarReminders(actor, seminarId, reminders);
    await followReminders(seminarId, reminders);
  });
}

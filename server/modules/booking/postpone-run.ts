import { inTransaction } from '../../platform/database.ts';
import type { Actor } from '../history/index.ts';
import { markPostponed, markRescheduled, runToPlan, type NewDate, type PlanAct } from '../scheduling/index.ts';
import { inOpenRun } from './lane.ts';

/**
 * Takes the dates from a public run: new ones will follow. Everybody keeps their place, and nobody books or moves up
 * until then; calendars and reminders are put right by a reaction.
 * @throws not-found, not-published, nothing-to-postpone, run-cancelled, run-postponed, run-completed, plan-changed
 */
export function postponeRun(
  actor: Actor,
  { runId, reason }: { runId: string; reason: string },
  act: PlanAct = {},
): Promise<void> {
  return inTransaction(() =>
    inOpenRun(runId, async (open) => {
      await markPostponed(actor, await runToPlan(actor, runId), reason, act);
      open.run.status = 'postponed';
      return () => undefined;
    }),
  );
}

/**
 * Gives a postponed run its new dates. Sessions that are named keep their place in every calendar; whoever waits moves up
 * again. @throws not-found, not-postponed, plan-changed, run-already-started, sessions-overlap, no-session, unknown-module
 */
export function rescheduleRun(
  actor: Actor,
  { runId, dates }: { runId: string; dates: readonly NewDate[] },
  act: PlanAct = {},
): Promise<void> {
  return inTransaction(() =>
    inOpenRun(runId, async (open) => {
      open.sessions = await markRescheduled(actor, await runToPlan(actor, runId), dates, act);
      open.run = await runToPlan(actor, runId);
      return () => undefined;
    }),
  );
}

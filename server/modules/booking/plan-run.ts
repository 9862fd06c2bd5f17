import { inTransaction } from '../../platform/database.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { addRun, markPublished, runToPlan, type Run } from '../scheduling/index.ts';
import type { PlanRun } from './booking.input.ts';
import { inOpenRun } from './lane.ts';
import { createLedger } from './ledger.ts';

/**
 * Plans a run with its sessions and places, in draft, or published at once.
 * @throws not-found, no-session, sessions-overlap, session-ends-before-it-starts, unknown-module, run-already-started
 */
export function planRun(actor: Actor, input: PlanRun): Promise<{ id: string; sessions: { id: string }[] }> {
  const { capacity, published, ...plan } = input;
  return inTransaction(async () => {
    const { run, sessionIds } = await addRun(actor, plan);
    await createLedger(run.id, capacity);
    if (published) await publish(actor, run);
    return { id: run.id, sessions: sessionIds.map((id) => ({ id })) };
  });
}

/** Opens a draft for booking and tells its trainers. @throws not-found, not-a-draft, run-already-started */
export function publishRun(actor: Actor, runId: string): Promise<void> {
  return inTransaction(() =>
    inOpenRun(runId, async () => {
      await publish(actor, await runToPlan(actor, runId));
      return () => undefined;
    }),
  );
}

async function publish(actor: Actor, run: Run): Promise<void> {
  await markPublished(actor, run);
  const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
  recordEvent(actor, { type: 'run-published', about, tells: true });
}

import { inTransaction } from '../../platform/database.ts';
import { seminarById } from '../catalogue/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { addRun, markPublished, runToPlan, sessionsOfRun, type Run } from '../scheduling/index.ts';
import { noModulePlanned } from './booking.errors.ts';
import type { PlanRun } from './booking.input.ts';
import { inOpenRun } from './lane.ts';
import { createLedger } from './ledger.ts';
import { wholeRun } from './units.rules.ts';

/**
 * Plans a run with its sessions and places, in draft, or published at once.
 * @throws not-found, no-session, no-module-planned, sessions-overlap, session-ends-before-it-starts, unknown-module, run-already-started
 */
export function planRun(actor: Actor, input: PlanRun): Promise<{ id: string; sessions: { id: string }[] }> {
  const { capacity, published, ...plan } = input;
  return inTransaction(async () => {
    const { run, sessionIds } = await addRun(actor, plan);
    await createLedger(run.id, await unitsOf(run), capacity);
    if (published) await publish(actor, run);
    return { id: run.id, sessions: sessionIds.map((id) => ({ id })) };
  });
}

/** What a booking can be made for: the whole, or each module of a seminar that is booked by module. */
async function unitsOf({ id, seminarId }: Run): Promise<string[]> {
  const seminar = await seminarById(seminarId);
  if (seminar?.booking !== 'by-module') return [wholeRun];
  const planned = new Set((await sessionsOfRun(id)).map(({ moduleId }) => moduleId));
  const units = seminar.modules.map((module) => module.id);
  if (!units.some((unit) => planned.has(unit))) throw noModulePlanned();
  return units;
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

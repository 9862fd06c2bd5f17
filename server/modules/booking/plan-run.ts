import { inTransaction } from '../../platform/database.ts';
import type { Seminar } from '../catalogue/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { addRun, markPublished, runToPlan, type Run, type Session } from '../scheduling/index.ts';
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
    const { run, seminar, sessions } = await addRun(actor, plan, { published });
    await createLedger(run.id, unitsOf(seminar, sessions), capacity);
    if (published) tellOfPublication(actor, run);
    return { id: run.id, sessions: sessions.map(({ id }) => ({ id })) };
  });
}

/** What a booking can be made for: the whole, or each module of a seminar that is booked by module. */
function unitsOf(seminar: Seminar, sessions: readonly Session[]): string[] {
  if (seminar.booking !== 'by-module') return [wholeRun];
  const planned = new Set(sessions.map(({ moduleId }) => moduleId));
  const units = seminar.modules.map((module) => module.id);
  if (!units.some((unit) => planned.has(unit))) throw noModulePlanned();
  return units;
}

/** Opens a draft for booking and tells its trainers. @throws not-found, not-a-draft, run-already-started */
export function publishRun(actor: Actor, runId: string): Promise<void> {
  return inTransaction(() =>
    inOpenRun(runId, async () => {
      const run = await runToPlan(actor, runId);
      await markPublished(actor, run);
      tellOfPublication(actor, run);
      return () => undefined;
    }),
  );
}

function tellOfPublication(actor: Actor, run: Run): void {
  const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
  recordEvent(actor, { type: 'run-published', about, tells: true });
}

import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { hasHappened, recordEvent, systemActor } from '../history/index.ts';
import { longestCutOffHours, runsAboutToBegin, type Run } from '../scheduling/index.ts';
import { inOpenRun } from './lane.ts';
import { ledgersOf, type Ledger } from './ledger.ts';

/**
 * The sweep: from a run's cut-off on nobody moves up any more. Where places lie free then although people wait, because the
 * next group is larger than what is free, its coordinators are told, once: they can ring somebody up.
 */
export async function tellUnusedPlaces(): Promise<void> {
  const at = now();
  const near = await runsAboutToBegin(new Date(at.getTime() + longestCutOffHours * 3_600_000));
  const late = near.filter((run) => isLate(run, at));
  const ledgers = await ledgersOf(late.map(({ id }) => id));
  for (const { id } of late)
    if (mostUnused(ledgers.get(id)) > 0 && !(await hasHappened(id, 'places-free-late'))) await tellOnce(id);
}

/** Of two sweeps the second finds the event of the first, or meets its write on the ledger and begins again. */
function tellOnce(runId: string): Promise<void> {
  return inTransaction(() =>
    inOpenRun(runId, async ({ run, ledger, at }) => {
      const free = mostUnused(ledger);
      const about = { runId, seminarId: run.seminarId, providerId: run.providerId };
      if (free > 0 && isLate(run, at) && !(await hasHappened(runId, 'places-free-late')))
        recordEvent(systemActor, { type: 'places-free-late', about, facts: { free }, tells: true });
      return () => undefined;
    }),
  );
}

function isLate({ status, startsAt, policy }: Run, at: Date): boolean {
  const cutOffAt = startsAt.getTime() - policy.cutOffHours * 3_600_000;
  return status === 'published' && policy.cutOffHours > 0 && at.getTime() >= cutOffAt && at < startsAt;
}

/** The most places that are free in a unit for which somebody waits. */
function mostUnused(ledger: Ledger | undefined): number {
  const free = (ledger?.units ?? []).filter(({ waiting }) => waiting > 0).map(({ capacity, held }) => capacity - held);
  return Math.max(0, ...free);
}

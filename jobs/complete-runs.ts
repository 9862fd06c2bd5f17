import { markCompleted, runsToComplete } from '../server/modules/scheduling/index.ts';
import { now } from '../server/platform/clock.ts';

/** The sweep: closes public runs whose last session is over. */
export async function completeRuns(): Promise<void> {
  for (const run of await runsToComplete(now(), 100)) await markCompleted(run);
}

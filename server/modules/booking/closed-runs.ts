import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor, linkToken } from '../auth/index.ts';
import type { Actor } from '../history/index.ts';
import { runById, type Run } from '../scheduling/index.ts';

const generation = 1;

/** The token of the link that opens a closed run. */
export function tokenOfClosedRun({ id }: Pick<Run, 'id'>): string {
  return linkToken('closed-run', id, generation);
}

/** Where a run is found: by its address, or a closed one by its link. */
export function pathOfRun(run: Run): string {
  return run.access === 'closed' ? `/closed/${tokenOfClosedRun(run)}` : `/runs/${run.id}`;
}

/** Who holds the link of a run. @throws not-found for any token but that of a run */
export async function guestWith(token: string): Promise<Extract<Actor, { kind: 'guest' }>> {
  const runId = idInToken(token);
  if (!runId || !isTokenFor('closed-run', token, generation) || !(await runById(runId))) throw notFound('run');
  return { kind: 'guest', runId };
}

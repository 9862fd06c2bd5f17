import type { JobData, NudgeOptions, QueueName, Work, WorkOptions } from './queue.types.ts';

export const defaultConcurrency: Record<QueueName, number> = { events: 4, mail: 5, sweeps: 2 };
export const defaultCloseWithinSeconds = 8;

/** Nudges for different instants are different wishes: a message that moved must not lose its new hour to the old one. */
export function dedupeKey(name: string, options: NudgeOptions): string | undefined {
  if (options.dedupe === undefined) return undefined;
  const parts = [name, options.dedupe, ...(options.at ? [String(options.at.getTime())] : [])];
  return parts.join('-').replaceAll(':', '-');
}

/** Runs one job and tells `onError` about its failure. It never throws: whether it comes again is for the database to say. */
export async function runJob(
  work: Work,
  options: WorkOptions,
  job: { name: string; data: JobData },
  signal: AbortSignal,
): Promise<'done' | 'failed'> {
  try {
    const run = work.jobs[job.name];
    if (!run) throw new Error(`No job is called ${job.name} here.`);
    await run(job.data, signal);
    return 'done';
  } catch (error) {
    options.onError(job.name, error);
    return 'failed';
  }
}

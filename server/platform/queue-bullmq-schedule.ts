import type { Queue as BullQueue } from 'bullmq';

import { keptJobs } from './queue-bullmq-producers.ts';
import { queueNames, type QueueName, type ScheduledJob } from './queue.types.ts';

type OpenQueue = (name: QueueName) => BullQueue;

/** Puts the schedule into Redis where it is missing or has changed, and leaves the rest alone. */
export async function registerSchedule(schedule: readonly ScheduledJob[], open: OpenQueue): Promise<void> {
  for (const scheduled of schedule) {
    const queue = open(scheduled.queue);
    if (await isRegistered(queue, scheduled)) continue;
    await queue.upsertJobScheduler(scheduled.name, timesOf(scheduled), { name: scheduled.name, opts: keptJobs });
  }
}

/** Ends what an earlier version of Mosaik had scheduled and this one does not know. */
export async function removeUnknownSchedules(schedule: readonly ScheduledJob[], open: OpenQueue): Promise<void> {
  for (const name of queueNames) {
    const known = new Set(schedule.filter((scheduled) => scheduled.queue === name).map((scheduled) => scheduled.name));
    for (const { key } of await open(name).getJobSchedulers()) {
      if (!known.has(key)) await open(name).removeJobScheduler(key);
    }
  }
}

/**
 * Upserting would throw away a cron job that is due and still waits, so a healthy one is not touched.
 * A chain can break (the next job is made when the last one starts): then its next job is not there.
 */
async function isRegistered(queue: BullQueue, scheduled: ScheduledJob): Promise<boolean> {
  const found = await queue.getJobScheduler(scheduled.name);
  if (!found?.next) return false;
  const times = timesOf(scheduled);
  const isSame =
    'every' in times ? found.every === times.every : found.pattern === times.pattern && found.tz === times.tz;
  return isSame && (await queue.getJob(`repeat:${scheduled.name}:${found.next}`)) !== undefined;
}

function timesOf(scheduled: ScheduledJob) {
  if ('everySeconds' in scheduled) return { every: scheduled.everySeconds * 1000 };
  return { pattern: scheduled.pattern, tz: scheduled.timeZone };
}

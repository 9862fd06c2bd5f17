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
 * A chain can break, since each job makes the next: then the next job is not there, or has failed without a word.
 */
async function isRegistered(queue: BullQueue, scheduled: ScheduledJob): Promise<boolean> {
  const found = await queue.getJobScheduler(scheduled.name);
  if (!found?.next || !hasSameTimes(found, timesOf(scheduled))) return false;
  const state = await queue.getJobState(`repeat:${scheduled.name}:${found.next}`);
  return ['waiting', 'delayed', 'active'].includes(state);
}

type Times = { every?: number | undefined; pattern?: string | undefined; tz?: string | undefined };

function hasSameTimes(one: Times, other: Times): boolean {
  return one.every === other.every && one.pattern === other.pattern && one.tz === other.tz;
}

function timesOf(scheduled: ScheduledJob) {
  if ('everySeconds' in scheduled) return { every: scheduled.everySeconds * 1000 };
  return { pattern: scheduled.pattern, tz: scheduled.timeZone };
}

import type { Queue as BullQueue } from 'bullmq';
import type { Redis } from 'ioredis';

import { within } from './queue-alarm.ts';
import { startBullWorkers } from './queue-bullmq-worker.ts';
import { type BullConfig, Producers } from './queue-bullmq-producers.ts';
import type { Queue, QueueDepth, QueueHealth } from './queue.types.ts';
import { connectTo, nameOf, reportOutages } from './redis-connection.ts';
import { problemOf, unreachable } from './redis-health.ts';

const openWithinMs = 1000;
const healthWithinMs = 900;

/** The queue on BullMQ. Opening it waits a moment for Redis and then goes on; until Redis answers, nudges are dropped. */
export async function openBullQueue(config: BullConfig): Promise<Queue> {
  const redis = connectTo(config.address, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  reportOutages(redis, config.log, nameOf(config.address));
  await within(openWithinMs, new Promise((resolve) => redis.once('ready', resolve).once('close', resolve)));
  const producers = new Producers(redis, config);

  return {
    nudge: (queue, name, data, options = {}) => producers.nudge(queue, name, data, options),
    work: (work, options) => startBullWorkers({ ...config, producers }, work, options),
    health: () => healthOf(redis, producers),
    async close() {
      await producers.close();
      redis.disconnect();
    },
  };
}

async function healthOf(redis: Redis, producers: Producers): Promise<QueueHealth> {
  if (redis.status !== 'ready') return { ok: false, problem: unreachable };
  try {
    const seen = await within(healthWithinMs, lookAt(redis, producers));
    return seen === 'late' ? { ok: false, problem: unreachable } : seen;
  } catch {
    return { ok: false, problem: unreachable }; // The connection broke while we were looking.
  }
}

async function lookAt(redis: Redis, producers: Producers): Promise<QueueHealth> {
  const problem = await problemOf(redis);
  const depth = {
    events: await depthOf(producers.open('events')),
    mail: await depthOf(producers.open('mail')),
    sweeps: await depthOf(producers.open('sweeps')),
  };
  return problem ? { ok: false, depth, problem } : { ok: true, depth };
}

async function depthOf(queue: BullQueue): Promise<QueueDepth> {
  const counts = await queue.getJobCounts('waiting', 'delayed', 'active', 'failed');
  const [oldest] = await queue.getJobs(['waiting'], 0, 0, true);
  return {
    waiting: counts['waiting'] ?? 0,
    delayed: counts['delayed'] ?? 0,
    running: counts['active'] ?? 0,
    failed: counts['failed'] ?? 0,
    oldestWaitingSeconds: oldest ? Math.max(Date.now() - oldest.timestamp - oldest.delay, 0) / 1000 : 0,
  };
}

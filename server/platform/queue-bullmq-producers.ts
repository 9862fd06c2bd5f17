import { Queue as BullQueue, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';

import { within } from './queue-alarm.ts';
import { dedupeKey } from './queue-jobs.ts';
import type { JobData, NudgeOptions, QueueLog, QueueName } from './queue.types.ts';
import { type RedisAddress, warnSparingly } from './redis-connection.ts';

export type BullConfig = { address: RedisAddress; prefix: string; log: QueueLog; now: () => Date };

const nudgeWithinMs = 200;
/** Nobody reads BullMQ's stream of events. */
const streams = { events: { maxLen: 100 } };
/** After a nudge that got no answer the next ones are dropped for so long: a Redis that hangs must not slow each booking down. */
const restAfterSilenceMs = 1000;

/** The asking side of the three queues, over one connection. */
export class Producers {
  #redis: Redis;
  #config: BullConfig;
  #queues = new Map<QueueName, BullQueue>();
  #restUntil = 0;
  #warn: (error: Error, message: string) => void;

  constructor(redis: Redis, config: BullConfig) {
    this.#redis = redis;
    this.#config = config;
    this.#warn = warnSparingly(config.log);
  }

  get isReachable(): boolean {
    return this.#redis.status === 'ready';
  }

  async nudge(queue: QueueName, name: string, data: JobData, options: NudgeOptions): Promise<void> {
    if (!this.isReachable || Date.now() < this.#restUntil) return;
    try {
      const added = this.open(queue).add(name, data, this.#jobOptions(name, options));
      if ((await within(nudgeWithinMs, added)) === 'late') this.#restUntil = Date.now() + restAfterSilenceMs;
    } catch (error) {
      if (this.isReachable) this.#warn(asError(error), 'A job could not be asked for; the next sweep finds its work');
    }
  }

  /** A queue whose first words with Redis went wrong stays deaf for ever, so it is opened anew. */
  open(name: QueueName): BullQueue {
    const open = this.#queues.get(name);
    if (open) return open;
    const queue = new BullQueue(name, { connection: this.#redis, prefix: this.#config.prefix, streams });
    queue.on('error', () => undefined); // Said by reportOutages, or by whoever awaits the command.
    queue.waitUntilReady().catch(() => this.#queues.delete(name));
    this.#queues.set(name, queue);
    return queue;
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#queues.values()].map((queue) => within(1000, queue.close())));
  }

  #jobOptions(name: string, options: NudgeOptions): JobsOptions {
    const delay = options.at ? Math.max(options.at.getTime() - this.#config.now().getTime(), 0) : 0;
    const id = dedupeKey(name, options);
    return { ...keptJobs, delay, ...(id === undefined ? {} : { deduplication: { id, keepLastIfActive: true } }) };
  }
}

/** One attempt: the database decides about another. Done jobs go at once, failed ones stay for a look, without their text. */
export const keptJobs = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { count: 200, age: 7 * 24 * 3600 },
  stackTraceLimit: 0,
} satisfies JobsOptions;

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

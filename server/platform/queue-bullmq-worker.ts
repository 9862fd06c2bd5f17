import { setTimeout as pause } from 'node:timers/promises';

import { type Job, Worker as BullWorker } from 'bullmq';
import type { RedisOptions } from 'ioredis';

import { within } from './queue-alarm.ts';
import type { BullConfig, Producers } from './queue-bullmq-producers.ts';
import { registerSchedule, removeUnknownSchedules } from './queue-bullmq-schedule.ts';
import { defaultCloseWithinSeconds, defaultConcurrency, runJob } from './queue-jobs.ts';
import { queueNames, type QueueName, type QueueWorker, type Work, type WorkOptions } from './queue.types.ts';
import { connectTo, type RedisAddress, warnSparingly } from './redis-connection.ts';

/** A worker that dies by kill -9 leaves its job locked: another takes it over within these two together. */
const takeOver = { lockDuration: 10_000, stalledInterval: 5_000 };
const defaultRegisterEverySeconds = 30;
const beginAgainAfterMs = 1000;

/** Works on the three queues and looks after the schedule, through every outage of Redis, until it is closed. */
export function startBullWorkers(
  config: BullConfig & { producers: Producers },
  work: Work,
  options: WorkOptions,
): Promise<QueueWorker> {
  const workers = new BullWorkers(config, work, options);
  for (const name of queueNames) void workers.keepWorking(name);
  void keepSchedule(config, work, options, workers.closing);
  return Promise.resolve(workers);
}

class BullWorkers implements QueueWorker {
  #config: BullConfig;
  #work: Work;
  #options: WorkOptions;
  #connections: ReturnType<typeof workerConnections>;
  #warn: (error: Error, message: string) => void;
  #workers = new Map<QueueName, BullWorker>();
  #running = new Set<Promise<unknown>>();
  #closing = new AbortController();

  constructor(config: BullConfig, work: Work, options: WorkOptions) {
    this.#config = config;
    this.#work = work;
    this.#options = options;
    this.#connections = workerConnections(config.address);
    this.#warn = warnSparingly(config.log);
  }

  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** A BullMQ worker ends when its first words with Redis go wrong, or when it was paused: then a new one begins. */
  async keepWorking(name: QueueName): Promise<void> {
    while (!this.closing.aborted) {
      const worker = this.#open(name);
      try {
        await worker.waitUntilReady();
        await worker.run();
      } catch (error) {
        if (error instanceof Error) this.#warn(error, `The worker of the queue ${name} begins again`);
      }
      if (this.closing.aborted) return;
      await within(beginAgainAfterMs, worker.close());
      await pause(beginAgainAfterMs, undefined, { signal: this.closing }).catch(() => undefined); // Closing ends the pause.
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const closed = Promise.allSettled([...this.#workers.values()].map((worker) => worker.close()));
    const withinMs = (this.#options.closeWithinSeconds ?? defaultCloseWithinSeconds) * 1000;
    const finished = await within(withinMs, Promise.allSettled(this.#running));
    // BullMQ waits for ever for a Redis that is gone; a job it could not report is taken over by another worker.
    if (finished !== 'late') await within(1000, closed);
    this.#connections.disconnect();
  }

  #open(name: QueueName): BullWorker {
    const worker = new BullWorker(name, (job) => this.#perform(job), {
      ...takeOver,
      connection: this.#connections.commands,
      prefix: this.#config.prefix,
      concurrency: this.#options.concurrency?.[name] ?? defaultConcurrency[name],
      runRetryDelay: beginAgainAfterMs,
      autorun: false,
    });
    worker.on('error', (error) => this.#onError(worker, name, error));
    this.#workers.set(name, worker);
    return worker;
  }

  /** When Redis refuses (out of memory, read only), BullMQ asks again without a breath: pausing makes it begin anew, later. */
  #onError(worker: BullWorker, name: QueueName, error: Error): void {
    const isOutage = 'syscall' in error; // Said by the connection of the asking side.
    if (this.closing.aborted || isOutage) return;
    this.#warn(error, `The queue ${name} has trouble with Redis`);
    if (error.name === 'ReplyError') void worker.pause(true);
  }

  /** Redis keeps that a job failed, but not what the error said: that may be about a person. */
  async #perform(job: Job<Record<string, string>>): Promise<void> {
    const running = runJob(this.#work, this.#options, { name: job.name, data: job.data }, this.closing);
    this.#running.add(running);
    const outcome = await running.finally(() => this.#running.delete(running));
    if (outcome === 'failed') throw new Error('See the log of the worker.');
  }
}

/** The connections of the workers: BullMQ duplicates the first for each queue's blocking reads, and we keep count to end them all. */
function workerConnections(address: RedisAddress) {
  const open = (options: RedisOptions) => {
    const redis = connectTo(address, { ...options, maxRetriesPerRequest: null });
    redis.on('error', () => undefined); // Said by the connection of the asking side.
    return redis;
  };
  const duplicates: ReturnType<typeof open>[] = [];
  const duplicate = (options: RedisOptions = {}) => {
    const copy = open(options);
    duplicates.push(copy);
    return copy;
  };
  const commands = Object.assign(open({}), { duplicate });

  const disconnect = (): void => {
    for (const redis of [commands, ...duplicates]) redis.disconnect();
  };
  return { commands, disconnect };
}

async function keepSchedule(
  config: BullConfig & { producers: Producers },
  work: Work,
  options: WorkOptions,
  closing: AbortSignal,
): Promise<void> {
  const open = (name: QueueName) => config.producers.open(name);
  const everyMs = (options.registerEverySeconds ?? defaultRegisterEverySeconds) * 1000;
  const warn = warnSparingly(config.log);
  let isFirst = true;
  while (!closing.aborted) {
    let waitMs = everyMs;
    try {
      if (isFirst) await removeUnknownSchedules(work.schedule, open);
      await registerSchedule(work.schedule, open);
      isFirst = false;
    } catch (error) {
      waitMs = Math.min(everyMs, beginAgainAfterMs);
      if (error instanceof Error && !closing.aborted && config.producers.isReachable)
        warn(error, 'The schedule could not be looked after');
    }
    await pause(waitMs, undefined, { signal: closing }).catch(() => undefined); // Closing ends the pause.
  }
}

/** The three queues: what happened and wants reactions, mail that is due, and recurring sweeps over the database. */
export const queueNames = ['events', 'mail', 'sweeps'] as const;
export type QueueName = (typeof queueNames)[number];

/** Ids and nothing else: jobs lie in Redis in clear text. */
export type JobData = Readonly<Record<string, string>>;

/** Does the work of one job. `signal` is aborted when the worker closes: long work stops at its next resting place. */
type JobFunction = (data: JobData, signal: AbortSignal) => Promise<unknown>;

/** Recurring work: every so many seconds (first at once), or by a cron pattern in a time zone. One name, one schedule. */
export type ScheduledJob = { name: string; queue: QueueName } & (
  { everySeconds: number } | { pattern: string; timeZone: string }
);

export type Work = {
  jobs: Readonly<Record<string, JobFunction>>;
  schedule: readonly ScheduledJob[];
};

export type WorkOptions = {
  /** Told about every job that failed, after which the job is over: the database decides whether it comes again. */
  onError: (name: string, error: unknown) => void;
  /** How many jobs of a queue run at the same time. */
  concurrency?: Partial<Record<QueueName, number>>;
  /** How often the schedule is looked after (FLUSHALL deletes it). Default 30. */
  registerEverySeconds?: number;
  /** How long `close` waits for running jobs. Default 8. */
  closeWithinSeconds?: number;
};

export type QueueWorker = {
  /** Takes no further job, and waits for the running ones. */
  close(): Promise<void>;
};

export type QueueDepth = {
  waiting: number;
  delayed: number;
  running: number;
  failed: number;
  oldestWaitingSeconds: number;
};

/** What is wrong with the queue: a code for a translation, a sentence for the log. */
export type QueueProblem = { code: 'unreachable' | 'evicts-keys' | 'not-durable'; sentence: string };

export type QueueHealth = {
  ok: boolean;
  depth?: Record<QueueName, QueueDepth>;
  problem?: QueueProblem;
};

export type NudgeOptions = {
  /** Not before this instant. */
  at?: Date;
  /** Of all the nudges with this word that still wait (for the same instant), one is enough. */
  dedupe?: string;
};

/**
 * The clockwork: starts work soon, and again and again. It holds no truth; losing every job costs one sweep,
 * so each job must bear running twice, or never.
 */
export type Queue = {
  /** Asks for a job to run soon. Never throws, never waits longer than 200 ms. */
  nudge(queue: QueueName, name: string, data: JobData, options?: NudgeOptions): Promise<void>;
  /** Starts working in this process. */
  work(work: Work, options: WorkOptions): Promise<QueueWorker>;
  /** Answers within a second, also when Redis does not. */
  health(): Promise<QueueHealth>;
  /** Lets go of the connections, and of the private Redis if nobody else uses it. Close workers first. */
  close(): Promise<void>;
};

/** The part of the logger the queue speaks through. */
export type QueueLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

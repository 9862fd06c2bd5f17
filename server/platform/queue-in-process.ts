import { getNextMillis } from 'bullmq';

import { alarmIn, within } from './queue-alarm.ts';
import { JobLine } from './queue-line.ts';
import { defaultCloseWithinSeconds, defaultConcurrency, dedupeKey, runJob } from './queue-jobs.ts';
import type { Queue, QueueName, QueueWorker, ScheduledJob, Work, WorkOptions } from './queue.types.ts';

type Lines = Record<QueueName, JobLine>;

/** The queue without Redis: the same jobs on timers in this process. They are gone with it; the sweeps bring them back. */
export function openQueueInProcess(config: { now: () => Date }): Queue {
  const lines: Lines = { events: new JobLine(), mail: new JobLine(), sweeps: new JobLine() };
  let worker: QueueWorker | undefined;

  return {
    nudge(queue, name, data, options = {}) {
      const delayMs = options.at ? options.at.getTime() - config.now().getTime() : 0;
      lines[queue].add({ name, data, key: dedupeKey(name, options) }, delayMs);
      return Promise.resolve();
    },

    work(work, options) {
      if (worker) throw new Error('This process is already working on its queue.');
      worker = startWorker(lines, work, options, () => {
        worker = undefined;
      });
      return Promise.resolve(worker);
    },

    health: () => Promise.resolve({ ok: true, depth: depthsOf(lines) }),

    async close() {
      await worker?.close();
      for (const line of Object.values(lines)) line.clear();
    },
  };
}

function depthsOf(lines: Lines) {
  return { events: lines.events.depth(), mail: lines.mail.depth(), sweeps: lines.sweeps.depth() };
}

function startWorker(lines: Lines, work: Work, options: WorkOptions, onClosed: () => void): QueueWorker {
  const closing = new AbortController();
  const concurrency = { ...defaultConcurrency, ...options.concurrency };
  for (const queue of ['events', 'mail', 'sweeps'] as const) {
    lines[queue].work(concurrency[queue], (job) => runJob(work, options, job, closing.signal));
  }
  const schedules = work.schedule.map((scheduled) => startSchedule(scheduled, lines));

  return {
    async close() {
      closing.abort();
      for (const stop of schedules) stop();
      const resting = Promise.all(Object.values(lines).map((line) => line.rest()));
      await within((options.closeWithinSeconds ?? defaultCloseWithinSeconds) * 1000, resting);
      onClosed();
    },
  };
}

function startSchedule(scheduled: ScheduledJob, lines: Lines): () => void {
  let callOff: (() => void) | undefined;
  const ask = (): void =>
    lines[scheduled.queue].add({ name: scheduled.name, data: {}, key: `schedule-${scheduled.name}` }, 0);
  const arm = (): void => {
    callOff = alarmIn(millisecondsToNext(scheduled), () => {
      ask();
      arm();
    });
  };

  if ('everySeconds' in scheduled) ask();
  arm();
  return () => callOff?.();
}

function millisecondsToNext(scheduled: ScheduledJob): number {
  if ('everySeconds' in scheduled) return scheduled.everySeconds * 1000;
  const next = getNextMillis(Date.now(), { pattern: scheduled.pattern, tz: scheduled.timeZone });
  if (next === undefined) throw new Error(`The schedule of ${scheduled.name} names no further time.`);
  return Math.max(next - Date.now(), 1);
}

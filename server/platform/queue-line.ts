import { alarmIn } from './queue-alarm.ts';
import type { JobData, QueueDepth } from './queue.types.ts';

export type WaitingJob = { name: string; data: JobData; key: string | undefined };

/** A process that never works must not fill its memory with jobs; what is turned away comes with the next sweep. */
const mostWaiting = 10_000;

/** One queue inside this process: jobs wait in order, a few run at once, the same key never waits twice. */
export class JobLine {
  #waiting: { job: WaitingJob; since: number }[] = [];
  #delayed = new Set<() => void>();
  #keys = new Set<string>();
  #runningKeys = new Set<string>();
  #again = new Map<string, WaitingJob>();
  #running = new Set<Promise<void>>();
  #failed = 0;
  #limit = 0;
  #run: (job: WaitingJob) => Promise<'done' | 'failed'> = () => Promise.resolve('done');

  add(job: WaitingJob, delayMs: number): void {
    if (this.#isKnown(job) || this.#waiting.length + this.#delayed.size >= mostWaiting) return;
    if (job.key) this.#keys.add(job.key);
    if (delayMs > 0) return this.#delay(job, delayMs);

    this.#queueUp(job);
  }

  work(limit: number, run: (job: WaitingJob) => Promise<'done' | 'failed'>): void {
    this.#limit = limit;
    this.#run = run;
    this.#startNext();
  }

  /** Starts no further job; resolves when the running ones have ended. */
  async rest(): Promise<void> {
    this.#limit = 0;
    await Promise.allSettled(this.#running);
  }

  clear(): void {
    for (const callOff of this.#delayed) callOff();
    this.#delayed.clear();
    this.#waiting = [];
    this.#keys.clear();
    this.#again.clear();
  }

  depth(): QueueDepth {
    const oldest = this.#waiting[0];
    return {
      waiting: this.#waiting.length + this.#again.size,
      delayed: this.#delayed.size,
      running: this.#running.size,
      failed: this.#failed,
      oldestWaitingSeconds: oldest ? (Date.now() - oldest.since) / 1000 : 0,
    };
  }

  /** A nudge that comes while its twin runs may know more than the twin has read: it runs once more afterwards. */
  #isKnown(job: WaitingJob): boolean {
    if (!job.key) return false;
    if (this.#keys.has(job.key)) return true;
    if (!this.#runningKeys.has(job.key)) return false;
    this.#again.set(job.key, job);
    return true;
  }

  #delay(job: WaitingJob, delayMs: number): void {
    const callOff = alarmIn(delayMs, () => {
      this.#delayed.delete(callOff);
      this.#queueUp(job);
    });
    this.#delayed.add(callOff);
  }

  #queueUp(job: WaitingJob): void {
    this.#waiting.push({ job, since: Date.now() });
    this.#startNext();
  }

  #startNext(): void {
    while (this.#running.size < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) return;
      const running = this.#start(next.job).finally(() => {
        this.#running.delete(running);
        this.#startNext();
      });
      this.#running.add(running);
    }
  }

  async #start(job: WaitingJob): Promise<void> {
    if (job.key) {
      this.#keys.delete(job.key);
      this.#runningKeys.add(job.key);
    }
    if ((await this.#run(job)) === 'failed') this.#failed += 1;
    if (job.key) this.#runAgain(job.key);
  }

  #runAgain(key: string): void {
    this.#runningKeys.delete(key);
    const again = this.#again.get(key);
    this.#again.delete(key);
    if (again) this.add(again, 0);
  }
}

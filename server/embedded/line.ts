import type { Key } from './key-encoding.ts';

interface Queue {
  waiting: (() => void)[];
  movedAt: number;
}

/** How long to stand in line: until a moment, and while it has not stood still for `patience` milliseconds. */
export interface Wait {
  until: number;
  patience: number;
}

/** Those who wait for a key that an open transaction has written, in the order of their coming. */
export class Line {
  readonly #queues = new Map<Key, Queue>();
  readonly #isFree: (key: Key) => boolean;

  constructor(isFree: (key: Key) => boolean) {
    this.#isFree = isFree;
  }

  /** Kept when it is one's turn to try, after which `next` has to be called; false: one has waited long enough. */
  turn(key: Key, { until, patience }: Wait): Promise<boolean> {
    const cameAt = Date.now();
    const queue = this.#queues.get(key) ?? { waiting: [], movedAt: cameAt };
    this.#queues.set(key, queue);
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const go = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const left = (): number => Math.min(until, Math.max(cameAt, queue.movedAt) + patience) - Date.now();
      const giveUp = (): void => {
        if (!queue.waiting.includes(go)) return;
        if (left() > 0) return wait();
        this.#leave(key, queue, go);
        resolve(false);
      };
      const wait = (): void => {
        // What came while the thread brought commits to the disk is read first: it may be what moves the line.
        timer = setTimeout(() => setImmediate(giveUp), left());
      };
      queue.waiting.push(go);
      wait();
    });
  }

  /** Lets the next one try, unless somebody has written the key again. */
  next(key: Key): void {
    const queue = this.#queues.get(key);
    const [first] = queue?.waiting ?? [];
    if (!queue || !first || !this.#isFree(key)) return;
    queue.movedAt = Date.now();
    this.#leave(key, queue, first);
    first();
  }

  #leave(key: Key, queue: Queue, who: () => void): void {
    queue.waiting = queue.waiting.filter((each) => each !== who);
    if (queue.waiting.length === 0) this.#queues.delete(key);
  }
}

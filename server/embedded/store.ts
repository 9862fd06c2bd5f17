import { type RootDatabase, type Transaction, open as openLmdb } from 'lmdb';
import { CommandError } from './errors.ts';
import type { Key } from './key-encoding.ts';
import { type Entry, Layer, type Range, type Reader, countThrough, readThrough, scanThrough } from './layer.ts';

/** A view of the database as it was at one moment; `done` must be called when it is no longer needed. */
export interface Snapshot extends Reader {
  readonly sequence: number;
  done(): void;
}

interface Waiting {
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Bytes by key, on LMDB. A commit is visible at once and its promise is kept when it is on the disk:
 * commits that arrive while the disk is busy form one layer, and one flush carries them all.
 */
export class Store implements Reader {
  readonly #lmdb: RootDatabase<Buffer, string>;
  readonly #disk: Reader;
  #layers: Layer[] = [new Layer()];
  #waiting: Waiting[] = [];
  #isFlushing = false;
  #sequence = 0;

  /** Called when the disk refused a flush: whatever was visible and not on it is gone. */
  onLost: () => void = () => {};

  constructor(directory: string) {
    this.#lmdb = openLmdb<Buffer, string>({
      path: directory,
      encoding: 'binary',
      keyEncoder: latin1Keys,
      overlappingSync: false,
      noSubdir: false,
      maxReaders: 4096,
    });
    this.#disk = readerOf(this.#lmdb);
  }

  get sequence(): number {
    return this.#sequence;
  }

  get(key: Key): Buffer | undefined {
    return readThrough(this.#layers, this.#disk, key);
  }

  scan(range: Range): Iterable<Entry> {
    return scanThrough(this.#layers, this.#disk, range);
  }

  count(range: Range): number {
    return countThrough(this.#layers, this.#disk, range);
  }

  snapshot(): Snapshot {
    if (!this.#layers.at(-1)?.isEmpty) this.#layers.push(new Layer());
    const layers = this.#layers.slice(0, -1);
    const transaction = this.#lmdb.useReadTransaction();
    const disk = readerOf(this.#lmdb, transaction);
    let isDone = false;
    return {
      sequence: this.#sequence,
      get: (key) => readThrough(layers, disk, key),
      scan: (range) => scanThrough(layers, disk, range),
      count: (range) => countThrough(layers, disk, range),
      done: () => {
        if (!isDone) transaction.done();
        isDone = true;
      },
    };
  }

  /** Makes the changes visible, all or none; the promise is kept when they are on the disk. */
  commit(changes: Iterable<readonly [Key, Buffer | null]>): Promise<void> {
    const open = this.#layers.at(-1);
    for (const [key, value] of changes) open?.set(key, value);
    this.#sequence += 1;
    return this.flushed();
  }

  /** Kept when everything that is visible now is on the disk. */
  flushed(): Promise<void> {
    if (this.#layers.every((layer) => layer.isEmpty)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#isFlushing) void this.#flush();
    });
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.#lmdb.close();
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    // Commits of the same turn of the event loop share the first flush already.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      await this.#writeLayers().then(
        () => waiting.forEach(({ resolve }) => resolve()),
        (error: unknown) => this.#lose(waiting, error),
      );
    }
    this.#isFlushing = false;
  }

  async #writeLayers(): Promise<void> {
    const layers = this.#layers;
    this.#layers = [...layers, new Layer()];
    await this.#lmdb.batch(() => {
      for (const layer of layers) for (const [key, value] of layer.changes) this.#write(key, value);
    });
    this.#lmdb.resetReadTxn();
    this.#layers = this.#layers.filter((layer) => !layers.includes(layer));
  }

  #write(key: Key, value: Buffer | null): void {
    // The batch's own promise stands for all of its writes.
    void (value ? this.#lmdb.put(key, value) : this.#lmdb.remove(key));
  }

  #lose(waiting: Waiting[], cause: unknown): void {
    this.#layers = [new Layer()];
    this.#lmdb.resetReadTxn();
    this.onLost();
    const message = `the disk refused the write: ${cause instanceof Error ? cause.message : String(cause)}`;
    for (const { reject } of [...waiting, ...this.#waiting.splice(0)])
      reject(new CommandError('OutOfDiskSpace', message));
  }
}

const latin1Keys = {
  writeKey(key: string, target: Buffer, start: number): number {
    return start + target.write(key, start, 'latin1');
  },
  readKey(source: Buffer, start: number, end: number): string {
    return source.toString('latin1', start, end);
  },
};

function readerOf(lmdb: RootDatabase<Buffer, string>, transaction?: Transaction): Reader {
  const within = transaction ? { transaction } : {};
  return {
    get: (key) => lmdb.get(key, within),
    count: ({ start, end }) => lmdb.getKeysCount({ ...within, start, end }),
    scan: ({ start, end, reverse }) =>
      reverse
        ? lmdb.getRange({ ...within, start: end, end: start, reverse, exclusiveStart: true, inclusiveEnd: true })
        : lmdb.getRange({ ...within, start, end }),
  };
}

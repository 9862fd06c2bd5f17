import { type RootDatabase, type Transaction, open as openLmdb } from 'lmdb';
import { DataFile } from './data-file.ts';
import { CommandError } from './errors.ts';
import type { Key } from './key-encoding.ts';
import { type Entry, Layer, type Range, type Reader, countThrough, readThrough, scanThrough } from './layer.ts';

/** A view of the database as it was at one moment; `done` must be called when it is no longer needed. */
export interface Snapshot extends Reader {
  readonly sequence: number;
  /** Has something done when the disk refuses what this view stands on, so that it never was. */
  whenLost(act: () => void): void;
  done(): void;
}

interface Waiting {
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Bytes by key, on LMDB. A commit is visible at once and its promise is kept when it is on the disk: one flush after
 * each turn of the event loop carries all that were made in it. The thread stands still meanwhile, and what arrives
 * then shares the next one. Handing it to another thread and back cost more than the disk does.
 */
export class Store implements Reader {
  readonly #lmdb: RootDatabase<Buffer, string>;
  readonly #file: DataFile;
  readonly #disk: Reader;
  readonly #views = new Map<object, { layers: readonly Layer[]; act: () => void }>();
  #layers: Layer[] = [new Layer()];
  #waiting: Waiting[] = [];
  #sequence = 0;

  /** Called when the disk refused a flush: whatever was visible and not on it is gone, and reading goes on without. */
  onLost: () => void = () => {};

  constructor(directory: string) {
    this.#lmdb = openLmdb<Buffer, string>({
      path: directory,
      encoding: 'binary',
      keyEncoder: latin1Keys,
      overlappingSync: false,
      // Its batch of a turn of the event loop has a promise of its own, whose rejection nobody could catch.
      eventTurnBatching: false,
      noSubdir: false,
      maxReaders: 4096,
    });
    this.#file = new DataFile(directory);
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
    const view = {};
    return {
      sequence: this.#sequence,
      get: (key) => readThrough(layers, disk, key),
      scan: (range) => scanThrough(layers, disk, range),
      count: (range) => countThrough(layers, disk, range),
      whenLost: (act) => this.#views.set(view, { layers, act }),
      done: once(() => {
        this.#views.delete(view);
        transaction.done();
      }),
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
      if (this.#waiting.push({ resolve, reject }) === 1) setImmediate(() => this.#flush());
    });
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.#lmdb.close();
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      this.#writeLayers();
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      this.#lose(waiting, refusalOf(error));
    }
  }

  #writeLayers(): void {
    this.#file.checkThere();
    this.#lmdb.transactionSync(() => {
      for (const layer of this.#layers) for (const [key, value] of layer.changes) this.#write(key, value);
    });
    this.#file.checkThere();
    this.#layers = [new Layer()];
  }

  #write(key: Key, value: Buffer | null): void {
    if (value) this.#lmdb.putSync(key, value);
    else this.#lmdb.removeSync(key);
  }

  #lose(waiting: Waiting[], error: CommandError): void {
    const lost = this.#layers;
    this.#layers = [new Layer()];
    this.#lmdb.resetReadTxn();
    for (const { layers, act } of this.#views.values())
      if (layers.some((layer) => !layer.isEmpty && lost.includes(layer))) act();
    this.onLost();
    for (const { reject } of [...waiting, ...this.#waiting.splice(0)]) reject(error);
    this.#goOnOrEnd();
  }

  /** When it could not even take back its own last page, LMDB refuses everything: only opening it anew helps. */
  #goOnOrEnd(): void {
    try {
      this.#lmdb.transactionSync(() => {});
    } catch (error) {
      setImmediate(() => {
        throw error;
      });
    }
  }
}

function refusalOf(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown;
  const [short] = (thrown instanceof Error ? thrown.message : String(thrown)).split(': Attempting');
  return new CommandError('OutOfDiskSpace', `The disk refused the write, and nothing of it was kept: ${short}`);
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
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

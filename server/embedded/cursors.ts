import { Long } from 'bson';
import { CommandError } from './errors.ts';

const IDLE_MS = 600_000;

/** Each may hold on to an old state of the data: of so many, the one that was asked for longest ago is closed. */
const MOST = 2_000;

const BATCH_BYTES = 16 * 1024 * 1024;
const FIRST_BATCH = 101;

interface Cursor {
  id: Long;
  namespace: string;
  rows: Iterator<Buffer>;
  /** Read beyond the last batch because it did not fit. */
  held: Buffer | undefined;
  session: string | undefined;
  done: () => void;
  usedAt: number;
}

export interface Batch {
  id: Long;
  documents: Buffer[];
}

export interface CursorSource {
  namespace: string;
  rows: Iterator<Buffer>;
  session: string | undefined;
  /** Lets go of what the rows are read from. */
  done: () => void;
}

/** Answers that are fetched in batches; what nobody asks for any more is closed after ten minutes. */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();
  #nextId = BigInt(Date.now()) << 20n;

  /** The first batch, and the cursor for the rest when there is more. */
  open(source: CursorSource, batchSize: number | undefined, isSingle: boolean): Batch {
    this.#nextId += 1n + BigInt(Math.floor(Math.random() * 1000));
    const cursor = { ...source, id: Long.fromBigInt(this.#nextId), held: undefined, usedAt: Date.now() };
    const batch = this.#fetch(cursor, batchSize ?? FIRST_BATCH);
    if (batch.id.isZero()) return batch;
    if (isSingle) {
      this.#close(cursor);
      return { ...batch, id: Long.ZERO };
    }
    this.#cursors.set(cursor.id.toString(), cursor);
    if (this.#cursors.size > MOST) this.#closeOldest();
    return batch;
  }

  more(id: Long, namespace: string, batchSize: number | undefined): Batch {
    const cursor = this.#cursors.get(id.toString());
    if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${id.toString()} not found`);
    if (cursor.namespace !== namespace)
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    this.#cursors.delete(id.toString());
    this.#cursors.set(id.toString(), cursor);
    return this.#fetch(cursor, batchSize ?? Infinity);
  }

  #closeOldest(): void {
    const [oldest] = this.#cursors.values();
    if (oldest) this.#close(oldest);
  }

  kill(id: Long, namespace: string): boolean {
    const cursor = this.#cursors.get(id.toString());
    if (cursor?.namespace !== namespace) return false;
    this.#close(cursor);
    return true;
  }

  endOfSession(session: string): void {
    for (const cursor of this.#cursors.values()) if (cursor.session === session) this.#close(cursor);
  }

  sweep(now: Date): void {
    for (const cursor of this.#cursors.values()) if (cursor.usedAt < now.getTime() - IDLE_MS) this.#close(cursor);
  }

  closeAll(): void {
    for (const cursor of this.#cursors.values()) this.#close(cursor);
  }

  #fetch(cursor: Cursor, size: number): Batch {
    cursor.usedAt = Date.now();
    const documents: Buffer[] = [];
    let bytes = 0;
    while (documents.length < size) {
      const next = cursor.held ?? this.#next(cursor);
      cursor.held = undefined;
      if (!next) return { id: Long.ZERO, documents };
      bytes += next.length;
      if (bytes > BATCH_BYTES && documents.length > 0) {
        cursor.held = next;
        break;
      }
      documents.push(next);
    }
    return this.#holdOn(cursor, documents);
  }

  /** Looks one ahead, so that an answer that ends with the batch leaves no cursor behind. */
  #holdOn(cursor: Cursor, documents: Buffer[]): Batch {
    if (documents.length > 0) cursor.held ??= this.#next(cursor);
    return { id: documents.length > 0 && !cursor.held ? Long.ZERO : cursor.id, documents };
  }

  #next(cursor: Cursor): Buffer | undefined {
    try {
      const next = cursor.rows.next();
      if (!next.done) return next.value;
      this.#close(cursor);
      return undefined;
    } catch (error) {
      this.#close(cursor);
      throw error;
    }
  }

  #close(cursor: Cursor): void {
    this.#cursors.delete(cursor.id.toString());
    cursor.rows.return?.();
    cursor.done();
  }
}

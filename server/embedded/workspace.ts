import type { Collection } from './catalogue.ts';
import { CommandError, TRANSIENT } from './errors.ts';
import type { Key } from './key-encoding.ts';
import { Line } from './line.ts';
import { type Entry, Layer, type Range, type Reader, countThrough, readThrough, scanThrough } from './layer.ts';
import type { Snapshot, Store } from './store.ts';

export type Changes = [Key, Buffer | null][];

/** Somebody else's open transaction has written this key: who holds nothing may stand in line for it. */
export class Blocked extends CommandError {
  readonly key: Key;

  constructor(key: Key) {
    super('WriteConflict', CONFLICT, [TRANSIENT]);
    this.key = key;
  }
}

const CONFLICT =
  'Caused by :: Write conflict during plan execution and yielding is disabled. Please retry your operation';

/** Who has written what and not ended yet, and what was committed since the oldest open transaction began. */
export class Locks {
  readonly #owners = new Map<Key, Workspace>();
  readonly #committed = new Map<Key, number>();
  readonly #open = new Set<Workspace>();
  readonly line = new Line((key) => !this.#owners.has(key));

  opened(workspace: Workspace): void {
    this.#open.add(workspace);
  }

  check(key: Key, workspace: Workspace): void {
    const owner = this.#owners.get(key);
    if (owner && owner !== workspace) throw new Blocked(key);
    if (workspace.startedAt !== undefined && (this.#committed.get(key) ?? 0) > workspace.startedAt)
      throw new CommandError('WriteConflict', CONFLICT, [TRANSIENT]);
  }

  take(key: Key, workspace: Workspace): void {
    this.#owners.set(key, workspace);
  }

  committed(keys: Iterable<Key>, sequence: number): void {
    if (this.#open.size === 0) return;
    for (const key of keys) this.#committed.set(key, sequence);
  }

  release(workspace: Workspace): void {
    this.#open.delete(workspace);
    if (this.#open.size === 0) this.#committed.clear();
    for (const key of workspace.layer.changes.keys()) {
      if (this.#owners.get(key) !== workspace) continue;
      this.#owners.delete(key);
      this.line.next(key);
    }
  }
}

/**
 * The changes of one command, or of one multi-document transaction, over a view of the database.
 * A command sees the newest state and runs in one go; a transaction sees its snapshot and holds what it wrote.
 */
export class Workspace implements Reader {
  readonly layer = new Layer();
  readonly #store: Store;
  readonly #locks: Locks;
  readonly #snapshot: Snapshot | undefined;
  readonly #used = new Set<{ readonly changedAt: number }>();
  readonly #created = new Map<string, Collection>();
  readonly #afterCommit: (() => unknown)[] = [];
  readonly #beforeEnd: (() => void)[] = [];
  #isEnded = false;

  private constructor(store: Store, locks: Locks, snapshot: Snapshot | undefined) {
    this.#store = store;
    this.#locks = locks;
    this.#snapshot = snapshot;
  }

  static forCommand(store: Store, locks: Locks): Workspace {
    return new Workspace(store, locks, undefined);
  }

  static forTransaction(store: Store, locks: Locks): Workspace {
    const workspace = new Workspace(store, locks, store.snapshot());
    locks.opened(workspace);
    return workspace;
  }

  /** The commit that a transaction's snapshot stands on; undefined for a command, which sees the newest. */
  get startedAt(): number | undefined {
    return this.#snapshot?.sequence;
  }

  get(key: Key): Buffer | undefined {
    return readThrough([this.layer], this.#snapshot ?? this.#store, key);
  }

  scan(range: Range): Iterable<Entry> {
    return scanThrough([this.layer], this.#snapshot ?? this.#store, range);
  }

  count(range: Range): number {
    return countThrough([this.layer], this.#snapshot ?? this.#store, range);
  }

  /** A collection that this transaction has made, and that nobody else can see yet. */
  created(namespace: string): Collection | undefined {
    return this.#created.get(namespace);
  }

  /**
   * Takes a new collection along to the commit of a transaction, which then `admit`s it; a command has none to wait for:
   * false. @throws WriteConflict while another open transaction makes the same
   */
  creates(collection: Collection, record: Changes[number], admit: () => unknown): boolean {
    if (!this.#snapshot) {
      this.#locks.check(record[0], this);
      return false;
    }
    this.write([record]);
    this.#created.set(collection.namespace, collection);
    this.#afterCommit.push(admit);
    return true;
  }

  /** Remembers a collection that was written to: nothing may happen to its indexes until the commit. */
  uses(collection: { readonly changedAt: number }): void {
    this.#used.add(collection);
  }

  /** Takes all the changes or, when one of them meets another transaction, none. */
  write(changes: Changes): void {
    for (const [key] of changes) this.#locks.check(key, this);
    for (const [key, value] of changes) {
      this.layer.set(key, value);
      if (this.#snapshot) this.#locks.take(key, this);
    }
  }

  /** Adds what belongs to the bookkeeping of this commit alone and meets nobody. */
  note(key: Key, value: Buffer | null): void {
    this.layer.set(key, value);
  }

  /** Everything becomes visible at once; the promise is kept when it is on the disk. */
  commit(): Promise<void> {
    const since = this.startedAt ?? Infinity;
    if ([...this.#used].some(({ changedAt }) => changedAt > since)) {
      this.end();
      throw new CommandError('WriteConflict', CONFLICT, [TRANSIENT]);
    }
    const flushed = this.layer.isEmpty ? Promise.resolve() : this.#store.commit(this.layer.changes);
    this.#locks.committed(this.layer.changes.keys(), this.#store.sequence);
    for (const act of this.#afterCommit) act();
    this.end();
    return flushed;
  }

  /** Has something done before the view is gone: cursors read from it. */
  beforeEnd(act: () => void): void {
    this.#beforeEnd.push(act);
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const act of this.#beforeEnd) act();
    this.#snapshot?.done();
    this.#locks.release(this);
  }
}

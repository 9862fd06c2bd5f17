import { Binary } from 'bson';
import { decode, encode } from './bytes.ts';
import { CommandError, TRANSIENT } from './errors.ts';
import { type Key, after } from './key-encoding.ts';
import type { Store } from './store.ts';
import { type Document, isDocument, isTruthy, toNumber } from './values.ts';
import { Locks, Workspace } from './workspace.ts';

const LIFETIME_MS = 60_000;
const SESSION_MINUTES = 30;
const RECORD = '\0s';

interface Transaction {
  number: number;
  workspace: Workspace;
  /** The connections that carried it: when all of them are gone, so is the client. */
  connections: Set<object>;
  timer: NodeJS.Timeout;
}

/** What a command says about its session and its place in it. */
export interface SessionFields {
  id: string | undefined;
  number: number | undefined;
  isInTransaction: boolean;
  starts: boolean;
}

/** Open transactions, and what is remembered of retryable writes and of commits, also over a restart. */
export class Sessions {
  readonly locks = new Locks();
  readonly #store: Store;
  readonly #transactions = new Map<string, Transaction>();

  readonly #lifetimeMs: number;

  constructor(store: Store, lifetimeMs = LIFETIME_MS) {
    this.#store = store;
    this.#lifetimeMs = lifetimeMs;
  }

  /** The workspace of the command's transaction, which it may begin. */
  join(fields: SessionFields, connection: object): Workspace {
    const { id = '', number = 0 } = fields;
    if (fields.starts) this.#begin(id, number);
    const transaction = this.#transactions.get(id);
    if (transaction?.number !== number) throw this.#noSuch(id, number);
    transaction.connections.add(connection);
    return transaction.workspace;
  }

  #begin(id: string, number: number): void {
    const open = this.#transactions.get(id);
    const newest = Math.max(open?.number ?? -1, this.#recordOf(id)?.number ?? -1);
    if (number < newest) throw tooOld(number, newest);
    if (number === newest)
      throw new CommandError('NoSuchTransaction', `Transaction ${number} has been started already`, [TRANSIENT]);
    if (open) this.abort(id);
    const workspace = Workspace.forTransaction(this.#store, this.locks);
    const timer = setTimeout(() => this.abort(id), this.#lifetimeMs);
    this.#transactions.set(id, { number, workspace, connections: new Set(), timer: timer.unref() });
  }

  /** Gives the transaction, which has done nothing yet, the newest state. @throws NoSuchTransaction when it has gone */
  restart({ id = '', number = 0 }: SessionFields): Workspace {
    const transaction = this.#transactions.get(id);
    if (transaction?.number !== number) throw this.#noSuch(id, number);
    transaction.workspace = Workspace.forTransaction(this.#store, this.locks);
    return transaction.workspace;
  }

  /** Commits, or says again that it has been done. The promise is kept when the commit is on the disk. */
  commit({ id = '', number = 0 }: SessionFields): Promise<void> {
    const open = this.#transactions.get(id);
    if (open?.number !== number) {
      if (this.#isCommitted(id, number)) return this.#store.flushed();
      throw this.#noSuch(id, number);
    }
    const { workspace } = open;
    if (!workspace.layer.isEmpty) workspace.note(keyOf(id), recordBytes(number, { committed: true }));
    this.#forget(id, open);
    if (workspace.layer.isEmpty) this.#remember(id, number);
    return workspace.commit();
  }

  /** What read only is remembered in memory: a second commit gets the same answer. */
  readonly #readOnly = new Map<string, number>();

  #remember(id: string, number: number): void {
    this.#readOnly.delete(id);
    this.#readOnly.set(id, number);
    if (this.#readOnly.size > 10_000) this.#readOnly.delete(this.#readOnly.keys().next().value ?? '');
  }

  #isCommitted(id: string, number: number): boolean {
    const record = this.#recordOf(id);
    return this.#readOnly.get(id) === number || (record?.number === number && isTruthy(record.reply['committed']));
  }

  /** Ends a transaction without a trace; says whether there was one. */
  abort(id: string, number?: number): boolean {
    const open = this.#transactions.get(id);
    if (!open || (number !== undefined && open.number !== number)) return false;
    this.#forget(id, open);
    open.workspace.end();
    return true;
  }

  abortAll(): void {
    for (const id of this.#transactions.keys()) this.abort(id);
  }

  /** The command's transaction cannot go on: whatever asks for it next hears that it is gone. */
  refuseUnknown(fields: SessionFields): CommandError {
    return this.#noSuch(fields.id ?? '', fields.number ?? 0);
  }

  /** A connection has closed: a transaction none of whose connections is left has lost its client. */
  disconnected(connection: object): void {
    for (const [id, transaction] of this.#transactions) {
      if (transaction.connections.delete(connection) && transaction.connections.size === 0) this.abort(id);
    }
  }

  /** The reply that a retryable write got the first time. A new one ends the session's open transaction. */
  replyTo({ id = '', number = 0 }: SessionFields): Document | undefined {
    const record = this.#recordOf(id);
    const open = this.#transactions.get(id);
    const newest = Math.max(open?.number ?? -1, record?.number ?? -1);
    if (number < newest) throw tooOld(number, newest);
    if (number === open?.number || this.#isCommitted(id, number))
      throw new CommandError(
        'InvalidOptions',
        'Must specify autocommit=false on all operations of a multi-statement transaction.',
      );
    if (open) this.abort(id);
    return record?.number === number ? record.reply : undefined;
  }

  /** Remembers a retryable write's reply in the very commit that has its effect. */
  keepReply(workspace: Workspace, { id = '', number = 0 }: SessionFields, reply: Document): void {
    workspace.note(keyOf(id), recordBytes(number, reply));
  }

  /** Sessions that nobody has used for half an hour are forgotten. */
  sweep(now: Date): void {
    const oldest = now.getTime() - SESSION_MINUTES * 60_000;
    const stale = [...this.#store.scan({ start: RECORD, end: after(RECORD) })]
      .filter(({ value }) => isBefore(decode(value)['at'], oldest))
      .map(({ key }): [Key, null] => [key, null]);
    if (stale.length > 0) this.#store.commit(stale).catch(() => {});
  }

  #forget(id: string, transaction: Transaction): void {
    clearTimeout(transaction.timer);
    this.#transactions.delete(id);
  }

  #recordOf(id: string): { number: number; reply: Document } | undefined {
    const bytes = this.#store.get(keyOf(id));
    if (!bytes) return undefined;
    const { number, reply } = decode(bytes);
    return { number: toNumber(number), reply: isDocument(reply) ? reply : {} };
  }

  #noSuch(id: string, number: number): CommandError {
    if (this.#isCommitted(id, number))
      return new CommandError('TransactionCommitted', `Transaction ${number} has been committed.`);
    return new CommandError(
      'NoSuchTransaction',
      `Given transaction number ${number} does not match any in-progress transactions.`,
      [TRANSIENT],
    );
  }
}

const tooOld = (number: number, newest: number): CommandError =>
  new CommandError(
    'TransactionTooOld',
    `Cannot start transaction ${number} because a newer transaction ${newest} has already started`,
  );

const keyOf = (id: string): Key => RECORD + id;
const recordBytes = (number: number, reply: Document): Buffer => encode({ number, at: new Date(), reply });

/** Reads `lsid`, `txnNumber`, `autocommit` and `startTransaction`. */
export function sessionFieldsOf(command: Document): SessionFields {
  const lsid = command['lsid'];
  const id = isDocument(lsid) ? sessionKey(lsid['id']) : undefined;
  const number = command['txnNumber'];
  const isInTransaction = command['autocommit'] === false;
  if (isInTransaction && (number === undefined || id === undefined))
    throw new CommandError('InvalidOptions', "'autocommit' field requires a transaction number to also be specified");
  return {
    id,
    number: number === undefined ? undefined : toNumber(number),
    isInTransaction,
    starts: command['startTransaction'] === true,
  };
}

/** A session's id as a key. @throws BadValue for what is no UUID */
export function sessionKey(id: unknown): string {
  if (id instanceof Binary && id.position === 16) return Buffer.from(id.buffer.subarray(0, 16)).toString('latin1');
  throw new CommandError('BadValue', "BSON field 'lsid.id' must be a UUID");
}

const isBefore = (at: unknown, time: number): boolean => at instanceof Date && at.getTime() < time;

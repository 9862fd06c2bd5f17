import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose, { type Model, type mongo } from 'mongoose';
import { refuseHalfLoaded } from './archive/index.ts';
import { hostsOf, type OpenPlace } from './database-place.ts';
import { AppError } from './errors.ts';

mongoose.set('transactionAsyncLocalStorage', true);
mongoose.set('strictQuery', 'throw');
mongoose.set('autoIndex', false);
mongoose.set('autoCreate', false);

const longestTransaction = 10_000;
const transactionOptions: mongo.TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
};

/** Something that others must hear of once it is committed: `topic` names the listener's work, `at` when it is due. */
export type CommitNote = { topic: string; id: string; at?: Date };

/** Rows of one model that wait to be written together. */
type Inserts = { rows: unknown[]; write: () => Promise<unknown> };
type OpenTransaction = { notes: CommitNote[]; inserts: Map<unknown, Inserts> };

const open = new AsyncLocalStorage<OpenTransaction>();
let tellOfCommit: (notes: readonly CommitNote[]) => void = () => undefined;

/**
 * Connects to the database for all models that are there once `models` is kept.
 * @throws with a sentence where it cannot be reached, or an import into it was not finished
 */
export async function openDatabase(place: OpenPlace, models?: Promise<unknown>): Promise<{ close(): Promise<void> }> {
  const { db, close } = await reachDatabase(place);
  try {
    await refuseHalfLoaded(db);
    await models;
    await connectDatabase(place.uri);
  } catch (error) {
    await close();
    throw error;
  }
  await db.client.close();
  return {
    close: async () => {
      await disconnectDatabase();
      await place.close();
    },
  };
}

/** The bare database, without its models: for what takes all of it away or brings it. @throws with a sentence where it cannot be reached */
export async function reachDatabase(place: OpenPlace): Promise<{ db: mongo.Db; close(): Promise<void> }> {
  const client = new mongoose.mongo.MongoClient(place.uri, { serverSelectionTimeoutMS: 5_000 });
  const close = async () => {
    await client.close();
    await place.close();
  };
  try {
    await client.connect();
    return { db: client.db(), close };
  } catch (error) {
    await close();
    if (!(error instanceof mongoose.mongo.MongoServerSelectionError)) throw error;
    const hosts = hostsOf(place.uri);
    throw new Error(`The database at ${hosts} cannot be reached. Does it run, and is MONGODB_URI right?`, {
      cause: error,
    });
  }
}

/** Connects every model to the database at `uri` (any MongoDB with transactions) and makes the indexes that are missing. */
export async function connectDatabase(uri: string): Promise<void> {
  await mongoose.connect(uri, { serverSelectionTimeoutMS: 5_000, maxPoolSize: 50 });
  await Promise.all(Object.values(mongoose.models).map(makeCollection));
}

async function makeCollection(model: Model<unknown>): Promise<void> {
  await model.createCollection();
  await createIndexesOf(model);
}

/** All indexes of a model by one command, named as the driver names them: Mongoose itself asks once for each. */
async function createIndexesOf({ schema, collection }: Model<unknown>): Promise<void> {
  const indexes = schema
    .indexes()
    .map(([key, options]) => ({ key, name: Object.entries(key).flat().join('_'), ...options }));
  if (indexes.length > 0) await mongoose.connection.db?.command({ createIndexes: collection.name, indexes });
}

export async function disconnectDatabase(): Promise<void> {
  await mongoose.disconnect();
}

/** Answers when the database does. */
export async function pingDatabase(): Promise<void> {
  await mongoose.connection.db?.command({ ping: 1 });
}

/** The driver's client, for libraries that keep their own collection. */
export function databaseClient(): mongo.MongoClient {
  return mongoose.connection.getClient();
}

/** Whether a write was refused because a unique index has the value already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11_000;
}

/** Sets who is told after each commit. The one place where the queue hears of the modules. */
export function onCommit(listener: (notes: readonly CommitNote[]) => void): void {
  tellOfCommit = listener;
}

/**
 * Runs `work` in a transaction, or joins the one that is open (MongoDB cannot nest them).
 * The price: `work` may run several times, so only database work belongs in it, one after the other: no `Promise.all`,
 * no `Model.collection`. Conflicts are retried after random pauses for at most 10 s. @throws busy
 */
export async function inTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
  if (open.getStore()) return work();

  const deadline = Date.now() + longestTransaction;
  const committed = await mongoose.connection.transaction(
    () => attempt(work, deadline),
    // Mongoose types its options after an older driver than it ships.
    transactionOptions,
  );
  if (committed.notes.length > 0) tellOfCommit(committed.notes);
  return committed.result;
}

/**
 * Runs `work` in a transaction of its own and takes everything back: what would happen, found out by the very code that
 * makes it happen. `written` writes what waits for the commit and gives all notes so far. @throws what `work` throws
 */
export async function rehearsed<Result>(
  work: (written: () => Promise<readonly CommitNote[]>) => Promise<Result>,
): Promise<Result> {
  if (open.getStore()) throw new Error('A rehearsal would take back the transaction around it.');
  const curtain = new Error('The rehearsal is over.');
  const outcomes: Result[] = [];
  try {
    await inTransaction(async () => {
      outcomes.push(await work(writeWaiting));
      throw curtain;
    });
  } catch (error) {
    if (error !== curtain) throw error;
  }
  const [outcome] = outcomes.slice(-1);
  if (outcome === undefined) throw new Error('The rehearsal came to no end.');
  return outcome;
}

async function writeWaiting(): Promise<readonly CommitNote[]> {
  const { inserts, notes } = openTransaction();
  const waiting = [...inserts.values()];
  inserts.clear();
  for (const { write } of waiting) await write();
  return notes;
}

async function attempt<Result>(work: () => Promise<Result>, deadline: number) {
  if (Date.now() > deadline) throw new AppError('busy', 'unavailable', 'Too many people are changing this right now.');

  const transaction: OpenTransaction = { notes: [], inserts: new Map() };
  return open.run(transaction, async () => {
    const result = await work();
    await writeWaiting();
    return { result, notes: transaction.notes };
  });
}

/**
 * Inserts `document` with all others of its model in one write, just before the open transaction commits.
 * For rows that nothing in the same transaction reads back: events and messages.
 */
export function insertAtCommit<Row>(model: Model<Row>, document: NoInfer<Partial<Row>>): void {
  const { inserts } = openTransaction();
  const known = inserts.get(model);
  if (known) {
    known.rows.push(document);
    return;
  }
  const rows = [document];
  inserts.set(model, { rows, write: () => model.insertMany(rows, { lean: true }) });
}

/** Has `note` told once the open transaction is committed; never if it is not. */
export function tellAfterCommit(note: CommitNote): void {
  openTransaction().notes.push(note);
}

function openTransaction(): OpenTransaction {
  const transaction = open.getStore();
  if (!transaction)
    throw new Error('Only inside a transaction: what was decided and what tells of it belong together.');
  return transaction;
}

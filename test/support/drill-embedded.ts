import { type ClientSession, type Db, type Document, MongoServerError } from 'mongodb';

/** One writer's document: what it holds as far as was acknowledged, and what it may hold besides. */
interface Known {
  value: number | undefined;
  /** Written, but not acknowledged: either is right. */
  pending?: number | undefined;
}

/** What clients did to a database and heard of it, to be compared with what is there after its server was killed. */
export class Ledger {
  readonly singles = new Map<string, Known>();
  readonly pairs = new Map<string, number>();
  readonly batches: string[] = [];
  readonly lasting: string[] = [];
  acknowledged = 0;

  /** Begins all kinds of work at once; each goes on until the server does not answer any more. */
  async work(db: Db, round: number): Promise<void> {
    await Promise.all([
      ...[0, 1, 2].map((at) => untilGone((n) => this.#change(db, `${round}-${at}-${n % 20}`, n))),
      ...[0, 1, 2].map((at) => untilGone((n) => this.#writePair(db, `${round}-${at}`, n))),
      untilGone((n) => this.#writeBatch(db, `${round}-${n}`)),
      untilGone((n) => this.#writeExpiring(db, `${round}-${n}`)),
      untilGone((n) => changeIndexes(db, n)),
    ]);
  }

  /** What is not as it must be, in sentences. */
  async faults(db: Db): Promise<string[]> {
    const faults = [
      ...(await this.#faultsOfSingles(db)),
      ...(await this.#faultsOfPairs(db)),
      ...(await this.#faultsOfBatches(db)),
      ...missing('document that never expires', this.lasting, await keysIn(db, 'expiring')),
    ];
    for (const { name } of await db.listCollections().toArray()) faults.push(...(await faultsWithin(db, name)));
    return faults;
  }

  /** Inserts, changes and deletes documents, each in a command of its own. */
  async #change(db: Db, key: string, n: number): Promise<void> {
    const known = this.singles.get(key) ?? { value: undefined };
    const next = n % 7 === 6 ? undefined : n;
    const singles = db.collection<{ _id: string; value: number; twin: string }>('singles');
    this.singles.set(key, { value: known.value, pending: next });
    if (next === undefined) await singles.deleteOne({ _id: key });
    else await singles.updateOne({ _id: key }, { $set: { value: next, twin: `${key}-${n}` } }, { upsert: true });
    this.singles.set(key, { value: next });
    this.acknowledged += 1;
  }

  /** The same key in two collections, and counted in a third. */
  async #writePair(db: Db, writer: string, n: number): Promise<void> {
    await db.client.withSession((session) =>
      inTransaction(session, async () => {
        await db.collection('left').insertOne({ writer, key: `${writer}-${n}` }, { session });
        await db.collection('right').insertOne({ writer, key: `${writer}-${n}` }, { session });
        await db.collection('counts').updateOne({ writer }, { $inc: { n: 1 } }, { session, upsert: true });
      }),
    );
    this.pairs.set(writer, (this.pairs.get(writer) ?? 0) + 1);
    this.acknowledged += 1;
  }

  async #writeBatch(db: Db, batch: string): Promise<void> {
    await db.collection('batches').insertMany(Array.from({ length: BATCH }, (_, at) => ({ batch, at })));
    this.batches.push(batch);
    this.acknowledged += 1;
  }

  async #writeExpiring(db: Db, key: string): Promise<void> {
    const never = new Date('2999-01-01T00:00:00Z');
    await db.collection('expiring').insertOne({ key, at: never });
    await db.collection('expiring').insertOne({ key: `${key}-gone`, at: new Date(0) });
    this.lasting.push(key);
    this.acknowledged += 1;
  }

  async #faultsOfSingles(db: Db): Promise<string[]> {
    const stored = new Map((await db.collection('singles').find().toArray()).map((each) => [String(each._id), each]));
    return [...this.singles].flatMap(([key, known]) => {
      const value: unknown = stored.get(key)?.['value'];
      if (value === known.value || ('pending' in known && value === known.pending)) return [];
      return [`${key} is ${String(value)}, acknowledged was ${known.value}`];
    });
  }

  async #faultsOfPairs(db: Db): Promise<string[]> {
    const [left, right] = [await keysIn(db, 'left'), await keysIn(db, 'right')];
    const faults = [...missing('left half', [...right], left), ...missing('right half', [...left], right)];
    for (const { writer, n } of await db.collection('counts').find().toArray()) {
      const written = [...left].filter((key) => key.startsWith(`${writer}-`)).length;
      if (written !== n) faults.push(`${writer} wrote ${written} pairs and counted ${n}`);
    }
    for (const [writer, n] of this.pairs) {
      const written = [...left].filter((key) => key.startsWith(`${writer}-`)).length;
      if (written < n) faults.push(`${writer} has ${written} pairs, acknowledged were ${n}`);
    }
    return faults;
  }

  async #faultsOfBatches(db: Db): Promise<string[]> {
    const counts = new Map<string, number>();
    for (const { batch } of await db.collection('batches').find().toArray())
      counts.set(String(batch), (counts.get(String(batch)) ?? 0) + 1);
    const halves = [...counts].filter(([, count]) => count !== BATCH).map(([batch]) => `batch ${batch} is not whole`);
    return [...halves, ...missing('batch', this.batches, counts)];
  }
}

const BATCH = 5;

/** The collections and indexes that the work is done on. */
export async function prepareForWork(db: Db): Promise<void> {
  await db.collection('singles').createIndex({ twin: 1 }, { unique: true });
  await db.collection('left').createIndex({ key: 1 }, { unique: true });
  await db.collection('right').createIndex({ key: 1 }, { unique: true });
  await db.collection('counts').createIndex({ writer: 1 }, { unique: true });
  await db.collection('expiring').createIndex({ at: 1 }, { expireAfterSeconds: 0 });
}

/** Does it again and again until the server is gone. An index that comes or goes ends a transaction, which is no fault. */
async function untilGone(act: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      await act(n);
    } catch (error) {
      // A bulk write wraps what ended its connection: that has no code of the server's, at most a name (EPIPE).
      if (!(error instanceof MongoServerError) || typeof error.code !== 'number') return;
      if (!error.hasErrorLabel('TransientTransactionError')) throw error;
    }
  }
}

async function inTransaction(session: ClientSession, act: () => Promise<void>): Promise<void> {
  session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
  await act();
  await session.commitTransaction();
}

async function changeIndexes(db: Db, n: number): Promise<void> {
  const name = ['left', 'right', 'batches'][n % 3] ?? '';
  await db.collection(name).createIndex({ writer: 1, batch: -1 });
  await db.collection(name).dropIndex('writer_1_batch_-1');
}

const keysIn = async (db: Db, name: string): Promise<Set<string>> =>
  new Set((await db.collection(name).find().toArray()).map(({ key }: Document) => String(key)));

const missing = (what: string, wanted: readonly string[], there: { has(key: string): boolean }): string[] =>
  wanted.filter((key) => !there.has(key)).map((key) => `the ${what} ${key} is missing`);

async function faultsWithin(db: Db, name: string): Promise<string[]> {
  const { errors } = await db.command({ validate: name, full: true });
  return (Array.isArray(errors) ? errors : []).map((error) => `${name}: ${String(error)}`);
}

import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import {
  type ClientSession,
  type Collection,
  type Db,
  type Document,
  Long,
  MongoClient,
  MongoServerError,
  ObjectId,
  UUID,
} from 'mongodb';
import mongoose from 'mongoose';
import { CommandError } from '../../server/embedded/errors.ts';
import { Sessions } from '../../server/embedded/sessions.ts';
import { Store } from '../../server/embedded/store.ts';
import { type Engine, aDirectory, isEmbedded, openEngine } from './engine.ts';
import { hosting } from './hosts.ts';

describe('a transaction', () => {
  let engine: Engine;
  let ledgers: Collection;
  const sessions: ClientSession[] = [];

  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());
  beforeEach(async () => {
    ledgers = engine.db.collection(`ledgers-${new ObjectId().toHexString()}`);
    await ledgers.createIndex({ key: 1 }, { unique: true, sparse: true });
    await ledgers.insertOne({ name: 'run', held: 0, capacity: 5 });
  });
  afterEach(() => Promise.all(sessions.splice(0).map((session) => session.endSession())));

  const begun = (): ClientSession => {
    const session = engine.client.startSession();
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
    sessions.push(session);
    return session;
  };
  const run = { name: 'run' };
  const held = async (session?: ClientSession): Promise<number> =>
    (await ledgers.findOne(run, session ? { session } : {}))?.['held'];

  it('sees what it wrote, and others see it after the commit', async () => {
    const session = begun();
    await ledgers.updateOne(run, { $inc: { held: 2 } }, { session });
    await ledgers.insertOne({ name: 'booking', key: 1 }, { session });

    expect([await held(session), await held()]).to.deep.equal([2, 0]);
    expect(await ledgers.countDocuments({ key: 1 }, { session })).to.equal(1);
    await session.commitTransaction();

    expect([await held(), await ledgers.countDocuments()]).to.deep.equal([2, 2]);
  });

  it('sees its own writes in the order of an index', async () => {
    await ledgers.insertMany([{ key: 10 }, { key: 20 }, { key: 30 }]);
    const session = begun();
    await ledgers.insertOne({ key: 15 }, { session });
    await ledgers.deleteOne({ key: 20 }, { session });
    await ledgers.updateOne({ key: 30 }, { $set: { key: 5 } }, { session });

    expect(
      keys(
        await ledgers
          .find({ key: { $gt: 0 } }, { session })
          .sort({ key: -1 })
          .toArray(),
      ),
    ).to.deep.equal([15, 10, 5]);
    expect(
      keys(
        await ledgers
          .find({ key: { $gt: 0 } })
          .sort({ key: 1 })
          .toArray(),
      ),
    ).to.deep.equal([10, 20, 30]);
  });

  it('leaves nothing behind when it is aborted', async () => {
    const session = begun();
    await ledgers.updateOne(run, { $inc: { held: 2 } }, { session });
    await ledgers.insertOne({ key: 1 }, { session });
    await session.abortTransaction();

    expect([await held(), await ledgers.countDocuments()]).to.deep.equal([0, 1]);
    await ledgers.insertOne({ key: 1 });
  });

  it('reads as of its beginning, whatever others commit', async () => {
    const session = begun();
    await held(session);

    await ledgers.updateOne(run, { $inc: { held: 1 } });
    await ledgers.insertOne({ name: 'other' });

    expect([await held(session), await ledgers.countDocuments({}, { session })]).to.deep.equal([0, 1]);
  });

  it('that writes what another open one has written fails at once, and can be tried again', async () => {
    const [first, second] = [begun(), begun()];
    await ledgers.updateOne(run, { $inc: { held: 1 } }, { session: first });

    const startedAt = Date.now();
    const error = await thrownBy(ledgers.updateOne(run, { $inc: { held: 1 } }, { session: second }));

    expect(error.code).to.equal(112);
    expect(error.hasErrorLabel('TransientTransactionError')).to.equal(true);
    expect(Date.now() - startedAt).to.be.below(2_000);
    await first.commitTransaction();
    expect(await held()).to.equal(1);
  });

  it('that writes what was committed after its snapshot fails', async () => {
    const session = begun();
    await held(session);
    await ledgers.updateOne(run, { $inc: { held: 1 } });

    const error = await thrownBy(ledgers.updateOne(run, { $inc: { held: 1 } }, { session }));

    expect(error.code).to.equal(112);
  });

  it('keeps a write outside of it waiting until it has ended', async () => {
    const session = begun();
    await ledgers.updateOne(run, { $inc: { held: 1 } }, { session });
    let isDone = false;
    const waiting = ledgers.updateOne(run, { $inc: { held: 10 } }).then(() => (isDone = true));

    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isDone).to.equal(false);
    await session.commitTransaction();
    await waiting;

    expect(await held()).to.equal(11);
  });

  it('and another one cannot both take the same unique value', async () => {
    const [first, second] = [begun(), begun()];
    await ledgers.insertOne({ key: 'same' }, { session: first });

    const error = await thrownBy(ledgers.insertOne({ key: 'same' }, { session: second }));
    await first.commitTransaction();

    expect([112, 11000]).to.include(error.code);
    expect(await ledgers.countDocuments({ key: 'same' })).to.equal(1);
  });

  it('is ended by a duplicate key, and then is not known any more', async () => {
    await ledgers.insertOne({ key: 1 });
    const session = begun();
    await ledgers.updateOne(run, { $inc: { held: 1 } }, { session });

    const duplicate = await thrownBy(ledgers.insertOne({ key: 1 }, { session }));
    const later = await thrownBy(ledgers.updateOne(run, { $inc: { held: 1 } }, { session }));

    expect([duplicate.code, later.code]).to.deep.equal([11000, 251]);
    expect(later.hasErrorLabel('TransientTransactionError')).to.equal(true);
    expect(await held()).to.equal(0);
  });

  it('can be committed again with the same answer', async () => {
    const session = begun();
    await ledgers.updateOne(run, { $inc: { held: 1 } }, { session });
    await session.commitTransaction();
    await session.commitTransaction();

    expect(await held()).to.equal(1);
  });

  it('that makes a collection leaves none behind when it is aborted, and one when it is committed', async () => {
    const name = `made-${new ObjectId().toHexString()}`;
    const made = engine.db.collection(name);
    const listed = async (): Promise<number> => (await engine.db.listCollections({ name }).toArray()).length;

    const aborted = begun();
    await made.insertOne({ key: 1 }, { session: aborted });
    expect(await made.countDocuments({}, { session: aborted })).to.equal(1);
    await aborted.abortTransaction();
    const afterAbort = await listed();
    const committed = begun();
    await made.insertOne({ key: 2 }, { session: committed });
    await committed.commitTransaction();

    expect([afterAbort, await listed()]).to.deep.equal([0, 1]);
    expect(keys(await made.find().toArray())).to.deep.equal([2]);
  });

  it('that makes a collection meets whoever makes the same one', async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    const made = engine.db.collection(`made-${new ObjectId().toHexString()}`);
    const [first, second] = [begun(), begun()];
    await made.insertOne({ key: 1 }, { session: first });
    const outside = made.insertOne({ key: 3 });

    const error = await thrownBy(made.insertOne({ key: 2 }, { session: second }));
    await first.commitTransaction();
    await outside;

    expect([error.code, error.hasErrorLabel('TransientTransactionError')]).to.deep.equal([112, true]);
    expect(keys(await made.find().sort({ key: 1 }).toArray())).to.deep.equal([1, 3]);
  });

  it('that its client has gone from keeps nobody waiting', async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    const gone = await new MongoClient(engine.uri).connect();
    const session = gone.startSession();
    session.startTransaction();
    await gone
      .db(engine.db.databaseName)
      .collection(ledgers.collectionName)
      .updateOne(run, { $inc: { held: 1 } }, { session });

    await gone.close(true);
    await ledgers.updateOne(run, { $inc: { held: 10 } });

    expect(await held()).to.equal(10);
  });

  it('among fifty that want the same places never gives more than there are', async () => {
    const book = () =>
      engine.client.withSession((session) =>
        session.withTransaction(async () => {
          const { modifiedCount } = await ledgers.updateOne(
            { ...run, held: { $lt: 5 } },
            { $inc: { held: 1 } },
            { session },
          );
          if (modifiedCount === 1) await ledgers.insertOne({ name: 'booking' }, { session });
        }),
      );

    await Promise.all(Array.from({ length: 50 }, book));

    expect([await held(), await ledgers.countDocuments({ name: 'booking' })]).to.deep.equal([5, 5]);
  }).timeout(180_000);

  it('of Mongoose takes every model operation in it along', async () => {
    const connection = await mongoose.createConnection(engine.uri, { dbName: engine.db.databaseName }).asPromise();
    mongoose.set('transactionAsyncLocalStorage', true);
    const Seat = connection.model(
      'Seat',
      new mongoose.Schema({ number: { type: Number, unique: true }, by: String }, { timestamps: true }),
    );
    await Seat.init();

    const failure = await connection
      .transaction(async () => {
        await Seat.create([{ number: 1, by: 'Ada' }], { ordered: true });
        await Seat.updateOne({ number: 1 }, { by: 'Bea' });
        throw new Error('stop');
      })
      .catch((error: Error) => error.message);
    await connection.transaction(async () => {
      await Seat.create([{ number: 1, by: 'Cem' }], { ordered: true });
      expect((await Seat.findOne({ number: 1 }))?.by).to.equal('Cem');
    });

    expect(failure).to.equal('stop');
    expect(await Seat.find({}, { _id: 0, number: 1, by: 1 }).lean()).to.deep.equal([{ number: 1, by: 'Cem' }]);
    await connection.close();
  });
});

describe('a retryable write', () => {
  let engine: Engine;
  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());

  it('that is sent again has one effect and gets the same answer', async () => {
    const seats = engine.db.collection<{ _id: number; n: number }>('seats');
    await seats.insertOne({ _id: 1, n: 0 });
    const session = engine.client.startSession();
    const count = () => seats.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { session, returnDocument: 'after' });

    const first = await count();
    serverSessionOf(session).txnNumber -= 1;
    const again = await count();
    const next = await count();

    expect([first, again, next]).to.deep.equal([
      { _id: 1, n: 1 },
      { _id: 1, n: 1 },
      { _id: 1, n: 2 },
    ]);
    await session.endSession();
  });
});

/** Commands that change something, each sent as the driver sends a write that it may have to send again. */
const WRITES: Record<string, Document> = {
  'an insert of several': {
    insert: 'seats',
    documents: [
      { _id: 10, n: 1 },
      { _id: 11, n: 1 },
    ],
  },
  'an insert that fails in the middle': {
    insert: 'seats',
    documents: [
      { _id: 20, n: 1 },
      { _id: 1, n: 1 },
      { _id: 21, n: 1 },
    ],
  },
  'an unordered insert that fails in the middle': {
    insert: 'seats',
    documents: [
      { _id: 30, n: 1 },
      { _id: 1, n: 1 },
      { _id: 31, n: 1 },
    ],
    ordered: false,
  },
  'an update of several statements': {
    update: 'seats',
    updates: [
      { q: { _id: 1 }, u: { $inc: { n: 1 } } },
      { q: { _id: 2 }, u: { $inc: { n: 10 } } },
      { q: { _id: 3 }, u: { $inc: { n: 5 } }, upsert: true },
    ],
  },
  'a delete of several statements': {
    delete: 'seats',
    deletes: [
      { q: { n: 0 }, limit: 1 },
      { q: { n: 100 }, limit: 1 },
    ],
  },
  'a findAndModify that updates': { findAndModify: 'seats', query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true },
  'a findAndModify that inserts': {
    findAndModify: 'seats',
    query: { _id: 40 },
    update: { $inc: { n: 1 } },
    upsert: true,
    new: true,
  },
  'a findAndModify that removes': { findAndModify: 'seats', query: { n: { $gte: 0 } }, sort: { _id: 1 }, remove: true },
};

interface Seat {
  _id: number;
  n: number;
}

async function putSeats(db: Db): Promise<void> {
  await db.collection<Seat>('seats').deleteMany({});
  await db.collection<Seat>('seats').insertMany([
    { _id: 1, n: 0 },
    { _id: 2, n: 0 },
  ]);
}

const seatsIn = (db: Db): Promise<unknown[]> => db.collection('seats').find().sort({ _id: 1 }).toArray();

/** Sends a command in the session of that id, over a connection of this client's. */
async function send(db: Db, command: Document, lsid: Document, number: number): Promise<Document> {
  const session = db.client.startSession();
  Object.assign(serverSessionOf(session), { id: lsid, txnNumber: number });
  try {
    const reply = await db.command({ ...command, txnNumber: Long.fromNumber(number) }, { session });
    return Object.fromEntries(
      Object.entries(reply).filter(([field]) => !['$clusterTime', 'operationTime', 'retriedStmtIds'].includes(field)),
    );
  } finally {
    await session.endSession();
  }
}

describe('a write that is sent again', () => {
  let engine: Engine;
  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());
  beforeEach(() => putSeats(engine.db));

  for (const [what, command] of Object.entries(WRITES))
    it(`has one effect and gets the same answer over another connection: ${what}`, async () => {
      const lsid = { id: new UUID() };
      const first = await send(engine.db, command, lsid, 1);
      const stored = await seatsIn(engine.db);
      const other = await new MongoClient(engine.uri).connect();

      const again = await send(other.db(engine.db.databaseName), command, lsid, 1);

      await other.close();
      expect(again).to.deep.equal(first);
      expect(await seatsIn(engine.db)).to.deep.equal(stored);
    });

  it('has its effect again as a new one, and is refused as one that is older', async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    const lsid = { id: new UUID() };
    const command = { update: 'seats', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    await send(engine.db, command, lsid, 1);

    await send(engine.db, command, lsid, 2);
    const older = await thrownBy(send(engine.db, command, lsid, 1));

    expect(older.code).to.equal(225);
    expect(await engine.db.collection<Seat>('seats').findOne({ _id: 1 })).to.deep.equal({ _id: 1, n: 2 });
  });
});

describe('after a kill', function () {
  this.timeout(180_000);
  const { host, connect } = hosting();

  it('every write that is sent again has one effect and gets the same answer, and so does a commit', async () => {
    const server = await host();
    const db = (await connect(server.uri)).db('d');
    await putSeats(db);
    const sent = [];
    for (const [what, command] of Object.entries(WRITES)) {
      const lsid = { id: new UUID() };
      sent.push({ what, command, lsid, reply: await send(db, command, lsid, 1) });
    }
    const lsid = { id: new UUID() };
    const inTransaction = { autocommit: false, startTransaction: true };
    await send(db, { insert: 'seats', documents: [{ _id: 99, n: 0 }], ...inTransaction }, lsid, 7);
    const commit = { commitTransaction: 1, autocommit: false };
    const committed = await send(db.client.db('admin'), commit, lsid, 7);
    const stored = await seatsIn(db);
    await server.kill();

    const next = (await connect((await host()).uri)).db('d');
    for (const { what, command, lsid: id, reply } of sent)
      expect(await send(next, command, id, 1), what).to.deep.equal(reply);
    expect(await send(next.client.db('admin'), commit, lsid, 7)).to.deep.equal(committed);
    expect(await seatsIn(next)).to.deep.equal(stored);
  });
});

describe('sessions', () => {
  let directory: string;
  let store: Store;
  const begins = { id: 'a session', number: 1, isInTransaction: true, starts: true };
  const goesOn = { ...begins, starts: false };

  before(function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
  });
  beforeEach(async () => {
    directory = await aDirectory();
    store = new Store(directory);
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('end a transaction that lasts longer than it may', async () => {
    const sessions = new Sessions(store, 1);

    const workspace = sessions.join(begins, {});
    while (!workspace.isEnded) await new Promise((resolve) => setTimeout(resolve, 5));

    expect(() => sessions.join(goesOn, {})).to.throw(CommandError, /does not match any in-progress/);
    expect(() => sessions.commit(goesOn)).to.throw(CommandError, /does not match any in-progress/);
  });

  it('end a transaction when the last of its connections has gone, and not before', () => {
    const sessions = new Sessions(store);
    const [one, other] = [{}, {}];
    const workspace = sessions.join(begins, one);
    sessions.join(goesOn, other);

    sessions.disconnected(one);
    expect(sessions.join(goesOn, other)).to.equal(workspace);
    sessions.disconnected(other);

    expect(workspace.isEnded).to.equal(true);
    expect(() => sessions.join(goesOn, one)).to.throw(CommandError, /does not match any in-progress/);
  });

  it('take no write outside of a transaction for one inside, and end what a newer one leaves behind', () => {
    const sessions = new Sessions(store);
    const workspace = sessions.join(begins, {});
    const outside = { ...begins, isInTransaction: false, starts: false };

    expect(() => sessions.replyTo(outside)).to.throw(CommandError, /Must specify autocommit=false/);
    expect(sessions.replyTo({ ...outside, number: 2 })).to.equal(undefined);
    expect(workspace.isEnded).to.equal(true);
  });

  it('remember that a transaction was committed, also of one that only read', async () => {
    const sessions = new Sessions(store);
    sessions.join(begins, {});
    await sessions.commit(goesOn);

    await sessions.commit(goesOn);

    expect(() => sessions.join(goesOn, {})).to.throw(CommandError, /has been committed/);
  });
});

/** What the driver counts its session's writes by: one less, and it sends the last one again. */
const serverSessionOf = (session: ClientSession): { txnNumber: number } => Reflect.get(session, 'serverSession');

const keys = (documents: Document[]): unknown[] => documents.map((each) => each['key']);

async function thrownBy(work: Promise<unknown>): Promise<MongoServerError> {
  const error = await work.then(
    () => expect.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof MongoServerError) return error;
  throw error;
}

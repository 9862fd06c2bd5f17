import { expect } from 'chai';
import { type ClientSession, type Collection, type Document, MongoServerError, ObjectId } from 'mongodb';
import mongoose from 'mongoose';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

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
    const { MongoClient } = await import('mongodb');
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
  }).timeout(60_000);

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
    numberOf(session).txnNumber -= 1;
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

/** What the driver counts its session's writes by: one less, and it sends the last one again. */
const numberOf = (session: ClientSession): { txnNumber: number } => Reflect.get(session, 'serverSession');

const keys = (documents: Document[]): unknown[] => documents.map((each) => each['key']);

async function thrownBy(work: Promise<unknown>): Promise<MongoServerError> {
  const error = await work.then(
    () => expect.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof MongoServerError) return error;
  throw error;
}

import { expect } from 'chai';
import { Binary, type Collection, Decimal128, Double, Int32, Long, MongoServerError, ObjectId, UUID } from 'mongodb';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

describe('documents', () => {
  let engine: Engine;
  let things: Collection;

  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());
  beforeEach(async () => {
    things = engine.db.collection(`things-${new ObjectId().toHexString()}`);
    await things.insertMany([1, 2, 3, 4, 5].map((at) => ({ at, even: at % 2 === 0, tags: ['a', `t${at}`] })));
  });

  it('come back in the types they were stored in', async () => {
    const stored = {
      _id: new ObjectId(),
      whole: new Double(5),
      long: Long.fromString('9007199254740993'),
      int: new Int32(5),
      decimal: Decimal128.fromString('1.10'),
      uuid: new UUID('123e4567-e89b-42d3-a456-426614174000'),
      bytes: new Binary(Buffer.from([1, 2, 3])),
      at: new Date('2026-03-29T01:00:00Z'),
      none: null,
      nested: { list: [new Int32(1), 'two', { three: new Double(3) }] },
    };
    await things.insertOne(stored);

    await things.updateOne({ _id: stored._id }, { $set: { added: true } });

    const found = await things.findOne({ _id: stored._id }, { promoteValues: false });
    expect(found).to.deep.equal({ ...stored, uuid: found?.['uuid'], bytes: found?.['bytes'], added: true });
    expect(String(found?.['uuid'])).to.equal(String(stored.uuid));
    expect(Buffer.from(found?.['bytes'].buffer)).to.deep.equal(Buffer.from([1, 2, 3]));
  });

  it('are found by filter, sort, skip, limit and projection', async () => {
    const found = await things
      .find({ at: { $gt: 1 } }, { projection: { _id: 0, at: 1 } })
      .sort({ at: -1 })
      .skip(1)
      .limit(2)
      .toArray();

    expect(found).to.deep.equal([{ at: 4 }, { at: 3 }]);
  });

  it('come in batches of the size that was asked for', async () => {
    const sizes: number[] = [];
    const cursor = things.find({}).batchSize(2);
    while (await cursor.hasNext()) {
      sizes.push(cursor.readBufferedDocuments().length);
    }

    expect(sizes).to.deep.equal([2, 2, 1]);
  });

  it('stay as they were for a cursor that was opened before they changed', async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    const cursor = things.find({}).sort({ _id: 1 }).batchSize(1);
    await cursor.next();

    await things.deleteMany({});

    expect(await cursor.toArray()).to.have.length(4);
  });

  it('are changed one at a time, or all', async () => {
    const one = await things.updateOne({ even: true }, { $inc: { at: 10 } });
    const all = await things.updateMany({ at: { $lt: 10 } }, { $set: { seen: true } });

    expect([one.modifiedCount, all.matchedCount, all.modifiedCount]).to.deep.equal([1, 4, 4]);
  });

  it('are not counted as modified when nothing changes', async () => {
    const result = await things.updateMany({}, { $set: { tags: ['a', 't1'] } });

    expect([result.matchedCount, result.modifiedCount]).to.deep.equal([5, 4]);
  });

  it('are made by an upsert from its equalities, its changes and what is set on insert', async () => {
    const change = { $set: { a: 1 }, $setOnInsert: { b: 2 } };
    const made = await things.updateOne({ name: 'new', 'in.side': 7, at: { $gt: 90 } }, change, { upsert: true });
    const again = await things.updateOne({ name: 'new' }, { $set: { a: 3 }, $setOnInsert: { b: 9 } }, { upsert: true });

    expect([made.upsertedCount, again.matchedCount, again.upsertedCount]).to.deep.equal([1, 1, 0]);
    expect(await things.findOne({ name: 'new' }, { projection: { _id: 0 } })).to.deep.equal({
      name: 'new',
      in: { side: 7 },
      a: 3,
      b: 2,
    });
  });

  it('are replaced as a whole, but for their identity', async () => {
    await things.replaceOne({ at: 1 }, { other: true });

    const found = await things.findOne({ other: true });
    expect(Object.keys(found ?? {})).to.deep.equal(['_id', 'other']);
    await refused(things.replaceOne({ other: true }, { _id: new ObjectId(), a: 1 }), isEmbedded ? 66 : undefined);
  });

  it('are changed by a pipeline that sees their fields', async () => {
    await things.updateOne({ at: 2 }, [
      { $set: { double: { $multiply: ['$at', 2] }, tags: { $concatArrays: ['$tags', ['z']] } } },
      { $unset: 'even' },
    ]);

    expect(await things.findOne({ at: 2 }, { projection: { _id: 0 } })).to.deep.equal({
      at: 2,
      tags: ['a', 't2', 'z'],
      double: 4,
    });
  });

  it('have the array elements changed that the filter or an array filter means', async () => {
    await things.insertOne({
      at: 9,
      items: [
        { id: 1, n: 1 },
        { id: 2, n: 1 },
        { id: 3, n: 1 },
      ],
    });

    await things.updateOne({ at: 9, 'items.id': 2 }, { $set: { 'items.$.n': 5 } });
    await things.updateOne(
      { at: 9 },
      { $inc: { 'items.$[big].n': 10 } },
      { arrayFilters: [{ 'big.id': { $gte: 3 } }] },
    );
    await things.updateOne({ at: 9 }, { $mul: { 'items.$[].n': 2 } });

    const found = await things.findOne({ at: 9 });
    expect(found?.['items'].map((item: { n: number }) => item.n)).to.deep.equal([2, 10, 22]);
  });

  it('are given as they were, or as they have become, by findAndModify', async () => {
    const before = await things.findOneAndUpdate({ even: true }, { $set: { at: 0 } }, { sort: { at: -1 } });
    const after = await things.findOneAndUpdate(
      { at: 0 },
      { $inc: { at: 1 } },
      { returnDocument: 'after', projection: { _id: 0, at: 1 } },
    );
    const removed = await things.findOneAndDelete({ at: 5 });
    const none = await things.findOneAndDelete({ at: 5 });

    expect([before?.['at'], after, removed?.['at'], none]).to.deep.equal([4, { at: 1 }, 5, null]);
  });

  it('are removed', async () => {
    const one = await things.deleteOne({ even: true });
    const all = await things.deleteMany({ at: { $in: [1, 3] } });

    expect([one.deletedCount, all.deletedCount, await things.countDocuments()]).to.deep.equal([1, 2, 2]);
  });

  it('are counted, and their distinct values listed in order', async () => {
    expect(await things.countDocuments({ even: false })).to.equal(3);
    expect(await things.estimatedDocumentCount()).to.equal(5);
    expect(await things.distinct('tags', { at: { $lte: 2 } })).to.deep.equal(['a', 't1', 't2']);
  });

  it('of an ordered batch end with the first that fails, of an unordered one only leave that out', async () => {
    const _id = new ObjectId();
    const batch = [{ _id }, { _id }, { last: true }];

    const ordered = await refused(things.insertMany(batch), 11000);
    await things.deleteMany({ _id });
    await refused(things.insertMany(batch, { ordered: false }), 11000);

    expect(ordered).to.be.instanceOf(Error);
    expect(await things.countDocuments({ last: true })).to.equal(1);
  });

  it('are not changed by an update that cannot be done', async () => {
    await refused(things.updateOne({ at: 1 }, { $set: { at: 100 }, $inc: { tags: 1 } }));
    await refused(things.updateOne({ at: 1 }, { $set: { _id: 5 } }));
    await refused(things.updateOne({ at: 1 }, { $set: { 'at.b': 1 } }), isEmbedded ? 28 : undefined);
    await refused(things.updateOne({ at: 1 }, { $set: { x: 1 }, $unset: { x: '' } }));

    expect(await things.findOne({ at: 1 }, { projection: { _id: 0 } })).to.deep.equal({
      at: 1,
      even: false,
      tags: ['a', 't1'],
    });
  });

  it('add up in the narrowest type that holds them', async () => {
    await things.insertOne({
      _id: new ObjectId('650000000000000000000009'),
      int: new Int32(2147483647),
      double: new Double(1),
      long: Long.fromNumber(1),
    });
    await things.updateOne(
      { int: 2147483647 },
      { $inc: { int: new Int32(1), double: new Int32(1), long: new Int32(1) } },
    );

    const found = await things.findOne({ _id: new ObjectId('650000000000000000000009') }, { promoteValues: false });
    expect([found?.['int']._bsontype, found?.['double']._bsontype, found?.['long']._bsontype]).to.deep.equal([
      'Long',
      'Double',
      'Long',
    ]);
    expect(String(found?.['int'])).to.equal('2147483648');
  });
});

async function refused(work: Promise<unknown>, code?: number): Promise<MongoServerError> {
  const error = await work.then(
    () => expect.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MongoServerError)) throw error;
  if (code !== undefined) expect(error.code).to.equal(code);
  return error;
}

import { expect } from 'chai';
import { type Collection, type Document, MongoServerError, ObjectId } from 'mongodb';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

describe('an index', () => {
  let engine: Engine;
  let runs: Collection;

  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());
  beforeEach(() => {
    runs = engine.db.collection(`runs-${new ObjectId().toHexString()}`);
  });

  it('keeps values unique and says which one is not', async () => {
    await runs.createIndex({ slug: 1, year: -1 }, { unique: true });
    await runs.insertOne({ slug: 'a', year: 2026 });

    const error = await thrownBy(runs.insertOne({ slug: 'a', year: 2026 }));
    await thrownBy(runs.updateOne({ slug: 'b' }, { $set: { slug: 'a', year: 2026 } }, { upsert: true }));
    await runs.insertOne({ slug: 'a', year: 2027 });

    expect(error.code).to.equal(11000);
    expect(error['keyPattern']).to.deep.equal({ slug: 1, year: -1 });
    expect(error['keyValue']).to.deep.equal({ slug: 'a', year: 2026 });
    if (isEmbedded)
      expect(error.message).to.equal(
        `E11000 duplicate key error collection: ${runs.namespace} index: slug_1_year_-1 dup key: { slug: "a", year: 2026 }`,
      );
  });

  it('with a partial filter concerns only what the filter admits', async () => {
    await runs.createIndex({ key: 1 }, { unique: true, partialFilterExpression: { active: true } });
    await runs.insertMany([{ key: 1, active: true }, { key: 1, active: false }, { key: 1 }]);

    const error = await thrownBy(runs.insertOne({ key: 1, active: true }));
    const onUpdate = await thrownBy(runs.updateOne({ active: false }, { $set: { active: true } }));
    await runs.updateOne({ active: true }, { $set: { active: false } });
    await runs.insertOne({ key: 1, active: true });

    expect([error.code, onUpdate.code]).to.deep.equal([11000, 11000]);
  });

  it('that is sparse leaves out what has no value, and null is one', async () => {
    await runs.createIndex({ email: 1 }, { unique: true, sparse: true });
    await runs.insertMany([{ n: 1 }, { n: 2 }, { email: null }]);

    expect((await thrownBy(runs.insertOne({ email: null }))).code).to.equal(11000);
    expect(await runs.countDocuments({ email: null })).to.equal(3);
  });

  it('cannot be unique over documents that are not', async () => {
    await runs.insertMany([{ a: 1 }, { a: 1 }]);

    expect((await thrownBy(runs.createIndex({ a: 1 }, { unique: true }))).code).to.equal(11000);
    expect(await runs.indexes()).to.have.length(1);
  });

  it('is listed, is no error when asked for again, and can be dropped', async () => {
    await runs.createIndex({ a: 1 }, { unique: true, name: 'one' });
    await runs.createIndex({ a: 1 }, { unique: true, name: 'one' });

    const [, listed] = await runs.indexes();
    await runs.dropIndex('one');

    expect(listed).to.deep.include({ name: 'one', key: { a: 1 }, unique: true });
    expect(await runs.indexes()).to.have.length(1);
    await runs.insertMany([{ a: 1 }, { a: 1 }]);
  });

  it('of one name and other fields is refused', async () => {
    await runs.createIndex({ a: 1 }, { name: 'one' });

    const error = await thrownBy(runs.createIndex({ b: 1 }, { name: 'one' }));
    if (isEmbedded) expect(error.code).to.equal(86);
  });

  it('removes documents when their time has come', async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    await runs.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
    await runs.insertMany([
      { expiresAt: new Date(Date.now() - 1000) },
      { expiresAt: new Date(Date.now() + 60_000) },
      { expiresAt: 'never' },
    ]);

    await until(async () => (await runs.countDocuments()) === 2);
  });

  describe('in use (needs explain, which the other engine lacks)', () => {
    before(function (this: Mocha.Context) {
      if (!isEmbedded) this.skip();
    });
    beforeEach(async () => {
      const states = ['draft', 'published', 'cancelled'];
      await runs.insertMany(
        Array.from({ length: 300 }, (_, at) => ({
          at,
          state: states[at % 3],
          startsAt: new Date(at * 1000),
          tags: [`t${at % 10}`, 'all'],
        })),
      );
      await runs.createIndexes([
        { key: { state: 1, startsAt: 1 } },
        { key: { startsAt: -1 } },
        { key: { tags: 1 } },
        { key: { at: 1 }, unique: true, name: 'at' },
      ]);
    });

    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it reads the collection of each test
    const explained = async (filter: Document, order: Document = {}, limit = 0) => {
      const plan = await runs.find(filter, { sort: order, limit }).explain('executionStats');
      const stats = plan['executionStats'];
      const json = JSON.stringify(plan['queryPlanner'].winningPlan);
      return {
        stages: [...json.matchAll(/"stage":"(\w+)"/g)].map((match) => match[1]),
        index: /"indexName":"([^"]+)"/.exec(json)?.[1],
        examined: stats.totalDocsExamined,
        returned: stats.nReturned,
      };
    };

    it('answers an equality, a list and a range without reading more than it returns', async () => {
      expect(await explained({ at: 5 })).to.deep.equal({
        stages: ['FETCH', 'IXSCAN'],
        index: 'at',
        examined: 1,
        returned: 1,
      });
      expect(await explained({ at: { $in: [5, 7, 900] } })).to.deep.include({ examined: 2, returned: 2 });
      expect(await explained({ at: { $gt: 5, $lte: 9 } })).to.deep.include({ examined: 4, returned: 4 });
      expect(await explained({ _id: new ObjectId() })).to.deep.include({ stages: ['FETCH', 'IXSCAN'], examined: 0 });
    });

    it('gives the order, forwards and backwards, and stops at the limit', async () => {
      const forwards = await explained({ state: 'published' }, { startsAt: 1 }, 5);
      const backwards = await explained(
        { state: 'published', startsAt: { $lt: new Date(100_000) } },
        { startsAt: -1 },
        5,
      );

      expect(forwards).to.deep.equal({
        stages: ['FETCH', 'IXSCAN'],
        index: 'state_1_startsAt_1',
        examined: 5,
        returned: 5,
      });
      expect(backwards).to.deep.equal({
        stages: ['FETCH', 'IXSCAN'],
        index: 'state_1_startsAt_1',
        examined: 5,
        returned: 5,
      });
    });

    it('merges the orders of several values of a field before the one sorted by', async () => {
      const filter = { state: { $in: ['published', 'draft'] } };

      expect(await explained(filter, { startsAt: -1 }, 5)).to.deep.include({
        stages: ['FETCH', 'SORT_MERGE', 'IXSCAN'],
        returned: 5,
      });
      const found = await runs.find(filter).sort({ startsAt: -1 }).limit(4).toArray();
      expect(found.map((run) => run['at'])).to.deep.equal([298, 297, 295, 294]);
    });

    it('of array elements finds each document once', async () => {
      expect(await explained({ tags: { $in: ['t1', 'all'] } })).to.deep.include({ index: 'tags_1', returned: 300 });
    });

    it('is not used where it would not help, and the plan says so', async () => {
      expect(await explained({ other: 1 })).to.deep.equal({
        stages: ['COLLSCAN'],
        index: undefined,
        examined: 300,
        returned: 0,
      });
      expect((await explained({}, { at: 1, state: 1 })).stages).to.deep.equal(['SORT', 'COLLSCAN']);
    });

    it('that a hint names is used, and one that is not there is refused', async () => {
      const found = await runs.find({ state: 'draft' }).hint('startsAt_-1').limit(1).toArray();

      expect(found[0]?.['at']).to.equal(297);
      expect((await thrownBy(runs.find({}).hint('none').toArray())).code).to.equal(2);
    });
  });
});

async function thrownBy(work: Promise<unknown>): Promise<MongoServerError> {
  const error = await work.then(
    () => expect.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof MongoServerError) return error;
  throw error;
}

export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 5_000; !(await holds());) {
    if (Date.now() > end) expect.fail('it did not come true within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

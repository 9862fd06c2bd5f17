import { expect } from 'chai';
import { type Collection, type Document, ObjectId } from 'mongodb';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

/** Numbers from a seed (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

describe('the plan of a query (needs explain, which the other engine lacks)', function () {
  let engine: Engine;
  let rows: Collection;

  before(async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    engine = await openEngine();
  });
  after(() => engine?.close());
  beforeEach(() => {
    rows = engine.db.collection(`rows-${new ObjectId().toHexString()}`);
  });

  it('for an $or takes the index of each branch, and finds a document of two branches once', async () => {
    await rows.insertMany(Array.from({ length: 500 }, (_, at) => ({ at, a: at % 100, b: at % 50, c: at % 2 })));
    await rows.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }]);

    const both = await explained({ $or: [{ a: 1 }, { b: { $in: [1, 2] } }], c: 1 });
    const half = await explained({ $or: [{ a: 1 }, { c: 5 }] });

    expect(both).to.deep.include({ stages: ['FETCH', 'OR', 'IXSCAN', 'IXSCAN'], returned: 10 });
    expect(both.docs).to.be.at.most(20);
    expect(half).to.deep.include({ stages: ['COLLSCAN'], docs: 500 });
  });

  it('for an $or in order merges branches that come in order', async () => {
    await rows.insertMany(Array.from({ length: 400 }, (_, at) => ({ at, a: at % 4, b: at % 8 })));
    await rows.createIndexes([{ key: { a: 1, at: 1 } }, { key: { b: 1, at: 1 } }]);

    const filter = { $or: [{ a: 1 }, { b: 2 }] };
    const overlapping = await rows
      .find({ $or: [{ a: 1 }, { b: { $in: [1, 5] } }] })
      .sort({ at: 1 })
      .limit(4)
      .toArray();
    const plan = await explained(filter, { at: -1 }, 5);
    const found = await rows.find(filter).sort({ at: -1 }).limit(5).toArray();

    expect(plan.stages).to.deep.equal(['FETCH', 'SORT_MERGE', 'IXSCAN', 'IXSCAN']);
    expect(plan.docs).to.be.at.most(10);
    expect(found.map(({ at }) => at)).to.deep.equal([397, 394, 393, 389, 386]);
    expect(overlapping.map(({ at }) => at)).to.deep.equal([1, 5, 9, 13]);
  });

  it('takes the index that tells more, whichever was made first', async () => {
    await rows.insertMany(Array.from({ length: 1_000 }, (_, at) => ({ state: 'published', person: at % 500, at })));
    await rows.createIndexes([{ key: { state: 1 } }, { key: { person: 1 } }]);
    await rows.createIndex({ at: 1 });

    const one = await explained({ state: 'published', person: 7 });
    const sorted = await explained({ state: 'published', person: 7 }, { at: 1 }, 1);

    expect(one).to.deep.include({ index: 'person_1', docs: 2 });
    expect(sorted).to.deep.include({ index: 'person_1', docs: 2, returned: 1 });
  });

  it('follows the order of an index where few are wanted and most of them match', async () => {
    await rows.insertMany(Array.from({ length: 1_000 }, (_, at) => ({ state: at % 10 ? 'open' : 'closed', at })));
    await rows.createIndexes([{ key: { state: 1 } }, { key: { at: 1 } }]);

    const plan = await explained({ state: 'open' }, { at: 1 }, 10);

    expect(plan).to.deep.include({ stages: ['FETCH', 'IXSCAN'], index: 'at_1' });
    expect(plan.docs).to.be.at.most(15);
  });

  it('gives the order behind one element of a list, and not by the list', async () => {
    await rows.insertMany(Array.from({ length: 300 }, (_, at) => ({ people: [at % 3, at % 5], at })));
    await rows.createIndex({ people: 1, at: 1 });

    const one = await explained({ people: 1 }, { at: -1 }, 5);
    const some = await rows
      .find({ people: { $in: [1, 2] } })
      .sort({ at: 1 })
      .limit(6)
      .toArray();

    expect(one).to.deep.include({ stages: ['FETCH', 'IXSCAN'], docs: 5, returned: 5 });
    expect(some.map(({ at }) => at)).to.deep.equal([1, 2, 4, 5, 6, 7]);
    expect((await explained({ people: 1 }, { people: 1 })).stages).to.include('SORT');
  });

  it('counts by the index alone', async () => {
    await rows.insertMany(Array.from({ length: 300 }, (_, at) => ({ a: at % 3, at })));
    await rows.createIndex({ a: 1 });
    const session = engine.client.startSession();
    session.startTransaction();
    await rows.insertOne({ a: 1 }, { session });
    await rows.deleteMany({ a: 1, at: { $lt: 30 } }, { session });

    const inside = await rows.countDocuments({ a: 1 }, { session });
    await session.abortTransaction();

    expect(inside).to.equal(91);
    expect(await rows.countDocuments({ a: { $in: [0, 2] } }, { skip: 10, limit: 150 })).to.equal(150);
    expect(await rows.countDocuments({ a: { $lt: 2 } })).to.equal(200);
    expect(await rows.countDocuments({})).to.equal(300);
  });

  it('tells of an update and a removal what each would examine', async () => {
    await rows.insertMany(Array.from({ length: 100 }, (_, at) => ({ a: at % 2 })));
    await rows.createIndex({ a: 1 });
    const examined = async (command: Document): Promise<unknown> =>
      (await engine.db.command({ explain: command, verbosity: 'executionStats' }))['executionStats'].totalDocsExamined;
    const name = rows.collectionName;

    expect(await examined({ update: name, updates: [{ q: { a: 1 }, u: { $set: { b: 1 } } }] })).to.equal(1);
    expect(await examined({ update: name, updates: [{ q: { a: 1 }, u: { $set: { b: 1 } }, multi: true }] })).to.equal(
      50,
    );
    expect(await examined({ delete: name, deletes: [{ q: { a: 1 }, limit: 1 }] })).to.equal(1);
    expect(await examined({ findAndModify: name, query: { a: 1 }, update: { $set: { b: 1 } } })).to.equal(1);
  });

  it('changes nothing about the answer: the same rows in the same order as without any index', async function () {
    this.timeout(180_000);
    const seed = Number(process.env['SEED'] ?? 20_261_123);
    const random = randomFrom(seed);
    const plain = engine.db.collection(`plain-${new ObjectId().toHexString()}`);
    const documents = Array.from({ length: 200 }, (_, at) => randomRow(random, at));
    await plain.insertMany(documents);
    await rows.insertMany(documents);
    await rows.createIndexes([
      { key: { a: 1, b: -1 } },
      { key: { b: 1, at: 1 } },
      { key: { c: 1 } },
      { key: { c: 1, at: 1 }, name: 'list, then order' },
      { key: { 'd.e': 1, a: 1 } },
      { key: { at: -1 }, unique: true },
      { key: { a: 1, at: 1 }, partialFilterExpression: { c: { $exists: true } }, name: 'partial' },
    ]);

    for (let round = 0; round < 200; round += 1) {
      const filter = randomFilter(random, 2);
      const sort: Document = random(2)
        ? { [random(2) ? 'a' : 'b']: random(2) ? 1 : -1, at: random(2) ? 1 : -1 }
        : { at: 1 };
      const options = { sort, limit: random(3) * 5, skip: random(2) * 3 };
      const told = `seed ${seed}, round ${round}: ${JSON.stringify({ filter, options })}`;

      expect(await rows.find(filter, options).toArray(), told).to.deep.equal(
        await plain.find(filter, options).toArray(),
      );
      expect(await rows.countDocuments(filter), told).to.equal(await plain.countDocuments(filter));
    }
  });

  async function explained(filter: Document, sort: Document = {}, limit = 0) {
    const plan = await rows.find(filter, { sort, limit }).explain('executionStats');
    const winner = JSON.stringify(plan['queryPlanner'].winningPlan);
    return {
      stages: [...winner.matchAll(/"stage":"(\w+)"/g)].map((match) => match[1]),
      index: /"indexName":"([^"]+)"/.exec(winner)?.[1],
      docs: Number(plan['executionStats'].totalDocsExamined),
      returned: Number(plan['executionStats'].nReturned),
    };
  }
});

type Random = (below: number) => number;

function randomRow(random: Random, at: number): Document {
  return {
    at,
    ...(random(8) ? { a: randomValue(random) } : {}),
    ...(random(8) ? { b: random(10) } : {}),
    ...(random(2) ? { c: random(3) ? random(5) : [random(5), random(5)] } : {}),
    d: random(3) ? { e: random(4) } : [{ e: random(4) }, { e: random(4) }],
  };
}

const randomValue = (random: Random): unknown =>
  [random(6), null, `t${random(4)}`, new Date(random(5)), { x: random(2) }][random(5)];

function randomFilter(random: Random, depth: number): Document {
  const condition = (): unknown => {
    const value = randomValue(random);
    const range = random(10);
    return [value, { $in: [value, range] }, { $gte: range }, { $lt: range, $gt: 1 }, { $ne: value }, { $exists: true }][
      random(6)
    ];
  };
  const filter: Document = {};
  for (let more = random(3); more >= 0; more -= 1) filter[['a', 'b', 'c', 'd.e', 'at'][random(5)] ?? 'a'] = condition();
  if (depth > 0 && random(3) === 0)
    filter['$or'] = Array.from({ length: 1 + random(3) }, () => randomFilter(random, depth - 1));
  return filter;
}

import { expect } from 'chai';
import { type Collection, ObjectId } from 'mongodb';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

/** More than goes into one commit of a write to many documents, or of an index that is built. */
const many = 3_500;

describe('what concerns many documents', function () {
  this.timeout(120_000);
  let engine: Engine;
  let rows: Collection;

  before(async () => {
    engine = await openEngine();
  });
  after(() => engine.close());
  beforeEach(async () => {
    rows = engine.db.collection(`rows-${new ObjectId().toHexString()}`);
    await rows.insertMany(Array.from({ length: many }, (_, at) => ({ at, half: at % 2, tags: [`t${at % 7}`, 'all'] })));
  });

  it('updates each once, also those that the update itself moves on along the index', async () => {
    await rows.createIndex({ at: 1 });

    const { matchedCount, modifiedCount } = await rows.updateMany({ at: { $gte: 0 } }, { $inc: { at: 2_000 } });

    expect([matchedCount, modifiedCount]).to.deep.equal([many, many]);
    expect(await rows.countDocuments({ at: { $gte: 2_000, $lt: 2_000 + many } })).to.equal(many);
  });

  it('removes all of them, and leaves the others in every index', async () => {
    await rows.createIndexes([{ key: { half: 1 } }, { key: { tags: 1 } }]);

    const { deletedCount } = await rows.deleteMany({ half: 1 });

    expect(deletedCount).to.equal(many / 2);
    expect(await rows.countDocuments({ half: { $in: [0, 1] } })).to.equal(many / 2);
    expect(await rows.find({ tags: 'all' }).toArray()).to.have.length(many / 2);
  });

  it('ends an update at the first that fails, and keeps what was done before', async () => {
    await rows.createIndex({ key: 1 }, { unique: true, partialFilterExpression: { key: { $exists: true } } });

    const error: unknown = await rows.updateMany({ half: 0 }, { $set: { key: 1 } }).catch((thrown: unknown) => thrown);

    expect(error).to.include({ code: 11_000 });
    // The other engine takes all of it back; the manual lets each document be written by itself.
    if (isEmbedded) expect(await rows.countDocuments({ key: 1 })).to.equal(1);
  });

  it('builds an index while others write, and every document stands in it as it is now', async () => {
    const writing = (async () => {
      for (let at = 0; at < 60; at += 1) {
        await rows.updateOne({ at: many - 1 - at * 50 }, { $set: { half: 7 } });
        await rows.deleteOne({ at: at * 3 });
        await rows.insertOne({ at: many + at, half: 7, tags: [] });
      }
    })();
    await Promise.all([rows.createIndex({ half: 1, at: 1 }), rows.createIndex({ half: 1, at: 1 }), writing]);

    const byIndex = await rows
      .find({ half: { $in: [0, 1, 7] } })
      .hint({ half: 1, at: 1 })
      .toArray();
    const all = await rows.find({ half: { $ne: 9 } }).toArray();
    expect(new Set(byIndex.map(({ at }) => String(at)))).to.deep.equal(new Set(all.map(({ at }) => String(at))));
    expect(byIndex).to.have.length(all.length);
    expect(await rows.countDocuments({ half: 7 })).to.equal(all.filter(({ half }) => half === 7).length);
  });

  it('does not build a unique index over two of the same, and leaves nothing of it', async () => {
    const error: unknown = await rows.createIndex({ half: 1 }, { unique: true }).catch((thrown: unknown) => thrown);

    expect(error).to.include({ code: 11_000 });
    expect(await rows.indexes()).to.have.length(1);
    await rows.createIndex({ at: 1 }, { unique: true });
    expect(await rows.insertOne({ at: 5 }).catch((thrown: unknown) => thrown)).to.include({ code: 11_000 });
  });
});

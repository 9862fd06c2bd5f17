import { EJSON } from 'bson';
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Document } from 'mongodb';
import { type Engine, openOther, openOwn, otherUri } from './engine.ts';
import { document, filter, sort, update } from './random-documents.ts';

const runs = Number(process.env['RUNS'] ?? 25);

/**
 * The same random documents, filters, sorts and updates on both engines. Where the other engine is known to differ
 * from MongoDB's manual, the cases are left out:
 * - sorting arrays that are empty: "treats the empty array as less than null or a missing field";
 * - `$unset` of a field of an array: "If the field does not exist, then $unset does nothing";
 * - `$push` or `$addToSet` of nothing to a missing field: "If the field is absent … adds the array field";
 * - `$inc` by nothing counts as modified there: only what was matched and what is stored are compared;
 * - `$setOnInsert` beside another change of its path: two updates of one path are a conflict, also when unused.
 */
describe('the embedded engine and the other one', () => {
  let engines: Engine[] = [];

  before(async function (this: Mocha.Context) {
    if (!otherUri) this.skip();
    engines = [await openOwn(), await openOther(otherUri)];
    await engines[0]?.db.collection('c').createIndexes([{ key: { a: 1 } }, { key: { b: -1, _id: 1 } }]);
  });
  after(() => Promise.all(engines.map((engine) => engine.close())));

  const fill = (documents: Document[]) =>
    Promise.all(
      engines.map(async ({ db }) => {
        await db.collection('c').deleteMany({});
        await db.collection<{ _id: number }>('c').insertMany(documents.map((each, at) => ({ ...each, _id: at })));
      }),
    );
  const onBoth = (act: (engine: Engine) => Promise<unknown>) =>
    Promise.all(
      engines.map((engine) =>
        act(engine).then(
          (result) => EJSON.stringify(result, { relaxed: false }),
          () => 'refused',
        ),
      ),
    );

  it('find the same documents in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 4, maxLength: 8 }),
        fc.array(fc.tuple(filter, sort), { minLength: 10, maxLength: 10 }),
        async (documents, finds) => {
          await fill(documents);
          const hasEmpty = JSON.stringify(documents).includes('[]');
          for (const [wanted, order] of finds) {
            const [own, other] = await onBoth((engine) => all(engine, wanted, hasEmpty ? {} : order));
            expect(own, JSON.stringify(wanted)).to.equal(other);
          }
        },
      ),
      { numRuns: runs },
    );
  }).timeout(120_000 + runs * 2_000);

  it('change documents in the same way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 4, maxLength: 6 }),
        fc.array(fc.tuple(filter, update), { minLength: 6, maxLength: 6 }),
        async (documents, updates) => {
          await fill(documents);
          for (const [at, [wanted, change]] of updates.entries()) {
            if (isKnownToDiffer(change)) continue;
            const which = { $and: [{ _id: at % documents.length }, wanted] } as Document;
            const [own, other] = await onBoth(async (engine) => {
              const { matchedCount, modifiedCount } = await engine.db.collection('c').updateOne(which, change);
              return { matchedCount, modifiedCount };
            });
            const [left, right] = await onBoth((engine) => all(engine));
            expect([own, left], JSON.stringify([wanted, change])).to.deep.equal([other, right]);
          }
        },
      ),
      { numRuns: runs },
    );
  }).timeout(120_000 + runs * 2_000);
});

const all = ({ db }: Engine, wanted: Document = {}, order: Document = {}) =>
  db
    .collection('c')
    .find(wanted, { promoteValues: false })
    .sort({ ...order, _id: 1 })
    .toArray();

function isKnownToDiffer(change: Document): boolean {
  const text = JSON.stringify(change);
  return (
    /"\$each":\[\]|"\$slice":0|\$setOnInsert|\$unset":\{"\w+\./.test(text) ||
    (text.includes('.$[]') && text.includes('$unset'))
  );
}

import { expect } from 'chai';
import type { Document } from 'mongodb';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

const find = (filter: Document, more: Document = {}): Document => ({ find: 'things', filter, ...more });
const update = (change: unknown, more: Document = {}): Document => ({
  update: 'things',
  updates: [{ q: { a: 1 }, u: change, ...more }],
});
const aggregate = (...pipeline: Document[]): Document => ({ aggregate: 'things', pipeline, cursor: {} });
const project = (value: unknown): Document => aggregate({ $project: { value } });
const index = (key: Document, more: Document = {}): Document => ({
  createIndexes: 'things',
  indexes: [{ key, name: 'new', ...more }],
});

/** What MongoDB knows and this database does not, with the code that says so. */
const REFUSED: [Document, number][] = [
  [{ bulkWrite: 1, ops: [] }, 59],
  [{ mapReduce: 'things' }, 59],
  [{ collMod: 'things' }, 59],
  [{ compact: 'things' }, 59],
  [{ renameCollection: 'x.things', to: 'x.others' }, 59],
  [{ serverStatus: 1 }, 59],
  [{ replSetGetStatus: 1 }, 59],
  [{ setParameter: 1, x: 1 }, 59],
  [{ convertToCapped: 'things', size: 1 }, 59],
  [{ dbStats: 1 }, 59],
  [{ toString: 1 }, 59],
  [{ create: 'capped', capped: true, size: 1000 }, 40415],
  [{ create: 'series', timeseries: { timeField: 'at' } }, 40415],
  [{ create: 'checked', validator: { a: 1 } }, 40415],
  [{ create: 'view', viewOn: 'things', pipeline: [] }, 40415],
  [{ create: 'collated', collation: { locale: 'de' } }, 40415],
  [find({ $where: 'true' }), 2],
  [find({ $text: { $search: 'a' } }), 2],
  [find({ $jsonSchema: {} }), 2],
  [find({ at: { $near: [0, 0] } }), 2],
  [find({ at: { $geoWithin: {} } }), 2],
  [find({ at: { $geoIntersects: {} } }), 2],
  [find({ a: { $bitsAllSet: 1 } }), 2],
  [find({ a: { $unknown: 1 } }), 2],
  [find({ $unknown: 1 }), 2],
  [find({ a: { $in: 1 } }), 2],
  [find({ a: { $regex: '(?i)a' } }), 51091],
  [find({ a: { $regex: '[[:alpha:]]' } }), 51091],
  [find({ a: { $regex: '(' } }), 51091],
  [find({ $or: [] }), 2],
  [find({}, { collation: { locale: 'de' } }), 40415],
  [find({}, { tailable: true }), 40415],
  [find({}, { returnKey: true }), 40415],
  [find({}, { min: { a: 1 } }), 40415],
  [find({}, { let: { a: 1 } }), 40415],
  [find({}, { sort: { a: { $meta: 'textScore' } } }), 2],
  [find({}, { sort: { a: 2 } }), 15975],
  [find({}, { projection: { a: 1, b: 0 } }), 31254],
  [find({}, { projection: { 'a.$': 1 } }), 16410],
  [find({}, { readConcern: { level: 'unknown' } }), 2],
  [update({ $bit: { a: { and: 1 } } }), 9],
  [update({ $unknown: { a: 1 } }), 9],
  [update({ $set: { $a: 1 } }), 52],
  [update({ $set: { 'a..b': 1 } }), 56],
  [update({ $set: { 'a.$': 1 } }), 2],
  [update({ $set: { 'a.$[x]': 1 } }), 2],
  [update({ $set: { b: 1 } }, { arrayFilters: [{ x: 1 }] }), 9],
  [update({ $set: { b: 1 } }, { collation: { locale: 'de' } }), 40415],
  [update({ b: 1 }, { multi: true }), 9],
  [update([{ $group: { _id: 1 } }]), 72],
  [update({ $inc: { name: 1 } }), 14],
  [update({ $push: { name: 1 } }), 2],
  [update({ $set: { a: 1 } }, { unknown: 1 }), 40415],
  [aggregate({ $out: 'elsewhere' }), 40324],
  [aggregate({ $merge: { into: 'elsewhere' } }), 40324],
  [aggregate({ $changeStream: {} }), 40324],
  [aggregate({ $geoNear: {} }), 40324],
  [aggregate({ $search: {} }), 40324],
  [aggregate({ $graphLookup: {} }), 40324],
  [aggregate({ $collStats: {} }), 40324],
  [aggregate({ $indexStats: {} }), 40324],
  [aggregate({ $sample: { size: 1 } }), 40324],
  [aggregate({ $bucketAuto: {} }), 40324],
  [aggregate({ $densify: {} }), 40324],
  [aggregate({ $match: {}, $limit: 1 }), 40323],
  [aggregate({ $group: { n: { $sum: 1 } } }), 15955],
  [aggregate({ $group: { _id: 1, n: { $stdDevPop: '$a' } } }), 15952],
  [{ aggregate: 1, pipeline: [{ $currentOp: {} }], cursor: {} }, 73],
  [project({ $function: { body: 'x', args: [], lang: 'js' } }), 168],
  [project({ $unknown: 1 }), 168],
  [project({ $sin: 1 }), 168],
  [project('$$unknown'), 17276],
  [project({ $divide: ['$a', 0] }), 2],
  [project({ $add: ['$name', 1] }), 14],
  [index({ a: 'text' }), 67],
  [index({ a: '2dsphere' }), 67],
  [index({ a: 'hashed' }), 67],
  [index({ '$**': 1 }), 67],
  [index({ a: 1 }, { collation: { locale: 'de' } }), 40415],
  [index({ a: 1 }, { wildcardProjection: {} }), 40415],
  [index({ a: 1, b: 1 }, { expireAfterSeconds: 1 }), 67],
  [{ insert: 'things', documents: [{ $a: 1 }] }, 52],
  [{ insert: 'things', documents: [{ _id: [1] }] }, 53],
  [{ insert: '$things', documents: [{ a: 1 }] }, 73],
  [{ insert: 'things', documents: [{ a: 1 }], unknown: 1 }, 40415],
  [{ insert: 'things', documents: [{ a: 1 }], writeConcern: { w: 3 } }, 100],
];

describe('what is not known', () => {
  let engine: Engine;

  before(async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    engine = await openEngine();
    await engine.db.collection('things').insertOne({ a: 1, name: 'x', at: new Date(0) });
  });
  after(() => engine?.close());

  const state = async () => ({
    collections: (await engine.db.listCollections().toArray()).map(({ name }) => name),
    indexes: await engine.db.collection('things').indexes(),
    documents: await engine.db.collection('things').find().toArray(),
  });

  for (const [command, code] of REFUSED) {
    it(`is refused with code ${code} and changes nothing: ${JSON.stringify(command)}`, async () => {
      const before = await state();

      const refusal = await engine.db.command(command).then(
        (reply): unknown => reply['writeErrors']?.[0],
        (thrown: unknown) => thrown,
      );

      expect(refusal).to.include({ code });
      expect(await state()).to.deep.equal(before);
    });
  }
});

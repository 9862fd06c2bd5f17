import type { Document } from 'mongodb';
import type { Case } from './case.ts';

const given: Document[] = [1, 2, 3, 4].map((_id) => ({
  _id,
  even: _id % 2 === 0,
  tags: ['a', `t${_id}`],
  in: { a: 1, b: 2 },
}));
const ids = (...found: number[]): Document[] => found.map((_id) => ({ _id }));
const onlyId = { _id: 1 };

const FINDS: [does: string, options: Document, found: Document[]][] = [
  ['sorts, skips and limits', { sort: { even: -1, _id: 1 }, skip: 1, limit: 2, projection: onlyId }, ids(4, 1)],
  ['keeps named fields', { filter: { _id: 1 }, projection: { 'in.a': 1 } }, [{ _id: 1, in: { a: 1 } }]],
  [
    'keeps named fields without the identity',
    { filter: { _id: 1 }, projection: { _id: 0, even: true } },
    [{ even: false }],
  ],
  [
    'drops named fields',
    { filter: { _id: 1 }, projection: { tags: 0, 'in.b': 0 } },
    [{ _id: 1, even: false, in: { a: 1 } }],
  ],
  ['gives one batch and no cursor', { batchSize: 2, singleBatch: true, projection: onlyId, sort: onlyId }, ids(1, 2)],
  ['takes the index it is told', { hint: '_id_', filter: { even: true }, projection: onlyId, sort: onlyId }, ids(2, 4)],
  [
    'takes an index by its fields',
    { hint: { _id: 1 }, filter: { even: true }, projection: onlyId, sort: onlyId },
    ids(2, 4),
  ],
  ['reads what is on the disk', { readConcern: { level: 'majority' }, filter: { _id: 1 }, projection: onlyId }, ids(1)],
  [
    'takes a comment and a time limit',
    { comment: 'why', maxTimeMS: 60_000, filter: { _id: 1 }, projection: onlyId },
    ids(1),
  ],
];

const OTHERS: Case[] = [
  {
    does: 'an insert makes an ordered batch end with the first that fails',
    given: ids(1),
    command: { insert: 'things', documents: ids(2, 1, 3), ordered: true },
    answer: { n: 1 },
    leaves: ids(1, 2),
  },
  {
    does: 'an insert leaves only what fails out of an unordered batch',
    given: ids(1),
    command: { insert: 'things', documents: ids(2, 1, 3), ordered: false, writeConcern: { w: 'majority' } },
    answer: { n: 2 },
    leaves: ids(1, 2, 3),
  },
  {
    does: 'an update changes one or all',
    given: ids(1, 2, 3),
    command: {
      update: 'things',
      updates: [
        { q: { _id: { $gt: 1 } }, u: { $set: { a: 1 } }, multi: true, upsert: false },
        { q: { _id: 1 }, u: { $set: { a: 2 } }, multi: false },
      ],
      ordered: true,
    },
    answer: { n: 3, nModified: 3 },
    leaves: [
      { _id: 1, a: 2 },
      { _id: 2, a: 1 },
      { _id: 3, a: 1 },
    ],
  },
  {
    does: 'an update counts what it leaves as it was as not modified',
    given: [{ _id: 1, a: 1 }],
    command: { update: 'things', updates: [{ q: {}, u: { $set: { a: 1 } }, multi: true }] },
    answer: { n: 1, nModified: 0 },
  },
  {
    does: 'a delete takes one or all',
    given: ids(1, 2, 3, 4),
    command: {
      delete: 'things',
      deletes: [
        { q: { _id: { $gte: 3 } }, limit: 0 },
        { q: { _id: 1 }, limit: 1 },
      ],
      ordered: true,
    },
    answer: { n: 3 },
    leaves: ids(2),
  },
  {
    does: 'findAndModify gives the document as it was',
    given: [{ _id: 1, a: 1 }],
    command: {
      findAndModify: 'things',
      query: { _id: 1 },
      update: { $set: { a: 2 } },
      new: false,
      upsert: false,
      remove: false,
    },
    answer: { value: { _id: 1, a: 1 } },
    leaves: [{ _id: 1, a: 2 }],
  },
  {
    does: 'findAndModify gives the document as it has become, in the order asked for',
    given: [
      { _id: 1, a: [1, 9] },
      { _id: 2, a: [1, 9] },
    ],
    command: {
      findAndModify: 'things',
      query: {},
      sort: { _id: -1 },
      update: { $set: { 'a.$[big]': 0 } },
      arrayFilters: [{ big: { $gt: 5 } }],
      new: true,
      fields: { a: 1, _id: 0 },
    },
    answer: { value: { a: [1, 0] } },
  },
  {
    does: 'findAndModify removes',
    given: ids(1, 2),
    command: { findAndModify: 'things', query: { _id: 1 }, remove: true },
    answer: { value: { _id: 1 } },
    leaves: ids(2),
  },
  {
    does: 'findAndModify makes what is not there',
    given: [],
    command: { findAndModify: 'things', query: { _id: 1 }, update: { $set: { a: 1 } }, upsert: true, new: true },
    answer: { value: { _id: 1, a: 1 } },
    leaves: [{ _id: 1, a: 1 }],
  },
  {
    does: 'count counts within bounds',
    given,
    command: { count: 'things', query: { even: true }, skip: 1, limit: 5 },
    answer: { n: 1 },
  },
  {
    does: 'distinct lists values and elements once',
    given,
    command: { distinct: 'things', key: 'tags', query: { _id: { $lte: 2 } } },
    answer: { values: ['a', 't1', 't2'] },
  },
  {
    does: 'aggregate takes the options a driver sends',
    given,
    command: {
      aggregate: 'things',
      pipeline: [{ $match: { even: true } }, { $sort: { _id: 1 } }, { $project: { _id: 1 } }],
      cursor: { batchSize: 100 },
      hint: '_id_',
    },
    answer: ids(2, 4),
  },
  { does: 'ping answers', given: [], command: { ping: 1 }, answer: {} },
  {
    does: 'createIndexes makes indexes of every kind',
    given: [{ _id: 1, a: 1, b: { c: 1 } }],
    command: {
      createIndexes: 'things',
      indexes: [
        { key: { a: 1 }, name: 'unique', unique: true, background: true },
        { key: { 'b.c': -1, a: 1 }, name: 'compound' },
        { key: { s: 1 }, name: 'sparse', sparse: true },
        { key: { at: 1 }, name: 'ttl', expireAfterSeconds: 60 },
        { key: { p: 1 }, name: 'partial', partialFilterExpression: { p: { $exists: true } } },
      ],
    },
    answer: { numIndexesBefore: 1, numIndexesAfter: 6 },
  },
  {
    does: 'dropIndexes takes an index by its name',
    given: [{ _id: 1 }],
    command: { dropIndexes: 'things', index: '*' },
    answer: {},
  },
  {
    does: 'listIndexes lists them',
    given: [{ _id: 1 }],
    command: { listIndexes: 'things', cursor: {} },
    answer: [{ v: 2, key: { _id: 1 }, name: '_id_' }],
  },
  {
    does: 'validate goes through every document and every index',
    given: ids(1, 2),
    command: { validate: 'things', full: true },
    answer: { valid: true, nrecords: 2, nIndexes: 1, errors: [] },
    manual: 'validate: "checks a collection\'s data and indexes for correctness". The other engine does not know it.',
  },
  {
    does: 'explain says that it looked for an identity',
    given: ids(1, 2),
    command: { explain: { find: 'things', filter: { _id: 2 } }, verbosity: 'queryPlanner' },
    manual: 'The other engine explains nothing.',
  },
  { does: 'drop takes a collection away', given: ids(1), command: { drop: 'things' }, leaves: [] },
  { does: 'create makes a collection', given: [], command: { create: 'things' }, answer: {}, leaves: [] },
  { does: 'create makes no collection twice', given: ids(1), command: { create: 'things' }, answer: 'refused' },
];

export const COMMAND_CASES: Case[] = [
  ...FINDS.map(([does, options, answer]): Case => ({
    does: `find ${does}`,
    given,
    command: { find: 'things', ...options },
    answer,
  })),
  ...OTHERS,
];

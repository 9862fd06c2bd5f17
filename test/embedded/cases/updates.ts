import { type Document, Double, Int32, Long } from 'mongodb';
import type { Case } from './case.ts';

type Change = Document | Document[];

/** What an update of the one document there makes of it; undefined: it is refused and changes nothing. */
const UPDATES: [does: string, before: Document, change: Change, after?: Document, more?: Document][] = [
  ['sets', { a: 1 }, { $set: { a: 2, 'b.c': 3 } }, { a: 2, b: { c: 3 } }],
  ['sets an element', { a: [1, 2] }, { $set: { 'a.1': 5, 'a.3': 6 } }, { a: [1, 5, null, 6] }],
  ['takes away', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '', z: '' } }, { b: { d: 2 } }],
  ['leaves null in the place of an element it takes away', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  ['counts', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
  ['counts beyond 32 bits', { a: new Int32(2147483647) }, { $inc: { a: 1 } }, { a: Long.fromString('2147483648') }],
  ['counts a Long as a Long', { a: Long.fromInt(1) }, { $inc: { a: 1 } }, { a: Long.fromInt(2) }],
  ['counts a double as a double', { a: new Double(1) }, { $inc: { a: 1 } }, { a: new Double(2) }],
  ['refuses to count beyond 64 bits', { a: Long.MAX_VALUE }, { $inc: { a: 1 } }],
  ['refuses to count a text', { a: '1' }, { $inc: { a: 1 } }],
  ['refuses to count null', { a: null }, { $inc: { a: 1 } }],
  ['refuses to count by a text', { a: 1 }, { $inc: { a: '1' } }],
  ['multiplies', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
  ['keeps the least', { a: 3, b: 3 }, { $min: { a: 2, b: 4, c: 5 } }, { a: 2, b: 3, c: 5 }],
  ['keeps the greatest, of any type', { a: 3, b: 3 }, { $max: { a: 'x', b: 2, c: 5 } }, { a: 'x', b: 3, c: 5 }],
  ['renames', { a: 1, b: 2 }, { $rename: { a: 'c.d' } }, { b: 2, c: { d: 1 } }],
  ['appends', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  ['appends an array as an element', { a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  [
    'appends several, in a place, in order, and cuts',
    { a: [3, 1] },
    { $push: { a: { $each: [2, 5], $position: 0, $sort: 1, $slice: 3 } } },
    { a: [1, 2, 3] },
  ],
  [
    'puts elements in the order of a field',
    { a: [{ k: 2 }, { k: 1 }] },
    { $push: { a: { $each: [], $sort: { k: 1 } } } },
    { a: [{ k: 1 }, { k: 2 }] },
  ],
  ['keeps the last of them', { a: [1, 2, 3] }, { $push: { a: { $each: [4], $slice: -2 } } }, { a: [3, 4] }],
  ['refuses to append to a text', { a: 'x' }, { $push: { a: 1 } }],
  ['appends what is not there', { a: [1, 2] }, { $addToSet: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  ['appends each that is not there', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  ['takes out equal elements', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['takes out what satisfies', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ['takes out what matches', { a: [{ k: 1, v: 2 }, { k: 2 }] }, { $pull: { a: { k: 1 } } }, { a: [{ k: 2 }] }],
  ['takes out all of several', { a: [1, 2, 3, 2] }, { $pullAll: { a: [2, 3] } }, { a: [1] }],
  ['takes out the last, or the first', { a: [1, 2], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1], b: [2] }],
  ['leaves alone what is only for an insert', { a: 1 }, { $set: { a: 2 }, $setOnInsert: { b: 1 } }, { a: 2 }],
  ['refuses two changes of one path', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }],
  ['refuses a change within a change', { a: { b: 1 } }, { $set: { a: 1 }, $inc: { 'a.b': 1 } }],
  ['refuses a field of a number', { a: 1 }, { $set: { 'a.b': 1 } }],
  ['refuses another identity', { a: 1 }, { $set: { _id: 2 } }],
  ['takes its own identity', { a: 1 }, { $set: { _id: 1, a: 2 } }, { a: 2 }],
  ['replaces', { a: 1, b: 2 }, { c: 3 }, { c: 3 }],
  ['refuses to replace by another identity', { a: 1 }, { _id: 2, a: 1 }],
  ['changes every element', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [
    'changes the elements a filter means',
    { a: [{ n: 1 }, { n: 5 }] },
    { $set: { 'a.$[big].n': 0 } },
    { a: [{ n: 1 }, { n: 0 }] },
    { arrayFilters: [{ 'big.n': { $gt: 3 } }] },
  ],
  [
    'changes the element the filter found',
    { a: [{ n: 1 }, { n: 5 }] },
    { $set: { 'a.$.n': 0 } },
    { a: [{ n: 1 }, { n: 0 }] },
    { q: { 'a.n': 5 } },
  ],
  ['is a pipeline', { a: 1 }, [{ $set: { b: { $add: ['$a', 1] } } }, { $unset: 'a' }], { b: 2 }],
  ['is a pipeline that replaces', { a: 1 }, [{ $replaceWith: { b: '$a' } }], { b: 1 }],
  ['keeps the types a pipeline does not touch', { a: new Double(1) }, [{ $set: { b: 1 } }], { a: new Double(1), b: 1 }],
  ['refuses another identity from a pipeline', { a: 1 }, [{ $set: { _id: 2 } }]],
];

const UPSERTS: [does: string, filter: Document, change: Change, made: Document][] = [
  ['makes a document of the filter and the changes', { _id: 7, a: 1 }, { $set: { b: 2 } }, { _id: 7, a: 1, b: 2 }],
  ['sets what is only for an insert', { _id: 7 }, { $set: { a: 1 }, $setOnInsert: { b: 2 } }, { _id: 7, a: 1, b: 2 }],
  [
    'takes no conditions but equality',
    { _id: 7, a: { $gt: 1 }, b: { $eq: 2 } },
    { $inc: { c: 1 } },
    { _id: 7, b: 2, c: 1 },
  ],
  [
    'takes equalities joined by and',
    { $and: [{ _id: 7 }, { 'a.b': 1 }] },
    { $inc: { c: 1 } },
    { _id: 7, a: { b: 1 }, c: 1 },
  ],
  ['makes the replacement, with the identity', { _id: 7, a: 1 }, { b: 2 }, { _id: 7, b: 2 }],
  ['makes what a pipeline makes', { _id: 7, a: 1 }, [{ $set: { b: { $add: ['$a', 1] } } }], { _id: 7, a: 1, b: 2 }],
];

const IN_ORDER: Case = {
  does: 'an update makes new fields in the order of their names',
  given: [{ _id: 1 }],
  command: { update: 'things', updates: [{ q: {}, u: { $set: { b: 1, a: 2 } } }] },
  leaves: [{ _id: 1, a: 2, b: 1 }],
  manual: 'Update operators "process document fields with string-based names in lexicographic order."',
};

export const UPDATE_CASES: Case[] = [
  IN_ORDER,
  ...UPDATES.map(([does, before, u, after, more]): Case => {
    const updates = [{ q: { _id: 1 }, u, ...more }];
    const leaves = [{ _id: 1, ...(after ?? before) }];
    const given = [{ _id: 1, ...before }];
    return after
      ? { does: `an update ${does}`, given, command: { update: 'things', updates }, answer: { n: 1 }, leaves }
      : { does: `an update ${does}`, given, command: { update: 'things', updates }, answer: 'refused', leaves };
  }),
  ...UPSERTS.map(([does, q, u, made]): Case => ({
    does: `an upsert ${does}`,
    given: [],
    command: { update: 'things', updates: [{ q, u, upsert: true }] },
    answer: { n: 1, nModified: 0, upserted: [{ index: 0, _id: 7 }] },
    leaves: [made],
  })),
];

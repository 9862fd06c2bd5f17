import { type Document, Double, Long, ObjectId } from 'mongodb';
import type { Case } from './case.ts';

const anId = new ObjectId('650000000000000000000001');
const given: Document[] = [
  { _id: 1, n: 1, s: 'apple', tags: ['a', 'b'], at: new Date(0), in: { side: 1 } },
  {
    _id: 2,
    n: Long.fromNumber(2),
    s: 'Berlin',
    tags: [],
    none: null,
    list: [
      { k: 1, v: 5 },
      { k: 2, v: 7 },
    ],
  },
  { _id: 3, n: new Double(2.5), s: '', tags: ['b'], in: { side: 2 }, list: [{ k: 1, v: 7 }] },
  { _id: 4, n: '1', on: true, tags: 'a', id: anId, deep: [[1, 2], [3]] },
];

/** Which documents a filter finds, by their identities. */
const FILTERS: [does: string, filter: Document, found: number[], manual?: string][] = [
  ['finds equal values', { n: 1 }, [1]],
  ['takes a Long for the number it is', { n: 2 }, [2]],
  ['takes a double for the number it is', { n: { $eq: Long.fromNumber(1) } }, [1]],
  ['finds an ObjectId by its bytes', { id: new ObjectId(anId.toHexString()) }, [4]],
  ['finds an element as well as a value', { tags: 'a' }, [1, 4]],
  ['finds an array as a whole', { tags: ['b'] }, [3]],
  ['finds an empty array', { tags: { $eq: [] } }, [2]],
  ['finds an array in an array', { deep: [3] }, [4]],
  ['finds by a field inside', { 'in.side': 2 }, [3]],
  ['finds a document with its fields in order', { in: { side: 1 } }, [1]],
  ['takes missing for null', { none: null }, [1, 2, 3, 4]],
  ['takes null for neither false nor zero', { on: { $in: [null] } }, [1, 2, 3]],
  ['tells null from missing by its type', { none: { $type: 'null' } }, [2]],
  ['tells null from missing by its existence', { none: { $exists: true } }, [2]],
  ['finds what does not exist', { s: { $exists: false } }, [4]],
  ['finds what is unequal, missing included', { 'in.side': { $ne: 1 } }, [2, 3, 4]],
  ['finds what is greater, among its own type', { n: { $gt: 1 } }, [2, 3]],
  ['finds what is greater or equal', { n: { $gte: 2 } }, [2, 3]],
  ['finds what is less', { n: { $lt: 2 } }, [1]],
  ['finds what is less or equal, of texts too', { s: { $lte: 'Berlin' } }, [2, 3]],
  ['finds a stretch', { n: { $gt: 1, $lt: 2.5 } }, [2]],
  ['lets different elements satisfy different conditions', { 'list.v': { $gt: 6, $lt: 6 } }, [2]],
  ['finds one of several', { n: { $in: [1, '1'] } }, [1, 4]],
  ['finds one of several patterns', { s: { $in: [/^ber/i] } }, [2]],
  ['finds none of several', { n: { $nin: [1, 2] } }, [3, 4]],
  ['finds by a pattern', { s: /^b/i }, [2]],
  ['finds by a pattern in words', { s: { $regex: 'PP', $options: 'i' } }, [1]],
  ['finds by a type', { n: { $type: ['string', 'long'] } }, [2, 4]],
  ['finds by a type of elements', { tags: { $type: 'array' } }, [1, 2, 3]],
  ['finds by length', { tags: { $size: 1 } }, [3]],
  ['finds by remainder', { n: { $mod: [2, 0] } }, [2, 3]],
  ['finds by all elements', { tags: { $all: ['b', 'a'] } }, [1]],
  ['finds by all of elements that match', { list: { $all: [{ $elemMatch: { k: 1, v: 7 } }] } }, [3]],
  ['finds by one element that satisfies all', { list: { $elemMatch: { k: 1, v: 7 } } }, [3]],
  ['finds by one value that satisfies all', { tags: { $elemMatch: { $gt: 'a', $lt: 'c' } } }, [1, 3]],
  ['finds by conditions of elements one by one', { 'list.k': 1, 'list.v': 7 }, [2, 3]],
  ['finds by the place of an element', { 'tags.0': 'b' }, [3]],
  ['finds what does not satisfy', { n: { $not: { $gt: 1 } } }, [1, 4]],
  ['finds what no pattern fits', { s: { $not: /e/ } }, [3, 4]],
  ['finds by all of several filters', { $and: [{ n: { $gt: 0 } }, { tags: 'b' }] }, [1, 3]],
  ['finds by one of several filters', { $or: [{ n: 1 }, { on: true }] }, [1, 4]],
  ['finds by none of several filters', { $nor: [{ n: 1 }, { on: true }] }, [2, 3]],
  ['finds by an expression', { $expr: { $gt: ['$n', 2] } }, [3, 4]],
  ['lets a filter carry a comment', { n: 1, $comment: 'why' }, [1]],
];

export const FILTER_CASES: Case[] = FILTERS.map(([does, filter, found, manual]) => ({
  does,
  given,
  command: { find: 'things', filter, projection: { _id: 1 }, sort: { _id: 1 } },
  answer: found.map((_id) => ({ _id })),
  ...(manual ? { manual } : {}),
}));

import { type Document, Double, Long } from 'mongodb';
import { type Case, aggregate } from './case.ts';

const given: Document[] = [
  { _id: 1, title: 'B', n: 10, by: 'x', tags: ['a', 'b'], sessions: [{ room: 1 }, { room: 2 }] },
  { _id: 2, title: 'A', n: new Double(20.5), by: 'y', tags: [], of: 1 },
  { _id: 3, title: 'C', n: null, by: 'x', tags: 'c', of: 1 },
];

/** What a pipeline makes of the documents. */
const PIPELINES: [does: string, pipeline: Document[], made: Document[], manual?: string][] = [
  [
    'filters, sorts, skips and limits',
    [{ $match: { by: 'x' } }, { $sort: { title: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { title: 1 } }],
    [{ _id: 1, title: 'B' }],
  ],
  [
    'filters what it has made',
    [{ $project: { m: '$of' } }, { $match: { m: 1 } }],
    [2, 3].map((_id) => ({ _id, m: 1 })),
  ],
  ['counts', [{ $match: { _id: { $gt: 1 } } }, { $count: 'many' }], [{ many: 2 }]],
  [
    'counts nothing where there is no document',
    [{ $match: { _id: 9 } }, { $count: 'many' }],
    [],
    '"$count … is equivalent to $group … and $project": no documents make no group.',
  ],
  ['counts as countDocuments does', [{ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } }], [{ _id: 1, n: 3 }]],
  [
    'makes groups',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: '$by',
          sum: { $sum: '$n' },
          mean: { $avg: '$n' },
          least: { $min: '$n' },
          most: { $max: '$title' },
          first: { $first: '$title' },
          last: { $last: '$title' },
          all: { $push: '$of' },
          each: { $addToSet: '$by' },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'x', sum: 10, mean: new Double(10), least: 10, most: 'C', first: 'B', last: 'C', all: [1], each: ['x'] },
      {
        _id: 'y',
        sum: 20.5,
        mean: new Double(20.5),
        least: 20.5,
        most: 'A',
        first: 'A',
        last: 'A',
        all: [1],
        each: ['y'],
      },
    ],
  ],
  [
    'groups missing with null',
    [{ $group: { _id: '$of', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    [
      { _id: null, n: 1 },
      { _id: 1, n: 2 },
    ],
  ],
  [
    'keeps, computes and nests fields',
    [
      { $match: { _id: 1 } },
      { $project: { _id: 0, 'sessions.room': 1, twice: { $multiply: ['$n', 2] }, in: { side: '$by' } } },
    ],
    [{ sessions: [{ room: 1 }, { room: 2 }], twice: 20, in: { side: 'x' } }],
  ],
  [
    'drops fields',
    [{ $match: { _id: 1 } }, { $project: { sessions: 0, tags: 0 } }, { $unset: ['by', 'n'] }],
    [{ _id: 1, title: 'B' }],
  ],
  [
    'adds fields, and takes them away with $$REMOVE',
    [
      { $match: { _id: 2 } },
      { $set: { less: { $subtract: ['$n', 0.5] }, title: '$$REMOVE', 'deep.er': 1 } },
      { $addFields: { whole: '$$ROOT.by', same: '$$CURRENT._id' } },
      { $project: { less: 1, title: 1, deep: 1, whole: 1, same: 1 } },
    ],
    [{ _id: 2, less: new Double(20), deep: { er: 1 }, whole: 'y', same: 2 }],
  ],
  [
    'adds a field to every element',
    [{ $match: { _id: 1 } }, { $set: { 'sessions.n': '$n' } }, { $project: { sessions: 1 } }],
    [
      {
        _id: 1,
        sessions: [
          { room: 1, n: 10 },
          { room: 2, n: 10 },
        ],
      },
    ],
  ],
  [
    'unwinds',
    [{ $unwind: '$sessions' }, { $project: { room: '$sessions.room' } }],
    [
      { _id: 1, room: 1 },
      { _id: 1, room: 2 },
    ],
  ],
  [
    'unwinds and keeps what has none, with the place',
    [
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $sort: { _id: 1, i: 1 } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 1, tags: 'a', i: Long.fromInt(0) },
      { _id: 1, tags: 'b', i: Long.fromInt(1) },
      { _id: 2, i: null },
      { _id: 3, tags: 'c', i: null },
    ],
  ],
  [
    'joins by a field',
    [
      { $lookup: { from: 'things', localField: '_id', foreignField: 'of', as: 'ours' } },
      { $project: { ours: '$ours._id' } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 1, ours: [2, 3] },
      { _id: 2, ours: [] },
      { _id: 3, ours: [] },
    ],
  ],
  [
    'joins by a pipeline with variables',
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'things',
          let: { id: '$_id' },
          pipeline: [{ $match: { by: 'y', $expr: { $eq: ['$of', '$$id'] } } }, { $project: { title: 1 } }],
          as: 'ours',
        },
      },
      { $project: { ours: 1 } },
    ],
    [{ _id: 1, ours: [{ _id: 2, title: 'A' }] }],
  ],
  [
    'joins nothing of a collection that is not there',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'nowhere', localField: '_id', foreignField: 'x', as: 'ours' } },
      { $project: { ours: 1 } },
    ],
    [{ _id: 1, ours: [] }],
  ],
  [
    'replaces the root',
    [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { $first: '$sessions' } } }],
    [{ room: 1 }],
  ],
  ['replaces it in short', [{ $match: { _id: 1 } }, { $replaceWith: { t: '$title' } }], [{ t: 'B' }]],
];

export const PIPELINE_CASES: Case[] = PIPELINES.map(([does, pipeline, answer, manual]) => ({
  does: `a pipeline ${does}`,
  given,
  command: aggregate(...pipeline),
  answer,
  ...(manual ? { manual } : {}),
}));

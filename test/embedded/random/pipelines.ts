import type { Document } from 'mongodb';
import * as fc from 'fast-check';
import { dropped, filter, kept, sort } from './filters.ts';
import { field, path, scalar, small, text } from './values.ts';

const literal = scalar.map(($literal) => ({ $literal }));

const { tree } = fc.letrec<{ tree: unknown; list: unknown; number: unknown }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small' },
    small,
    field.map((name) => `$${name}`),
  ),
  list: fc.oneof(
    field.map((name) => `$${name}`),
    path.map((name) => `$${name}`),
    fc.array(tie('tree'), { maxLength: 2 }),
  ),
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    literal,
    path.map((name) => `$${name}`),
    fc
      .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), tie('tree'), tie('tree'))
      .map(([name, one, other]) => ({ [name]: [one, other] })),
    fc
      .tuple(fc.constantFrom('$add', '$subtract', '$multiply', '$divide'), tie('number'), tie('number'))
      .map(([name, one, other]) => ({ [name]: [one, other] })),
    fc
      .tuple(fc.constantFrom('$and', '$or', '$max', '$min', '$sum'), fc.array(tie('tree'), { maxLength: 3 }))
      .map(([name, parts]) => ({ [name]: parts })),
    fc
      .tuple(fc.constantFrom('$not', '$type', '$isArray', '$size'), tie('list'))
      .map(([name, part]) => ({ [name]: [part] })),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map((parts) => ({ $cond: parts })),
    fc
      .tuple(
        tie('tree'),
        path.map((name) => `$${name}`),
      )
      .map((parts) => ({ $ifNull: parts })),
    fc
      .tuple(
        fc.oneof(
          text,
          field.map((name) => `$${name}`),
        ),
        text,
      )
      .map((parts) => ({ $concat: parts })),
    fc.oneof(small, text, fc.boolean()).map((part) => ({ $toString: part })),
    fc.tuple(tie('tree'), tie('list')).map((parts) => ({ $in: parts })),
    fc.tuple(tie('list'), tie('list')).map((parts) => ({ $concatArrays: parts })),
    fc.tuple(tie('list'), small).map(([input, least]) => ({ $filter: { input, cond: { $gt: ['$$this', least] } } })),
    fc.tuple(tie('list'), field).map(([input, name]) => ({ $map: { input, as: 'x', in: [`$$x.${name}`, '$$x'] } })),
    tie('list').map((input) => ({
      $reduce: { input, initialValue: 0, in: { $cond: [{ $gt: ['$$this', '$$value'] }, '$$this', '$$value'] } },
    })),
    fc.tuple(field, tie('tree')).map(([name, part]) => ({ $mergeObjects: [{ [name]: part }, { x: `$${name}` }] })),
    fc.dictionary(field, tie('tree'), { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
  ),
}));
export const expression = tree;

const accumulated = fc
  .tuple(fc.constantFrom('$sum', '$avg', '$min', '$max'), expression)
  .map(([name, each]) => ({ [name]: Array.isArray(each) ? { $literal: 1 } : each }));

const stage: fc.Arbitrary<Document[]> = fc.oneof(
  filter.map(($match) => [{ $match }]),
  kept.map(($project) => [{ $project }]),
  fc.tuple(field, expression).map(([at, each]) => [{ $project: { [at]: [each] } }]),
  { weight: 3, arbitrary: fc.tuple(path, expression).map(([at, each]) => [{ $set: { [at]: each } }]) },
  fc
    .tuple(field, fc.boolean())
    .map(([at, keeps]) => [
      { $unwind: { path: `$${at}`, preserveNullAndEmptyArrays: keeps, includeArrayIndex: 'at' } },
    ]),
  expression.map((each) => [{ $replaceWith: { _id: '$_id', each } }]),
);

const nothing: fc.Arbitrary<Document[]> = fc.constant<Document[]>([]);
const beginning: fc.Arbitrary<Document[]> = fc.oneof(
  { weight: 5, arbitrary: nothing },
  fc
    .constantFrom('a', 'b')
    .map((at) => [
      { $lookup: { from: 'c', localField: at, foreignField: 'a', as: 'found' } },
      { $set: { found: { $sum: '$found._id' } } },
    ]),
  sort.map((order) => [{ $sort: { ...order, _id: 1 } }, { $skip: 1 }, { $limit: 3 }]),
);

/** The other engine takes away together what is taken away before and set after: taking away comes last. */
const ending: fc.Arbitrary<Document[]> = fc.oneof(
  { weight: 3, arbitrary: nothing },
  path.map((at) => [{ $unset: at }]),
  dropped.map(($project) => [{ $project }]),
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.oneof(path, fc.constant('none')), accumulated, accumulated)
      .map(([by, one, other]) => [{ $group: { _id: { $ifNull: [`$${by}`, null] }, one, other, n: { $sum: 1 } } }]),
  },
);

export const pipeline: fc.Arbitrary<Document[]> = fc
  .tuple(fc.constant([{ $sort: { _id: 1 } }]), beginning, stage, fc.oneof(nothing, stage), ending)
  .map((stages) => stages.flat());

import type { Document } from 'mongodb';
import * as fc from 'fast-check';
import { expression } from './pipelines.ts';
import { document, field, path, scalar, small, text, value } from './values.ts';

const setting = fc.dictionary(path, value, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
const condition = fc.oneof(
  scalar,
  scalar.map(($gt) => ({ $gt })),
  fc.array(scalar, { maxLength: 2 }).map(($in) => ({ $in })),
  fc.tuple(field, small).map(([name, operand]) => ({ [name]: operand })),
);

const change: fc.Arbitrary<Document> = fc.oneof(
  { weight: 3, arbitrary: setting.map(($set) => ({ $set })) },
  field.map((at) => ({ $unset: { [at]: '' } })),
  fc.tuple(path, scalar).map(([at, by]) => ({ $inc: { [at]: by } })),
  fc.tuple(path, scalar).map(([at, by]) => ({ $mul: { [at]: by } })),
  fc.tuple(fc.constantFrom('$min', '$max'), path, value).map(([operator, at, to]) => ({ [operator]: { [at]: to } })),
  fc.tuple(path, value).map(([at, each]) => ({ $push: { [at]: each } })),
  fc
    .tuple(
      field,
      fc.array(value, { minLength: 1, maxLength: 2 }),
      fc.constantFrom(-2, -1, 1, 2),
      fc.constantFrom(1, -1),
      small,
    )
    .map(([at, $each, $slice, $sort, $position]) => ({ $push: { [at]: { $each, $slice, $sort, $position } } })),
  fc
    .tuple(path, fc.array(value, { minLength: 1, maxLength: 2 }))
    .map(([at, $each]) => ({ $addToSet: { [at]: { $each } } })),
  fc.tuple(field, condition).map(([at, what]) => ({ $pull: { [at]: what } })),
  fc.tuple(field, fc.array(scalar, { maxLength: 2 })).map(([at, values]) => ({ $pullAll: { [at]: values } })),
  fc.tuple(field, fc.constantFrom(1, -1)).map(([at, end]) => ({ $pop: { [at]: end } })),
  fc.tuple(field, field).map(([from, to]) => ({ $rename: { [from]: to } })),
  fc.tuple(field, value).map(([at, to]) => ({ $set: { [`${at}.$[]`]: to } })),
  fc.tuple(field, field, scalar).map(([at, inside, to]) => ({ $set: { [`${at}.$[].${inside}`]: to } })),
);

const stage: fc.Arbitrary<Document> = fc.oneof(
  fc.tuple(path, expression).map(([at, each]) => ({ $set: { [at]: each } })),
  path.map((at) => ({ $unset: at })),
  fc.tuple(field, expression).map(([at, each]) => ({ $project: { [at]: each, a: 1 } })),
);

/** An update with what belongs to it: `arrayFilters`, or what the filter must find for `$`. */
export interface RandomUpdate {
  u: Document | Document[];
  arrayFilters?: Document[];
  q?: Document;
}

const only = (u: Document | Document[]): RandomUpdate => ({ u });

export const update: fc.Arbitrary<RandomUpdate> = fc.oneof(
  { weight: 8, arbitrary: change.map(only) },
  { weight: 3, arbitrary: fc.tuple(change, change).map(([one, other]) => only({ ...one, ...other })) },
  { weight: 1, arbitrary: document.map(only) },
  { weight: 2, arbitrary: fc.array(stage, { minLength: 1, maxLength: 2 }).map(only) },
  fc.tuple(field, condition, value).map(([at, x, to]) => ({
    u: { $set: { [`${at}.$[x]`]: to } },
    arrayFilters: [
      isField(x) ? Object.fromEntries(Object.entries(x).map(([name, each]) => [`x.${name}`, each])) : { x },
    ],
  })),
  fc.tuple(field, scalar, value).map(([at, wanted, to]) => ({ q: { [at]: wanted }, u: { $set: { [`${at}.$`]: to } } })),
  fc.tuple(field, scalar, small).map(([at, $gt, by]) => ({
    q: { [at]: { $elemMatch: { $gt } } },
    u: { $inc: { [`${at}.$`]: by } },
  })),
  fc.tuple(field, field, small).map(([at, inside, wanted]) => ({
    q: { [`${at}.${inside}`]: wanted },
    u: { $set: { [`${at}.$.${inside}`]: 'found' } },
  })),
);

const isField = (given: unknown): given is Document =>
  typeof given === 'object' && given !== null && ['a', 'b', 'c'].includes(Object.keys(given)[0] ?? '');

/** An upsert that meets no document, and makes one by its filter and its changes. */
export const upsert: fc.Arbitrary<Document> = fc
  .tuple(
    fc.dictionary(
      path,
      fc.oneof(
        scalar,
        fc.tuple(scalar).map(([$eq]) => ({ $eq })),
        small.map(($gt) => ({ $gt })),
      ),
      {
        maxKeys: 2,
        noNullPrototype: true,
      },
    ),
    fc.oneof(
      setting.map(($set) => ({ $set })),
      setting.map(($setOnInsert) => ({ $setOnInsert })),
      fc.tuple(field, small).map(([at, by]) => ({ $inc: { [at]: by } })),
      fc.tuple(field, value).map(([at, each]) => ({ $push: { [at]: each } })),
      document,
    ),
    fc.integer({ min: 1, max: 1000 }),
  )
  .map(([q, u, _id]) => ({ update: 'c', updates: [{ q: { _id, ...q }, u, upsert: true }] }));

/** Numbers and texts, for `$inc` fails on a text. */
export const countable = fc.dictionary(field, fc.oneof(small, text), { maxKeys: 3, noNullPrototype: true });

const inserted = fc.tuple(fc.integer({ min: 4, max: 9 }), countable).map(([_id, each]) => ({ _id, ...each }));
/** Of all documents at once only what fails for none: "the operation as a whole is not atomic", but the other engine's is. */
const updated = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 9 }), field, small).map(([_id, at, by]) => ({
    q: { _id },
    u: { $inc: { [at]: by } },
  })),
  fc.tuple(fc.integer({ min: 0, max: 9 }), field, fc.oneof(small, text)).map(([_id, at, to]) => ({
    q: { _id: { $gte: _id } },
    u: { $set: { [at]: to } },
    multi: true,
  })),
);
const deleted = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1))
  .map(([_id, limit]) => ({ q: { _id }, limit }));

/** A command of several writes, some of which fail. */
export const write: fc.Arbitrary<Document> = fc.oneof(
  fc
    .tuple(fc.array(inserted, { minLength: 1, maxLength: 5 }), fc.boolean())
    .map(([documents, ordered]) => ({ insert: 'c', documents, ordered })),
  fc
    .tuple(fc.array(updated, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([updates, ordered]) => ({ update: 'c', updates, ordered })),
  fc
    .tuple(fc.array(deleted, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([deletes, ordered]) => ({ delete: 'c', deletes, ordered })),
);

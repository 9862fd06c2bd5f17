import { type Document, Double, Int32, Long, ObjectId } from 'mongodb';
import * as fc from 'fast-check';

/** Few values, so that filters meet documents; of every type, so that types meet each other. */
const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 5 }) },
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'b', 'ab', 'ü', '10') },
  fc.constantFrom(
    new Double(1),
    new Double(2.5),
    new Int32(3),
    Long.fromNumber(2),
    Long.fromString('9007199254740993'),
  ),
  fc.constantFrom(true, false),
  { weight: 2, arbitrary: fc.constant(null) },
  fc.constantFrom(new Date(0), new Date('2026-03-29T01:00:00Z')),
  fc.constantFrom(new ObjectId('650000000000000000000001'), new ObjectId('650000000000000000000002')),
);
export const field = fc.constantFrom('a', 'b', 'c');
const flat = fc.dictionary(field, scalar, { maxKeys: 3, noNullPrototype: true });
const list = fc.array(fc.oneof({ weight: 3, arbitrary: scalar }, flat), { maxLength: 3 });
export const value = fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 2, arbitrary: list }, flat);
export const document = fc.dictionary(field, value, { maxKeys: 3, noNullPrototype: true });
export const path = fc.oneof(
  { weight: 3, arbitrary: field },
  fc.tuple(field, fc.constantFrom('a', 'b', '0', '1')).map((parts) => parts.join('.')),
);

const condition = fc.oneof(
  value,
  fc
    .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), scalar)
    .map(([operator, operand]) => ({ [operator]: operand })),
  fc.tuple(scalar, scalar).map(([from, to]) => ({ $gte: from, $lt: to })),
  fc
    .tuple(fc.constantFrom('$in', '$nin'), fc.array(scalar, { maxLength: 3 }))
    .map(([operator, operand]) => ({ [operator]: operand })),
  fc.boolean().map((exists) => ({ $exists: exists })),
  fc
    .constantFrom('string', 'number', 'int', 'double', 'long', 'object', 'array', 'null', 'bool', 'date', 'objectId')
    .map((type) => ({ $type: type })),
  fc.integer({ min: 0, max: 2 }).map((size) => ({ $size: size })),
  fc.constantFrom('^a', 'b$', 'A').map((pattern) => ({ $regex: pattern, $options: 'i' })),
  fc.array(scalar, { minLength: 1, maxLength: 2 }).map((all) => ({ $all: all })),
  fc.tuple(field, scalar).map(([name, operand]) => ({ $elemMatch: { [name]: operand } })),
  scalar.map((operand) => ({ $elemMatch: { $gt: operand } })),
  scalar.map((operand) => ({ $not: { $gt: operand } })),
  fc.constant({ $mod: [2, 1] }),
);
const simple = fc.dictionary(path, condition, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
export const filter: fc.Arbitrary<Document> = fc.oneof(
  { weight: 4, arbitrary: simple },
  fc
    .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(simple, { minLength: 1, maxLength: 2 }))
    .map(([operator, parts]) => ({ [operator]: parts })),
);
export const sort = fc.dictionary(field, fc.constantFrom<1 | -1>(1, -1), {
  minKeys: 1,
  maxKeys: 2,
  noNullPrototype: true,
});

const change = fc.oneof(
  fc.dictionary(path, value, { minKeys: 1, maxKeys: 2, noNullPrototype: true }).map(($set) => ({ $set })),
  path.map((at) => ({ $unset: { [at]: '' } })),
  fc.tuple(path, fc.integer({ min: -2, max: 3 })).map(([at, by]) => ({ $inc: { [at]: by } })),
  fc.tuple(path, fc.constantFrom<number | Double>(2, new Double(1.5))).map(([at, by]) => ({ $mul: { [at]: by } })),
  fc.tuple(fc.constantFrom('$min', '$max'), field, scalar).map(([operator, at, to]) => ({ [operator]: { [at]: to } })),
  fc.tuple(field, scalar).map(([at, each]) => ({ $push: { [at]: each } })),
  fc
    .tuple(field, fc.array(scalar, { maxLength: 2 }), fc.integer({ min: -2, max: 2 }))
    .map(([at, $each, $slice]) => ({ $push: { [at]: { $each, $slice } } })),
  fc.tuple(field, fc.array(scalar, { maxLength: 2 })).map(([at, $each]) => ({ $addToSet: { [at]: { $each } } })),
  fc
    .tuple(
      field,
      fc.oneof(
        scalar,
        scalar.map(($gt) => ({ $gt })),
      ),
    )
    .map(([at, what]) => ({ $pull: { [at]: what } })),
  fc.tuple(field, fc.constantFrom(1, -1)).map(([at, end]) => ({ $pop: { [at]: end } })),
  fc.constant({ $rename: { a: 'c' } }),
  fc.tuple(field, scalar).map(([at, to]) => ({ $set: { [`${at}.$[]`]: to } })),
  fc.tuple(field, scalar).map(([at, to]) => ({ $setOnInsert: { [at]: to } })),
);
export const update: fc.Arbitrary<Document> = fc.oneof(
  { weight: 5, arbitrary: change },
  fc.tuple(change, change).map(([one, other]) => ({ ...one, ...other })),
);

import type { Document } from 'mongodb';
import * as fc from 'fast-check';
import { field, path, scalar, small, value } from './values.ts';

const TYPES =
  'string number int double long decimal object array null bool date objectId regex binData timestamp'.split(' ');

const operators = fc.oneof(
  fc
    .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), value)
    .map(([operator, operand]) => ({ [operator]: operand })),
  fc.tuple(scalar, scalar).map(([from, to]) => ({ $gte: from, $lt: to })),
  fc
    .tuple(fc.constantFrom('$in', '$nin'), fc.array(value, { maxLength: 3 }))
    .map(([operator, operand]) => ({ [operator]: operand })),
  fc.boolean().map((exists) => ({ $exists: exists })),
  fc
    .oneof(fc.constantFrom(...TYPES), fc.subarray(TYPES, { minLength: 1, maxLength: 2 }))
    .map((type) => ({ $type: type })),
  fc.integer({ min: 0, max: 2 }).map((size) => ({ $size: size })),
  fc
    .tuple(fc.constantFrom('^a', 'b$', 'A', 'a|ü', '^$', '.', '\\d'), fc.constantFrom('i', ''))
    .map(([$regex, $options]) => ({ $regex, $options })),
  fc.array(scalar, { minLength: 1, maxLength: 2 }).map((all) => ({ $all: all })),
  fc.tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 0, max: 1 })).map((mod) => ({ $mod: mod })),
);
const condition = fc.oneof(
  { weight: 4, arbitrary: value },
  { weight: 9, arbitrary: operators },
  fc.tuple(field, fc.oneof(scalar, operators)).map(([name, operand]) => ({ $elemMatch: { [name]: operand } })),
  scalar.map((operand) => ({ $elemMatch: { $gt: operand } })),
  fc.tuple(small, small).map(([least, most]) => ({ $elemMatch: { $gte: least, $lt: most } })),
  operators
    .filter((each) => Object.keys(each).every((name) => name !== '$options') && Object.keys(each).length === 1)
    .map((operand) => ({ $not: operand })),
);
const simple = fc.dictionary(path, condition, { minKeys: 1, maxKeys: 2, noNullPrototype: true });

export const filter: fc.Arbitrary<Document> = fc.oneof(
  { weight: 6, arbitrary: simple },
  fc
    .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(simple, { minLength: 1, maxLength: 3 }))
    .map(([operator, parts]) => ({ [operator]: parts })),
  fc.tuple(simple, simple).map(([one, other]) => ({ ...one, $or: [other, one] })),
);

const direction = fc.constantFrom<1 | -1>(1, -1);
export const sort = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'a.b', 'b.a'), direction, {
  maxKeys: 2,
  noNullPrototype: true,
});

function ofPaths(flag: fc.Arbitrary<boolean | number>): fc.Arbitrary<Document> {
  return fc.dictionary(path, flag, { minKeys: 1, maxKeys: 2, noNullPrototype: true }).filter(isWithoutCollision);
}

/** One path that leads into another one is refused, by the other engine only where there is a document. */
const isWithoutCollision = (fields: Document): boolean =>
  Object.keys(fields).every((one) => !Object.keys(fields).some((other) => other.startsWith(`${one}.`)));

/** What a projection keeps, or drops. */
export const kept: fc.Arbitrary<Document> = ofPaths(fc.constantFrom<boolean | number>(1, true));
export const dropped: fc.Arbitrary<Document> = ofPaths(fc.constantFrom<boolean | number>(0, false));
export const projection: fc.Arbitrary<Document> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  kept,
  dropped,
  kept.map((fields) => ({ ...fields, _id: 0 })),
);

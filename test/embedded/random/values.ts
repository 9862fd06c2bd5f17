import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import * as fc from 'fast-check';

/** Few values, so that filters meet documents; of every type, so that types meet each other. */
const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 5 }).map((each) => new Int32(each)) },
  fc.constantFrom(new Double(1), new Double(2.5), new Double(-0.5), new Double(-0), new Double(0)),
  fc.constantFrom(Long.fromNumber(2), Long.fromString('9007199254740993'), Long.fromNumber(-1)),
  fc.constantFrom(new Double(9007199254740992), new Int32(2147483647), new Double(1e300)),
);
export const text = fc.constantFrom('', 'a', 'b', 'ab', 'B', 'ü', '10', '𝄞', '\uffee');
const oddity = fc.constantFrom(
  new Double(NaN),
  new Double(Infinity),
  new Double(-Infinity),
  new Timestamp({ t: 1, i: 2 }),
  new BSONRegExp('^a', 'i'),
  new Binary(Buffer.from([1, 2])),
  new Binary(Buffer.from([3])),
  new UUID('123e4567-e89b-42d3-a456-426614174000'),
  new MinKey(),
  new MaxKey(),
);
const moment = fc.constantFrom(new Date(0), new Date(-1), new Date('2026-03-29T01:00:00Z'));
const identity = fc.constantFrom(new ObjectId('650000000000000000000001'), new ObjectId('650000000000000000000002'));

/** What any field may hold, and an operator be given. */
export const scalar = fc.oneof(
  { weight: 8, arbitrary: number },
  { weight: 5, arbitrary: text },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: moment },
  identity,
);
export const small = fc.integer({ min: -2, max: 5 });

export const field = fc.constantFrom('a', 'b', 'c');
const flat = fc.dictionary(field, scalar, { maxKeys: 3, noNullPrototype: true });
const list = fc.array(
  fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 2, arbitrary: flat }, fc.array(scalar, { maxLength: 2 })),
  {
    maxLength: 3,
  },
);
export const value = fc.oneof(
  { weight: 10, arbitrary: scalar },
  oddity,
  { weight: 5, arbitrary: list },
  { weight: 3, arbitrary: flat },
);
export const document = fc.dictionary(field, value, { maxKeys: 3, noNullPrototype: true });

/** The same, but without empty arrays: what may be sorted by. */
export const fullDocument = document.filter((each) => !JSON.stringify(each).includes('[]'));

/** The same, with decimals among the values of a field that has no index. */
export const withDecimals = fc
  .tuple(document, fc.option(fc.constantFrom('1', '2.5', '-0.10', 'NaN', 'Infinity', '9007199254740993.5')))
  .map(([fields, decimal]) => (decimal === null ? fields : { ...fields, c: Decimal128.fromString(decimal) }));

export const path = fc.oneof(
  { weight: 3, arbitrary: field },
  fc.tuple(field, fc.constantFrom('a', 'b', '0', '1')).map((parts) => parts.join('.')),
);

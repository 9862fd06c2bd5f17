import { Decimal128, type Document, Double, Long, ObjectId } from 'mongodb';
import { type Case, aggregate } from './case.ts';

const id = new ObjectId('650000000000000000000001');
const given: Document[] = [
  {
    _id: 1,
    n: 10,
    long: Long.fromNumber(7),
    double: new Double(2.5),
    decimal: Decimal128.fromString('1.10'),
    s: 'Aé',
    no: null,
    on: true,
    id,
    at: new Date('2026-03-28T01:30:00.004Z'),
    tags: ['a', 'b'],
    list: [{ k: 1 }, { k: 3 }, {}],
  },
];
const berlin = { timezone: 'Europe/Berlin' };
const date = (text: string): Date => new Date(text);
/** `then` in a literal would make the object look like a promise. */
const deciding = (fields: Record<string, unknown>): Document =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace('so', 'then'), value]));

/** What an expression gives for the document; undefined: no field. */
const EXPRESSIONS: [expression: unknown, value: unknown, manual?: string][] = [
  [{ $eq: ['$n', new Double(10)] }, true],
  [{ $eq: ['$none', null] }, false],
  [{ $eq: ['$tags', 'a'] }, false],
  [{ $ne: ['$no', null] }, false],
  [{ $gt: ['$s', '$n'] }, true],
  [{ $gte: ['$long', 7] }, true],
  [{ $lt: ['$none', null] }, true],
  [{ $lte: ['$n', 9] }, false],
  [{ $and: ['$on', '$n', { $not: ['$no'] }] }, true],
  [{ $or: ['$no', 0, '$none'] }, false],
  [{ $not: '$s' }, false],
  [{ $cond: [{ $gt: ['$n', 5] }, 'big', 'small'] }, 'big'],
  [{ $cond: deciding({ if: '$no', so: 1, else: 2 }) }, 2],
  [{ $ifNull: ['$no', '$none', '$s'] }, 'Aé'],
  [
    {
      $switch: {
        branches: [deciding({ case: { $eq: ['$n', 1] }, so: 1 }), deciding({ case: { $eq: ['$n', 10] }, so: 2 })],
        default: 3,
      },
    },
    2,
  ],
  [{ $let: { vars: { a: 1 }, in: { $add: ['$$a', '$n'] } } }, 11],
  [{ $literal: '$n' }, '$n'],
  ['$list.k', [1, 3]],
  ['$list', [{ k: 1 }, { k: 3 }, {}]],
  ['$none', undefined],
  [
    ['$n', '$none'],
    [10, null],
  ],
  [{ a: '$none', b: '$n' }, { b: 10 }],
  [{ $type: '$$NOW' }, 'date'],
  [{ $add: ['$n', 1] }, 11],
  [{ $add: ['$n', '$long'] }, Long.fromNumber(17)],
  [{ $add: ['$n', '$double'] }, 12.5],
  [{ $add: [2147483647, 1] }, Long.fromString('2147483648')],
  [{ $add: ['$n', '$no'] }, null],
  [{ $add: ['$at', 1000] }, date('2026-03-28T01:30:01.004Z')],
  [{ $subtract: ['$n', '$double'] }, 7.5],
  [{ $subtract: ['$at', date('2026-03-28T01:30:00Z')] }, Long.fromNumber(4)],
  [{ $multiply: ['$n', '$double'] }, new Double(25)],
  [{ $divide: ['$n', 4] }, 2.5],
  [{ $divide: ['$n', 5] }, new Double(2)],
  [{ $max: ['$n', '$double', '$no'] }, 10],
  [{ $min: ['$n', '$double', '$no'] }, 2.5],
  [{ $sum: '$list.k' }, 4],
  [{ $avg: '$list.k' }, new Double(2)],
  [{ $concat: ['$s', '-', '$s'] }, 'Aé-Aé'],
  [{ $concat: ['$s', '$none'] }, null],
  [{ $toLower: 'ABC' }, 'abc'],
  [{ $toUpper: '$no' }, ''],
  [{ $toString: '$n' }, '10'],
  [{ $toString: '$double' }, '2.5'],
  [{ $toString: '$id' }, '650000000000000000000001'],
  [{ $toString: '$at' }, '2026-03-28T01:30:00.004Z'],
  [{ $toString: '$on' }, 'true'],
  [{ $toString: '$decimal' }, '1.10'],
  [{ $type: '$long' }, 'long'],
  [{ $type: '$none' }, 'missing'],
  [{ $mergeObjects: [{ a: 1, b: 1 }, '$no', { b: '$n' }] }, { a: 1, b: 10 }],
  [{ $size: '$tags' }, 2],
  [{ $in: ['a', '$tags'] }, true],
  [{ $in: ['$missing', ['$no', null]] }, false],
  [{ $in: ['$no', [1, null]] }, true],
  [{ $arrayElemAt: ['$tags', -1] }, 'b'],
  [{ $arrayElemAt: ['$tags', 9] }, undefined],
  [{ $first: '$tags' }, 'a'],
  [{ $last: '$tags' }, 'b'],
  [{ $isArray: '$tags' }, true],
  [{ $concatArrays: ['$tags', ['c']] }, ['a', 'b', 'c']],
  [{ $size: { $setUnion: ['$tags', ['b', 'c']] } }, 3],
  [{ $filter: { input: '$list', as: 'each', cond: { $gte: ['$$each.k', 2] } } }, [{ k: 3 }]],
  [{ $map: { input: '$list', in: { $add: ['$$this.k', 1] } } }, [2, 4, null]],
  [{ $reduce: { input: '$tags', initialValue: '', in: { $concat: ['$$value', '$$this'] } } }, 'ab'],
  [{ $dateToString: { date: '$at' } }, '2026-03-28T01:30:00.004Z'],
  [
    { $dateToString: { date: '$at', format: '%d.%m.%Y %H:%M:%S.%L %u %z%%', ...berlin } },
    '28.03.2026 02:30:00.004 6 +0100%',
  ],
  [{ $dateToString: { date: '$none', onNull: 'never' } }, 'never'],
  // Clocks in Berlin went from 02:00 to 03:00 on 2026-03-29: a day later is the same hour, 23 hours later.
  [
    { $dateAdd: { startDate: date('2026-03-28T12:00:00Z'), unit: 'day', amount: 1, ...berlin } },
    date('2026-03-29T11:00:00Z'),
  ],
  [
    { $dateAdd: { startDate: date('2026-03-28T12:00:00Z'), unit: 'hour', amount: 24, ...berlin } },
    date('2026-03-29T12:00:00Z'),
  ],
  [{ $dateAdd: { startDate: date('2026-01-31T12:00:00Z'), unit: 'month', amount: 1 } }, date('2026-02-28T12:00:00Z')],
  [
    { $dateSubtract: { startDate: date('2026-10-26T12:00:00Z'), unit: 'week', amount: 1, ...berlin } },
    date('2026-10-19T11:00:00Z'),
  ],
  [{ $dateTrunc: { date: '$at', unit: 'day', ...berlin } }, date('2026-03-27T23:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'month' } }, date('2026-03-01T00:00:00Z')],
  [{ $dateTrunc: { date: date('2026-04-15T12:00:00Z'), unit: 'year', ...berlin } }, date('2025-12-31T23:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week' } }, date('2026-03-22T00:00:00Z')],
];

export const EXPRESSION_CASES: Case[] = EXPRESSIONS.map(([expression, value, manual]) => ({
  does: `the expression ${JSON.stringify(expression)} gives ${JSON.stringify(value) ?? 'nothing'}`,
  given,
  command: aggregate({ $project: { _id: 0, value: expression } }),
  answer: [value === undefined ? {} : { value }],
  ...(manual ? { manual } : {}),
}));

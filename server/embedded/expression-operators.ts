import { Decimal128, Long, ObjectId } from 'bson';
import { compare, compareStrings, isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import { regularExpressionOf } from './regular-expressions.ts';
import { type Document, bsonTypeOf, isDocument, isNullish, isTruthy, rankOf, show, typeNameOf } from './values.ts';

/** An operator that only needs the values of its arguments: how many it takes, and what it makes of them. */
export interface PlainOperator {
  least: number;
  most: number;
  apply: (...values: unknown[]) => unknown;
}

const of = (least: number, most: number, apply: PlainOperator['apply']): PlainOperator => ({ least, most, apply });
const ANY = Infinity;

export const fail = (code: number, message: string): never => {
  throw new CommandError(code, message);
};

/** Null where an argument is null or missing; the operator sees numbers only. */
const numeric = (name: string, least: number, most: number, apply: (...numbers: number[]) => number): PlainOperator =>
  of(least, most, (...values) =>
    values.some(isNullish) ? null : apply(...values.map((value) => numberFor(name, value))),
  );

function numberFor(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  const type = bsonTypeOf(value);
  if (type === 'Decimal128' || type === 'Long')
    return fail(2, `${name} of a ${typeNameOf(value)} is not supported by this database`);
  return fail(14, `${name} only supports numeric types, not ${typeNameOf(value)}`);
}

const onArray = (name: string, value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : fail(17124, `The argument to ${name} must be an array, but was of type: ${typeNameOf(value)}`);
const onText = (name: string, value: unknown): string =>
  typeof value === 'string' ? value : fail(16702, `${name} only supports strings, not ${typeNameOf(value)}`);

function add(...values: unknown[]): unknown {
  if (values.some(isNullish)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) return fail(16612, 'only one date allowed in an $add expression');
  const sum = values.reduce<number>(
    (total, value) => total + (value instanceof Date ? value.getTime() : numberFor('$add', value)),
    0,
  );
  return dates.length === 1 ? new Date(Math.round(sum)) : sum;
}

function subtract(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date)
    return b instanceof Date ? a.getTime() - b.getTime() : new Date(a.getTime() - numberFor('$subtract', b));
  return numberFor('$subtract', a) - numberFor('$subtract', b);
}

/** Half goes to the even neighbour, as in MongoDB; beyond two places decimal text decides, not binary rests. */
function round(value: number, places: number): number {
  const scaled = Number(`${value}e${places}`);
  const floor = Math.floor(scaled);
  const isHalf = scaled - floor === 0.5;
  const whole = isHalf ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(scaled);
  return Number(`${whole}e${-places}`);
}

function elementAt(array: unknown, place: unknown): unknown {
  if (isNullish(array) || isNullish(place)) return null;
  return onArray('$arrayElemAt', array).at(numberFor('$arrayElemAt', place));
}

function slice(array: unknown, ...bounds: unknown[]): unknown {
  if (isNullish(array) || bounds.some(isNullish)) return null;
  const list = onArray('$slice', array);
  const [first = 0, count] = bounds.map((bound) => numberFor('$slice', bound));
  if (count === undefined) return first < 0 ? list.slice(first) : list.slice(0, first);
  if (count <= 0) return fail(28729, 'Third argument to $slice must be positive');
  const start = first < 0 ? Math.max(0, list.length + first) : first;
  return list.slice(start, start + count);
}

function mergeObjects(...values: unknown[]): unknown {
  const list = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
  const merged: Document = {};
  for (const value of list) if (!isNullish(value)) Object.assign(merged, objectFor(value));
  return merged;
}

const objectFor = (value: unknown): Document =>
  isDocument(value)
    ? value
    : fail(40400, `$mergeObjects requires object inputs, but input ${show(value)} is of type ${typeNameOf(value)}`);

/** The members of a set, each once, in order. */
export function distinctValues(values: unknown[]): unknown[] {
  return values.toSorted(compare).filter((value, at, sorted) => at === 0 || !isEqual(value, sorted[at - 1]));
}

const sets = (name: string, least: number, most: number, apply: (...arrays: unknown[][]) => unknown): PlainOperator =>
  of(least, most, (...values) =>
    values.some(isNullish) ? null : apply(...values.map((value) => onArray(name, value))),
  );
const includes = (array: unknown[], value: unknown): boolean => array.some((each) => isEqual(each, value));

function toText(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Long || value instanceof Decimal128) return value.toString();
  return fail(241, `Unsupported conversion from ${typeNameOf(value)} to string in $convert with no onError value`);
}

function toNumberValue(name: string, value: unknown): unknown {
  if (isNullish(value)) return null;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date && name !== '$toInt') return value.getTime();
  const number = typeof value === 'string' && value.trim() === value && value !== '' ? Number(value) : value;
  const isWhole = name === '$toDouble' || (typeof value === 'string' ? Number.isInteger(number) : true);
  if (typeof number !== 'number' || Number.isNaN(number) || !isWhole)
    return fail(241, `Failed to convert ${show(value)} in ${name} with no onError value`);
  if (name === '$toDouble') return number;
  if (name === '$toInt' && Math.abs(number) >= 2 ** 31)
    return fail(241, `Conversion would overflow target type in ${name}`);
  return Math.trunc(number);
}

function toObjectId(value: unknown): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
  return fail(241, `Failed to parse objectId ${show(value)} in $convert with no onError value`);
}

function toDate(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  const isIso =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
  if (isIso || typeof value === 'number') return new Date(value);
  return fail(241, `Failed to convert ${show(value)} to a date in $convert with no onError value`);
}

/** The parts of a date in a zone, for the operators that take `{ date, timezone }` or a date alone. */
export function datePart(name: string, pick: (parts: Record<string, number>) => number): PlainOperator {
  return of(1, 1, (value) => {
    const given = isDocument(value) ? value : { date: value };
    const date = given['date'];
    if (isNullish(date)) return null;
    if (!(date instanceof Date) && !(date instanceof ObjectId))
      return fail(16006, `can't convert from ${typeNameOf(date)} to Date in ${name}`);
    const at = date instanceof Date ? date : date.getTimestamp();
    const zone = given['timezone'] ?? 'UTC';
    return pick(civilParts(at, onText(name, zone)));
  });
}

function civilParts(at: Date, timeZone: string): Record<string, number> {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const weekday = new Date(Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'])).getUTCDay();
    return { ...parts, weekday, millisecond: at.getUTCMilliseconds() };
  } catch {
    return fail(40485, `unrecognized time zone identifier: "${timeZone}"`);
  }
}

const comparison = (holds: (difference: number) => boolean): PlainOperator =>
  of(2, 2, (a, b) => holds(compareWithMissing(a, b)));

/** In expressions a missing value is less than null, and not equal to it. */
export function compareWithMissing(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compare(a, b);
}

export const PLAIN_OPERATORS: Record<string, PlainOperator> = {
  $eq: comparison((difference) => difference === 0),
  $ne: comparison((difference) => difference !== 0),
  $gt: comparison((difference) => difference > 0),
  $gte: comparison((difference) => difference >= 0),
  $lt: comparison((difference) => difference < 0),
  $lte: comparison((difference) => difference <= 0),
  $cmp: of(2, 2, (a, b) => Math.sign(compareWithMissing(a, b))),
  $not: of(1, 1, (value) => !isTruthy(value)),
  $add: of(0, ANY, add),
  $subtract: of(2, 2, subtract),
  $multiply: numeric('$multiply', 0, ANY, (...numbers) => numbers.reduce((product, number) => product * number, 1)),
  $divide: numeric('$divide', 2, 2, (a, b) => (b === 0 ? fail(2, "can't $divide by zero") : (a ?? 0) / (b ?? 1))),
  $mod: numeric('$mod', 2, 2, (a, b) => (b === 0 ? fail(16610, "can't $mod by zero") : (a ?? 0) % (b ?? 1))),
  $abs: numeric('$abs', 1, 1, Math.abs),
  $ceil: numeric('$ceil', 1, 1, Math.ceil),
  $floor: numeric('$floor', 1, 1, Math.floor),
  $round: numeric('$round', 1, 2, (value = 0, places = 0) => round(value, places)),
  $trunc: numeric('$trunc', 1, 1, Math.trunc),
  $size: of(1, 1, (array) => onArray('$size', array).length),
  $in: of(2, 2, (value, array) =>
    includes(
      Array.isArray(array)
        ? array
        : fail(40081, `$in requires an array as a second argument, found: ${typeNameOf(array)}`),
      value,
    ),
  ),
  $arrayElemAt: of(2, 2, elementAt),
  $first: of(1, 1, (array) => (isNullish(array) ? null : onArray('$first', array)[0])),
  $last: of(1, 1, (array) => (isNullish(array) ? null : onArray('$last', array).at(-1))),
  $slice: of(2, 3, slice),
  $isArray: of(1, 1, (value) => Array.isArray(value)),
  $concatArrays: sets('$concatArrays', 0, ANY, (...arrays) => arrays.flat()),
  $reverseArray: of(1, 1, (array) => (isNullish(array) ? null : onArray('$reverseArray', array).toReversed())),
  $indexOfArray: of(2, 2, (array, value) =>
    isNullish(array) ? null : onArray('$indexOfArray', array).findIndex((each) => isEqual(each, value)),
  ),
  $range: of(2, 3, range),
  $setUnion: sets('$setUnion', 0, ANY, (...arrays) => distinctValues(arrays.flat())),
  $setIntersection: sets('$setIntersection', 1, ANY, (first = [], ...others) =>
    distinctValues(first).filter((value) => others.every((array) => includes(array, value))),
  ),
  $setDifference: sets('$setDifference', 2, 2, (a = [], b = []) =>
    distinctUnsorted(a).filter((value) => !includes(b, value)),
  ),
  $setIsSubset: of(2, 2, (a, b) =>
    onArray('$setIsSubset', a).every((value) => includes(onArray('$setIsSubset', b), value)),
  ),
  $setEquals: of(2, 2, (a, b) =>
    isEqual(distinctValues(onArray('$setEquals', a)), distinctValues(onArray('$setEquals', b))),
  ),
  $anyElementTrue: of(1, 1, (array) => onArray('$anyElementTrue', array).some(isTruthy)),
  $allElementsTrue: of(1, 1, (array) => onArray('$allElementsTrue', array).every(isTruthy)),
  $concat: of(0, ANY, (...texts) =>
    texts.some(isNullish) ? null : texts.map((text) => onText('$concat', text)).join(''),
  ),
  $toLower: of(1, 1, (text) =>
    isNullish(text) ? '' : onText('$toLower', toText(text)).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  ),
  $toUpper: of(1, 1, (text) =>
    isNullish(text) ? '' : onText('$toUpper', toText(text)).replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  ),
  $split: of(2, 2, (text, separator) =>
    isNullish(text) ? null : onText('$split', text).split(onText('$split', separator)),
  ),
  $strLenCP: of(1, 1, (text) => Array.from(onText('$strLenCP', text)).length),
  $strLenBytes: of(1, 1, (text) => Buffer.byteLength(onText('$strLenBytes', text))),
  $substrCP: of(3, 3, (text, from, count) =>
    isNullish(text)
      ? ''
      : Array.from(onText('$substrCP', toText(text)))
          .slice(numberFor('$substrCP', from), numberFor('$substrCP', from) + numberFor('$substrCP', count))
          .join(''),
  ),
  $strcasecmp: of(2, 2, (a, b) =>
    compareStrings(
      onText('$strcasecmp', toText(a) ?? '').toUpperCase(),
      onText('$strcasecmp', toText(b) ?? '').toUpperCase(),
    ),
  ),
  $regexMatch: of(1, 1, (given) => {
    const { input, regex, options } = objectFor(given);
    return isNullish(input) || isNullish(regex)
      ? false
      : regularExpressionOf(regex, typeof options === 'string' ? options : undefined).test(
          onText('$regexMatch', input),
        );
  }),
  $mergeObjects: of(0, ANY, mergeObjects),
  $objectToArray: of(1, 1, (value) =>
    isNullish(value) ? null : Object.entries(objectFor(value)).map(([k, v]) => ({ k, v })),
  ),
  $arrayToObject: of(1, 1, (value) =>
    isNullish(value) ? null : Object.fromEntries(onArray('$arrayToObject', value).map(pairOf)),
  ),
  $toString: of(1, 1, toText),
  $toInt: of(1, 1, (value) => toNumberValue('$toInt', value)),
  $toLong: of(1, 1, (value) => toNumberValue('$toLong', value)),
  $toDouble: of(1, 1, (value) => toNumberValue('$toDouble', value)),
  $toBool: of(1, 1, (value) => (isNullish(value) ? null : isTruthy(value))),
  $toDate: of(1, 1, toDate),
  $toObjectId: of(1, 1, (value) => (isNullish(value) ? null : toObjectId(value))),
  $type: of(1, 1, (value) => (value === undefined ? 'missing' : typeNameOf(value))),
  $isNumber: of(1, 1, (value) => rankOf(value) === 10),
  $year: datePart('$year', (parts) => parts['year'] ?? 0),
  $month: datePart('$month', (parts) => parts['month'] ?? 0),
  $dayOfMonth: datePart('$dayOfMonth', (parts) => parts['day'] ?? 0),
  $hour: datePart('$hour', (parts) => parts['hour'] ?? 0),
  $minute: datePart('$minute', (parts) => parts['minute'] ?? 0),
  $second: datePart('$second', (parts) => parts['second'] ?? 0),
  $millisecond: datePart('$millisecond', (parts) => parts['millisecond'] ?? 0),
  $dayOfWeek: datePart('$dayOfWeek', (parts) => (parts['weekday'] ?? 0) + 1),
  $isoDayOfWeek: datePart('$isoDayOfWeek', (parts) => parts['weekday'] || 7),
};

function range(start: unknown, end: unknown, step: unknown = 1): number[] {
  const [from = 0, to = 0, by = 1] = [start, end, step].map((value) => numberFor('$range', value));
  if (by === 0) return fail(34449, '$range requires a non-zero step value');
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / by)) }, (_, at) => from + at * by);
}

const distinctUnsorted = (values: unknown[]): unknown[] =>
  values.filter((value, at) => values.findIndex((each) => isEqual(each, value)) === at);

function pairOf(pair: unknown): [string, unknown] {
  if (Array.isArray(pair)) return [String(pair[0]), pair[1] as unknown];
  const { k, v } = objectFor(pair);
  return [String(k), v];
}

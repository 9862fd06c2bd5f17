import { BSONRegExp, Binary, Code, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { type Document, RANK, isDocument, rankOf, toNumber } from './values.ts';

const SURROGATE = /[\ud800-\udfff]/;

/** MongoDB's order over all values: first by type, then by value; missing counts as null. */
export function compare(a: unknown, b: unknown): number {
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  return (COMPARERS[rank] ?? equal)(a, b);
}

export const isEqual = (a: unknown, b: unknown): boolean => compare(a, b) === 0;

const equal = (): number => 0;
const order = (a: number | bigint | string, b: number | bigint | string): number => (a < b ? -1 : a > b ? 1 : 0);

type Comparer = (a: unknown, b: unknown) => number;

/** Values of one rank are of one class; what is not counts as equal. */
const both =
  <T>(type: abstract new (...given: never[]) => T, comparer: (a: T, b: T) => number): Comparer =>
  (a, b) =>
    a instanceof type && b instanceof type ? comparer(a, b) : 0;

const COMPARERS: Record<number, Comparer> = {
  [RANK.number]: compareNumbers,
  [RANK.string]: (a, b) => compareStrings(textOf(a), textOf(b)),
  [RANK.object]: (a, b) => (isDocument(a) && isDocument(b) ? compareDocuments(a, b) : 0),
  [RANK.array]: both<unknown[]>(Array, compareArrays),
  [RANK.binary]: (a, b) => compareBinaries(binaryOf(a), binaryOf(b)),
  [RANK.objectId]: both(ObjectId, (a, b) => Buffer.compare(a.id, b.id)),
  [RANK.boolean]: (a, b) => Number(a) - Number(b),
  [RANK.date]: both(Date, (a, b) => order(a.getTime(), b.getTime())),
  [RANK.timestamp]: both(Timestamp, (a, b) => order(a.toBigInt(), b.toBigInt())),
  [RANK.regex]: (a, b) => compareStrings(patternOf(a), patternOf(b)),
  [RANK.code]: both(Code, (a, b) => compareStrings(a.code, b.code)),
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value));

/** Strings are ordered by their UTF-8 bytes, which JavaScript's order of UTF-16 units is not beyond U+FFFF. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return SURROGATE.test(a) || SURROGATE.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : order(a, b);
}

function compareNumbers(a: unknown, b: unknown): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareDecimals(a, b);
  if (a instanceof Long) return b instanceof Long ? a.compare(b) : compareLong(a.toBigInt(), toNumber(b));
  if (b instanceof Long) return -compareLong(b.toBigInt(), toNumber(a));
  return compareDoubles(toNumber(a), toNumber(b));
}

/** NaN is the smallest number and equal to itself. */
function compareDoubles(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return order(a, b);
}

function compareLong(long: bigint, double: number): number {
  if (Number.isNaN(double)) return 1;
  // JavaScript compares a bigint with a number by their mathematical values.
  return long < double ? -1 : long > double ? 1 : 0;
}

function compareDecimals(a: unknown, b: unknown): number {
  const [x, y] = [toNumber(a), toNumber(b)];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return compareDoubles(x, y);
  const [m, n] = [decimalOf(a), decimalOf(b)];
  const exponent = Math.min(m.exponent, n.exponent);
  return order(m.digits * 10n ** BigInt(m.exponent - exponent), n.digits * 10n ** BigInt(n.exponent - exponent));
}

const DECIMAL_DIGITS = 34;

/** A double is taken to 34 digits, as MongoDB does when it meets a decimal. */
export function decimalOf(value: unknown): { digits: bigint; exponent: number } {
  const isExact = value instanceof Decimal128 || value instanceof Long;
  const text = isExact ? value.toString() : toNumber(value).toPrecision(DECIMAL_DIGITS);
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** Field by field in their order: type, then name, then value; the shorter document comes first. */
function compareDocuments(a: Document, b: Document): number {
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
  for (let at = 0; at < keysA.length && at < keysB.length; at++) {
    const [keyA, keyB] = [keysA[at] ?? '', keysB[at] ?? ''];
    const difference = rankOf(a[keyA]) - rankOf(b[keyB]) || compareStrings(keyA, keyB) || compare(a[keyA], b[keyB]);
    if (difference !== 0) return difference;
  }
  return keysA.length - keysB.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const difference = compare(a[at], b[at]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export interface BinaryParts {
  bytes: Uint8Array;
  subtype: number;
}

export function binaryOf(value: unknown): BinaryParts {
  if (value instanceof Uint8Array) return { bytes: value, subtype: 0 };
  if (!(value instanceof Binary)) return { bytes: new Uint8Array(), subtype: 0 };
  return { bytes: value.buffer.subarray(0, value.position), subtype: value.sub_type };
}

function compareBinaries(a: BinaryParts, b: BinaryParts): number {
  return a.bytes.length - b.bytes.length || a.subtype - b.subtype || Buffer.compare(a.bytes, b.bytes);
}

export function patternOf(value: unknown): string {
  if (typeof value === 'string') return `${value}\0`;
  if (value instanceof RegExp) return `${value.source}\0${value.flags}`;
  return value instanceof BSONRegExp ? `${value.pattern}\0${value.options}` : '';
}

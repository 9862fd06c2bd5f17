import type { BSONRegExp, Binary, Code, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { type Document, RANK, bsonTypeOf, rankOf, toNumber } from './values.ts';

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

const COMPARERS: Record<number, (a: unknown, b: unknown) => number> = {
  [RANK.number]: compareNumbers,
  [RANK.string]: (a, b) => compareStrings(textOf(a), textOf(b)),
  [RANK.object]: (a, b) => compareDocuments(a as Document, b as Document),
  [RANK.array]: (a, b) => compareArrays(a as unknown[], b as unknown[]),
  [RANK.binary]: (a, b) => compareBinaries(binaryOf(a), binaryOf(b)),
  [RANK.objectId]: (a, b) => Buffer.compare((a as ObjectId).id, (b as ObjectId).id),
  [RANK.boolean]: (a, b) => Number(a) - Number(b),
  [RANK.date]: (a, b) => order((a as Date).getTime(), (b as Date).getTime()),
  [RANK.timestamp]: (a, b) => order((a as Timestamp).toBigInt(), (b as Timestamp).toBigInt()),
  [RANK.regex]: (a, b) => compareStrings(patternOf(a), patternOf(b)),
  [RANK.code]: (a, b) => compareStrings((a as Code).code, (b as Code).code),
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value));

/** Strings are ordered by their UTF-8 bytes, which JavaScript's order of UTF-16 units is not beyond U+FFFF. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return SURROGATE.test(a) || SURROGATE.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : order(a, b);
}

function compareNumbers(a: unknown, b: unknown): number {
  const typeA = bsonTypeOf(a);
  const typeB = bsonTypeOf(b);
  if (typeA === 'Decimal128' || typeB === 'Decimal128') return compareDecimals(a, b);
  if (typeA === 'Long' && typeB === 'Long') return (a as Long).compare(b as Long);
  if (typeA === 'Long') return compareLong((a as Long).toBigInt(), toNumber(b));
  if (typeB === 'Long') return -compareLong((b as Long).toBigInt(), toNumber(a));
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

/** A double is taken to 34 digits, as MongoDB does when it meets a decimal. */
function decimalOf(value: unknown): { digits: bigint; exponent: number } {
  const type = bsonTypeOf(value);
  const text =
    type === 'Decimal128'
      ? (value as Decimal128).toString()
      : type === 'Long'
        ? String(value as Long)
        : toNumber(value).toPrecision(34);
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
  const binary = value as Binary;
  return { bytes: binary.buffer.subarray(0, binary.position), subtype: binary.sub_type };
}

function compareBinaries(a: BinaryParts, b: BinaryParts): number {
  return a.bytes.length - b.bytes.length || a.subtype - b.subtype || Buffer.compare(a.bytes, b.bytes);
}

export function patternOf(value: unknown): string {
  if (value instanceof RegExp) return `${value.source}\0${value.flags}`;
  const regex = value as BSONRegExp;
  return `${regex.pattern}\0${regex.options}`;
}

import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { type Operator, fail, orNull, plain } from './expression-operator.ts';
import { Sum, checkNumber, negative, product } from './numbers.ts';
import { type Document, isDocument, isNullish, isNumeric, show, toNumber, typeNameOf } from './values.ts';

function add(...values: unknown[]): unknown {
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) return fail(16612, 'only one date allowed in an $add expression');
  const sum = new Sum();
  for (const value of values) if (!(value instanceof Date)) sum.add(value);
  const [date] = dates;
  return date ? new Date(date.getTime() + Math.round(sum.toDouble())) : sum.result();
}

function subtract(a: unknown, b: unknown): unknown {
  if (!(a instanceof Date)) checkNumber('$subtract', a);
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  checkNumber('$subtract', b);
  if (a instanceof Date) return new Date(a.getTime() - Math.round(toNumber(b)));
  return new Sum().add(a).add(negative(b)).result();
}

function multiply(...values: unknown[]): unknown {
  let result: unknown = new Int32(1);
  for (const [at, value] of values.entries()) {
    checkNumber('$multiply', value);
    result = at === 0 ? value : (product(result, value) ?? new Double(toNumber(result) * toNumber(value)));
  }
  return result;
}

function divide(a: unknown, b: unknown): Double {
  for (const value of [a, b]) checkNumber('$divide', value);
  return toNumber(b) === 0 ? fail(2, "can't $divide by zero") : new Double(toNumber(a) / toNumber(b));
}

export const textFor = (name: string, value: unknown): string =>
  typeof value === 'string' ? value : fail(16702, `${name} only supports strings, not ${typeNameOf(value)}`);

/** A whole double is written like an integer, as MongoDB writes it. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Long || value instanceof Decimal128) return value.toString();
  if (isNumeric(value)) return String(toNumber(value));
  return fail(241, `Unsupported conversion from ${typeNameOf(value)} to string in $convert with no onError value`);
}

/** Only ASCII letters change: "$toLower only has a well-defined behavior for strings of ASCII characters." */
const cased = (change: (letters: string) => string): Operator =>
  plain(1, 1, (value) => (isNullish(value) ? '' : toText(value).replaceAll(/[A-Za-z]+/g, change)));

function mergeObjects(...values: unknown[]): Document {
  const [first] = values;
  const merged: Document = {};
  for (const value of values.length === 1 && Array.isArray(first) ? (first as unknown[]) : values) {
    if (isNullish(value)) continue;
    if (!isDocument(value)) return fail(40400, `$mergeObjects requires object inputs, but input is ${show(value)}`);
    Object.assign(merged, value);
  }
  return merged;
}

/** Numbers, texts and objects. */
export const VALUE_OPERATORS: Record<string, Operator> = {
  $add: orNull(0, Infinity, add),
  $subtract: orNull(2, 2, subtract),
  $multiply: orNull(0, Infinity, multiply),
  $divide: orNull(2, 2, divide),
  $concat: orNull(0, Infinity, (...texts) => texts.map((text) => textFor('$concat', text)).join('')),
  $toLower: cased((letters) => letters.toLowerCase()),
  $toUpper: cased((letters) => letters.toUpperCase()),
  $toString: orNull(1, 1, toText),
  $type: plain(1, 1, (value) => (value === undefined ? 'missing' : typeNameOf(value))),
  $mergeObjects: plain(0, Infinity, mergeObjects),
};

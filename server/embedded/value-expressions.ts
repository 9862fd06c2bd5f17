import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { type Operator, fail, orNull, plain, untilNull } from './expression-operator.ts';
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

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Long || value instanceof Decimal128) return value.toString();
  if (isNumeric(value)) return doubleToText(toNumber(value));
  return fail(241, `Unsupported conversion from ${typeNameOf(value)} to string in $convert with no onError value`);
}

/** Sixteen digits, as MongoDB writes them ("%.16g"): 2 and not 2.0, and never 0.30000000000000004. */
function doubleToText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', exponent = ''] = value.toExponential(15).split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 16) return String(Number(value.toPrecision(16)));
  return `${mantissa.replace(/\.?0+$/, '')}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}`;
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
  $add: untilNull((value) => value instanceof Date || checkNumber('$add', value), add),
  $subtract: orNull(2, 2, subtract),
  $multiply: untilNull((value) => checkNumber('$multiply', value), multiply),
  $divide: orNull(2, 2, divide),
  $concat: untilNull(
    (value) => textFor('$concat', value),
    (...texts) => texts.join(''),
  ),
  $toLower: cased((letters) => letters.toLowerCase()),
  $toUpper: cased((letters) => letters.toUpperCase()),
  $toString: orNull(1, 1, toText),
  $type: plain(1, 1, (value) => (value === undefined ? 'missing' : typeNameOf(value))),
  $mergeObjects: plain(0, Infinity, mergeObjects),
};

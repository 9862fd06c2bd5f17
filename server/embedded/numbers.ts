import { Double, Int32, Long } from 'bson';
import { CommandError } from './errors.ts';
import { bsonTypeOf, isNumeric, toNumber, typeNameOf } from './values.ts';

export type BsonNumber = Int32 | Long | Double;

export const isDouble = (value: unknown): boolean =>
  bsonTypeOf(value) === 'Double' || (typeof value === 'number' && !Number.isInteger(value));
const isLong = (value: unknown): boolean => bsonTypeOf(value) === 'Long';
const toBigInt = (value: unknown): bigint => (value instanceof Long ? value.toBigInt() : BigInt(toNumber(value)));

/** @throws TypeMismatch for what is no number; BadValue for a decimal, with which this database does not calculate */
export function checkNumber(what: string, value: unknown): void {
  if (!isNumeric(value))
    throw new CommandError('TypeMismatch', `${what} only supports numeric types, not ${typeNameOf(value)}`);
  if (bsonTypeOf(value) === 'Decimal128')
    throw new CommandError('BadValue', `${what} of a decimal is not supported by this database`);
}

/** A whole number in the narrowest type that MongoDB gives it: 32 bits where no operand had more, else 64. */
export function wholeNumber(result: bigint, isWide = false): BsonNumber | undefined {
  if (!isWide && BigInt.asIntN(32, result) === result) return new Int32(Number(result));
  return BigInt.asIntN(64, result) === result ? Long.fromBigInt(result) : undefined;
}

/** Numbers added up as MongoDB does it: whole ones exactly, doubles without losing what rounding takes away. */
export class Sum {
  #whole = 0n;
  #isWide = false;
  #isDouble = false;
  #high = 0;
  #low = 0;

  add(value: unknown): this {
    checkNumber('a sum', value);
    if (isDouble(value)) this.#addDouble(toNumber(value));
    else {
      this.#isWide ||= isLong(value);
      this.#whole += toBigInt(value);
    }
    return this;
  }

  #addDouble(value: number): void {
    this.#isDouble = true;
    const high = this.#high + value;
    const taken = high - this.#high;
    const lost = this.#high - (high - taken) + (value - taken);
    this.#low += Number.isFinite(high) ? lost : 0;
    this.#high = high;
  }

  toDouble(): number {
    return this.#isDouble ? Number(this.#whole) + this.#high + this.#low : Number(this.#whole);
  }

  result(): BsonNumber {
    return (this.#isDouble ? undefined : wholeNumber(this.#whole, this.#isWide)) ?? new Double(this.toDouble());
  }
}

/** The product of two numbers; undefined where whole numbers make one beyond 64 bits. */
export function product(a: unknown, b: unknown): BsonNumber | undefined {
  if (isDouble(a) || isDouble(b)) return new Double(toNumber(a) * toNumber(b));
  return wholeNumber(toBigInt(a) * toBigInt(b), isLong(a) || isLong(b));
}

export function negative(value: unknown): BsonNumber {
  return isDouble(value)
    ? new Double(-toNumber(value))
    : (wholeNumber(-toBigInt(value), isLong(value)) ?? new Double(-toNumber(value)));
}

import { compare, decimalOf, isEqual } from './compare.ts';
import { boundedTest } from './bounded-pattern.ts';
import { CommandError } from './errors.ts';
import { isRegularExpression, regularExpressionOf } from './regular-expressions.ts';
import {
  type Document,
  RANK,
  bsonTypeOf,
  isDocument,
  isLong,
  isNumeric,
  isTruthy,
  rankOf,
  show,
  toNumber,
  typeNameOf,
} from './values.ts';

/** A question to one value at a path. `negated`: no value there may answer yes. `wholeOnly`: not asked of elements. */
export interface Test {
  accepts(value: unknown): boolean;
  negated?: boolean;
  wholeOnly?: boolean;
}

export const isOperatorDocument = (value: unknown): value is Document =>
  isDocument(value) && (Object.keys(value)[0]?.startsWith('$') ?? false) && !('$ref' in value) && !('$id' in value);

export const negated = (test: Test): Test => ({ ...test, negated: !test.negated });

/** The test of one operator with its operand. @throws BadValue for an operator that is not known */
export function operatorTest(operator: string, operand: unknown): Test {
  const make = OPERATORS[operator];
  if (make) return make(operand);
  throw new CommandError(
    'BadValue',
    operator.startsWith('$') ? `unknown operator: ${operator}` : `unknown operator: ${operator}`,
  );
}

/** The operators that ask one value; `match.ts` knows the others. */
export const OPERATORS: Record<string, (operand: unknown) => Test> = {
  $eq: equalTo,
  $ne: (operand) => {
    if (isRegularExpression(operand)) throw new CommandError('BadValue', "Can't have regex as arg to $ne.");
    return negated(equalTo(operand));
  },
  $gt: (operand) => ordered('$gt', operand, (difference) => difference > 0),
  $gte: (operand) => ordered('$gte', operand, (difference) => difference >= 0),
  $lt: (operand) => ordered('$lt', operand, (difference) => difference < 0),
  $lte: (operand) => ordered('$lte', operand, (difference) => difference <= 0),
  $in: (operand) => oneOf('$in', operand),
  $nin: (operand) => negated(oneOf('$nin', operand)),
  $exists: (operand) => {
    const test: Test = { wholeOnly: true, accepts: (value) => value !== undefined };
    return isTruthy(operand) ? test : negated(test);
  },
  $type: typed,
  $size: sized,
  $mod: remaining,
};

function equalTo(operand: unknown): Test {
  if (operand === undefined) throw new CommandError('BadValue', 'cannot compare to undefined');
  if (isRegularExpression(operand)) {
    const matches = boundedTest(regularExpressionOf(operand));
    return { accepts: (value) => (typeof value === 'string' ? matches(value) : isEqual(value, operand)) };
  }
  if (typeof operand === 'string') return { accepts: (value) => value === operand };
  return { accepts: (value) => isEqual(value, operand) };
}

/** Values of another type are never greater or less, except beside MinKey and MaxKey. */
function ordered(operator: string, operand: unknown, holds: (difference: number) => boolean): Test {
  if (operand === undefined) throw new CommandError('BadValue', 'cannot compare to undefined');
  if (isRegularExpression(operand))
    throw new CommandError('BadValue', `Can't have RegEx as arg to predicate over field (${operator})`);
  const rank = rankOf(operand);
  const anyType = rank === RANK.minKey || rank === RANK.maxKey;
  const isNaNOperand = rank === RANK.number && Number.isNaN(toNumber(operand));
  return {
    wholeOnly: false,
    accepts: (value) => {
      if (value === undefined && anyType) return false;
      if (rankOf(value) !== rank) return anyType && holds(compare(value, operand));
      if (rank === RANK.number && Number.isNaN(toNumber(value)) !== isNaNOperand) return false;
      return holds(compare(value, operand));
    },
  };
}

function oneOf(operator: string, operand: unknown): Test {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', `${operator} needs an array`);
  const patterns = operand.filter(isRegularExpression).map((each) => boundedTest(regularExpressionOf(each)));
  const strings = new Set(operand.filter((each) => typeof each === 'string'));
  const others = operand.filter((each) => typeof each !== 'string');
  if (others.some((each) => isDocument(each) && Object.keys(each)[0]?.startsWith('$') && !('$ref' in each)))
    throw new CommandError('BadValue', `cannot nest $ under ${operator}`);
  return {
    accepts: (value) =>
      typeof value === 'string'
        ? strings.has(value) || patterns.some((matches) => matches(value))
        : others.some((each) => isEqual(value, each)),
  };
}

const TYPE_NUMBERS: Record<number, string> = {
  [-1]: 'minKey',
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  13: 'javascript',
  14: 'symbol',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  127: 'maxKey',
};

function typed(operand: unknown): Test {
  const names = new Set<string>();
  for (const each of Array.isArray(operand) ? operand : [operand]) {
    const name = isNumeric(each) ? TYPE_NUMBERS[toNumber(each)] : each;
    if (typeof name !== 'string' || (name !== 'number' && !Object.values(TYPE_NUMBERS).includes(name)))
      throw new CommandError('BadValue', `Unknown type name alias: ${show(each)}`);
    names.add(name);
  }
  if (names.size === 0) throw new CommandError('FailedToParse', '$type must match at least one type');
  return {
    accepts: (value) =>
      value !== undefined && (names.has(typeNameOf(value)) || (names.has('number') && isNumeric(value))),
  };
}

function sized(operand: unknown): Test {
  const size = toNumber(operand);
  if (!Number.isInteger(size) || size < 0)
    throw new CommandError('BadValue', `Failed to parse $size. Expected a non-negative integer: ${show(operand)}`);
  return { wholeOnly: true, accepts: (value) => Array.isArray(value) && value.length === size };
}

function remaining(operand: unknown): Test {
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumeric))
    throw new CommandError('BadValue', 'malformed mod, needs to be an array of two numbers');
  const [divisor = 0, remainder = 0] = operand.map((each) => Math.trunc(toNumber(each)));
  if (divisor === 0) throw new CommandError('BadValue', 'divisor cannot be 0');
  return {
    accepts: (value) => {
      if (!isNumeric(value) || !Number.isFinite(toNumber(value))) return false;
      const dividend = wholeOf(value);
      return BigInt.asIntN(64, dividend) === dividend && dividend % BigInt(divisor) === BigInt(remainder);
    },
  };
}

/** A number without its fraction, exactly. */
function wholeOf(value: unknown): bigint {
  if (isLong(value)) return value.toBigInt();
  if (bsonTypeOf(value) !== 'Decimal128') return BigInt(Math.trunc(toNumber(value)));
  const { digits, exponent } = decimalOf(value);
  return exponent < 0 ? digits / 10n ** BigInt(-exponent) : digits * 10n ** BigInt(exponent);
}

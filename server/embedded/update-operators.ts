import { Double, Int32 } from 'bson';
import { compare, isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import { elementPredicate } from './match.ts';
import { isOperatorDocument, operatorTest } from './match-operators.ts';
import { type BsonNumber, Sum, checkNumber, isDouble, product } from './numbers.ts';
import { comparerOf } from './sorting.ts';
import { isDocument, isNumeric, show, toNumber, typeNameOf } from './values.ts';

/** Gives the new value at a path from the one that is there; undefined: nothing changes. */
export type Change = (current: unknown, at: { path: string; id: unknown }) => unknown;

/** The change an operator makes with its operand for one path; operands are looked at before any document. */
export const CHANGES: Record<string, (operand: unknown) => Change> = {
  $set: (operand) => () => operand,
  $setOnInsert: (operand) => () => operand,
  $inc: (operand) => arithmetic('$inc', operand, total),
  $mul: (operand) => arithmetic('$mul', operand, product),
  $min: (operand) => (current) => (current === undefined || compare(operand, current) < 0 ? operand : undefined),
  $max: (operand) => (current) => (current === undefined || compare(operand, current) > 0 ? operand : undefined),
  $push: push,
  $addToSet: addToSet,
  $pull: (operand) => {
    const isPulled = pulled(operand);
    return inArray('$pull', (array) => array.filter((element) => !isPulled(element)));
  },
  $pullAll: (operand) => {
    if (!Array.isArray(operand))
      throw new CommandError('BadValue', `$pullAll requires an array argument but was given a ${typeNameOf(operand)}`);
    return inArray('$pullAll', (array) => array.filter((element) => !operand.some((each) => isEqual(each, element))));
  },
  $pop: (operand) => {
    const end = toNumber(operand);
    if (end !== 1 && end !== -1)
      throw new CommandError('FailedToParse', `$pop expects 1 or -1, found: ${show(operand)}`);
    return inArray('$pop', (array) => (end === 1 ? array.slice(0, -1) : array.slice(1)));
  },
};

/** `$inc` and `$mul`: a missing number counts as 0, a whole result beyond 64 bits is refused. */
function arithmetic(
  operator: string,
  operand: unknown,
  calculate: (a: unknown, b: unknown) => BsonNumber | undefined,
): Change {
  checkNumber(operator, operand);
  return (current, at) => {
    if (current !== undefined && !isNumeric(current))
      throw new CommandError(
        'TypeMismatch',
        `Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(at.id)}} has the field '${at.path}' of non-numeric type ${typeNameOf(current)}`,
      );
    checkNumber(operator, current ?? operand);
    if (current === undefined && operator === '$inc') return operand;
    const result = calculate(current ?? new Int32(0), operand);
    if (result) return result;
    throw new CommandError('BadValue', `Failed to apply ${operator}: the result does not fit 64 bits`);
  };
}

/** As of `$add`, but for whole numbers that outgrow 64 bits. */
function total(a: unknown, b: unknown): BsonNumber | undefined {
  const sum = new Sum().add(a).add(b).result();
  return sum instanceof Double && !(isDouble(a) || isDouble(b)) ? undefined : sum;
}

/** A change of an array that is there; nothing happens where there is none. */
function inArray(operator: string, change: (array: unknown[]) => unknown[]): Change {
  return (current) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) throw new CommandError('BadValue', `Cannot apply ${operator} to a non-array value`);
    const changed = change(current);
    return changed.length === current.length ? undefined : changed;
  };
}

function existing(operator: string, current: unknown, at: { path: string; id: unknown }): unknown[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  const where = `The field '${at.path}' must be an array but is of type ${typeNameOf(current)} in document {_id: ${show(at.id)}}`;
  throw new CommandError(
    'BadValue',
    operator === '$push' ? where : `Cannot apply $addToSet to non-array field. ${where}`,
  );
}

const PUSH_MODIFIERS = new Set(['$each', '$position', '$slice', '$sort']);

function push(operand: unknown): Change {
  if (!isDocument(operand) || !('$each' in operand))
    return (current, at) => [...existing('$push', current, at), operand];
  const { $each: values, $position: position, $slice: slice, $sort: sort } = operand;
  const unknown = Object.keys(operand).find((modifier) => !PUSH_MODIFIERS.has(modifier));
  if (unknown) throw new CommandError('BadValue', `Unrecognized clause in $push: ${unknown}`);
  if (!Array.isArray(values)) throw new CommandError('BadValue', 'The argument to $each in $push must be an array');
  const bounds = [position, slice].map((bound) => (bound === undefined ? undefined : wholeNumber(bound)));
  const order = sort === undefined ? undefined : elementOrder(sort);
  return (current, at) => {
    const array = [...existing('$push', current, at)];
    array.splice(bounds[0] ?? array.length, 0, ...(values as unknown[]));
    const sorted = order ? array.toSorted(order) : array;
    const [, length] = bounds;
    if (length === undefined) return sorted;
    return length < 0 ? sorted.slice(length) : sorted.slice(0, length);
  };
}

function wholeNumber(value: unknown): number {
  const number = toNumber(value);
  if (Number.isInteger(number)) return number;
  throw new CommandError('BadValue', `The value for $position and $slice must be an integer, found ${show(value)}`);
}

function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (isDocument(sort)) {
    const comparer = comparerOf(sort);
    return (a, b) => (isDocument(a) && isDocument(b) ? comparer(a, b) : compare(a, b));
  }
  const sign = toNumber(sort);
  if (sign !== 1 && sign !== -1) throw new CommandError('BadValue', 'The $sort element value must be either 1 or -1');
  return (a, b) => compare(a, b) * sign;
}

function addToSet(operand: unknown): Change {
  const isEach = isDocument(operand) && '$each' in operand;
  const values: unknown = isEach ? operand['$each'] : [operand];
  if (!Array.isArray(values))
    throw new CommandError('TypeMismatch', 'The argument to $each in $addToSet must be an array');
  if (isEach && Object.keys(operand).length > 1)
    throw new CommandError('BadValue', 'Found unexpected fields after $each in $addToSet');
  return (current, at) => {
    const array = existing('$addToSet', current, at);
    const result = [...array];
    for (const value of values) if (!result.some((element) => isEqual(element, value))) result.push(value);
    return result.length === array.length && current !== undefined ? undefined : result;
  };
}

/** What `$pull` takes out: elements that pass the operators, documents that match, or equal values. */
function pulled(operand: unknown): (element: unknown) => boolean {
  if (isOperatorDocument(operand) || isDocument(operand)) return elementPredicate(operand);
  const test = operatorTest('$eq', operand);
  return (element) => (Array.isArray(operand) ? isEqual(operand, element) : test.accepts(element));
}

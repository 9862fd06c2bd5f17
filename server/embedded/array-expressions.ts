import { Double, Int32 } from 'bson';
import { compare, isEqual } from './compare.ts';
import {
  type Evaluate,
  type Operator,
  arrayFor,
  bound,
  fail,
  partsOf,
  plain,
  untilNull,
} from './expression-operator.ts';
import { Sum } from './numbers.ts';
import { isNullish, isNumeric, isTruthy, toNumber, typeNameOf } from './values.ts';

function elementAt(name: string, array: unknown, place: unknown): unknown {
  if (isNullish(array) || isNullish(place)) return null;
  const at = isNumeric(place) ? toNumber(place) : NaN;
  if (!Number.isInteger(at)) return fail(28690, `${name}'s second argument must be a 32-bit integer`);
  return arrayFor(name, array, 28689).at(at);
}

/** The members of a set, each once, in order. */
const distinctValues = (values: unknown[]): unknown[] =>
  values.toSorted(compare).filter((value, at, sorted) => at === 0 || !isEqual(value, sorted[at - 1]));

/** A missing value is in no array: in expressions it is not null. */
const includes = (array: unknown[], value: unknown): boolean =>
  value !== undefined && array.some((each) => isEqual(each, value));

/** An operator that looks at the elements of `input` one by one, as a variable; null or missing gives null. */
const overElements =
  (needed: [string, string], apply: (array: unknown[], test: (element: unknown) => unknown) => unknown): Operator =>
  (operand, compile, name) => {
    const [input, inner, as = 'this'] = partsOf(name, operand, needed, ['as']);
    if (typeof as !== 'string' || !/^[a-z]\w*$/.test(as)) return fail(9, `${name}: 'as' is no name of a variable`);
    const source = compile(input);
    const body = compile(inner, [as]);
    return (scope) => {
      const array = source(scope);
      return isNullish(array) ? null : apply(elementsFor(name, array), (each) => body(bound(scope, as, each)));
    };
  };

const elementsFor = (name: string, array: unknown): unknown[] =>
  Array.isArray(array) ? array : fail(16883, `input to ${name} must be an array not ${typeNameOf(array)}`);

const reduce: Operator = (operand, compile) => {
  const [input, initial, inner] = partsOf('$reduce', operand, ['input', 'initialValue', 'in']);
  const [source, first, body] = [compile(input), compile(initial), compile(inner, ['this', 'value'])];
  return (scope) => {
    const array = source(scope);
    if (isNullish(array)) return null;
    const step = (value: unknown, each: unknown): unknown => body(bound(bound(scope, 'value', value), 'this', each));
    return elementsFor('$reduce', array).reduce(step, first(scope));
  };
};

/** What is summed up or compared: several values, or the elements of the one array. */
const overValues =
  (apply: (values: unknown[]) => unknown): Operator =>
  (operand, compile) => {
    const parts: Evaluate[] = (Array.isArray(operand) ? operand : [operand]).map((each) => compile(each));
    return (scope) => {
      const values = parts.map((part) => part(scope));
      const [first] = values;
      return apply(values.length === 1 && Array.isArray(first) ? (first as unknown[]) : values);
    };
  };

const extreme = (sign: number): Operator =>
  overValues((values) => {
    const [first = null, ...others] = values.filter((value) => !isNullish(value));
    return others.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best), first);
  });

const numbersIn = (values: unknown[]): unknown[] => values.filter(isNumeric);
const sumOf = (numbers: unknown[]): Sum => numbers.reduce<Sum>((sum, value) => sum.add(value), new Sum());

export const ARRAY_OPERATORS: Record<string, Operator> = {
  $size: plain(1, 1, (array) => new Int32(arrayFor('$size', array).length)),
  $in: plain(2, 2, (value, array) => includes(arrayFor('$in', array, 40081), value)),
  $arrayElemAt: plain(2, 2, (array, place) => elementAt('$arrayElemAt', array, place)),
  $first: plain(1, 1, (array) => elementAt('$first', array, 0)),
  $last: plain(1, 1, (array) => elementAt('$last', array, -1)),
  $isArray: plain(1, 1, (value) => Array.isArray(value)),
  $concatArrays: untilNull(
    (value) => arrayFor('$concatArrays', value, 28664),
    (...arrays) => arrays.flat(),
  ),
  $setUnion: untilNull(
    (value) => arrayFor('$setUnion', value, 17043),
    (...arrays) => distinctValues(arrays.flat()),
  ),
  $filter: overElements(['input', 'cond'], (array, test) => array.filter((each) => isTruthy(test(each)))),
  $map: overElements(['input', 'in'], (array, test) => array.map((each) => test(each) ?? null)),
  $reduce: reduce,
  $max: extreme(1),
  $min: extreme(-1),
  $sum: overValues((values) => sumOf(numbersIn(values)).result()),
  $avg: overValues((values) => {
    const numbers = numbersIn(values);
    return numbers.length === 0 ? null : new Double(sumOf(numbers).toDouble() / numbers.length);
  }),
};

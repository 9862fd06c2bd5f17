import { Double } from 'bson';
import { compare, isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import type { Evaluate, Scope } from './expression-operator.ts';
import { compileExpression } from './expressions.ts';
import { Sum } from './numbers.ts';
import { isDocument, isNullish, isNumeric } from './values.ts';

/** Takes in the values of a group's documents one after the other. */
interface Accumulator {
  take(value: unknown): void;
  result(): unknown;
}

/** What a `$group` keeps for one field of one group. */
export interface Part {
  take(scope: Scope): void;
  result(): unknown;
}

function extreme(sign: number): Accumulator {
  let best: unknown = null;
  const take = (value: unknown): void => {
    if (!isNullish(value) && (best === null || compare(value, best) * sign > 0)) best = value;
  };
  return { take, result: () => best };
}

function list(admits: (values: unknown[], value: unknown) => boolean): Accumulator {
  const values: unknown[] = [];
  const take = (value: unknown): void => {
    if (value !== undefined && admits(values, value)) values.push(value);
  };
  return { take, result: () => values };
}

function sum(result: (sum: Sum, count: number) => unknown): Accumulator {
  const total = new Sum();
  let count = 0;
  const take = (value: unknown): void => {
    if (!isNumeric(value)) return;
    total.add(value);
    count += 1;
  };
  return { take, result: () => result(total, count) };
}

/** What `$group` can make of the values in a group. */
export const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: () => sum((total) => total.result()),
  $avg: () => sum((total, count) => (count === 0 ? null : new Double(total.toDouble() / count))),
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $push: () => list(() => true),
  $addToSet: () => list((values, value) => !values.some((each) => isEqual(each, value))),
  $first: () => {
    let first: { value: unknown } | undefined;
    return { take: (value) => void (first ??= { value }), result: () => first?.value ?? null };
  },
  $last: () => {
    let last: unknown;
    return { take: (value) => void (last = value), result: () => last ?? null };
  },
};

/** Compiles `{ $sum: '$places' }`. @throws for an accumulator that is not known */
export function compileAccumulator(field: string, specification: unknown, known: readonly string[]): () => Part {
  if (field.includes('.')) throw new CommandError(40235, `The field name '${field}' cannot contain '.'`);
  const entries = isDocument(specification) ? Object.entries(specification) : [];
  const [entry] = entries;
  if (!entry || entries.length !== 1)
    throw new CommandError(40234, `The field '${field}' must be an accumulator object`);
  const [name, operand] = entry;
  const make = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined;
  if (!make) throw new CommandError(15952, `unknown group operator '${name}'`);
  if (Array.isArray(operand)) throw new CommandError(40237, `The ${name} accumulator is a unary operator`);
  const evaluate: Evaluate = compileExpression(operand, known);
  return () => {
    const { take, result } = make();
    return { take: (scope) => take(evaluate(scope)), result };
  };
}

import { compare, isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import { type Evaluate, type Scope, compileExpression } from './expressions.ts';
import { type Document, isDocument, isNullish, show, typeNameOf } from './values.ts';

/** Takes in a group's documents one after the other. */
export interface Accumulator {
  take(scope: Scope): void;
  result(): unknown;
}

type Make = () => Accumulator;

const folding =
  <T>(evaluate: Evaluate, start: () => T, fold: (sum: T, value: unknown) => T): Make =>
  () => {
    let sum = start();
    return {
      take: (scope) => {
        sum = fold(sum, evaluate(scope));
      },
      result: () => sum ?? null,
    };
  };

function addNumber(sum: number, value: unknown): number {
  if (typeof value === 'number') return sum + value;
  const type = typeNameOf(value);
  if (type === 'decimal' || type === 'long')
    throw new CommandError('BadValue', `$sum and $avg of a ${type} are not supported by this database`);
  return sum;
}

const better = (sign: number) => (best: unknown, value: unknown) =>
  isNullish(value) || (!isNullish(best) && compare(value, best) * sign <= 0) ? best : value;

const ACCUMULATORS: Record<string, (evaluate: Evaluate) => Make> = {
  $sum: (evaluate) => folding(evaluate, () => 0, addNumber),
  $min: (evaluate) => folding(evaluate, (): unknown => null, better(-1)),
  $max: (evaluate) => folding(evaluate, (): unknown => null, better(1)),
  $last: (evaluate) =>
    folding(
      evaluate,
      (): unknown => null,
      (_, value) => value,
    ),
  $push: (evaluate) =>
    folding(
      evaluate,
      (): unknown[] => [],
      (list, value) => (value === undefined ? list : (list.push(value), list)),
    ),
  $addToSet: (evaluate) =>
    folding(
      evaluate,
      (): unknown[] => [],
      (list, value) => {
        if (value !== undefined && !list.some((each) => isEqual(each, value))) list.push(value);
        return list;
      },
    ),
  $mergeObjects: (evaluate) =>
    folding(
      evaluate,
      (): Document => ({}),
      (merged, value) => {
        if (isNullish(value)) return merged;
        if (!isDocument(value))
          throw new CommandError(
            40400,
            `$mergeObjects requires object inputs, but input ${show(value)} is of type ${typeNameOf(value)}`,
          );
        return Object.assign(merged, value);
      },
    ),
  $first: (evaluate) => () => {
    let first: { value: unknown } | undefined;
    return { take: (scope) => void (first ??= { value: evaluate(scope) }), result: () => first?.value ?? null };
  },
  $avg: (evaluate) => () => {
    let sum = 0;
    let count = 0;
    const take = (scope: Scope): void => {
      const value = evaluate(scope);
      sum = addNumber(sum, value);
      if (typeof value === 'number') count += 1;
    };
    return { take, result: () => (count === 0 ? null : sum / count) };
  },
};

/** Compiles `{ $sum: '$places' }`. @throws for an accumulator that is not known */
export function compileAccumulator(field: string, specification: unknown): Make {
  if (field.includes('.')) throw new CommandError(40235, `The field name '${field}' cannot contain '.'`);
  const entries = isDocument(specification) ? Object.entries(specification) : [];
  const [entry] = entries;
  if (!entry || entries.length !== 1)
    throw new CommandError(40234, `The field '${field}' must be an accumulator object`);
  const [name, operand] = entry;
  if (name === '$count') return compileAccumulator(field, { $sum: 1 });
  const make = ACCUMULATORS[name];
  if (!make) throw new CommandError(15952, `unknown group operator '${name}'`);
  if (Array.isArray(operand) && operand.length !== 1)
    throw new CommandError(40237, `The ${name} accumulator is a unary operator`);
  return make(compileExpression(Array.isArray(operand) ? (operand[0] as unknown) : operand));
}

import { compare } from './compare.ts';
import { type Compile, type Evaluate, type Operator, bound, fail, partsOf, plain } from './expression-operator.ts';
import { isDocument, isNullish, isTruthy } from './values.ts';

const partsIn = (operand: unknown, compile: Compile): Evaluate[] =>
  (Array.isArray(operand) ? operand : [operand]).map((each) => compile(each));

/** In expressions a missing value is less than null, and not equal to it. */
function compareWithMissing(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compare(a, b);
}

const comparison = (holds: (difference: number) => boolean): Operator =>
  plain(2, 2, (a, b) => holds(compareWithMissing(a, b)));

/** Comparing, deciding and naming: operators that may leave parts of their argument alone. */
export const CONTROL_OPERATORS: Record<string, Operator> = {
  $eq: comparison((difference) => difference === 0),
  $ne: comparison((difference) => difference !== 0),
  $gt: comparison((difference) => difference > 0),
  $gte: comparison((difference) => difference >= 0),
  $lt: comparison((difference) => difference < 0),
  $lte: comparison((difference) => difference <= 0),
  $not: plain(1, 1, (value) => !isTruthy(value)),
  $literal: (operand) => () => operand,
  $and: (operand, compile) => {
    const parts = partsIn(operand, compile);
    return (scope) => parts.every((part) => isTruthy(part(scope)));
  },
  $or: (operand, compile) => {
    const parts = partsIn(operand, compile);
    return (scope) => parts.some((part) => isTruthy(part(scope)));
  },
  $ifNull: (operand, compile) => {
    const parts = partsIn(operand, compile);
    if (parts.length < 2) return fail(1257300, '$ifNull needs at least two arguments');
    return (scope) => {
      let value: unknown;
      for (const part of parts) if (!isNullish((value = part(scope)))) return value;
      return value;
    };
  },
  $cond: (operand, compile) => {
    const parts = Array.isArray(operand) ? operand : partsOf('$cond', operand, ['if', 'then', 'else']);
    if (parts.length !== 3) return fail(16020, 'Expression $cond takes exactly 3 arguments.');
    const [condition, yes, no] = parts.map((each) => compile(each));
    return (scope) => (isTruthy(condition?.(scope)) ? yes?.(scope) : no?.(scope));
  },
  $switch: (operand, compile) => {
    const [branches, otherwise] = partsOf('$switch', operand, ['branches'], ['default']);
    if (!Array.isArray(branches) || branches.length === 0) return fail(40068, '$switch requires at least one branch');
    const cases = branches.map((each) => partsOf('$switch', each, ['case', 'then']).map((part) => compile(part)));
    const last = otherwise === undefined ? undefined : compile(otherwise);
    return (scope) => {
      const found = cases.find(([condition]) => isTruthy(condition?.(scope)));
      if (found) return found[1]?.(scope);
      return last ? last(scope) : fail(40066, '$switch found no branch that holds, and there is no default');
    };
  },
  $let: (operand, compile) => {
    const [variables, inner] = partsOf('$let', operand, ['vars', 'in']);
    if (!isDocument(variables)) return fail(16876, "invalid parameter: expected an object ($let's vars)");
    const names = Object.keys(variables);
    const values = names.map((name) => compile(variables[name]));
    const body = compile(inner, names);
    return (scope) => body(names.reduce((inside, name, at) => bound(inside, name, values[at]?.(scope)), scope));
  },
};

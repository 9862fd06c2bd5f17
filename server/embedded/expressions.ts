import { Context, ProcessingMode } from 'mingo/core';
import { $dateDiff, $dateToString, $dateTrunc } from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { decodePlain, encode } from './bytes.ts';
import { compare } from './compare.ts';
import { CommandError } from './errors.ts';
import { PLAIN_OPERATORS, fail } from './expression-operators.ts';
import { comparerOf } from './rows.ts';
import {
  type Document,
  isDocument,
  isNullish,
  isNumeric,
  isTruthy,
  show,
  toNumber,
  typeNameOf,
  documentOf,
} from './values.ts';

export interface Scope {
  root: unknown;
  variables: Record<string, unknown>;
}

/** An expression as a function; undefined is a missing value. */
export type Evaluate = (scope: Scope) => unknown;

const NAMES_OF_SYSTEM = new Set(['ROOT', 'CURRENT', 'NOW', 'REMOVE']);

/** Compiles an aggregation expression over plain documents. @throws for an operator or variable that is not known */
export function compileExpression(expression: unknown, known: readonly string[] = []): Evaluate {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, known);
  if (Array.isArray(expression)) {
    const parts = expression.map((each) => compileExpression(each, known));
    return (scope) => parts.map((part) => part(scope) ?? null);
  }
  if (!isDocument(expression)) {
    const value = isNumeric(expression) && typeof expression !== 'number' ? plainNumber(expression) : expression;
    return () => value;
  }
  const [[operator, operand] = ['', undefined], ...others] = Object.entries(expression);
  if (!operator.startsWith('$')) return compileObject(expression, known);
  if (others.length > 0)
    throw new CommandError(
      15983,
      `an expression specification must contain exactly one field, found ${others.length + 1} fields in ${show(expression)}`,
    );
  const lazy = LAZY[operator];
  return lazy ? lazy(operand, known) : compileOperator(operator, operand, known);
}

/** Numbers in a pipeline come in their BSON types; expressions calculate with JavaScript's. */
function plainNumber(value: unknown): unknown {
  return typeNameOf(value) === 'decimal' || !Number.isSafeInteger(Math.trunc(toNumber(value)))
    ? value
    : toNumber(value);
}

function compilePath(expression: string, known: readonly string[]): Evaluate {
  const [head = '', ...rest] = expression.split('.');
  if ([head.replace(/^\$\$?/, ''), ...rest].includes(''))
    throw new CommandError(15998, `FieldPath field names may not be empty strings: ${expression}`);
  const path = head.startsWith('$$') ? rest : [head.slice(1), ...rest];
  const name = head.startsWith('$$') ? head.slice(2) : 'CURRENT';
  if (!NAMES_OF_SYSTEM.has(name) && !known.includes(name))
    throw new CommandError(17276, `Use of undefined variable: ${name}`);
  if (name === 'REMOVE') return () => undefined;
  if (name === 'NOW') return ({ variables }) => (variables['NOW'] ??= new Date());
  if (name === 'ROOT' || name === 'CURRENT') return ({ root }) => follow(root, path, 0);
  return ({ variables }) => follow(variables[name], path, 0);
}

/** Follows a path; of an array it gives what its elements have there. */
export function follow(value: unknown, path: readonly string[], from: number): unknown {
  if (from === path.length) return value;
  if (Array.isArray(value))
    return value.map((element) => follow(element, path, from)).filter((each) => each !== undefined);
  return isDocument(value) ? follow(value[path[from] ?? ''], path, from + 1) : undefined;
}

function compileObject(expression: Document, known: readonly string[]): Evaluate {
  const fields = Object.entries(expression).map(([field, each]) => {
    if (field.includes('.') || field.startsWith('$'))
      throw new CommandError(16412, `FieldPath field names may not contain '.' in an expression: ${field}`);
    return [field, compileExpression(each, known)] as const;
  });
  return (scope) => Object.fromEntries(fields.flatMap(([field, evaluate]) => present(field, evaluate(scope))));
}

const present = (field: string, value: unknown): [string, unknown][] => (value === undefined ? [] : [[field, value]]);

function compileOperator(name: string, operand: unknown, known: readonly string[]): Evaluate {
  const operator = PLAIN_OPERATORS[name];
  if (!operator) throw new CommandError('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  const given = Array.isArray(operand) ? operand : [operand];
  if (given.length < operator.least || given.length > operator.most)
    throw new CommandError(
      16020,
      `Expression ${name} takes ${operator.least} to ${operator.most} arguments. ${given.length} were passed in.`,
    );
  const values = given.map((each) => compileExpression(each, known));
  return (scope) => operator.apply(...values.map((value) => value(scope)));
}

type Compile = (operand: unknown, known: readonly string[]) => Evaluate;

const listOf = (operand: unknown): unknown[] => (Array.isArray(operand) ? operand : [operand]);

/** Operators that do not simply take the values of their arguments. */
const LAZY: Record<string, Compile> = {
  $literal: (operand) => () => operand,
  $and: (operand, known) => {
    const parts = listOf(operand).map((each) => compileExpression(each, known));
    return (scope) => parts.every((part) => isTruthy(part(scope)));
  },
  $or: (operand, known) => {
    const parts = listOf(operand).map((each) => compileExpression(each, known));
    return (scope) => parts.some((part) => isTruthy(part(scope)));
  },
  $ifNull: (operand, known) => {
    const parts = listOf(operand).map((each) => compileExpression(each, known));
    if (parts.length < 2) return fail(1257300, '$ifNull needs at least two arguments');
    return (scope) => {
      let value: unknown;
      for (const part of parts) if (!isNullish((value = part(scope)))) return value;
      return value;
    };
  },
  $cond: (operand, known) => {
    const parts = Array.isArray(operand) ? operand : fieldsOf('$cond', operand, ['if', 'then', 'else']);
    if (parts.length !== 3) return fail(16020, 'Expression $cond takes exactly 3 arguments.');
    const [condition, yes, no] = parts.map((each) => compileExpression(each, known));
    return (scope) => (isTruthy(condition?.(scope)) ? yes?.(scope) : no?.(scope));
  },
  $switch: (operand, known) => {
    const [branches, otherwise] = fieldsOf('$switch', operand, ['branches'], ['default']);
    if (!Array.isArray(branches) || branches.length === 0) return fail(40068, '$switch requires at least one branch');
    const cases = branches.map((branch) =>
      fieldsOf('$switch', branch, ['case', 'then']).map((each) => compileExpression(each, known)),
    );
    const last = otherwise === undefined ? undefined : compileExpression(otherwise, known);
    return (scope) => {
      const found = cases.find(([condition]) => isTruthy(condition?.(scope)));
      if (!found && !last)
        return fail(40066, '$switch could not find a matching branch for an input, and no default was specified.');
      return found ? found[1]?.(scope) : last?.(scope);
    };
  },
  $let: (operand, known) => {
    const [variables, inner] = fieldsOf('$let', operand, ['vars', 'in']);
    const assigned = Object.entries(isDocument(variables) ? variables : {}).map(
      ([name, each]) => [name, compileExpression(each, known)] as const,
    );
    const body = compileExpression(inner, [...known, ...assigned.map(([name]) => name)]);
    return (scope) =>
      body({
        ...scope,
        variables: { ...scope.variables, ...Object.fromEntries(assigned.map(([name, each]) => [name, each(scope)])) },
      });
  },
  $map: (operand, known) => {
    const [input, inner, as = 'this'] = fieldsOf('$map', operand, ['input', 'in'], ['as']);
    const body = compileExpression(inner, [...known, String(as)]);
    return overArray('$map', input, known, (array, scope) =>
      array.map((each) => body(bound(scope, String(as), each)) ?? null),
    );
  },
  $filter: (operand, known) => {
    const [input, condition, as = 'this', limit] = fieldsOf('$filter', operand, ['input', 'cond'], ['as', 'limit']);
    const body = compileExpression(condition, [...known, String(as)]);
    const most = limit === undefined ? undefined : compileExpression(limit, known);
    return overArray('$filter', input, known, (array, scope) =>
      array.filter((each) => isTruthy(body(bound(scope, String(as), each)))).slice(0, limitOf(most?.(scope))),
    );
  },
  $reduce: (operand, known) => {
    const [input, initial, inner] = fieldsOf('$reduce', operand, ['input', 'initialValue', 'in']);
    const first = compileExpression(initial, known);
    const body = compileExpression(inner, [...known, 'this', 'value']);
    return overArray('$reduce', input, known, (array, scope) =>
      array.reduce((value, each) => body(bound(bound(scope, 'value', value), 'this', each)), first(scope)),
    );
  },
  $sortArray: (operand, known) => {
    const [input, sortBy] = fieldsOf('$sortArray', operand, ['input', 'sortBy']);
    const comparer = isDocument(sortBy)
      ? elementComparer(sortBy)
      : (a: unknown, b: unknown) => compare(a, b) * toNumber(sortBy);
    return overArray('$sortArray', input, known, (array) => array.toSorted(comparer));
  },
  $max: (operand, known) => extreme(operand, known, 1),
  $min: (operand, known) => extreme(operand, known, -1),
  $sum: (operand, known) => {
    const values = valuesOf(operand, known);
    return (scope) => values(scope).reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
  },
  $avg: (operand, known) => {
    const values = valuesOf(operand, known);
    return (scope) => {
      const numbers = values(scope).filter((value) => typeof value === 'number');
      return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    };
  },
  $dateToString: byMingo($dateToString, { format: /^([^%]|%[YmdHMSLjuw%z])*$/ }),
  $dateTrunc: byMingo($dateTrunc, { unit: /^(year|quarter|month|week|day|hour|minute|second)$/ }),
  $dateDiff: byMingo($dateDiff, { unit: /^(year|quarter|month|week|day|hour|minute|second|millisecond)$/ }),
};

const limitOf = (limit: unknown): number => (typeof limit === 'number' ? limit : Infinity);

function elementComparer(sortBy: Document): typeof compare {
  const comparer = comparerOf(sortBy);
  return (a, b) => (isDocument(a) && isDocument(b) ? comparer(a, b) : compare(a, b));
}

const bound = (scope: Scope, name: string, value: unknown): Scope => ({
  ...scope,
  variables: { ...scope.variables, [name]: value },
});

/** The named parts of an operator's argument, in the order asked for. */
function fieldsOf(operator: string, operand: unknown, needed: string[], optional: string[] = []): unknown[] {
  const given = isDocument(operand) ? operand : fail(9, `${operator} only supports an object as its argument`);
  const unknown = Object.keys(given).find((field) => !needed.includes(field) && !optional.includes(field));
  if (unknown) return fail(9, `Unrecognized parameter to ${operator}: ${unknown}`);
  const missing = needed.find((field) => !(field in given));
  if (missing) return fail(9, `Missing '${missing}' parameter to ${operator}`);
  return [...needed, ...optional].map((field) => given[field]);
}

function overArray(
  name: string,
  input: unknown,
  known: readonly string[],
  apply: (array: unknown[], scope: Scope) => unknown,
): Evaluate {
  const source = compileExpression(input, known);
  return (scope) => {
    const array = source(scope);
    if (isNullish(array)) return null;
    return Array.isArray(array)
      ? apply(array, scope)
      : fail(16883, `input to ${name} must be an array not ${typeNameOf(array)}`);
  };
}

/** Several values, or the elements of the one array: what `$max` and its kin take outside of `$group`. */
function valuesOf(operand: unknown, known: readonly string[]): (scope: Scope) => unknown[] {
  const parts = listOf(operand).map((each) => compileExpression(each, known));
  return (scope) => {
    const values = parts.map((part) => part(scope));
    return values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values;
  };
}

function extreme(operand: unknown, known: readonly string[], sign: number): Evaluate {
  const values = valuesOf(operand, known);
  return (scope) => {
    const [first = null, ...others] = values(scope).filter((value) => !isNullish(value));
    return others.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best), first);
  };
}

const OPTIONS: Options = {
  context: Context.init({}),
  useStrictMode: true,
  failOnError: true,
  scriptEnabled: false,
  idKey: '_id',
  processingMode: ProcessingMode.CLONE_OFF,
};
type MingoOperator = (document: Document, expression: unknown, options: Options) => unknown;

/** An operator of mingo's over evaluated arguments, each constant of which must be one that mingo gets right. */
function byMingo(operator: MingoOperator, constants: Record<string, RegExp>): Compile {
  return (operand, known) => {
    for (const [name, allowed] of Object.entries(constants)) {
      const value = isDocument(operand) ? operand[name] : undefined;
      if (value !== undefined && (typeof value !== 'string' || !allowed.test(value)))
        return fail(2, `${name} ${show(value)} is not supported by this database`);
    }
    const argument = compileExpression(operand, known);
    return (scope) => {
      const given = documentOf(argument(scope));
      if (Object.values(given).some(isNullish) && !('onNull' in given)) return null;
      // Evaluated already; what begins with a dollar would be taken for a path.
      if (Object.values(given).some((value) => typeof value === 'string' && value.startsWith('$')))
        return fail(40485, `unrecognized argument: ${show(given)}`);
      return operator({}, given, OPTIONS);
    };
  };
}

/** An expression over stored documents, whose numbers are in BSON types. */
export function expressionOnStored(expression: unknown): (document: Document) => unknown {
  const evaluate = compileExpression(expression);
  const variables = { NOW: new Date() };
  return (document) => evaluate({ root: decodePlain(encode(document)), variables });
}

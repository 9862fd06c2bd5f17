import { CommandError } from './errors.ts';
import { type Document, isDocument, isNullish, typeNameOf } from './values.ts';

/** What an expression can see: the document, and the variables by their names. */
export interface Scope {
  root: unknown;
  variables: Record<string, unknown>;
}

/** An expression as a function; undefined is a missing value. */
export type Evaluate = (scope: Scope) => unknown;

/** Compiles an expression that may also use the variables of these names. */
export type Compile = (expression: unknown, variables?: readonly string[]) => Evaluate;

/** Compiles an operator's argument. */
export type Operator = (operand: unknown, compile: Compile, name: string) => Evaluate;

export const fail = (code: number, message: string): never => {
  throw new CommandError(code, message);
};

export const bound = (scope: Scope, name: string, value: unknown): Scope => ({
  ...scope,
  variables: { ...scope.variables, [name]: value },
});

/** An operator that only needs the values of its arguments. */
export function plain(least: number, most: number, apply: (...values: unknown[]) => unknown): Operator {
  return (operand, compile, name) => {
    const given = Array.isArray(operand) ? operand : [operand];
    if (given.length < least || given.length > most)
      return fail(16020, `Expression ${name} takes ${least} to ${most} arguments. ${given.length} were passed in.`);
    const parts = given.map((each) => compile(each));
    return (scope) => apply(...parts.map((part) => part(scope)));
  };
}

/** The same, where null or missing among the arguments makes the result null. */
export const orNull = (least: number, most: number, apply: (...values: unknown[]) => unknown): Operator =>
  plain(least, most, (...values) => (values.some(isNullish) ? null : apply(...values)));

/** Any number of arguments, evaluated from the left up to the first that is null; each is checked before the next. */
export const untilNull =
  (check: (value: unknown) => void, apply: (...values: unknown[]) => unknown): Operator =>
  (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((each) => compile(each));
    return (scope) => {
      const values: unknown[] = [];
      for (const part of parts) {
        const value = part(scope);
        if (isNullish(value)) return null;
        check(value);
        values.push(value);
      }
      return apply(...values);
    };
  };

/** The named parts of an operator's argument, in the order asked for. */
export function partsOf(name: string, operand: unknown, needed: string[], optional: string[] = []): unknown[] {
  const given: Document = isDocument(operand) ? operand : fail(9, `${name} only supports an object as its argument`);
  const unknown = Object.keys(given).find((field) => !needed.includes(field) && !optional.includes(field));
  if (unknown !== undefined) return fail(9, `Unrecognized parameter to ${name}: ${unknown}`);
  const missing = needed.find((field) => !(field in given));
  if (missing) return fail(9, `Missing '${missing}' parameter to ${name}`);
  return [...needed, ...optional].map((field) => given[field]);
}

export const arrayFor = (name: string, value: unknown, code = 17124): unknown[] =>
  Array.isArray(value)
    ? value
    : fail(code, `The argument to ${name} must be an array, but was of type: ${typeNameOf(value)}`);

import type { Request } from 'express';
import type { z } from 'zod';
import { InvalidInput, MalformedInput, type Fault } from './input-errors.ts';

/** The body as `schema` takes it: strict, nothing coerced. No body at all counts as an empty one. @throws MalformedInput, InvalidInput */
export function readBody<Schema extends z.ZodType>(schema: Schema, req: Request): z.output<Schema> {
  const parsed = schema.safeParse(req.body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;

  const { issues } = parsed.error;
  const faults = issues.flatMap(faultsOf);
  throw issues.some(isForeign) ? new MalformedInput(faults) : new InvalidInput(faults);
}

/** The query as `schema` takes it; a name given twice is a list where one word belongs. @throws MalformedInput */
export function readQuery<Schema extends z.ZodType>(schema: Schema, req: Request): z.output<Schema> {
  return readOutside(schema, { ...req.query });
}

/** The headers that `schema` names. @throws MalformedInput */
export function readHeaders<Schema extends z.ZodType>(schema: Schema, req: Request): z.output<Schema> {
  return readOutside(schema, req.headers);
}

function readOutside<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (!parsed.success) throw new MalformedInput(parsed.error.issues.flatMap(faultsOf));
  return parsed.data;
}

/** No slip of the pen: a list or an object where one value belongs, or a name that means something to a database. */
function isForeign(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'unrecognized_keys') return issue.keys.some((key) => key.startsWith('$'));
  return isOfOtherShape(issue);
}

function isOfOtherShape(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && typeof issue.input === 'object' && issue.input !== null;
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [key]) : [[]];
  return keys.map((key) => ({ path: [...issue.path, ...key].join('.'), code: codeOf(issue), limits: limitsOf(issue) }));
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'unknown-field';
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  if (isOfOtherShape(issue) || (issue.code === 'invalid_type' && issue.message === 'required')) return 'wrong-type';
  if (isTextKey(issue.message)) return issue.message;
  return issue.code === 'invalid_type' ? 'wrong-type' : 'invalid';
}

/** The modules' schemas say what is wrong by the key of its sentence; what zod says by itself is an English one. */
function isTextKey(message: string): boolean {
  return /^[a-z]+(-[a-z]+)*$/.test(message);
}

function limitsOf(issue: z.core.$ZodIssue): Record<string, number> {
  if (issue.code === 'too_big') return { most: Number(issue.maximum) };
  return issue.code === 'too_small' ? { least: Number(issue.minimum) } : {};
}

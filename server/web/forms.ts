import type { Request } from 'express';
import type { z } from 'zod';
import type { FieldError, FormState } from '../../templates/form.ts';
import { isTextKey } from '../../templates/texts/texts.ts';
import { AppError } from '../platform/errors.ts';
import { nested, withoutEmptyRows } from './field-names.ts';
import { postedFields, scalarsOf } from './malformed.ts';
import { typedFor } from './form-values.ts';

type Posted = Pick<Request, 'body'>;

/** A form that was read: its value, or what is wrong with it. Both carry what was typed, to the letter. */
export type ReadForm<Value> =
  | { value: Value; values: Record<string, string>; errors?: undefined }
  | { value?: undefined; values: Record<string, string>; errors: FieldError[] };

/**
 * Reads a posted form by the same schema that the API uses. Fields are named by their path (`participants[0].name`);
 * an empty field is one that is not there; names that begin with `_` are the form's own and not part of the value.
 * @throws MalformedRequest
 */
export function readForm<Schema extends z.ZodType>(schema: Schema, req: Posted): ReadForm<z.infer<Schema>> {
  return readFields(schema, postedFields(req));
}

/** Reads the query of a GET form. `lang` is the frame's own. @throws MalformedRequest */
export function readQuery<Schema extends z.ZodType>(
  schema: Schema,
  req: Pick<Request, 'query'>,
): ReadForm<z.infer<Schema>> {
  const { lang: _frame, ...fields } = scalarsOf(req.query);
  return readFields(schema, fields);
}

/** A field of the form's own, such as `_key`. */
export function formField(req: Posted, name: `_${string}`): string | undefined {
  return postedFields(req)[name];
}

/** The form again with the refusal of the use case, at the `field` it concerns. */
export function refusedForm(values: Record<string, string>, refusal: AppError, field?: string): FormState {
  return { values, errors: [{ key: refusalKey(refusal), values: refusal.details, ...(field && { field }) }] };
}

export function refusalKey(refusal: AppError) {
  const key = `refusals.${refusal.code}`;
  return isTextKey(key) ? key : 'refusals.unknown';
}

/**
 * The outcome, or the refusal when it is one that the person at the form can do something about.
 * Everything else is thrown on, to the error pages.
 */
export async function orRefusal<Outcome>(outcome: Promise<Outcome>): Promise<Outcome | AppError> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof AppError && ['invalid', 'conflict', 'gone', 'too-many'].includes(error.kind)) return error;
    throw error;
  }
}

export function isRefusal(outcome: unknown): outcome is AppError {
  return outcome instanceof AppError;
}

function readFields<Schema extends z.ZodType>(
  schema: Schema,
  fields: Record<string, string>,
): ReadForm<z.infer<Schema>> {
  const values = withoutEmptyRows(valueFields(fields));
  const parsed = schema.safeParse(typedFor(schema, nested(values)));
  return parsed.success ? { value: parsed.data, values } : { values, errors: fieldErrors(parsed.error) };
}

function valueFields(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('_')));
}

function fieldErrors(error: z.ZodError): FieldError[] {
  const all = error.issues.map((issue): FieldError => {
    const field = fieldName(issue.path);
    return { key: messageKey(issue), values: limitsOf(issue), ...(field && { field }) };
  });
  return all.filter(
    (one, index) => all.findIndex(({ field, key }) => field === one.field && (field || key === one.key)) === index,
  );
}

/** `['participants', 0, 'name']` → `participants[0].name` */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name ? `${name}.${String(part)}` : String(part);
  }, '');
}

function messageKey(issue: z.core.$ZodIssue) {
  const key = `errors.${issue.code === 'unrecognized_keys' ? 'unknown-field' : issue.message}`;
  if (isTextKey(key)) return key;
  // An empty field is one that is not there: for most schemas, a value of the wrong type.
  return issue.code === 'invalid_type' ? 'errors.required' : 'errors.invalid';
}

function limitsOf(issue: z.core.$ZodIssue): Record<string, number> {
  if (issue.code === 'too_big') return { most: Number(issue.maximum) };
  return issue.code === 'too_small' ? { least: Number(issue.minimum) } : {};
}

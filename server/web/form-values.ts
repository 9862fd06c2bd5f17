import type { z } from 'zod';

type Definition = {
  type: string;
  innerType?: z.core.$ZodType;
  element?: z.core.$ZodType;
  in?: z.core.$ZodType;
  shape?: Record<string, z.core.$ZodType>;
};

/* oxlint-disable no-underscore-dangle -- Zod's own name for what a schema is made of (its "core" interface for libraries). */
/**
 * What a form can only send as words, as the schema wants it: numbers where it asks for numbers, `on` as true.
 * Whatever cannot be turned stays a word, and the schema says what is wrong with it.
 */
export function typedFor(schema: z.core.$ZodType, value: unknown): unknown {
  const definition: Definition = schema._zod.def;
  const inner = definition.innerType ?? definition.in;
  if (inner) return typedFor(inner, value);
  if (definition.shape) return typedFields(definition.shape, value);
  if (definition.element && Array.isArray(value)) return typedItems(definition.element, value);
  if (typeof value !== 'string') return value;
  if (definition.type === 'number')
    return /^\s*-?\d+([.,]\d+)?\s*$/.test(value) ? Number(value.replace(',', '.')) : value;
  if (definition.type === 'boolean') return value === 'on' || value === 'true' || value;
  return value;
}

function typedItems(element: z.core.$ZodType, values: readonly unknown[]): unknown[] {
  return values.map((value) => typedFor(element, value));
}

/** An object in which every field was left empty still says what it needs, field by field. */
function typedFields(shape: Record<string, z.core.$ZodType>, value: unknown): unknown {
  if (value !== undefined && (typeof value !== 'object' || value === null)) return value;
  const given: Record<string, unknown> = { ...value };
  const typed = Object.entries(shape).flatMap(([key, schema]) => {
    const field = typedFor(schema, given[key]);
    return field === undefined || isEmptyOptional(schema, given[key]) ? [] : [[key, field] as const];
  });
  return { ...given, ...Object.fromEntries(typed) };
}

function isEmptyOptional(schema: z.core.$ZodType, given: unknown): boolean {
  return given === undefined && schema._zod.optin === 'optional';
}

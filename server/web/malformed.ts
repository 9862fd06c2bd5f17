import type { Request, RequestHandler } from 'express';

/** A request that no page and no client of Mosaik ever sends. */
export class MalformedRequest extends Error {
  override readonly name = 'MalformedRequest';
  readonly status = 400;
}

const dangerous = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses names that could reach an object's prototype. @throws MalformedRequest */
export function refuseDangerousKey(key: string): void {
  if (dangerous.has(key)) throw new MalformedRequest('A name in the request is not allowed.');
}

/** `?token=a&token=b` gives an array where everybody expects a word: nothing of Mosaik asks that way. */
export const refuseRepeatedQuery: RequestHandler = (req, _res, next) => {
  scalarsOf(req.query);
  next();
};

/** The fields as plain words. @throws MalformedRequest for a repeated or dangerous name, or a control character NUL */
export function scalarsOf(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      for (const part of name.split(/[.[\]]+/)) refuseDangerousKey(part);
      if (typeof value !== 'string') throw new MalformedRequest('A field was sent more than once.');
      if (value.includes('\0')) throw new MalformedRequest('A field holds a sign that no text has.');
      return [name, value];
    }),
  );
}

/** The posted fields of a form. @throws MalformedRequest */
export function postedFields(req: Pick<Request, 'body'>): Record<string, string> {
  const body: unknown = req.body;
  return typeof body === 'object' && body !== null ? scalarsOf({ ...body }) : {};
}

/** For `JSON.parse`: a body that names a prototype is refused whole. */
export function refuseDangerousKeys(key: string, value: unknown): unknown {
  refuseDangerousKey(key);
  return value;
}

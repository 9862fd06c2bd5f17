import type { ResponseConfig, RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { problem } from './problems.answers.ts';

/** The name under which the document knows the bearer token. */
export const tokenScheme = 'coordinatorToken';
export const forCoordinators: RouteConfig['security'] = [{ [tokenScheme]: [] }];
export const forEverybody: RouteConfig['security'] = [{}, { [tokenScheme]: [] }];

type Responses = RouteConfig['responses'];
type Example = Record<string, unknown>;

export function takes(schema: z.ZodType, example: Example, required = true) {
  return { required, content: { 'application/json': { schema, example } } };
}

export function gives(description: string, schema: z.ZodType, example: Example) {
  return { description, content: { 'application/json': { schema, example } } };
}

/** The answer to something made: where it is, too. */
export function gives201(description: string, schema: z.ZodType, example: Example) {
  const Location = { description: 'Where it can be read.', schema: { type: 'string' as const, format: 'uri' } };
  return { ...gives(description, schema, example), headers: { Location } };
}

type Refusals = Partial<Record<400 | 401 | 403 | 404 | 409 | 413 | 415 | 422, string>>;

/** The refusals of one route: for each status, what leads to it and which `code` it carries. */
export function refuses(refusals: Refusals): Responses {
  const all = {
    400: unreadable,
    429: 'Too much at once from one place: `too-many-requests`.',
    503: 'Too busy: `busy`.',
    ...refusals,
    default: 'What nobody foresaw: `unexpected`.',
  };
  return Object.fromEntries(
    Object.entries(all).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: problem } }, ...headersOf(status) },
    ]),
  );
}

const unreadable = 'A query, header or body that cannot be read: `malformed`, with `errors` where one can say where.';
const invalid = 'The body has fields that are missing, wrong or unknown: `invalid-input`, with `errors`.';
export const needsToken = 'No bearer token, or one that is none: `not-signed-in`.';
/** What every route with a body refuses. */
export const bodyRefusals = {
  413: 'The body is larger than 100 kB: `too-large`.',
  415: 'The body is not `application/json`: `unsupported-media-type`.',
  422: invalid,
} satisfies Refusals;

function headersOf(status: string): Pick<ResponseConfig, 'headers'> {
  const text = { schema: { type: 'string' as const } };
  if (status === '401')
    return { headers: { 'WWW-Authenticate': { ...text, description: 'Asks for a bearer token.' } } };
  if (status === '429') return { headers: { 'Retry-After': { ...text, description: 'Seconds to wait.' } } };
  return {};
}

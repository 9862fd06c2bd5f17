import { AppError, type ErrorKind } from '../platform/errors.ts';
import { MalformedRequest } from './malformed.ts';

/** The HTTP status of every refusal: the one table, for pages and API. */
export const statusOfKind: Record<ErrorKind, number> = {
  invalid: 422,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-many': 429,
  unavailable: 503,
};

/** What went wrong, as both doors tell it. `code` is stable; 500 is everything nobody foresaw. */
export type Failure = { status: number; code: string; refusal?: AppError };

export function failureOf(error: unknown): Failure {
  if (error instanceof AppError) return { status: statusOfKind[error.kind], code: error.code, refusal: error };
  if (error instanceof MalformedRequest) return { status: 400, code: 'malformed' };
  if (isDatabaseAway(error)) return { status: 503, code: 'unavailable' };
  const status = statusOfHttpError(error);
  if (status === 413) return { status, code: 'too-large' };
  if (status === 415) return { status, code: 'unsupported-media-type' };
  return status === 400 ? { status, code: 'malformed' } : { status: 500, code: 'unexpected' };
}

/** The driver's and Mongoose's own errors for a database that cannot be reached; the next try may find it again. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isLost = /^Mongo(ose)?(Network|ServerSelection|NotConnected|TopologyClosed|Pool)\w*Error$/.test(error.name);
  return isLost || (error.name === 'MongooseError' && error.message.includes('buffering timed out'));
}

/** Express and its parsers say what the client did wrong by a status below 500. */
function statusOfHttpError(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status === 413 || error.status === 415) return error.status;
  return error.status >= 400 && error.status < 500 ? 400 : undefined;
}

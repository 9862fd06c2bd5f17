import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { notFound } from '../platform/errors.ts';
import { logUnexpected } from './request-log.ts';
import { requestIdOf } from './request.ts';
import { failureOf, type Failure } from './status.ts';

const titles: Record<number, string> = {
  400: 'The request is malformed.',
  413: 'The body is too large.',
  415: 'The body must be application/json.',
  500: 'Something unexpected has happened.',
};

/** Errors of the API as problem+json (RFC 9457): the same codes as the pages' texts, never a stack trace. */
export const problemAnswers: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const failure = failureOf(error);
  if (failure.status >= 500) logUnexpected(error, req, failure);
  sendProblem(res, failure, requestIdOf(req));
};

/** For whatever no route of the API answers. */
export const noSuchResource: RequestHandler = () => {
  throw notFound('resource');
};

/** One problem document; `more` adds members, such as the `errors` of single fields. */
export function sendProblem(res: Response, failure: Failure, requestId: string, more: object = {}): void {
  if (failure.status === 503) res.setHeader('Retry-After', '5');
  if (failure.status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
  res.status(failure.status).type('application/problem+json');
  res.send(
    JSON.stringify({
      type: 'about:blank',
      title: failure.refusal?.message ?? titles[failure.status] ?? 'The request was refused.',
      status: failure.status,
      code: failure.code,
      ...failure.refusal?.details,
      requestId,
      ...more,
    }),
  );
}

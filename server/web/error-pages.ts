import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { ErrorPage, type ErrorPageView } from '../../templates/error-page.tsx';
import { paths } from '../../templates/paths.ts';
import type { TextKey } from '../../templates/texts/texts.ts';
import { notFound } from '../platform/errors.ts';
import { refusalKey } from './forms.ts';
import { render } from './render.ts';
import { logUnexpected } from './request-log.ts';
import { requestIdOf } from './request.ts';
import { failureOf, type Failure } from './status.ts';

type Words = { title: TextKey; text?: TextKey };

const wordsByStatus: Record<number, Words> = {
  400: { title: 'errors.malformed-title', text: 'errors.malformed' },
  403: { title: 'errors.not-allowed-title', text: 'errors.not-allowed' },
  404: { title: 'errors.not-found-title', text: 'errors.not-found' },
  409: { title: 'errors.conflict-title' },
  410: { title: 'errors.gone-title' },
  413: { title: 'errors.too-large-title', text: 'errors.too-large-body' },
  422: { title: 'errors.invalid-title' },
  429: { title: 'errors.too-many-title' },
  503: { title: 'errors.unavailable-title', text: 'errors.unavailable' },
};
const wordsByCode: Record<string, Words> = {
  'foreign-form': { title: 'errors.foreign-form-title', text: 'errors.foreign-form' },
  'too-many-requests': { title: 'errors.too-many-title', text: 'errors.too-many-requests' },
};
const unexpected: Words = { title: 'errors.unexpected-title', text: 'errors.unexpected' };

/** For whatever no page answers. */
export const noSuchPage: RequestHandler = () => {
  throw notFound('page');
};

/** Errors of the pages, in plain words; never a stack trace. Whoever is not signed in is led to where one signs in. */
export const errorPages: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const failure = failureOf(error);
  if (failure.status >= 500) logUnexpected(error, req, failure);
  if (failure.status === 401) {
    res.redirect(303, signInFrom(req));
    return;
  }
  if (failure.status === 503) res.setHeader('Retry-After', '5');
  res.setHeader('Cache-Control', 'no-store');
  render(res.status(failure.status), ErrorPage, viewOf(failure, requestIdOf(req)));
};

function viewOf(failure: Failure, requestId: string): ErrorPageView {
  const { title, text } = wordsByCode[failure.code] ?? wordsByStatus[failure.status] ?? unexpected;
  return {
    title,
    text: text ?? (failure.refusal ? refusalKey(failure.refusal) : 'errors.malformed'),
    ...(failure.refusal && { values: failure.refusal.details }),
    ...(failure.status === 500 && { requestId }),
  };
}

/** Back to the page that was asked for, after signing in; a form cannot be sent twice. */
function signInFrom(req: Request): string {
  return req.method === 'GET' ? `${paths.signIn()}?next=${encodeURIComponent(req.originalUrl)}` : paths.signIn();
}

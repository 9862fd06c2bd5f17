import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isTextKey, text, type Language, type TextValues } from '../../templates/texts/texts.ts';
import { PlanConflicts, type Conflict } from '../modules/scheduling/index.ts';
import { sendProblem } from '../web/problems.ts';
import { logUnexpected } from '../web/request-log.ts';
import { requestIdOf } from '../web/request.ts';
import { failureOf, type Failure } from '../web/status.ts';
import { InvalidInput, MalformedInput, type Fault } from './input-errors.ts';

/** Refusals of the API as problem+json (RFC 9457), with a sentence in the language that the client asks for. */
export const problems: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const failure = failureOf(error);
  if (failure.status >= 500) logUnexpected(error, req, failure);

  const language = req.acceptsLanguages('de', 'en') === 'en' ? 'en' : 'de';
  res.vary('Accept-Language');
  res.setHeader('Content-Language', language);
  res.setHeader('Cache-Control', 'no-store');
  sendProblem(res, failure, requestIdOf(req), {
    type: `urn:mosaik:problem:${failure.code}`,
    // The refusal's own message may tell a run that is not yours from one that is not there.
    title: STATUS_CODES[failure.status],
    detail: sentenceFor(failure, language),
    ...faultsIn(error, language),
    ...conflictsIn(error),
  });
};

/** Bodies are JSON and say so: a form or a text that another site could make a browser send is none. */
export const requireJson: RequestHandler = (req, _res, next) => {
  const type = req.headers['content-type'];
  const hasBody = Number(req.headers['content-length'] ?? 0) > 0 || req.headers['transfer-encoding'] !== undefined;
  const isJson = type !== undefined && /^application\/json\s*(;|$)/i.test(type);
  const isBare = !hasBody && (type === undefined || req.method === 'GET' || req.method === 'HEAD');
  next(isJson || isBare ? undefined : new UnsupportedMediaType());
};

class UnsupportedMediaType extends Error {
  override readonly name = 'UnsupportedMediaType';
  readonly status = 415;
}

/** The use cases' refusals have a sentence of their own; what a door refuses has the heading of its error page. */
function sentenceFor({ code, refusal }: Failure, language: Language): string {
  const keys = [`refusals.${code}`, `errors.${code}-title`, `errors.${code}`, 'errors.malformed-title'];
  return sentence(language, code === 'invalid-input' ? ['errors.invalid-title'] : keys, refusal?.details);
}

function faultsIn(error: unknown, language: Language) {
  if (!(error instanceof InvalidInput || error instanceof MalformedInput)) return {};
  return { errors: error.faults.map((fault) => faultIn(language, fault)) };
}

/** What a plan meets: `key` is what an override names, `session` the planned one by its place in the list. */
function conflictsIn(error: unknown) {
  return error instanceof PlanConflicts ? { conflicts: error.conflicts.map(conflictToTell) } : {};
}

function conflictToTell({ key, kind, isHard, session, roomId, trainerId, other, span, day, minutes }: Conflict) {
  const { startsAt, endsAt } = other ?? span ?? {};
  const when = startsAt && endsAt && { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  return { key, kind, hard: isHard, session, roomId, trainerId, sessionId: other?.id, ...when, day, minutes };
}

function faultIn(language: Language, { path, code, limits }: Fault) {
  return { path, code, message: sentence(language, [`errors.${code}`, 'errors.invalid'], limits) };
}

function sentence(language: Language, keys: readonly string[], values: TextValues = {}): string {
  const key = keys.find(isTextKey);
  return key ? text(language, key, values) : '';
}

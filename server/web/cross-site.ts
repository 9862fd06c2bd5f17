import type { Request, RequestHandler } from 'express';
import { AppError } from '../platform/errors.ts';
import { isSameSecret } from '../platform/secrets.ts';
import { postedFields } from './malformed.ts';
import { formTokenOf } from './request.ts';
import { isLoopbackHost } from './security.ts';

/**
 * Refuses forms that another site sends in a visitor's name. Browsers say where a form comes from: by Sec-Fetch-Site,
 * or else by Origin. A client that says neither is no browser and carries nobody's cookies.
 */
export function refuseCrossSite(baseUrl: string): RequestHandler {
  const ownOrigin = new URL(baseUrl).origin;
  return (req, _res, next) => {
    if (!isSafe(req) && !comesFromUs(req, ownOrigin)) throw foreignForm();
    next();
  };
}

/** The second lock, for people who are signed in: each of their forms carries their session's token. */
export const requireFormToken: RequestHandler = (req, _res, next) => {
  const expected = formTokenOf(req);
  if (expected !== undefined && !isSafe(req) && !hasToken(req, expected)) throw foreignForm();
  next();
};

function comesFromUs(req: Request, ownOrigin: string): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = req.get('Origin');
  return origin === undefined || origin === ownOrigin || isOwnLoopback(origin, req.get('Host'));
}

/** `npm start` is reachable as localhost and as 127.0.0.1; a host name that DNS answers for is never believed. */
function isOwnLoopback(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const own = new URL(`http://${host}`);
  return isLoopbackHost(own.hostname) && origin === own.origin;
}

function hasToken(req: Request, expected: string): boolean {
  return isSameSecret(Buffer.from(postedFields(req)['_token'] ?? ''), Buffer.from(expected));
}

function isSafe(req: Request): boolean {
  return req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS';
}

function foreignForm(): AppError {
  return new AppError('foreign-form', 'not-allowed', 'The form was not opened on a page of Mosaik.');
}

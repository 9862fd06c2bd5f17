import type { Request } from 'express';
import { AppError } from '../platform/errors.ts';
import { actorOfApiToken } from '../modules/auth/index.ts';
import { anyone, type Actor } from '../modules/history/index.ts';

/** Who asks: the one a bearer token speaks for, or anyone. Cookies mean nothing here. @throws not-signed-in for a token that is none */
export async function callerOf(req: Request): Promise<Actor> {
  const { authorization } = req.headers;
  if (authorization === undefined) return anyone;

  const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization) ?? [];
  const actor = token === undefined ? undefined : await actorOfApiToken(token);
  if (!actor) throw notSignedIn();
  return actor;
}

/** Who asks, where only somebody known may. @throws not-signed-in */
export async function knownCallerOf(req: Request): Promise<Actor> {
  const actor = await callerOf(req);
  if (actor === anyone) throw notSignedIn();
  return actor;
}

function notSignedIn(): AppError {
  return new AppError('not-signed-in', 'not-signed-in', 'This needs a valid bearer token.');
}

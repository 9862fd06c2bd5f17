import type { Request, RequestHandler, Response } from 'express';
import session, { type Session, type SessionData } from 'express-session';
import { MongoStore } from 'connect-mongo';
import { actorOfPerson } from '../modules/auth/index.ts';
import { databaseClient } from '../platform/database.ts';
import { fingerprintOf, signatureOf } from '../platform/secrets.ts';
import { readCookie } from './cookies.ts';
import { noteRequest } from './request.ts';

declare module 'express-session' {
  interface SessionData {
    personId: string;
  }
}

const idleHours = 12;
type OpenSession = () => Promise<Session & Partial<SessionData>>;
const openSessions = new WeakMap<Request, OpenSession>();

/**
 * Recognises who is signed in, by the session their cookie names. Visitors without that cookie cost no look-up and are
 * given no cookie. A session ends 12 hours after its last request.
 */
export function recogniseVisitor({ baseUrl }: { baseUrl: string }): RequestHandler {
  const isHttps = baseUrl.startsWith('https://');
  const cookieName = isHttps ? '__Host-mosaik' : 'mosaik';
  let open: RequestHandler | undefined;

  return async (req, res, next) => {
    openSessions.set(req, () => opened((open ??= sessionsIn(cookieName, isHttps)), req, res));
    if (readCookie(req, cookieName) !== undefined) await recognise(req);
    next();
  };
}

/** Signs the person in, in a session with a new id: one that was known before is worth nothing. */
export async function beginSignInSession(req: Request, personId: string): Promise<void> {
  const before = await sessionOf(req);
  await new Promise<void>((done, fail) => before.regenerate((error: unknown) => (error ? fail(error) : done())));
  req.session.personId = personId;
  await new Promise<void>((done, fail) => req.session.save((error: unknown) => (error ? fail(error) : done())));
}

/** Signs out: the session is deleted, and a copy of its cookie opens nothing. */
export async function endSignInSession(req: Request): Promise<void> {
  const current = await sessionOf(req);
  await new Promise<void>((done, fail) => current.destroy((error: unknown) => (error ? fail(error) : done())));
}

async function recognise(req: Request): Promise<void> {
  const { personId, id } = await sessionOf(req);
  const actor = personId === undefined ? undefined : await actorOfPerson(personId);
  if (actor) noteRequest(req, { actor, formToken: signatureOf('form', id).toString('base64url') });
}

function sessionOf(req: Request): Promise<Session & Partial<SessionData>> {
  const open = openSessions.get(req);
  if (!open) throw new Error('Nobody asked who the visitor is.');
  return open();
}

async function opened(open: RequestHandler, req: Request, res: Response): Promise<Session & Partial<SessionData>> {
  await new Promise<void>((done, fail) => {
    void open(req, res, (error: unknown) => (error ? fail(error) : done()));
  });
  return req.session;
}

/** The session's id is kept as a fingerprint: whoever reads the database can open no session. */
function sessionsIn(cookieName: string, isHttps: boolean): RequestHandler {
  const open = session({
    name: cookieName,
    secret: signatureOf('sign-in-cookie').toString('hex'),
    store: MongoStore.create({
      client: databaseClient(),
      collectionName: 'sign-in-sessions',
      transformId: fingerprintOf,
      ttl: idleHours * 3600,
      autoRemove: 'interval',
      autoRemoveInterval: 60,
      touchAfter: 600,
      stringify: false,
    }),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    proxy: true,
    unset: 'destroy',
    cookie: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/', maxAge: idleHours * 3_600_000 },
  });
  return (req, res, next) => {
    // TLS ends at the proxy; that visitors come by https is known from BASE_URL, not from what a request claims.
    if (isHttps) req.headers['x-forwarded-proto'] = 'https';
    return open(req, res, next);
  };
}

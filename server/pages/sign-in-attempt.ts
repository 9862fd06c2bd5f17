import type { Request, Response } from 'express';
import { isSameSecret, signatureOf } from '../platform/secrets.ts';
import { readCookie } from '../web/cookies.ts';

const minutes = 15;

/** Remembers in the browser which sign-in it began. Signed, so that nobody can try codes for a sign-in of others. */
export function noteAttempt(res: Response, signInId: string, isHttps: boolean): void {
  const value = `${signInId}.${signatureOf('sign-in-attempt', signInId).toString('base64url')}`;
  res.cookie(cookieName(isHttps), value, { ...attributes(isHttps), maxAge: minutes * 60_000 });
}

/** The sign-in that this browser began, if it did. */
export function attemptOf(req: Request, isHttps: boolean): string | undefined {
  const [id = '', signature = ''] = readCookie(req, cookieName(isHttps))?.split('.') ?? [];
  const given = Buffer.from(signature, 'base64url');
  return isSameSecret(given, signatureOf('sign-in-attempt', id)) ? id : undefined;
}

export function forgetAttempt(res: Response, isHttps: boolean): void {
  res.clearCookie(cookieName(isHttps), attributes(isHttps));
}

function cookieName(isHttps: boolean): string {
  return isHttps ? '__Secure-mosaik-sign-in' : 'mosaik-sign-in';
}

function attributes(isHttps: boolean) {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/sign-in' } as const;
}

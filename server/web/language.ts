import type { RequestHandler } from 'express';
import type { Language } from '../../templates/texts/texts.ts';
import { readCookie } from './cookies.ts';
import { noteRequest } from './request.ts';

const cookieName = 'mosaik-language';
const oneYear = 365 * 24 * 3_600_000;

/** The address wins and is remembered, then the cookie, then the browser; else German. */
export const chooseLanguage: RequestHandler = (req, res, next) => {
  const asked = knownLanguage(req.query['lang']);
  if (asked) res.cookie(cookieName, asked, { maxAge: oneYear, httpOnly: true, sameSite: 'lax', path: '/' });

  const language =
    asked ?? knownLanguage(readCookie(req, cookieName)) ?? knownLanguage(req.acceptsLanguages('de', 'en'));
  noteRequest(req, { language: language ?? 'de' });
  res.vary('Accept-Language');
  res.vary('Cookie');
  next();
};

function knownLanguage(value: unknown): Language | undefined {
  return value === 'de' || value === 'en' ? value : undefined;
}

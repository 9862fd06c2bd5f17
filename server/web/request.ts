import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Language } from '../../templates/texts/texts.ts';
import { anyone, type Actor } from '../modules/history/index.ts';

/** What is known of a request besides what it carries. */
type Particulars = { id: string; actor: Actor; language: Language; formToken?: string };

const particulars = new WeakMap<Request, Particulars>();

/** Gives every request an id, and says it in the answer: a person can name it, and the log can be searched for it. */
export const giveRequestId: RequestHandler = (req, res, next) => {
  const id = randomUUID();
  particulars.set(req, { id, actor: anyone, language: 'de' });
  res.setHeader('X-Request-Id', id);
  next();
};

/** Who acts: the person who signed in, or anyone. */
export function actorOf(req: Request): Actor {
  return particularsOf(req).actor;
}

export function languageOf(req: Request): Language {
  return particularsOf(req).language;
}

export function requestIdOf(req: Request): string {
  return particularsOf(req).id;
}

/** The token that forms of a signed-in person carry; nothing for others. */
export function formTokenOf(req: Request): string | undefined {
  return particularsOf(req).formToken;
}

export function noteRequest(req: Request, known: Partial<Omit<Particulars, 'id'>>): void {
  Object.assign(particularsOf(req), known);
}

function particularsOf(req: Request): Particulars {
  const known = particulars.get(req);
  if (!known) throw new Error('The request has not come through createApp.');
  return known;
}

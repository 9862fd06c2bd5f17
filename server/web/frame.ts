import type { Request, RequestHandler } from 'express';
import type { PageContext } from '../../templates/page.ts';
import { translations } from '../../templates/texts/texts.ts';
import { isDemo } from '../modules/auth/index.ts';
import { contactRolesOf, isCoordinator, isTrainer } from '../modules/history/index.ts';
import { stylesheets } from './assets.ts';
import { isAtThisMachine } from './loopback.ts';
import { actorOf, formTokenOf, languageOf } from './request.ts';

type Frame = Pick<PageContext, 'operator' | 'demo'> & { mailsGoToDisk: boolean };
const frames = new WeakMap<Request, Frame>();
const askAgainAfterMs = 10_000;

/** Gives every page what the whole installation has in common. */
export function framePages(config: { mailFrom: PageContext['operator']; smtpUrl?: string }): RequestHandler {
  const demo = rememberedDemo();
  return async (req, _res, next) => {
    // Framed before the database is asked: the page that says it does not answer needs a frame too.
    const frame = { operator: config.mailFrom, demo: false, mailsGoToDisk: config.smtpUrl === undefined };
    frames.set(req, frame);
    frame.demo = await demo();
    next();
  };
}

/** What the page of this request knows besides its own view. */
export function pageContextOf(req: Request): PageContext {
  const frame = frames.get(req);
  if (!frame) throw new Error('This is no page: the request has no frame.');
  const [actor, language, formToken] = [actorOf(req), languageOf(req), formTokenOf(req)];
  return {
    language,
    t: translations[language],
    path: pathOf(req),
    stylesheets,
    visitor: {
      signedIn: actor.kind === 'person',
      coordinates: isCoordinator(actor),
      teaches: isTrainer(actor),
      represents: contactRolesOf(actor).length > 0,
    },
    ...(formToken !== undefined && { formToken }),
    operator: frame.operator,
    demo: frame.demo,
    diskMail: showsDiskMail(req),
  };
}

/** The mails on disk are shown only where the data are invented, and only to whoever sits at this machine. */
export function showsDiskMail(req: Request): boolean {
  const frame = frames.get(req);
  return frame !== undefined && frame.demo && frame.mailsGoToDisk && isAtThisMachine(req);
}

function pathOf(req: Request): string {
  const { pathname, searchParams } = new URL(req.originalUrl, 'http://mosaik.invalid');
  searchParams.delete('lang');
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
}

/** The mark is written before anything else; once seen it stays, so that pages need not ask for it each time. */
function rememberedDemo(): () => Promise<boolean> {
  let known = false;
  let askedAt = 0;
  return async () => {
    if (known || Date.now() - askedAt < askAgainAfterMs) return known;
    askedAt = Date.now();
    known = await isDemo();
    return known;
  };
}

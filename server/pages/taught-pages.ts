import type { Request, Router } from 'express';
import { dayOf } from '../../templates/dates.ts';
import { taughtAbsence, taughtCalendar, taughtSession } from '../../templates/trainer/paths.ts';
import { AbsenceQuestion } from '../../templates/trainer/request.tsx';
import { TrainerSession } from '../../templates/trainer/session.tsx';
import { calendarOfTeaching, sessionToTeach, type Teaching } from '../modules/booking/index.ts';
import type { Actor } from '../modules/history/index.ts';
import { reportAbsence } from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import { orRefusal } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { languageOf } from '../web/request.ts';
import { idIn } from './desk-door.ts';

/** A link that was opened: what is taught behind it, by whom, and its own address. */
export type OpenLink = Teaching & { actor: Actor; home: string };

/** What stands behind a link to teach, whichever it is: each session with who comes, "I cannot come", the calendar's file. */
export function taughtPages(pages: Router, route: string, open: (req: Request) => Promise<OpenLink>): void {
  const [session, absence] = [taughtSession(route, ':sessionId'), taughtAbsence(route, ':sessionId')];

  pages.get(taughtCalendar(route), async (req, res) => {
    const { details, sessions, actor } = await open(req);
    if (actor.kind !== 'person' || sessions.length === 0 || details.run.status !== 'published')
      throw notFound('calendar');
    const { name, email } = details.provider;
    const wanted = { trainerId: actor.personId, organiser: { name, email } };
    res.setHeader('Content-Disposition', 'attachment; filename="mosaik.ics"');
    res.type('text/calendar').send(await calendarOfTeaching({ ...details, sessions }, wanted));
  });

  pages.get(session, async (req, res) => {
    const { shown, home } = await sessionBehind(req, open);
    const isToCome = shown.session.startsAt > now();
    render(res, TrainerSession, {
      ...shown,
      back: home,
      ...(isToCome && { absence: taughtAbsence(home, shown.session.id) }),
    });
  });

  pages.get(absence, async (req, res) => {
    const { shown, home } = await sessionBehind(req, open);
    render(res, AbsenceQuestion, {
      title: shown.seminar.title,
      titleLanguage: shown.seminar.language,
      day: dayOf(shown.session.startsAt, shown.session.timeZone, languageOf(req)),
      action: taughtAbsence(home, shown.session.id),
      back: taughtSession(home, shown.session.id),
    });
  });

  pages.post(absence, async (req, res) => {
    const { shown, home, actor } = await sessionBehind(req, open);
    await orRefusal(reportAbsence(actor, shown.session.id));
    res.redirect(303, taughtSession(home, shown.session.id));
  });
}

/** @throws not-found for a session that is not behind this link, or of a run that does not take place now */
async function sessionBehind(req: Request, open: (req: Request) => Promise<OpenLink>) {
  const { actor, sessions, details, home } = await open(req);
  const sessionId = idIn(req, 'sessionId');
  if (details.run.status !== 'published' || !sessions.some(({ id }) => id === sessionId)) throw notFound('session');
  return { actor, home, shown: await sessionToTeach(actor, sessionId) };
}

import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { teaching, teachingAbsence, teachingSession } from '../../templates/trainer/paths.ts';
import { AbsenceQuestion, TeachingLink, type TeachingLinkView } from '../../templates/trainer/request.tsx';
import { TrainerSession } from '../../templates/trainer/session.tsx';
import { dayOf } from '../../templates/dates.ts';
import { requestOfLink, sessionToTeach } from '../modules/booking/index.ts';
import { answerRequest, reportAbsence } from '../modules/scheduling/index.ts';
import { notFound, type AppError } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { languageOf } from '../web/request.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';

/** The two buttons of a request. */
export const answerForm = z.strictObject({ answer: z.enum(['accepted', 'declined'], { error: 'choose-one' }) });

const told = ['request-taken', 'request-answered', 'plan-conflicts'] as const;

/** A request to teach behind its link: the answer, and then all that somebody without an account needs. */
export function teachingLinks(): Router {
  const pages = Router();
  const [page, session, absence] = [
    teaching(':token'),
    teachingSession(':token', ':sessionId'),
    teachingAbsence(':token', ':sessionId'),
  ];
  pages.use(page, personal);

  pages.get(page, async (req, res) => {
    const { actor: _trainer, ...view } = await requestOfLink(idIn(req, 'token'));
    render(res, TeachingLink, view);
  });

  pages.post(page, async (req, res) => {
    const token = idIn(req, 'token');
    const { actor, request } = await requestOfLink(token);
    const form = readForm(answerForm, req);
    if (form.errors) return res.redirect(303, teaching(token));
    const done = await orRefusal(answerRequest(actor, request.id, form.value.answer));
    if (isRefusal(done)) return showRefusal(res, token, done);
    res.redirect(303, teaching(token));
  });

  pages.get(session, async (req, res) => {
    const { details, actor } = await acceptedLink(req);
    if (details.run.status !== 'published') throw notFound('session');
    const shown = await sessionToTeach(actor, idIn(req, 'sessionId'));
    const token = idIn(req, 'token');
    render(res, TrainerSession, {
      ...shown,
      back: teaching(token),
      absence: teachingAbsence(token, shown.session.id),
    });
  });

  pages.get(absence, async (req, res) => {
    const { actor } = await acceptedLink(req);
    const shown = await sessionToTeach(actor, idIn(req, 'sessionId'));
    const back = teachingSession(idIn(req, 'token'), shown.session.id);
    render(res, AbsenceQuestion, {
      title: shown.seminar.title,
      titleLanguage: shown.seminar.language,
      day: dayOf(shown.session.startsAt, shown.session.timeZone, languageOf(req)),
      action: `${back}/absence`,
      back,
    });
  });

  pages.post(absence, async (req, res) => {
    const { actor } = await acceptedLink(req);
    const sessionId = idIn(req, 'sessionId');
    await orRefusal(reportAbsence(actor, sessionId));
    res.redirect(303, teachingSession(idIn(req, 'token'), sessionId));
  });

  return pages;
}

/** Only whoever said yes sees who comes. @throws not-found */
async function acceptedLink(req: Request) {
  const link = await requestOfLink(idIn(req, 'token'));
  const sessionId = idIn(req, 'sessionId');
  if (link.request.status !== 'accepted' || !link.request.sessionIds.includes(sessionId)) throw notFound('session');
  return link;
}

async function showRefusal(res: Response, token: string, refusal: AppError): Promise<void> {
  const { actor: _trainer, ...view } = await requestOfLink(token);
  const known = told.find((code) => code === refusal.code);
  if (!known) throw refusal;
  render(res.status(statusOfKind[refusal.kind]), TeachingLink, { ...view, refusal: known } satisfies TeachingLinkView);
}

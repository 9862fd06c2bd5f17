import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { AssignmentPage } from '../../templates/trainer/assignment.tsx';
import { assignment, teaching } from '../../templates/trainer/paths.ts';
import { TeachingLink } from '../../templates/trainer/request.tsx';
import { assignmentOfLink, requestOfLink } from '../modules/booking/index.ts';
import { answerRequest } from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { notFound, type AppError } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';
import { taughtPages } from './taught-pages.ts';

/** The two buttons of a request. */
export const answerForm = z.strictObject({ answer: z.enum(['accepted', 'declined'], { error: 'choose-one' }) });

const told = ['request-taken', 'request-answered', 'plan-conflicts'] as const;

/** What somebody without an account teaches: a request behind its link, and what their mails about a run lead to. */
export function teachingLinks(): Router {
  const pages = Router();
  const [request, taught] = [teaching(':token'), assignment(':token')];
  pages.use([request, taught], personal);

  pages.get(request, async (req, res) => {
    const { actor: _trainer, ...view } = await requestOfLink(idIn(req, 'token'));
    render(res, TeachingLink, { ...view, now: now() });
  });

  pages.post(request, async (req, res) => {
    const token = idIn(req, 'token');
    const { actor, request: asked } = await requestOfLink(token);
    const form = readForm(answerForm, req);
    if (form.errors) return res.redirect(303, teaching(token));
    const done = await orRefusal(answerRequest(actor, asked.id, form.value.answer));
    if (isRefusal(done)) return showRefusal(res, token, done);
    res.redirect(303, teaching(token));
  });

  pages.get(taught, async (req, res) => {
    const { actor: _trainer, assignment: link, ...view } = await assignmentOfLink(idIn(req, 'token'));
    render(res, AssignmentPage, { ...view, home: assignment(link.token), now: now() });
  });

  taughtPages(pages, request, acceptedRequest);
  taughtPages(pages, taught, async (req) => {
    const link = await assignmentOfLink(idIn(req, 'token'));
    return { ...link, home: assignment(link.assignment.token) };
  });
  return pages;
}

/** Only whoever said yes sees who comes. @throws not-found */
async function acceptedRequest(req: Request) {
  const link = await requestOfLink(idIn(req, 'token'));
  if (link.request.status !== 'accepted') throw notFound('session');
  return { ...link, home: teaching(link.request.token) };
}

async function showRefusal(res: Response, token: string, refusal: AppError): Promise<void> {
  const { actor: _trainer, ...view } = await requestOfLink(token);
  const known = told.find((code) => code === refusal.code);
  if (!known) throw refusal;
  render(res.status(statusOfKind[refusal.kind]), TeachingLink, { ...view, now: now(), refusal: known });
}

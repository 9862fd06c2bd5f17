import { Router, type Request, type Response } from 'express';
import { deskPaths } from '../../templates/desk/paths.ts';
import { SessionForm } from '../../templates/desk/session-form.tsx';
import { startingWith, type FormState } from '../../templates/form.ts';
import { queueOfRun, runDetails } from '../modules/booking/index.ts';
import { trainers } from '../modules/people/index.ts';
import {
  addSession,
  changeSession,
  removeSession,
  runToPlan,
  sessionById,
  sessionInput,
  type Session,
} from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';
import { sessionField } from './desk-plan-field.ts';
import { civilSession, civilValues, networkZone, sessionIn, timeZones } from './desk-times.ts';
import { toldOfMove } from './desk-told.ts';

const sessionForm = civilSession.extend({ timeZone: sessionInput.shape.timeZone });

/** The sessions of a run: moved, given another room or other trainers; added to a draft, and taken out of it. */
export function deskSessions(): Router {
  const pages = Router();
  const [existing, blank] = [deskPaths.session(':sessionId'), deskPaths.newSession(':runId')];

  pages.get(existing, async (req, res) => {
    const session = await sessionToPlan(req, idIn(req, 'sessionId'));
    await renderForm(req, res, session.runId, startingWith(civilValues(session)), session);
  });

  pages.post(existing, async (req, res) => {
    const session = await sessionToPlan(req, idIn(req, 'sessionId'));
    const form = readSession(req);
    if (form.errors) return renderForm(req, res.status(422), session.runId, form, session);
    const { module: _stays, trainers: chosen = [], ...sitting } = form.session;
    const done = await orRefusal(changeSession(actorOf(req), session.id, { ...sitting, trainers: chosen }));
    if (isRefusal(done)) {
      const refused = refusedForm(form.values, done, sessionField(done));
      return renderForm(req, res.status(statusOfKind[done.kind]), session.runId, refused, session);
    }
    res.redirect(303, deskPaths.run(session.runId, 'session-changed'));
  });

  pages.get(blank, async (req, res) => {
    const run = await runToPlan(actorOf(req), idIn(req, 'runId'));
    await renderForm(req, res, run.id, startingWith({ timeZone: run.timeZone ?? networkZone, location: run.location }));
  });

  pages.post(blank, async (req, res) => {
    const { id } = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const form = readSession(req);
    if (form.errors) return renderForm(req, res.status(422), id, form);
    const done = await orRefusal(addSession(actorOf(req), id, form.session));
    if (isRefusal(done))
      return renderForm(
        req,
        res.status(statusOfKind[done.kind]),
        id,
        refusedForm(form.values, done, sessionField(done)),
      );
    res.redirect(303, deskPaths.run(id, 'session-added'));
  });

  pages.post(deskPaths.sessionRemoval(':sessionId'), async (req, res) => {
    const session = await sessionToPlan(req, idIn(req, 'sessionId'));
    const done = await orRefusal(removeSession(actorOf(req), session.id));
    res.redirect(303, deskPaths.run(session.runId, isRefusal(done) ? undefined : 'session-removed'));
  });

  return pages;
}

/** Not there and not yours look the same. @throws not-found */
async function sessionToPlan(req: Request, sessionId: string): Promise<Session> {
  const session = await sessionById(sessionId);
  if (!session) throw notFound('session');
  await runToPlan(actorOf(req), session.runId);
  return session;
}

function readSession(req: Request) {
  const form = readForm(sessionForm, req);
  if (form.errors) return form;
  const { timeZone, ...civil } = form.value;
  return { values: form.values, ...sessionIn(civil, timeZone) };
}

async function renderForm(
  req: Request,
  res: Response,
  runId: string,
  form: FormState,
  session?: Session,
): Promise<void> {
  const [listing, queue, teachers] = await Promise.all([
    runDetails(actorOf(req), runId),
    queueOfRun(actorOf(req), runId),
    trainers(),
  ]);
  render(res, SessionForm, {
    listing,
    form,
    trainers: teachers,
    timeZones,
    ...(session && { session: { id: session.id, isOver: session.endsAt <= now() } }),
    told: toldOfMove(queue, session),
  });
}

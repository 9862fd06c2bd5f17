import { Router, type Request, type Response } from 'express';
import { deskPaths } from '../../templates/desk/paths.ts';
import { SessionForm } from '../../templates/desk/session-form.tsx';
import { startingWith, type FormState } from '../../templates/form.ts';
import { runDetails } from '../modules/booking/index.ts';
import { trainers } from '../modules/people/index.ts';
import {
  addSession,
  changeSession,
  overrideInput,
  removeSession,
  runToPlan,
  sessionById,
  sessionInput,
  type Session,
} from '../modules/scheduling/index.ts';
import { isFor, roomsFor } from '../modules/venues/index.ts';
import { now } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { previewOrChange, type Rehearse } from './desk-change.ts';
import { planAgain } from './desk-conflicts.ts';
import { idIn } from './desk-door.ts';
import { civilSession, civilValues, networkZone, sessionIn, somewhere, timeZones } from './desk-times.ts';

const sessionForm = somewhere(
  civilSession.extend({ timeZone: sessionInput.shape.timeZone, override: overrideInput.optional() }),
);

/** The time to which a session was dragged in the calendar. */
const moveForm = civilSession.pick({ date: true, from: true, until: true, endsOn: true });

/** The sessions of a run: moved, given another room or other trainers; added to a draft, and taken out of it. */
export function deskSessions(rehearse: Rehearse): Router {
  const pages = Router();
  const [existing, blank] = [deskPaths.session(':sessionId'), deskPaths.newSession(':runId')];

  pages.get(existing, async (req, res) => {
    const session = await sessionToPlan(req, idIn(req, 'sessionId'));
    await renderForm(req, res, session.runId, startingWith(civilValues(session)), session);
  });

  pages.post(deskPaths.sessionMove(':sessionId'), async (req, res) => {
    const session = await sessionToPlan(req, idIn(req, 'sessionId'));
    const form = readForm(moveForm, req);
    const values = { ...civilValues(session), ...form.values };
    const moved = form.errors ? form : sessionIn({ ...form.value, location: session.location }, session.timeZone);
    if (moved.errors) return renderForm(req, res.status(422), session.runId, { values, errors: moved.errors }, session);
    const { startsAt, endsAt } = moved.session;
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId: session.runId,
        action: deskPaths.session(session.id),
        values,
        isGesture: true,
        act: (act) => changeSession(actorOf(req), session.id, { startsAt, endsAt }, act),
        form: async (refusal) =>
          renderForm(req, res, session.runId, await planAgain({ req, res }, values, refusal), session),
      },
    );
  });

  pages.post(existing, async (req, res) => {
    const session = await sessionToPlan(req, idIn(req, 'sessionId'));
    const form = readSession(req);
    if (form.errors) return renderForm(req, res.status(422), session.runId, form, session);
    const { module: _stays, trainers: chosen = [], ...sitting } = form.session;
    const change = { ...sitting, trainers: chosen };
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId: session.runId,
        action: deskPaths.session(session.id),
        values: form.values,
        act: (act) => changeSession(actorOf(req), session.id, change, { ...act, override: form.override }),
        form: async (refusal) =>
          renderForm(req, res, session.runId, await planAgain({ req, res }, form.values, refusal), session),
      },
    );
  });

  pages.get(blank, async (req, res) => {
    const run = await runToPlan(actorOf(req), idIn(req, 'runId'));
    await renderForm(req, res, run.id, startingWith({ timeZone: run.timeZone ?? networkZone, location: run.location }));
  });

  pages.post(blank, async (req, res) => {
    const { id } = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const form = readSession(req);
    if (form.errors) return renderForm(req, res.status(422), id, form);
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId: id,
        action: deskPaths.newSession(id),
        values: form.values,
        act: (act) => addSession(actorOf(req), id, form.session, { ...act, override: form.override }),
        form: async (refusal) => renderForm(req, res, id, await planAgain({ req, res }, form.values, refusal)),
        quiet: 'session-added',
      },
    );
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
  const { timeZone, override, ...civil } = form.value;
  return { values: form.values, override, ...sessionIn(civil, timeZone) };
}

async function renderForm(
  req: Request,
  res: Response,
  runId: string,
  form: FormState,
  session?: Session,
): Promise<void> {
  const [listing, teachers] = await Promise.all([runDetails(actorOf(req), runId), trainers()]);
  const rooms = (await roomsFor(actorOf(req))).filter(({ venue }) => isFor(listing.run.providerId, venue));
  render(res, SessionForm, {
    listing,
    form,
    trainers: teachers,
    rooms,
    timeZones,
    ...(session && { session: { id: session.id, isOver: session.endsAt <= now() } }),
  });
}

import { Router, type Request, type Response } from 'express';
import { deskPaths } from '../../templates/desk/paths.ts';
import { SessionForm } from '../../templates/desk/session-form.tsx';
import type { PlanCheck } from '../../templates/desk/plan-check.tsx';
import { startingWith, type FieldError, type FormState } from '../../templates/form.ts';
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
import { notFound, type AppError } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { previewOrChange, type Rehearse } from './desk-change.ts';
import { planAgain } from './desk-conflicts.ts';
import { idIn } from './desk-door.ts';
import { comingTo, isPlanCheck, planChecked, sessionInForm, typedIn, withNotes } from './desk-plan-check.ts';
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
        form: (refusal) => renderAgain({ req, res }, { runId: session.runId, session, values }, refusal),
      },
    );
  });

  pages.post(existing, async (req, res) => {
    const session = await sessionToPlan(req, idIn(req, 'sessionId'));
    const form = readSession(req);
    if (isPlanCheck(req)) return renderChecked(req, res, { runId: session.runId, errors: form.errors, session });
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
        form: (refusal) => renderAgain({ req, res }, { runId: session.runId, session, values: form.values }, refusal),
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
    if (isPlanCheck(req)) return renderChecked(req, res, { runId: id, errors: form.errors });
    if (form.errors) return renderForm(req, res.status(422), id, form);
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId: id,
        action: deskPaths.newSession(id),
        values: form.values,
        act: (act) => addSession(actorOf(req), id, form.session, { ...act, override: form.override }),
        form: (refusal) => renderAgain({ req, res }, { runId: id, values: form.values }, refusal),
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

type Edited = { runId: string; session?: Session };

/** What speaks against the session as it was typed; nothing is saved. */
async function renderChecked(
  req: Request,
  res: Response,
  { errors, ...edited }: Edited & { errors: readonly FieldError[] | undefined },
): Promise<void> {
  const sessions = inForm(typedIn(req), edited);
  const details = await runDetails(actorOf(req), edited.runId);
  const checked = await planChecked(req, { errors, sessions, rows: 1 }, await comingTo(req, details));
  await renderForm(req, res, edited.runId, checked.form, edited.session, checked.checked);
}

/** The form as it was typed, with the refusal where there is one, and with what else speaks against it. */
async function renderAgain(
  { req, res }: { req: Request; res: Response },
  { values, ...edited }: Edited & { values: Record<string, string> },
  refusal?: AppError,
): Promise<void> {
  const again = await planAgain({ req, res }, values, refusal);
  const details = await runDetails(actorOf(req), edited.runId);
  const noted = await withNotes(req, again, inForm(values, edited), await comingTo(req, details));
  await renderForm(req, res, edited.runId, noted, edited.session);
}

function inForm(values: Record<string, string>, { runId, session }: Edited) {
  return sessionInForm(values, '', session ?? { id: 'new', runId });
}

async function renderForm(
  req: Request,
  res: Response,
  runId: string,
  form: FormState,
  session?: Session,
  checked?: PlanCheck,
): Promise<void> {
  const [listing, teachers] = await Promise.all([runDetails(actorOf(req), runId), trainers()]);
  const rooms = (await roomsFor(actorOf(req))).filter(({ venue }) => isFor(listing.run.providerId, venue));
  render(res, SessionForm, {
    listing,
    form,
    trainers: teachers,
    rooms,
    timeZones,
    checked,
    ...(session && { session: { id: session.id, isOver: session.endsAt <= now() } }),
  });
}

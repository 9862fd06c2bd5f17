import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { startingWith, type FormState } from '../../templates/form.ts';
import { FreeRooms, type ChoiceView, type FreeRoomsView } from '../../templates/venues/free-rooms.tsx';
import { venuePaths } from '../../templates/venues/paths.ts';
import { RunNeedsForm } from '../../templates/venues/run-needs.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { runDetails, type RunDetails } from '../modules/booking/index.ts';
import {
  changeRunSettings,
  conflictsIn,
  overridesOf,
  roomsAt,
  runToPlan,
  sessionById,
  type Session,
} from '../modules/scheduling/index.ts';
import { needsInput } from '../modules/venues/index.ts';
import { now } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import { readForm, readQuery } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { sentencesOf, type ConflictSentence } from './desk-conflicts.ts';
import { idIn } from './desk-door.ts';
import { featureFields, featuresIn, featureValues } from './desk-features.ts';
import { comingTo } from './desk-plan-check.ts';
import { civilDay, civilTime, civilValues, instantOf, networkZone } from './desk-times.ts';

const needsForm = z.strictObject({ ...needsInput.pick({ seating: true }).shape, ...featureFields });
const timeQuery = z.strictObject({
  session: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .optional(),
  date: civilDay.optional(),
  from: civilTime.optional(),
  until: civilTime.optional(),
  endsOn: civilDay.optional(),
});

/** Finding a room: what a run needs, and which rooms have it and are free. */
export function deskRoomChoice(): Router {
  const pages = Router();
  const needs = venuePaths.runNeeds(':runId');

  pages.get(venuePaths.freeRooms(), async (req, res) => {
    const query = readQuery(timeQuery, req);
    if (query.errors) return renderChoice(req, res.status(422), query);
    const { session: id, ...asked } = query.value;
    const session = id === undefined ? undefined : await sessionToPlan(req, id);
    const when = { ...(session && civilValues(session)), ...asked };
    await renderChoice(req, res, startingWith(when), session);
  });

  pages.get(needs, async (req, res) => {
    const run = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const { seating, equipment = [], accessibility = [] } = run.needs ?? {};
    await renderNeeds(req, res, run.id, startingWith({ seating, ...featureValues({ equipment, accessibility }) }));
  });

  pages.post(needs, async (req, res) => {
    const { id } = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const form = readForm(needsForm, req);
    if (form.errors) return renderNeeds(req, res.status(422), id, form);
    const { seating } = form.value;
    await changeRunSettings(actorOf(req), id, { needs: { seating, ...featuresIn(form.value) } });
    res.redirect(303, deskPaths.run(id, 'run-settings-changed'));
  });

  return pages;
}

/** `override`: why it was planned all the same. */
type NoteOnPlan = ConflictSentence & { isHard: boolean; override?: string };

/** What speaks against the sessions to come as they stand. */
export async function notesOn(req: Request, details: RunDetails): Promise<NoteOnPlan[]> {
  const sessions = details.sessions.filter(({ endsAt }) => endsAt > now());
  if (details.run.status === 'cancelled' || sessions.length === 0) return [];
  const conflicts = await conflictsIn({ sessions, ...(await comingTo(req, details)) });
  const sentences = await sentencesOf(req, conflicts);
  const overrides = await overridesOf(sessions, conflicts);
  const notes = conflicts.flatMap(({ isHard }, index): NoteOnPlan[] => {
    const [sentence, override] = [sentences[index], overrides[index]];
    return sentence ? [{ ...sentence, isHard, ...(override && { override }) }] : [];
  });
  // Six sessions in a room that is too small are one note.
  return [...new Map(notes.map((note) => [JSON.stringify([note.key, note.values]), note])).values()];
}

async function renderChoice(req: Request, res: Response, form: FormState, session?: Session): Promise<void> {
  const choices = form.errors.length > 0 ? undefined : await choicesAt(req, form, session);
  const view: FreeRoomsView = { form, ...(choices && { choices }) };
  if (!session) return render(res, FreeRooms, view);
  const { date = '', from = '', until = '', endsOn = '' } = form.values;
  const values = { ...civilValues(session), location: '', date, from, until, endsOn };
  render(res, FreeRooms, { ...view, session: { id: session.id, runId: session.runId, values } });
}

async function choicesAt(req: Request, form: FormState, session?: Session): Promise<ChoiceView[] | undefined> {
  const { date, from, until, endsOn } = form.values;
  if (!date || !from || !until) return undefined;
  const timeZone = session?.timeZone ?? networkZone;
  const [startsAt, endsAt] = [instantOf(date, from, timeZone), instantOf(endsOn || date, until, timeZone)];
  if (!startsAt || !endsAt || startsAt >= endsAt) return undefined;
  const details = session && (await runDetails(actorOf(req), session.runId));
  const choices = await roomsAt(actorOf(req), {
    startsAt,
    endsAt,
    timeZone,
    ...(session && { session }),
    ...(details && { providerId: details.run.providerId, ...(await comingTo(req, details)) }),
  });
  const sentences = await sentencesOf(
    req,
    choices.flatMap(({ conflicts }) => conflicts),
  );
  return choices.map(({ room, conflicts }): ChoiceView => ({
    room,
    isFree: conflicts.every(({ isHard }) => !isHard),
    sentences: sentences.splice(0, conflicts.length),
  }));
}

async function renderNeeds(req: Request, res: Response, runId: string, form: FormState): Promise<void> {
  render(res, RunNeedsForm, { listing: await runDetails(actorOf(req), runId), form });
}

/** Not there and not yours look the same. @throws not-found */
async function sessionToPlan(req: Request, sessionId: string): Promise<Session> {
  const session = await sessionById(sessionId);
  if (!session) throw notFound('session');
  await runToPlan(actorOf(req), session.runId);
  return session;
}

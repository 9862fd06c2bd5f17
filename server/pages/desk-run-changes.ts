import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ChangeTold } from '../../templates/desk/change-told.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { NewDates, RunPostponement, SessionCancellation } from '../../templates/desk/run-dates.tsx';
import type { PlanCheck } from '../../templates/desk/plan-check.tsx';
import { emptyForm, startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { cancelRunInput, postponeRun, queueOfRun, rescheduleRun, runDetails } from '../modules/booking/index.ts';
import { eventsOfChange } from '../modules/history/index.ts';
import { messagesOfChange } from '../modules/mail/index.ts';
import {
  cancelSession,
  overrideInput,
  runToPlan,
  sessionById,
  sessionInput,
  sessionsSetAside,
  type NewDate,
  type Session,
} from '../modules/scheduling/index.ts';
import { isFor, roomsFor } from '../modules/venues/index.ts';
import { notFound } from '../platform/errors.ts';
import { readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { formAgain, previewOrChange, type Rehearse } from './desk-change.ts';
import { idIn } from './desk-door.ts';
import { happeningsOf } from './desk-history.ts';
import {
  comingTo,
  isPlanCheck,
  planChecked,
  sessionsInForm,
  typedIn,
  withConflictsAt,
  withNotes,
} from './desk-plan-check.ts';
import { civilSession, networkZone, sessionIn, timeZones } from './desk-times.ts';

const newDate = civilSession
  .pick({ date: true, from: true, until: true, endsOn: true, roomId: true, location: true })
  .partial()
  .extend({ sessionId: z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }) });
const newDatesForm = z.strictObject({
  timeZone: sessionInput.shape.timeZone,
  dates: z.array(newDate).max(100, { error: 'too-many' }),
  override: overrideInput.optional(),
});

/** What changes a public run's plan as a whole, and what has been told of it. */
export function deskRunChanges(rehearse: Rehearse): Router {
  const pages = Router();
  const [postponement, newDates, cancellation] = [
    deskPaths.postponement(':runId'),
    deskPaths.newDates(':runId'),
    deskPaths.sessionCancellation(':sessionId'),
  ];

  pages.get(postponement, async (req, res) => {
    await renderPostponement(req, res, idIn(req, 'runId'), emptyForm);
  });

  pages.post(postponement, async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const form = readForm(cancelRunInput, req);
    if (form.errors) return renderPostponement(req, res.status(422), runId, form);
    const { reason } = form.value;
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId,
        action: deskPaths.postponement(runId),
        values: form.values,
        act: (act) => postponeRun(actorOf(req), { runId, reason }, act),
        form: (refusal) => renderPostponement(req, res, runId, formAgain(res, form.values, refusal)),
      },
    );
  });

  pages.get(newDates, async (req, res) => {
    const run = await runToPlan(actorOf(req), idIn(req, 'runId'));
    if (run.status !== 'postponed') return res.redirect(303, deskPaths.run(run.id));
    const sessions = await postponedOf(run.id);
    const places = sessions.map(({ location, roomId }, index) =>
      roomId === undefined
        ? ([`dates[${index}].location`, location] as const)
        : ([`dates[${index}].roomId`, roomId] as const),
    );
    const values = { timeZone: run.timeZone ?? networkZone, ...Object.fromEntries(places) };
    await renderNewDates(req, res, run.id, startingWith(values));
  });

  pages.post(newDates, async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const form = readForm(newDatesForm, req);
    const postponed = await postponedOf(runId);
    const coming = await comingTo(req, await runDetails(actorOf(req), runId));
    if (isPlanCheck(req)) {
      const errors = form.errors ?? datesIn(form.value, postponed).errors;
      const typed = { errors, sessions: sessionsInForm(typedIn(req), postponed), rows: postponed.length };
      const { form: again, checked } = await planChecked(req, typed, coming);
      return renderNewDates(req, res, runId, again, checked);
    }
    if (form.errors) return renderNewDates(req, res.status(422), runId, form);
    const read = datesIn(form.value, postponed);
    if (read.errors.length > 0)
      return renderNewDates(req, res.status(422), runId, { values: form.values, errors: read.errors });
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId,
        action: deskPaths.newDates(runId),
        values: form.values,
        act: (act) =>
          rescheduleRun(actorOf(req), { runId, dates: read.dates }, { ...act, override: form.value.override }),
        form: async (refusal) => {
          const again = formAgain(res, form.values, refusal);
          const planned = sessionsInForm(form.values, postponed);
          const refused = await withConflictsAt(req, again, planned, refusal);
          await renderNewDates(req, res, runId, await withNotes(req, refused, planned, coming));
        },
      },
    );
  });

  pages.get(cancellation, async (req, res) => {
    const session = await sessionToPlan(req);
    await renderCancellation(req, res, session, emptyForm);
  });

  pages.post(cancellation, async (req, res) => {
    const session = await sessionToPlan(req);
    const form = readForm(cancelRunInput, req);
    if (form.errors) return renderCancellation(req, res.status(422), session, form);
    const { reason } = form.value;
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId: session.runId,
        action: deskPaths.sessionCancellation(session.id),
        values: form.values,
        act: (act) => cancelSession(actorOf(req), { sessionId: session.id, reason }, act),
        form: (refusal) => renderCancellation(req, res, session, formAgain(res, form.values, refusal)),
      },
    );
  });

  pages.get(deskPaths.change(':runId', ':changeId'), async (req, res) => {
    const [runId, changeId] = [idIn(req, 'runId'), idIn(req, 'changeId')];
    const queue = await queueOfRun(actorOf(req), runId);
    const events = (await eventsOfChange(changeId)).filter(({ about }) => about.runId === runId);
    const [first] = events;
    if (!first) throw notFound('change');
    const listing = await runDetails(actorOf(req), runId);
    render(res, ChangeTold, {
      listing,
      changeId,
      at: first.at,
      happenings: await happeningsOf(events, { run: listing.run, queue, language: languageOf(req) }),
      isTelling: events.some(({ isPending }) => isPending),
      told: await messagesOfChange(changeId),
    });
  });

  return pages;
}

/** Not there and not yours look the same. @throws not-found */
async function sessionToPlan(req: Request): Promise<Session> {
  const session = await sessionById(idIn(req, 'sessionId'));
  if (!session) throw notFound('session');
  await runToPlan(actorOf(req), session.runId);
  return session;
}

async function postponedOf(runId: string) {
  return (await sessionsSetAside(runId)).filter(({ why }) => why.because === 'postponed');
}

type Dates = { dates: NewDate[]; errors: FieldError[] };

/** A row whose day is empty is a session that will not take place. */
function datesIn(form: z.infer<typeof newDatesForm>, postponed: readonly Session[]): Dates {
  const found: Dates = { dates: [], errors: [] };
  for (const [index, { sessionId, date, from, until, endsOn, roomId, location }] of form.dates.entries()) {
    if (date === undefined) continue;
    const prefix = `dates[${index}].`;
    const was = postponed.find(({ id }) => id === sessionId);
    if (from === undefined || until === undefined) {
      found.errors.push({ field: `${prefix}${from === undefined ? 'from' : 'until'}`, key: 'errors.time' });
      continue;
    }
    const place = location ?? (roomId === undefined ? was?.location : '') ?? '';
    const read = sessionIn({ date, from, until, endsOn, roomId, location: place }, form.timeZone, prefix);
    if (read.errors) found.errors.push(...read.errors);
    else found.dates.push({ ...read.session, sessionId });
  }
  return found;
}

async function renderPostponement(req: Request, res: Response, runId: string, form: FormState): Promise<void> {
  const listing = await runDetails(actorOf(req), (await runToPlan(actorOf(req), runId)).id);
  if (listing.run.status !== 'published') return res.redirect(303, deskPaths.run(runId));
  render(res, RunPostponement, { listing, form });
}

async function renderNewDates(
  req: Request,
  res: Response,
  runId: string,
  form: FormState,
  checked?: PlanCheck,
): Promise<void> {
  const listing = await runDetails(actorOf(req), runId);
  const rooms = (await roomsFor(actorOf(req))).filter(({ venue }) => isFor(listing.run.providerId, venue));
  render(res, NewDates, { listing, form, sessions: await postponedOf(runId), rooms, timeZones, checked });
}

async function renderCancellation(req: Request, res: Response, session: Session, form: FormState): Promise<void> {
  const listing = await runDetails(actorOf(req), session.runId);
  if (listing.run.status !== 'published') return res.redirect(303, deskPaths.run(session.runId));
  render(res, SessionCancellation, { listing, session, form });
}

import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { AllSessions } from '../../templates/desk/all-sessions.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import type { PlanCheck } from '../../templates/desk/plan-check.tsx';
import { startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { runDetails } from '../modules/booking/index.ts';
import {
  changeSessions,
  overrideInput,
  runToPlan,
  sessionsOfRun,
  type Session,
  type SessionChange,
} from '../modules/scheduling/index.ts';
import { isFor, roomsFor } from '../modules/venues/index.ts';
import { now } from '../platform/clock.ts';
import { notFound, type AppError } from '../platform/errors.ts';
import { readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { formAgain, previewOrChange, type Rehearse } from './desk-change.ts';
import { idIn } from './desk-door.ts';
import {
  comingTo,
  isPlanCheck,
  planChecked,
  sessionsInForm,
  typedIn,
  withConflictsAt,
  withNotes,
} from './desk-plan-check.ts';
import { planField } from './desk-plan-field.ts';
import { civilSession, civilValues, sessionIn, somewhere } from './desk-times.ts';

const dated = somewhere(
  civilSession
    .omit({ module: true, trainers: true })
    .extend({ sessionId: z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }) }),
);
const allSessionsForm = z.strictObject({
  dates: z.array(dated).max(100, { error: 'too-many' }),
  override: overrideInput.optional(),
});
const shown = ['date', 'from', 'until', 'endsOn', 'roomId', 'location'] as const;

/** The sessions of a run that are still to come, changed in one act. */
export function deskAllSessions(rehearse: Rehearse): Router {
  const pages = Router();
  const page = deskPaths.allSessions(':runId');

  pages.get(page, async (req, res) => {
    const run = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const sessions = await sessionsToCome(run.id);
    const cells = sessions.flatMap((session, index) => {
      const values = civilValues(session);
      return shown.map((name) => [`dates[${index}].${name}`, values[name]] as const);
    });
    await renderForm(req, res, run.id, startingWith(Object.fromEntries(cells)));
  });

  pages.post(page, async (req, res) => {
    const { id: runId } = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const form = readForm(allSessionsForm, req);
    const sessions = await sessionsToCome(runId);
    const coming = await comingTo(req, await runDetails(actorOf(req), runId));
    if (isPlanCheck(req)) {
      const errors = form.errors ?? changesIn(form.value, sessions).errors;
      const typed = { errors, sessions: sessionsInForm(typedIn(req), sessions), rows: sessions.length };
      const { form: again, checked } = await planChecked(req, typed, coming);
      return renderForm(req, res, runId, again, checked);
    }
    if (form.errors) return renderForm(req, res.status(422), runId, form);
    const { changes, errors } = changesIn(form.value, sessions);
    if (errors.length > 0) return renderForm(req, res.status(422), runId, { values: form.values, errors });
    const { override } = form.value;
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId,
        action: deskPaths.allSessions(runId),
        values: form.values,
        act: (act) => changeSessions(actorOf(req), runId, changes, { ...act, override }),
        form: async (refusal) => {
          const again = atItsRow(formAgain(res, form.values, refusal), refusal, await firstToCome(runId));
          const planned = sessionsInForm(form.values, sessions);
          const refused = await withConflictsAt(req, again, planned, refusal);
          await renderForm(req, res, runId, await withNotes(req, refused, planned, coming));
        },
      },
    );
  });

  return pages;
}

async function sessionsToCome(runId: string): Promise<Session[]> {
  return (await sessionsOfRun(runId)).filter(({ endsAt }) => endsAt > now());
}

/** How many of the plan's sessions are over: the form begins behind them. */
async function firstToCome(runId: string): Promise<number> {
  return (await sessionsOfRun(runId)).findIndex(({ endsAt }) => endsAt > now());
}

/** A refusal counts the sessions of the plan; the form those to come. */
function atItsRow(form: FormState, refusal: AppError | undefined, first: number): FormState {
  const field = refusal && planField(refusal);
  if (!field) return form;
  const inRow = field.replace(/^sessions\[(\d+)\]/, (_, row: string) => `dates[${Number(row) - first}]`);
  return { ...form, errors: form.errors.map((error) => ({ ...error, field: inRow })) };
}

type Changes = { changes: { sessionId: string; change: SessionChange }[]; errors: FieldError[] };

function changesIn({ dates }: z.infer<typeof allSessionsForm>, sessions: readonly Session[]): Changes {
  const found: Changes = { changes: [], errors: [] };
  for (const [index, { sessionId, ...civil }] of dates.entries()) {
    const prefix = `dates[${index}].`;
    const was = sessions.find(({ id }) => id === sessionId);
    if (!was) throw notFound('session');
    const read = sessionIn(civil, was.timeZone, prefix);
    if (read.errors) found.errors.push(...read.errors);
    else if (read.session.endsAt <= read.session.startsAt)
      found.errors.push({ field: `${prefix}until`, key: 'refusals.session-ends-before-it-starts' });
    else found.changes.push({ sessionId, change: read.session });
  }
  return found;
}

async function renderForm(
  req: Request,
  res: Response,
  runId: string,
  form: FormState,
  checked?: PlanCheck,
): Promise<void> {
  const listing = await runDetails(actorOf(req), runId);
  const sessions = await sessionsToCome(runId);
  const isPlanned = listing.run.status === 'draft' || listing.run.status === 'published';
  if (!isPlanned || sessions.length === 0) return res.redirect(303, deskPaths.run(runId));
  const rooms = (await roomsFor(actorOf(req))).filter(({ venue }) => isFor(listing.run.providerId, venue));
  render(res, AllSessions, { listing, form, sessions, rooms, checked });
}

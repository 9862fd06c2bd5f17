import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { deskPaths } from '../../templates/desk/paths.ts';
import { rowsIn } from '../../templates/desk/rows.tsx';
import { RunForm, SeminarChoice, type RunFormView } from '../../templates/desk/run-form.tsx';
import { emptyForm, startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { planRun, planRunInput, type PlanRun } from '../modules/booking/index.ts';
import { seminarsOf, type Seminar } from '../modules/catalogue/index.ts';
import { once } from '../modules/history/index.ts';
import { trainers } from '../modules/people/index.ts';
import { overrideInput, queuePolicyInput, sessionInput } from '../modules/scheduling/index.ts';
import { isFor, roomsFor } from '../modules/venues/index.ts';
import type { AppError } from '../platform/errors.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { seminarToPlan } from './desk-door.ts';
import { withRowsChanged } from './desk-rows.ts';
import { refusedPlan } from './desk-conflicts.ts';
import { civilSession, networkZone, sessionIn, somewhere, timeZones } from './desk-times.ts';
import { usualPolicyWords } from './desk-policy.ts';
import { planField } from './desk-plan-field.ts';
import { planChecked, roomChoices, sessionInForm, typedIn, withNotes, type SessionInForm } from './desk-plan-check.ts';

// In the order of the page, so that mistakes are listed in it.
const planForm = z.strictObject({
  sessions: z.array(somewhere(civilSession), { error: 'at-least-one-session' }).max(60, { error: 'too-many' }),
  timeZone: sessionInput.shape.timeZone,
  ...planRunInput.pick({ capacity: true, minimum: true, decisionOn: true, cancellationHours: true }).shape,
  ...queuePolicyInput.shape,
  override: overrideInput.optional(),
});
const blankPlan = startingWith({ timeZone: networkZone, cancellationHours: '48', ...usualPolicyWords });
const likeTheLast = ['from', 'until', 'roomId', 'location', 'trainers'];

/** Planning a run of a seminar, as a draft or published at once. */
export function deskNewRun(): Router {
  const pages = Router();

  pages.get(deskPaths.newRun(), async (req, res) => {
    if (req.query['seminar'] === undefined) {
      render(res, SeminarChoice, { seminars: await seminarsOf(actorOf(req)), form: emptyForm });
      return;
    }
    await renderForm(req, res, await seminarToPlan(actorOf(req), req.query['seminar']), blankPlan);
  });

  pages.post(deskPaths.newRun(), async (req, res) => {
    const actor = actorOf(req);
    const seminar = await seminarToPlan(actor, req.query['seminar']);
    const changed = withRowsChanged(req, 'sessions', likeTheLast);
    if (changed) return renderForm(req, res, seminar, { values: changed, errors: [] });
    if (isQuestion(req)) return renderChecked(req, res, seminar);
    const form = readPlan(req, seminar.id);
    if (form.errors) return renderForm(req, res.status(422), seminar, form);

    const request = { key: formField(req, '_key') ?? '', request: form.plan };
    const planned = await orRefusal(once(actor, request, async () => (await planRun(actor, form.plan)).id));
    if (isRefusal(planned)) {
      const prefixOf = (session: number) => `sessions[${session}].`;
      const refused = await refusedPlan(req, form.values, planned, {
        field: fieldRefused(planned, form.plan),
        prefixOf,
      });
      const noted = await withNotes(req, refused, sessionsIn(refused), capacityIn(refused.values));
      return renderForm(req, res.status(statusOfKind[planned.kind]), seminar, noted);
    }
    res.redirect(303, deskPaths.run(planned, form.plan.published ? 'run-published' : 'run-planned'));
  });

  return pages;
}

type ReadPlan =
  | { plan: PlanRun; values: Record<string, string>; errors?: undefined }
  | { values: Record<string, string>; errors: FieldError[] };

function readPlan(req: Request, seminarId: string): ReadPlan {
  const form = readForm(planForm, req);
  if (form.errors) return form;
  const { timeZone, sessions, ...rest } = form.value;
  const read = sessions.map((session, index) => sessionIn(session, timeZone, `sessions[${index}].`));
  const errors = read.flatMap((one) => one.errors ?? []);
  if (errors.length > 0) return { values: form.values, errors };

  const published = formField(req, '_do') === 'publish';
  const plan = { ...rest, seminarId, published, sessions: read.flatMap(({ session }) => session ?? []) };
  return { plan, values: form.values };
}

/** What has begun before it is published is the earliest session: nobody could book it. */
function fieldRefused(refusal: AppError, { sessions }: PlanRun): string | undefined {
  if (refusal.code !== 'run-already-started') return planField(refusal);
  const starts = sessions.map(({ startsAt }) => startsAt.getTime());
  return `sessions[${starts.indexOf(Math.min(...starts))}].date`;
}

/** What speaks against the plan, or which rooms are free, is asked by buttons that save nothing. */
function isQuestion(req: Request): boolean {
  return /^(check|rooms-\d{1,2})$/.test(formField(req, '_do') ?? '');
}

async function renderChecked(req: Request, res: Response, seminar: Seminar): Promise<void> {
  const values = typedIn(req);
  const form = { values, errors: [] };
  const coming = capacityIn(values);
  const [, asked] = /^rooms-(\d+)$/.exec(formField(req, '_do') ?? '') ?? [];
  if (asked === undefined) {
    const read = readPlan(req, seminar.id);
    const typed = { errors: read.errors, sessions: sessionsIn(form), rows: rowsIn(form, 'sessions', 1) };
    const checked = await planChecked(req, typed, coming);
    return renderForm(req, res, seminar, checked.form, checked);
  }
  const prefix = `sessions[${asked}].`;
  const [session] = sessionInForm(values, prefix);
  const note = { field: `${prefix}roomId`, key: 'rooms.choices-need-time' as const };
  if (!session) return renderForm(req, res, seminar, { ...form, notes: [note] });
  const choices = await roomChoices(req, session, { ...coming, providerId: seminar.providerId });
  const { free, warned, taken } = choices;
  const counted = { free: free.length, warned: warned.length, taken: taken.length };
  const notes = [{ ...note, key: 'rooms.choices-summary' as const, values: counted }];
  await renderForm(req, res, seminar, { ...form, notes }, { choices: { ...choices, row: Number(asked) } });
}

function sessionsIn(form: FormState): SessionInForm[] {
  return Array.from({ length: rowsIn(form, 'sessions') }, (_, row) =>
    sessionInForm(form.values, `sessions[${row}].`),
  ).flat();
}

function capacityIn({ capacity }: Readonly<Record<string, string>>): { capacity?: number } {
  const read = planRunInput.shape.capacity.safeParse(Number(capacity));
  return read.success ? { capacity: read.data } : {};
}

async function renderForm(
  req: Request,
  res: Response,
  seminar: Seminar,
  form: FormState,
  answer: Pick<RunFormView, 'choices' | 'checked'> = {},
): Promise<void> {
  const formKey = formField(req, '_key') ?? randomSecret();
  const rooms = (await roomsFor(actorOf(req))).filter(({ venue }) => isFor(seminar.providerId, venue));
  render(res, RunForm, { form, seminar, trainers: await trainers(), rooms, timeZones, formKey, ...answer });
}

import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { reminderPaths } from '../../templates/desk/reminder-paths.ts';
import { RunReminders, SeminarReminders } from '../../templates/desk/reminders.tsx';
import { startingWith, type FormState } from '../../templates/form.ts';
import { changeReminders, changeSeminarReminders, previewReminders, runDetails } from '../modules/booking/index.ts';
import { reminderPlanInput, type ReminderRule, type Seminar } from '../modules/catalogue/index.ts';
import { runToPlan, type Run } from '../modules/scheduling/index.ts';
import { formField, isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn, seminarToPlan } from './desk-door.ts';
import { withRowsChanged } from './desk-rows.ts';

const planForm = z.strictObject({ rules: reminderPlanInput.optional() });

/** Who is reminded when: of a run, and as its seminar proposes it. */
export function deskReminders(): Router {
  const pages = Router();
  const [ofRun, ofSeminar] = [reminderPaths.ofRun(':runId'), reminderPaths.ofSeminar(':seminarId')];

  pages.get(ofRun, async (req, res) => {
    const run = await runToPlan(actorOf(req), idIn(req, 'runId'));
    await renderRun(req, res, run, startingWith(valuesOf(run.reminders)), run.reminders);
  });

  pages.post(ofRun, async (req, res) => {
    const run = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const changed = withRowsChanged(req, 'rules');
    if (changed) return renderRun(req, res, run, { values: begun(changed), errors: [] });
    if (formField(req, '_do') === 'seminar') return save(req, res, run, startingWith({}));
    const form = readForm(planForm, req);
    if (form.errors) return renderRun(req, res.status(422), run, form);
    const { rules = [] } = form.value;
    if (formField(req, '_do') === 'preview')
      return renderRun(req, res, run, { values: form.values, errors: [] }, rules);
    await save(req, res, run, { values: form.values, errors: [] }, rules);
  });

  pages.get(ofSeminar, async (req, res) => {
    const seminar = await seminarToPlan(actorOf(req), idIn(req, 'seminarId'));
    renderSeminar(req, res, seminar, startingWith(valuesOf(seminar.reminders)));
  });

  pages.post(ofSeminar, async (req, res) => {
    const seminar = await seminarToPlan(actorOf(req), idIn(req, 'seminarId'));
    const changed = withRowsChanged(req, 'rules');
    if (changed) return renderSeminar(req, res, seminar, { values: begun(changed), errors: [] });
    const form = readForm(planForm, req);
    if (form.errors) return renderSeminar(req, res.status(422), seminar, form);
    await changeSeminarReminders(actorOf(req), { seminarId: seminar.id, reminders: form.value.rules ?? [] });
    res.redirect(303, reminderPaths.ofSeminar(seminar.id, true));
  });

  return pages;
}

async function save(
  req: Request,
  res: Response,
  run: Run,
  form: FormState,
  reminders?: readonly ReminderRule[],
): Promise<void> {
  const done = await orRefusal(changeReminders(actorOf(req), { runId: run.id, reminders }));
  if (isRefusal(done))
    return renderRun(req, res.status(statusOfKind[done.kind]), run, refusedForm({ ...form.values }, done));
  res.redirect(303, reminderPaths.ofRun(run.id, true));
}

async function renderRun(
  req: Request,
  res: Response,
  { id: runId }: Run,
  form: FormState,
  reminders?: readonly ReminderRule[],
): Promise<void> {
  const actor = actorOf(req);
  render(res, RunReminders, {
    details: await runDetails(actor, runId),
    form,
    isTrial: req.method === 'POST',
    isSaved: isSaved(req),
    ...(reminders && { preview: await previewReminders(actor, { runId, reminders }) }),
  });
}

function renderSeminar(req: Request, res: Response, seminar: Seminar, form: FormState): void {
  render(res, SeminarReminders, { seminar, form, isSaved: isSaved(req) });
}

function isSaved(req: Request): boolean {
  return req.method === 'GET' && req.query['saved'] !== undefined;
}

/** A rule that is new begins as the usual one does. */
function begun(values: Readonly<Record<string, string>>): Record<string, string> {
  const fresh = Object.keys(values).flatMap((name) => /^(rules\[\d+\])\.$/.exec(name)?.[1] ?? []);
  const usual = { amount: '1', unit: 'days-before', of: 'first-session', audience: 'participants', at: '09:00' };
  const cells = fresh.flatMap((row) => Object.entries(usual).map(([field, value]) => [`${row}.${field}`, value]));
  return { ...values, ...Object.fromEntries(cells) };
}

function valuesOf(reminders: readonly ReminderRule[]): Record<string, string> {
  const rows = reminders.flatMap((rule, index) =>
    Object.entries({
      id: rule.id,
      ...momentIn(rule),
      of: rule.of,
      audience: rule.audience ?? 'participants',
      ...(rule.workingDays && { workingDays: 'on' }),
      ...(rule.off && { off: 'on' }),
    }).map(([field, value]) => [`rules[${index}].${field}`, value]),
  );
  return Object.fromEntries(rows);
}

function momentIn(rule: ReminderRule): Record<string, string> {
  if ('hoursBefore' in rule) return { amount: String(rule.hoursBefore), unit: 'hours-before' };
  if ('daysAfter' in rule) return { amount: String(rule.daysAfter), unit: 'days-after', at: rule.at };
  return { amount: String(rule.daysBefore), unit: 'days-before', at: rule.at };
}

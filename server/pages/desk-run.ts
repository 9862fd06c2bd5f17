import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { RunCancellation } from '../../templates/desk/confirmations.tsx';
import { deskPaths, type Notice } from '../../templates/desk/paths.ts';
import { DeskRun } from '../../templates/desk/run.tsx';
import { RunSettingsForm } from '../../templates/desk/settings-form.tsx';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import {
  accessNeedsOfRun,
  cancelRun,
  cancelRunInput,
  capacityInput,
  makeUpPlacesInput,
  moduleCapacitiesInput,
  modulesOfRun,
  changeCapacity,
  changeRun,
  previewReminders,
  publishRun,
  queueOfRun,
  runDetails,
  type PlacesOfRun,
  type RunDetails,
} from '../modules/booking/index.ts';
import {
  dispensable,
  runChangesInput,
  openRequestsByRun,
  runToPlan,
  usualPolicy,
  type Run,
  type RunChanges,
  sessionsSetAside,
} from '../modules/scheduling/index.ts';
import { trainers } from '../modules/people/index.ts';
import { now } from '../platform/clock.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { postedFields } from '../web/malformed.ts';
import { render } from '../web/render.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { formAgain, previewOrChange, type Rehearse } from './desk-change.ts';
import { idIn, noticeIn } from './desk-door.ts';
import { notesOn } from './desk-room-choice.ts';
import { historyOf } from './desk-history.ts';
import { activeIn } from './desk-told.ts';

const capacityForm = z.strictObject({ capacity: capacityInput });
const makeUpPlacesForm = z.strictObject({ makeUpPlaces: makeUpPlacesInput });
const capacitiesForm = z.strictObject({ modules: moduleCapacitiesInput });

/** One run: what it is, who sits and waits, and everything that changes it as a whole. */
export function deskRun(rehearse: Rehearse): Router {
  const pages = Router();
  const [run, settings, cancellation] = [
    deskPaths.run(':runId'),
    deskPaths.settings(':runId'),
    deskPaths.cancellation(':runId'),
  ];

  pages.get(run, async (req, res) => {
    await renderRun(req, res, idIn(req, 'runId'));
  });

  pages.post(deskPaths.publication(':runId'), async (req, res) => {
    const runId = idIn(req, 'runId');
    const done = await orRefusal(publishRun(actorOf(req), runId));
    if (isRefusal(done) && done.code !== 'not-a-draft')
      return renderRun(req, res.status(statusOfKind[done.kind]), runId, refusedForm({}, done));
    res.redirect(303, deskPaths.run(runId, isRefusal(done) ? undefined : 'run-published'));
  });

  pages.post(deskPaths.capacity(':runId'), async (req, res) => {
    const runId = idIn(req, 'runId');
    const before = (await runDetails(actorOf(req), runId)).places;
    const form = before.modules ? readForm(capacitiesForm, req) : readForm(capacityForm, req);
    if (form.errors) return renderRun(req, res.status(422), runId, form);
    const places = await orRefusal(changeCapacity(actorOf(req), { runId, ...form.value }));
    if (isRefusal(places))
      return renderRun(req, res.status(statusOfKind[places.kind]), runId, refusedForm(form.values, places, 'capacity'));
    res.redirect(303, deskPaths.run(runId, capacityNotice(before, places)));
  });

  pages.post(deskPaths.makeUpPlaces(':runId'), async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const form = readForm(makeUpPlacesForm, req);
    if (form.errors) return renderRun(req, res.status(422), runId, form);
    const places = await orRefusal(changeCapacity(actorOf(req), { runId, ...form.value }));
    if (isRefusal(places)) return renderRun(req, res.status(statusOfKind[places.kind]), runId, refusedForm({}, places));
    res.redirect(303, deskPaths.run(runId, 'make-up-places-changed'));
  });

  pages.get(settings, async (req, res) => {
    const planned = await runToPlan(actorOf(req), idIn(req, 'runId'));
    const { minimum, decisionOn, cancellationHours, substituteUntilOn, land, policy } = planned;
    const { namesUntilOn, afterNames = 'stay', groups = 'named' } = planned;
    const days = { decisionOn, substituteUntilOn, namesUntilOn, afterNames, groups };
    const values = { minimum, ...days, cancellationHours, land, ...usualPolicy, ...policy };
    const words = Object.entries(values).map(([name, value]) => [
      name,
      value === undefined ? undefined : String(value),
    ]);
    await renderSettings(req, res, idIn(req, 'runId'), startingWith(Object.fromEntries(words)));
  });

  pages.post(settings, async (req, res) => {
    const runId = idIn(req, 'runId');
    await runToPlan(actorOf(req), runId);
    const form = readForm(runChangesInput, req);
    if (form.errors) return renderSettings(req, res.status(422), runId, form);
    const done = await orRefusal(changeRun(actorOf(req), { runId, ...emptiedIn(req), ...form.value }));
    if (isRefusal(done)) {
      const again = refusedForm(form.values, done, done.code === 'names-until-past' ? 'namesUntilOn' : undefined);
      return renderSettings(req, res.status(statusOfKind[done.kind]), runId, again);
    }
    res.redirect(303, deskPaths.run(runId, 'run-settings-changed'));
  });

  pages.get(cancellation, async (req, res) => {
    await renderCancellation(req, res, idIn(req, 'runId'), emptyForm);
  });

  pages.post(cancellation, async (req, res) => {
    const runId = idIn(req, 'runId');
    const form = readForm(cancelRunInput, req);
    if (form.errors) return renderCancellation(req, res.status(422), runId, form);
    const { reason } = form.value;
    await previewOrChange(
      rehearse,
      { req, res },
      {
        runId,
        action: deskPaths.cancellation(runId),
        values: form.values,
        act: (act) => cancelRun(actorOf(req), { runId, reason }, act),
        form: (refusal) => renderCancellation(req, res, runId, formAgain(res, form.values, refusal)),
        quiet: 'run-cancelled',
      },
    );
  });

  return pages;
}

async function renderRun(req: Request, res: Response, runId: string, form?: FormState): Promise<void> {
  const actor = actorOf(req);
  const queue = await queueOfRun(actor, runId);
  const [details, teachers, gone] = await Promise.all([runDetails(actor, runId), trainers(), sessionsSetAside(runId)]);
  render(res, DeskRun, {
    now: now(),
    details,
    queue,
    gone,
    ...(await remindersOf(req, details.run)),
    notes: await notesOn(req, details),
    needs: await accessNeedsOfRun(actor, runId),
    requests: (await openRequestsByRun([runId])).get(runId) ?? { open: 0, overdue: 0 },
    history: await historyOf(details.run, queue, languageOf(req)),
    trainerNames: new Map(teachers.map(({ id, name }) => [id, name])),
    capacityForm: {
      ...form,
      values: { ...capacitiesOf(details), ...form?.values },
      errors: form?.errors ?? [],
    },
    notice: noticeIn(req),
  });
}

/** What is over or called off reminds nobody any more. */
async function remindersOf(req: Request, { id: runId, status, endsAt, reminders }: Run) {
  const isToCome = status === 'draft' || (status === 'published' && endsAt > now());
  return isToCome ? { reminders: await previewReminders(actorOf(req), { runId, reminders }) } : {};
}

async function renderSettings(req: Request, res: Response, runId: string, form: FormState): Promise<void> {
  render(res, RunSettingsForm, { listing: await runDetails(actorOf(req), runId), form });
}

async function renderCancellation(req: Request, res: Response, runId: string, form: FormState): Promise<void> {
  const queue = await queueOfRun(actorOf(req), runId);
  const details = await runDetails(actorOf(req), runId);
  if (details.run.status === 'cancelled') return res.redirect(303, deskPaths.run(runId));
  render(res, RunCancellation, { listing: details, form, bookings: activeIn(queue).length });
}

/** What stands empty in the form of a run's settings is to be gone. */
function emptiedIn(req: Request): RunChanges {
  const emptied = dispensable.filter((name) => postedFields(req)[name]?.trim() === '');
  return Object.fromEntries(emptied.map((name) => [name, null]));
}

/** The places as the form shows them first. */
function capacitiesOf(details: RunDetails): Record<string, string> {
  const modules = modulesOfRun(details).map(({ places }, index) => [
    `modules[${index}].capacity`,
    String(places.capacity),
  ]);
  const makeUpPlaces = String(details.places.makeUp?.[0]?.capacity ?? 0);
  return { capacity: String(details.places.capacity), makeUpPlaces, ...Object.fromEntries(modules) };
}

function capacityNotice(before: PlacesOfRun, after: PlacesOfRun): Notice {
  const [was, is] = [before, after].map(({ modules, ...whole }) => modules ?? [whole]);
  if (is?.some(({ held, capacity }) => held > capacity)) return 'capacity-over-full';
  const more = sumOf(is) - sumOf(was);
  if (more === 0) return 'capacity-same';
  return more > 0 ? 'capacity-raised' : 'capacity-lowered';
}

function sumOf(units: readonly { capacity: number }[] = []): number {
  return units.reduce((sum, { capacity }) => sum + capacity, 0);
}

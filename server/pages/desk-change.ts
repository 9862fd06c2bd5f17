import type { Request, Response } from 'express';
import { ChangePreview } from '../../templates/desk/change-preview.tsx';
import { deskPaths, type Notice } from '../../templates/desk/paths.ts';
import type { Rehearsal } from '../../templates/desk/rehearsal.ts';
import type { FormState } from '../../templates/form.ts';
import { runDetails } from '../modules/booking/index.ts';
import { eventsOfChange, type Actor } from '../modules/history/index.ts';
import { newChangeId, planVersionOf, runToPlan, type PlanAct } from '../modules/scheduling/index.ts';
import type { AppError } from '../platform/errors.ts';
import { formField, isRefusal, orRefusal, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { toldOf } from './desk-history.ts';
import { sessionField } from './desk-plan-field.ts';

/** Finds out what an act would do without doing it; given by the site map, since it tells everybody as the jobs do. */
export type Rehearse = (actor: Actor, runId: string, act: () => Promise<unknown>) => Promise<Rehearsal>;

/** A form whose change is shown before it is made. `act` is rehearsed, and then done. */
export type PlannedChange = {
  runId: string;
  action: string;
  values: Record<string, string>;
  act: (act: PlanAct) => Promise<unknown>;
  /** By a gesture, which may be a slip: asked about also where nobody is told. */
  isGesture?: true;
  /** The form again, with the refusal when there is one. */
  form: (refusal?: AppError) => Promise<void>;
  /** What is said where nobody is told of it; of a draft, or a change that changed nothing. */
  quiet?: Notice;
};

/**
 * Shows what the change would do; does it when that was seen and is still so. What concerns nobody is done at once. Sends
 * the browser to what has been told. Pressing twice changes once.
 */
export async function previewOrChange(
  rehearse: Rehearse,
  { req, res }: { req: Request; res: Response },
  change: PlannedChange,
): Promise<void> {
  if (formField(req, '_do') === 'back') return change.form();
  const changeId = changeIdIn(req);
  const seen = formField(req, '_seen');
  if (seen !== undefined && (await isDone(changeId))) return toTold(res, change, changeId);

  const actor = actorOf(req);
  const run = await runToPlan(actor, change.runId);
  const planSeen = planVersionOf(run);
  const rehearsal = await orRefusal(rehearse(actor, change.runId, () => change.act({ changeId, planSeen })));
  if (isRefusal(rehearsal)) return change.form(rehearsal);
  const version = `${planSeen}-${rehearsal.fingerprint}`;
  const concernsNobody = rehearsal.mails.length === 0 && rehearsal.misfits.length === 0;
  if (seen !== version && !(seen === undefined && concernsNobody && !change.isGesture))
    return showPreview({ req, res }, change, { rehearsal, changeId, version, isAnew: seen !== undefined });

  const done = await orRefusal(change.act({ changeId, planSeen }));
  if (isRefusal(done) && done.code === 'plan-changed' && !(await isDone(changeId)))
    return previewOrChange(rehearse, { req, res }, change);
  if (isRefusal(done) && done.code !== 'plan-changed') return change.form(done);
  if (rehearsal.events.length === 0 || run.status === 'draft')
    return res.redirect(303, deskPaths.run(change.runId, change.quiet ?? 'session-changed'));
  toTold(res, change, changeId);
}

async function showPreview(
  { req, res }: { req: Request; res: Response },
  { runId, action, values }: PlannedChange,
  seen: { rehearsal: Rehearsal; changeId: string; version: string; isAnew: boolean },
): Promise<void> {
  const { rehearsal, changeId, version, isAnew } = seen;
  const listing = await runDetails(actorOf(req), runId);
  render(res.status(isAnew ? 409 : 200), ChangePreview, {
    listing,
    rehearsal,
    happenings: rehearsal.events.map((event) => ({ id: event.id, ...toldOf(event, listing.run, languageOf(req)) })),
    action,
    values: { ...values, _seen: version, _change: changeId },
    isAnew,
  });
}

function toTold(res: Response, { runId }: PlannedChange, changeId: string): void {
  res.redirect(303, deskPaths.change(runId, changeId));
}

/** The act's own id: from the preview, so that a second press is known to be the same. */
function changeIdIn(req: Request): string {
  const known = formField(req, '_change') ?? '';
  return /^[0-9a-f]{24}$/.test(known) ? known : newChangeId();
}

async function isDone(changeId: string): Promise<boolean> {
  return (await eventsOfChange(changeId)).length > 0;
}

/** The form as it is shown again, with the refusal at the field of the session that it concerns. */
export function formAgain(res: Response, values: Record<string, string>, refusal?: AppError): FormState {
  if (!refusal) return { values, errors: [] };
  res.status(statusOfKind[refusal.kind]);
  return refusedForm(values, refusal, sessionField(refusal));
}

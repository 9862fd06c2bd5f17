import { Router, type Request, type Response } from 'express';
import { deskPaths } from '../../templates/desk/paths.ts';
import { SeminarForm } from '../../templates/desk/seminar-form.tsx';
import { DeskSeminars } from '../../templates/desk/seminars.tsx';
import { startingWith, type FormState } from '../../templates/form.ts';
import { changeSeminar, desk } from '../modules/booking/index.ts';
import { createSeminar, seminarInput, seminarsOf, type Seminar } from '../modules/catalogue/index.ts';
import { once } from '../modules/history/index.ts';
import { now } from '../platform/clock.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { noticeIn, providersOf, seminarToPlan } from './desk-door.ts';
import { withRowsChanged } from './desk-rows.ts';

/** The seminars of the catalogue, as those see them who plan them. */
export function deskSeminars(): Router {
  const pages = Router();
  const existing = deskPaths.seminar(':seminarId');

  pages.get(deskPaths.seminars(), async (req, res) => {
    render(res, DeskSeminars, { seminars: await seminarsWithRuns(req), notice: noticeIn(req) });
  });

  pages.get(deskPaths.newSeminar(), async (req, res) => {
    await renderForm(req, res, startingWith({ language: 'de' }));
  });

  pages.post(deskPaths.newSeminar(), async (req, res) => {
    const changed = withRowsChanged(req, 'modules');
    if (changed) return renderForm(req, res, { values: changed, errors: [] });
    const form = readForm(seminarInput, req);
    if (form.errors) return renderForm(req, res.status(422), form);

    const request = { key: formField(req, '_key') ?? '', request: form.values };
    const created = await orRefusal(once(actorOf(req), request, () => createSeminar(actorOf(req), form.value)));
    if (isRefusal(created))
      return renderForm(req, res.status(statusOfKind[created.kind]), refusedForm(form.values, created));
    res.redirect(303, deskPaths.seminars('seminar-created'));
  });

  pages.get(existing, async (req, res) => {
    const seminar = await seminarToPlan(actorOf(req), req.params.seminarId);
    await renderForm(req, res, startingWith(valuesOf(seminar)), seminar.id);
  });

  pages.post(existing, async (req, res) => {
    const { id } = await seminarToPlan(actorOf(req), req.params.seminarId);
    const changed = withRowsChanged(req, 'modules');
    if (changed) return renderForm(req, res, { values: changed, errors: [] }, id);
    const form = readForm(seminarInput, req);
    if (form.errors) return renderForm(req, res.status(422), form, id);

    const done = await orRefusal(changeSeminar(actorOf(req), id, form.value));
    if (isRefusal(done))
      return renderForm(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done), id);
    res.redirect(303, deskPaths.seminars('seminar-changed'));
  });

  return pages;
}

async function renderForm(req: Request, res: Response, form: FormState, seminarId?: string): Promise<void> {
  render(res, SeminarForm, {
    form,
    providers: await providersOf(actorOf(req)),
    formKey: formField(req, '_key') ?? randomSecret(),
    ...(seminarId !== undefined && { seminarId }),
  });
}

function valuesOf({
  title,
  summary,
  description,
  kind,
  language,
  providerId,
  booking,
  approval,
  modules,
}: Seminar): Record<string, string> {
  const rows = modules.flatMap(({ id, title: heading, content, teachingUnits }, index) => [
    [`modules[${index}].id`, id],
    [`modules[${index}].title`, heading],
    [`modules[${index}].content`, content],
    [`modules[${index}].teachingUnits`, teachingUnits ? String(teachingUnits) : ''],
  ]);
  return {
    title,
    summary,
    description,
    kind,
    language,
    provider: providerId,
    booking,
    approval,
    ...Object.fromEntries(rows),
  };
}

async function seminarsWithRuns(req: Request) {
  const actor = actorOf(req);
  const [seminars, runs, providers] = await Promise.all([seminarsOf(actor), desk(actor), providersOf(actor)]);
  const upcoming = runs.filter(({ run }) => run.endsAt > now() && run.status !== 'cancelled');
  return seminars.map((seminar) => ({
    ...seminar,
    provider: providers.find(({ id }) => id === seminar.providerId),
    upcoming: upcoming.filter(({ run }) => run.seminarId === seminar.id).length,
  }));
}

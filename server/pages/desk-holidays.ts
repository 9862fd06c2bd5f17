import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { HolidaysPreview } from '../../templates/desk/holidays-preview.tsx';
import { HolidaysPage } from '../../templates/desk/holidays.tsx';
import { holidaysNotices, planningPaths } from '../../templates/desk/planning-paths.ts';
import { emptyForm, startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { coordinatesNetwork } from '../modules/history/index.ts';
import {
  importedSchoolYears,
  landInput,
  readSchoolFile,
  replaceSchoolHolidays,
  schoolHolidaysInput,
  schoolYearOf,
  type Land,
  type SchoolFile,
} from '../modules/holidays/index.ts';
import { setProviderLand } from '../modules/people/index.ts';
import { authorise } from '../platform/errors.ts';
import { postedFile } from '../web/file-form.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { MalformedRequest, postedFields } from '../web/malformed.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { idIn, providersOf } from './desk-door.ts';

type Shown = { land: Land; fileName: string; file: Pick<SchoolFile, 'taken' | 'refused'> };

/** Which holidays are known; for the network, reading in school holidays and saying which Land a provider is in. */
export function deskHolidays(): Router {
  const pages = Router();

  pages.get(planningPaths.holidays(), async (req, res) => {
    await renderHolidays(req, res, emptyForm);
  });

  pages.post(planningPaths.holidaysPreview(), async (req, res) => {
    authorise(coordinatesNetwork(actorOf(req)));
    const form = readForm(z.object({ land: landInput }), req);
    const chosen = postedFile(req, 'file');
    const errors: FieldError[] = [
      ...(form.errors ?? []),
      ...(chosen ? [] : [{ field: 'file', key: 'holidays.no-file' as const }]),
    ];
    if (!form.value || !chosen) return renderHolidays(req, res.status(422), { values: form.values, errors });

    const { land } = form.value;
    const file = await orRefusal(Promise.resolve().then(() => readSchoolFile(chosen.bytes, land)));
    if (isRefusal(file)) return renderHolidays(req, res.status(422), refusedForm(form.values, file, 'file'));
    const years = [...new Set(file.taken.map(({ schoolYear }) => schoolYear))].toSorted();
    const ticked = Object.fromEntries(years.map((year, index) => [`schoolYears[${index}]`, year]));
    await renderPreview(res, { land, fileName: chosen.name, file }, startingWith(ticked));
  });

  pages.post(planningPaths.schoolYears(), async (req, res) => {
    const actor = actorOf(req);
    authorise(coordinatesNetwork(actor));
    const form = readForm(schoolHolidaysInput, req);
    if (form.errors) return renderAgain(res, form);
    const saved = await orRefusal(replaceSchoolHolidays(actor, form.value));
    if (isRefusal(saved)) return renderAgain(res, refusedForm(form.values, saved));
    res.redirect(303, planningPaths.holidays('school-holidays-saved'));
  });

  pages.post(planningPaths.providerLand(':providerId'), async (req, res) => {
    const id = idIn(req, 'providerId');
    authorise(coordinatesNetwork(actorOf(req)));
    const land = landInput.safeParse(postedFields(req)[`land-${id}`]);
    if (!land.success)
      return renderHolidays(req, res.status(422), {
        values: {},
        errors: [{ field: `land-${id}`, key: 'errors.choose-one' }],
      });
    await setProviderLand(actorOf(req), { id, land: land.data });
    res.redirect(303, planningPaths.holidays('land-saved'));
  });

  return pages;
}

/** The periods came back with the form: they are shown again as they were, now from it. */
function renderAgain(res: Response, form: FormState): Promise<void> {
  const sent = schoolHolidaysInput.omit({ schoolYears: true }).safeParse(periodsIn(form.values));
  if (!sent.success) throw new MalformedRequest('The periods are not those of the preview.');
  const { land, periods } = sent.data;
  const taken = periods.map((period, row) => ({ ...period, row, schoolYear: schoolYearOf(period) }));
  return renderPreview(res.status(422), { land, fileName: '', file: { taken, refused: [] } }, withYearError(form));
}

function withYearError({ values, errors }: FormState): FormState {
  return { values, errors: errors.map((error) => ({ ...error, field: 'schoolYears[0]' })) };
}

function periodsIn(values: Readonly<Record<string, string>>) {
  const rows = Object.keys(values).flatMap((name) => /^periods\[(\d+)\]\.name$/.exec(name)?.[1] ?? []);
  const cell = (row: string, field: string) => values[`periods[${row}].${field}`];
  const periods = rows.map((row) => ({
    name: cell(row, 'name'),
    firstOn: cell(row, 'firstOn'),
    lastOn: cell(row, 'lastOn'),
  }));
  return { land: values['land'], periods };
}

async function renderHolidays(req: Request, res: Response, form: FormState): Promise<void> {
  const actor = actorOf(req);
  render(res, HolidaysPage, {
    years: await importedSchoolYears(),
    providers: await providersOf(actor),
    mayChange: coordinatesNetwork(actor),
    form,
    notice: holidaysNotices.find((one) => one === req.query['notice']),
  });
}

async function renderPreview(res: Response, { land, fileName, file }: Shown, form: FormState): Promise<void> {
  const ofLand = (await importedSchoolYears()).filter((one) => one.land === land);
  const present = new Map(ofLand.map(({ schoolYear, periods }) => [schoolYear, periods.length]));
  render(res, HolidaysPreview, { land, fileName, file, present, form });
}

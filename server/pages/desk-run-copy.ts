import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { calendarDay, clockTime } from '../../templates/dates.ts';
import { deskPaths } from '../../templates/desk/paths.ts';
import { planningPaths } from '../../templates/desk/planning-paths.ts';
import { RunCopy } from '../../templates/desk/run-copy.tsx';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import { copyRun, runDetails, type CopyRun, type RunDetails } from '../modules/booking/index.ts';
import { once } from '../modules/history/index.ts';
import { isLand } from '../modules/holidays/index.ts';
import { overrideInput, runToPlan, shiftedDays, type Session } from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';
import {
  dayRowsIn,
  daysChecked,
  freeDaysAround,
  refusedDays,
  sessionsOfRows,
  withDayRows,
  type DayRow,
} from './desk-planned-days.ts';
import { civilDay } from './desk-times.ts';

const copyForm = z.object({
  firstOn: civilDay,
  by: z.enum(['weeks', 'days'], { error: 'choose-one' }),
  override: overrideInput.optional(),
});

/** Repeating a run on new dates, as a draft: the days are shown with what they meet before anything is saved. */
export function deskRunCopy(): Router {
  const pages = Router();
  const path = planningPaths.copy(':runId');

  pages.get(path, async (req, res) => {
    await renderCopy(req, res, await toCopy(req), startingWith({ by: 'weeks' }));
  });

  pages.post(path, async (req, res) => {
    const details = await toCopy(req);
    const form = readForm(copyForm, req);
    if (form.errors) return renderCopy(req, res.status(422), details, form);
    const past = form.value.firstOn < calendarDay(now(), details.run.timeZone);
    if (past)
      return renderCopy(req, res.status(422), details, {
        values: form.values,
        errors: [{ field: 'firstOn', key: 'planning.starts-in-the-past' }],
      });
    if (formField(req, '_do') === 'save') return save(req, res, details, form.values, form.value.override);
    const rows = formField(req, '_do') === 'check' ? dayRowsIn(form.values) : newDays(details, form.value);
    await renderCopy(req, res, details, { values: withDayRows(form.values, rows), errors: [] });
  });

  return pages;
}

/** @throws not-found for whoever does not plan it */
async function toCopy(req: Request): Promise<RunDetails> {
  const { id } = await runToPlan(actorOf(req), idIn(req, 'runId'));
  return runDetails(actorOf(req), id);
}

function newDays({ sessions }: RunDetails, { firstOn, by }: z.infer<typeof copyForm>): DayRow[] {
  const days = sessions.map(({ startsAt, timeZone }) => calendarDay(startsAt, timeZone));
  const shifted = shiftedDays(days, firstOn, by);
  return sessions.map(({ id, startsAt, endsAt, timeZone, moduleId = '' }, index) => ({
    take: true,
    date: shifted[index] ?? '',
    from: clockTime(startsAt, timeZone),
    until: clockTime(endsAt, timeZone),
    module: moduleId,
    source: id,
  }));
}

async function save(
  req: Request,
  res: Response,
  details: RunDetails,
  values: Record<string, string>,
  override: CopyRun['override'],
): Promise<void> {
  const read = sessionsOfRows(dayRowsIn(values), details.run.timeZone);
  if (read.errors.length > 0) return renderCopy(req, res.status(422), details, { values, errors: read.errors });
  const sessions = read.sessions.map(({ source, module, session: { startsAt, endsAt } }) => ({
    of: source,
    startsAt,
    endsAt,
    ...(module && { module }),
  }));
  const wish: CopyRun = { runId: details.run.id, sessions, override };
  const request = { key: formField(req, '_key') ?? '', request: wish };
  const copied = await orRefusal(once(actorOf(req), request, () => copyRun(actorOf(req), wish)));
  if (!isRefusal(copied)) return res.redirect(303, deskPaths.run(copied, 'run-planned'));
  res.status(statusOfKind[copied.kind]);
  await renderCopy(req, res, details, await refusedDays(req, values, copied, read.sessions));
}

async function renderCopy(
  req: Request,
  res: Response,
  details: RunDetails,
  form: FormState = emptyForm,
): Promise<void> {
  const { run, sessions } = details;
  const rows = dayRowsIn(form.values);
  const days = rows.map(({ date }) => date);
  const free = await freeDaysAround(isLand(run.land) ? run.land : details.provider.land, days);
  const placeOf = ({ source }: DayRow): Pick<Session, 'location' | 'roomId' | 'trainerIds'> =>
    sessions.find(({ id }) => id === source) ?? { location: '', trainerIds: [] };
  render(res, RunCopy, {
    details,
    form,
    formKey: formField(req, '_key') ?? randomSecret(),
    rows,
    ...(await daysChecked(req, rows, { timeZone: run.timeZone, free, placeOf })),
    places: rows.map((row) => placeOf(row).location),
  });
}

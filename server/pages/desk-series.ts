import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { deskPaths } from '../../templates/desk/paths.ts';
import { planningPaths, type PlannedFor } from '../../templates/desk/planning-paths.ts';
import { SeriesPage, type SeriesView } from '../../templates/desk/series-form.tsx';
import { SeriesPreview } from '../../templates/desk/series-preview.tsx';
import { startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { planRun, planRunInput, publishRun, type PlanRun } from '../modules/booking/index.ts';
import type { Seminar } from '../modules/catalogue/index.ts';
import { giveDates, inHouseToPlan, interestListToPlan, planInHouse } from '../modules/demand/index.ts';
import { once, type Actor } from '../modules/history/index.ts';
import { providerById, trainers } from '../modules/people/index.ts';
import {
  furtherDays,
  layOutSeries,
  modulesOver,
  overrideInput,
  queuePolicyInput,
} from '../modules/scheduling/index.ts';
import { isFor, roomsFor } from '../modules/venues/index.ts';
import { now } from '../platform/clock.ts';
import { inTransaction } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { randomSecret } from '../platform/secrets.ts';
import { formField, isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { seminarToPlan } from './desk-door.ts';
import {
  dayRowsIn,
  daysChecked,
  freeDaysAround,
  refusedDays,
  sessionsOfRows,
  unknownSchoolYears,
  withDayRows,
  type DayRow,
} from './desk-planned-days.ts';
import { usualPolicyWords } from './desk-policy.ts';
import { choicesOf, ruleOf, seriesErrors, seriesForm, type SeriesForm } from './desk-series-form.ts';
import { networkZone, timeZones } from './desk-times.ts';

const settingsForm = z.object({
  ...planRunInput.pick({ capacity: true, minimum: true, decisionOn: true, cancellationHours: true }).shape,
  ...queuePolicyInput.shape,
  override: overrideInput.optional(),
});
type Planning = { seminar: Seminar; rule: SeriesForm; values: Record<string, string> };

/** Planning a run by rule: the rule, then every day it finds, each of which may be left out or changed, then the run. */
export function deskSeries(): Router {
  const pages = Router();

  pages.get(planningPaths.series(), async (req, res) => {
    const seminar = await seminarToPlan(actorOf(req), req.query['seminar']);
    const land = (await providerById(seminar.providerId))?.land;
    await renderRule(req, res, seminar, startingWith({ ...blank, land }));
  });

  pages.post(planningPaths.series(), async (req, res) => {
    const seminar = await seminarToPlan(actorOf(req), req.query['seminar']);
    const form = readForm(seriesForm, req);
    if (formField(req, '_do') === 'rule') return renderRule(req, res, seminar, { values: form.values, errors: [] });
    const errors = form.errors ?? seriesErrors(form.value, now());
    if (!form.value || errors.length > 0)
      return renderRule(req, res.status(422), seminar, { values: form.values, errors });
    await plan(req, res, { seminar, rule: form.value, values: form.values });
  });

  return pages;
}

const blank = {
  pattern: 'weekly',
  everyWeeks: '1',
  placeInMonth: '1',
  timeZone: networkZone,
  leaveOutPublic: 'on',
  makeUp: 'on',
};
const usualSettings = { cancellationHours: '48', ...usualPolicyWords };

async function plan(req: Request, res: Response, planning: Planning): Promise<void> {
  const act = formField(req, '_do');
  if (act === 'draft' || act === 'publish') return save(req, res, planning);
  const rows = act === 'check' || act === 'make-up' || act === 'modules' ? dayRowsIn(planning.values) : [];
  const laid = rows.length === 0 ? await layOut(planning) : rows;
  const made = act === 'make-up' ? await madeUp(planning, laid) : laid;
  const withModules = act === 'check' ? made : modulesLaid(planning.seminar, made);
  const values = { ...usualSettings, ...withDayRows(planning.values, withModules) };
  await renderPreview(req, res, planning, { values, errors: [] });
}

async function layOut({ rule }: Planning): Promise<DayRow[]> {
  const { from, until } = rule;
  const farthest = `${Number(rule.startsOn.slice(0, 4)) + 4}-01-01`;
  const free = await freeDaysAround(rule.land, [rule.startsOn, farthest]);
  const { days } = layOutSeries(ruleOf(rule), choicesOf(rule), free);
  return days.map(({ on, taken }) => ({ take: taken, date: on, from, until, module: '', source: '' }));
}

/** As many days more as the series lacks, by its own rule behind the last one. */
async function madeUp(planning: Planning, rows: readonly DayRow[]): Promise<DayRow[]> {
  const { rule } = planning;
  const after =
    rows
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? rule.startsOn;
  const free = await freeDaysAround(rule.land, [after, `${Number(after.slice(0, 4)) + 3}-01-01`]);
  const lacking = wantedBy(rule) - rows.filter(({ take }) => take).length;
  const { times, leaveOut } = choicesOf(rule);
  const further = furtherDays(ruleOf(rule), { times, leaveOut, after, count: Math.max(0, lacking) }, free);
  const { from, until } = rule;
  return [...rows, ...further.map((date) => ({ take: true, date, from, until, module: '', source: '' }))];
}

function wantedBy(rule: SeriesForm): number {
  return layOutSeries(ruleOf(rule), choicesOf(rule), { publicHolidays: [], schoolHolidays: [] }).wanted;
}

/** The modules in their order over the days that are taken. */
function modulesLaid({ modules }: Seminar, rows: readonly DayRow[]): DayRow[] {
  if (modules.length === 0) return [...rows];
  const order = modulesOver(modules.length, rows.filter(({ take }) => take).length);
  let place = 0;
  return rows.map((row) =>
    row.take ? { ...row, module: modules[order[place++] ?? 0]?.id ?? '' } : { ...row, module: '' },
  );
}

async function save(req: Request, res: Response, planning: Planning): Promise<void> {
  const { seminar, rule } = planning;
  const settings = readForm(settingsForm, req);
  const read = sessionsOfRows(dayRowsIn(settings.values), rule.timeZone);
  const errors = [...read.errors, ...(settings.errors ?? [])];
  if (errors.length > 0 || !settings.value) return renderAgain(req, res, planning, settings.values, errors);

  const { location = '', roomId, trainers: chosen } = rule;
  const sessions = read.sessions.map(({ session, module }) => ({
    ...session,
    location,
    ...(roomId && { roomId }),
    ...(chosen && { trainers: chosen }),
    ...(module && { module }),
  }));
  const published = formField(req, '_do') === 'publish';
  const plannedFor = await plannedForIn(req, seminar);
  const wish: PlanRun = {
    ...(plannedFor && { access: 'closed' as const }),
    ...settings.value,
    seminarId: seminar.id,
    published,
    sessions,
    ...(rule.land && { land: rule.land }),
  };
  const request = { key: formField(req, '_key') ?? '', request: wish };
  const planned = await orRefusal(once(actorOf(req), request, () => planFor(actorOf(req), wish, plannedFor)));
  if (!isRefusal(planned))
    return res.redirect(303, deskPaths.run(planned, published ? 'run-published' : 'run-planned'));

  const refused = await refusedDays(req, settings.values, planned, read.sessions);
  res.status(statusOfKind[planned.kind]);
  await renderPreview(req, res, planning, refused);
}

function placeOf({ location = '', roomId, trainers: chosen = [] }: SeriesForm) {
  return { location, roomId, trainerIds: chosen };
}

function renderAgain(
  req: Request,
  res: Response,
  planning: Planning,
  values: Record<string, string>,
  errors: FieldError[],
) {
  return renderPreview(req, res.status(422), planning, { values, errors });
}

/** The run, and whose it is to be, in one transaction. */
function planFor(actor: Actor, wish: PlanRun, plannedFor: PlannedFor | undefined): Promise<string> {
  return inTransaction(async () => {
    const { id: runId } = await planRun(actor, { ...wish, ...(plannedFor && { published: false }) });
    if (plannedFor?.kind === 'in-house') await planInHouse(actor, { id: plannedFor.id, runId });
    if (plannedFor?.kind === 'interest') await giveDates(actor, { listId: plannedFor.id, runId });
    if (plannedFor && wish.published) await publishRun(actor, runId);
    return runId;
  });
}

/** The request or the list that the address names. @throws not-found */
async function plannedForIn(req: Request, seminar: Seminar): Promise<PlannedFor | undefined> {
  const { 'in-house': request, interest } = req.query;
  if (typeof request === 'string') {
    const { id, providerId } = await inHouseToPlan(actorOf(req), request);
    if (providerId !== seminar.providerId) throw notFound('request');
    return { kind: 'in-house', id };
  }
  if (typeof interest !== 'string') return undefined;
  const { list } = await interestListToPlan(actorOf(req), interest);
  if (list.seminarId !== seminar.id) throw notFound('list');
  return { kind: 'interest', id: list.id };
}

async function renderRule(req: Request, res: Response, seminar: Seminar, form: FormState): Promise<void> {
  render(res, SeriesPage, { ...(await frameOf(req, seminar)), form });
}

async function renderPreview(req: Request, res: Response, planning: Planning, form: FormState): Promise<void> {
  const { seminar, rule } = planning;
  const rows = dayRowsIn(form.values);
  const days = rows.map(({ date }) => date);
  const free = await freeDaysAround(rule.land, days);
  render(res, SeriesPreview, {
    ...(await frameOf(req, seminar)),
    form,
    rows,
    ...(await daysChecked(req, rows, { timeZone: rule.timeZone, free, placeOf: () => placeOf(rule) })),
    wanted: wantedBy(rule),
    land: rule.land,
    unknownSchoolYears: await unknownSchoolYears(rule.land, days),
  });
}

async function frameOf(req: Request, seminar: Seminar): Promise<Omit<SeriesView, 'form'>> {
  return {
    seminar,
    timeZones,
    trainers: await trainers(),
    rooms: (await roomsFor(actorOf(req))).filter(({ venue }) => isFor(seminar.providerId, venue)),
    formKey: formField(req, '_key') ?? randomSecret(),
    plannedFor: await plannedForIn(req, seminar),
  };
}

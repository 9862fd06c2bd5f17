import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { calendarDay } from '../../templates/dates.ts';
import { deskPaths } from '../../templates/desk/paths.ts';
import { RunTrainers } from '../../templates/desk/run-trainers.tsx';
import { SubstitutePage } from '../../templates/desk/substitute.tsx';
import { TrainerPage, TrainersPage } from '../../templates/desk/trainers.tsx';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import { TrainerTimesPage } from '../../templates/trainer/times.tsx';
import { runDetails } from '../modules/booking/index.ts';
import { seminarsOf } from '../modules/catalogue/index.ts';
import { parseAddress } from '../modules/mail/index.ts';
import { addPerson, personByAddress, personById, trainers, type Person } from '../modules/people/index.ts';
import {
  absencesIn,
  askForReplacement,
  askTrainer,
  qualificationsOf,
  requestsOfRun,
  sessionById,
  setQualifications,
  setTimes,
  substitutesFor,
  timesOf,
} from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn, noticeIn } from './desk-door.ts';
import { civilDay, instantOf, networkZone } from './desk-times.ts';
import { readTimes, timesForm } from './trainer-times.ts';

const id = z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' });
const askForm = z.strictObject({ trainerId: id, answerBy: civilDay });
const substituteForm = z.strictObject({
  answerBy: civilDay,
  trainers: z.array(id).max(50, { error: 'too-many' }).optional(),
});
const qualificationForm = z.strictObject({ seminars: z.array(id).max(500, { error: 'too-many' }).optional() });
const externalForm = z.strictObject({
  name: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(120, { error: 'too-long' })
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'control-characters' }),
  email: z
    .string({ error: 'required' })
    .trim()
    .max(254, { error: 'too-long' })
    .refine((text) => parseAddress(text).ok, { error: 'email' }),
  language: z.enum(['de', 'en'], { error: 'choose-one' }),
});

/** Who teaches: asked, agreed, ill and replaced; which seminars somebody may teach, and when. */
export function deskTrainers(): Router {
  const pages = Router();
  const [ofRun, substitute] = [deskPaths.runTrainers(':runId'), deskPaths.substitute(':sessionId', ':trainerId')];
  const [all, one, times] = [
    deskPaths.trainers(),
    deskPaths.trainer(':trainerId'),
    deskPaths.trainerTimes(':trainerId'),
  ];

  pages.get(ofRun, async (req, res) => {
    await renderRunTrainers(req, res, idIn(req, 'runId'), startingWith({ answerBy: inDays(7) }));
  });

  pages.post(ofRun, async (req, res) => {
    const runId = idIn(req, 'runId');
    await runDetails(actorOf(req), runId);
    const form = readForm(askForm, req);
    if (form.errors) return renderRunTrainers(req, res.status(422), runId, form);
    const { trainerId, answerBy } = form.value;
    const done = await orRefusal(askTrainer(actorOf(req), { runId, trainerId, answerBy: endOf(answerBy) }));
    if (isRefusal(done))
      return renderRunTrainers(req, res.status(statusOfKind[done.kind]), runId, refusedForm(form.values, done));
    res.redirect(303, deskPaths.runTrainers(runId));
  });

  pages.get(substitute, async (req, res) => {
    await renderSubstitute(req, res, startingWith({ answerBy: inDays(2) }));
  });

  pages.post(substitute, async (req, res) => {
    const [sessionId, replaces] = [idIn(req, 'sessionId'), idIn(req, 'trainerId')];
    await substitutesFor(actorOf(req), sessionId);
    const form = readForm(substituteForm, req);
    if (form.errors) return renderSubstitute(req, res.status(422), form);
    const { answerBy, trainers: trainerIds = [] } = form.value;
    const wish = { sessionId, replaces, trainerIds, answerBy: endOf(answerBy) };
    const done = await orRefusal(askForReplacement(actorOf(req), wish));
    if (isRefusal(done))
      return renderSubstitute(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done));
    res.redirect(303, deskPaths.runTrainers(done[0]?.runId ?? ''));
  });

  pages.get(all, async (_req, res) => {
    await renderTrainers(res, emptyForm);
  });

  pages.post(all, async (req, res) => {
    const form = readForm(externalForm, req);
    if (form.errors) return renderTrainers(res.status(422), form);
    const parsed = parseAddress(form.value.email);
    if (!parsed.ok || (await personByAddress(parsed.normalised)))
      return renderTrainers(
        res.status(409),
        refusedForm(form.values, new AppError('address-known', 'conflict', 'The address is known.'), 'email'),
      );
    const { name, email, language } = form.value;
    const roles = [{ kind: 'trainer' as const }];
    const person = { name, email, address: parsed.normalised, language, roles, external: true as const };
    res.redirect(303, deskPaths.trainer(await addPerson(actorOf(req), person)));
  });

  pages.get(one, async (req, res) => {
    const trainer = await trainerIn(req);
    const known = [...(await qualificationsOf(trainer.id))];
    render(res, TrainerPage, { trainer, seminars: await seminarsOf(actorOf(req)), known });
  });

  pages.post(one, async (req, res) => {
    const trainer = await trainerIn(req);
    const form = readForm(qualificationForm, req);
    if (!form.errors) await setQualifications(actorOf(req), trainer.id, form.value.seminars ?? []);
    res.redirect(303, deskPaths.trainer(trainer.id));
  });

  pages.get(times, async (req, res) => {
    const trainer = await trainerIn(req);
    renderTimes(res, trainer, timesForm(await timesOf(actorOf(req), trainer.id)));
  });

  pages.post(times, async (req, res) => {
    const trainer = await trainerIn(req);
    const read = readTimes(req);
    if (!read.times) return renderTimes(res.status(422), trainer, read.form);
    await setTimes(actorOf(req), trainer.id, read.times);
    res.redirect(303, deskPaths.trainerTimes(trainer.id));
  });

  return pages;
}

async function renderRunTrainers(req: Request, res: Response, runId: string, form: FormState): Promise<void> {
  const requests = await requestsOfRun(actorOf(req), runId);
  const [details, people, absences] = await Promise.all([
    runDetails(actorOf(req), runId),
    trainers(),
    absencesIn(runId),
  ]);
  render(res, RunTrainers, { details, requests, people, absences, form, now: now(), notice: noticeIn(req) });
}

async function renderSubstitute(req: Request, res: Response, form: FormState): Promise<void> {
  const session = await sessionById(idIn(req, 'sessionId'));
  const person = await personById(idIn(req, 'trainerId'));
  if (!session || !person || !session.trainerIds.includes(person.id)) throw notFound('session');
  const substitutes = await substitutesFor(actorOf(req), session.id);
  render(res, SubstitutePage, {
    listing: await runDetails(actorOf(req), session.runId),
    session,
    person,
    substitutes,
    form,
  });
}

async function renderTrainers(res: Response, form: FormState): Promise<void> {
  const people = await trainers();
  const counts = await Promise.all(people.map(async ({ id: one }) => (await qualificationsOf(one)).size));
  render(res, TrainersPage, {
    people: people.map((person, index) => ({ person, seminars: counts[index] ?? 0 })),
    form,
  });
}

function renderTimes(res: Response, { id: trainerId, name }: Person, form: FormState): void {
  const [action, back] = [deskPaths.trainerTimes(trainerId), deskPaths.trainer(trainerId)];
  render(res, TrainerTimesPage, { form, action, back, name });
}

/** @throws not-found */
async function trainerIn(req: Request): Promise<Person> {
  const person = (await trainers()).find(({ id: one }) => one === idIn(req, 'trainerId'));
  if (!person) throw notFound('trainer');
  return person;
}

/** The last minute of a day, on the network's clock. */
function endOf(day: string): Date {
  return instantOf(day, '23:59', networkZone) ?? new Date(`${day}T23:59:00Z`);
}

function inDays(days: number): string {
  return calendarDay(new Date(now().getTime() + days * 86_400_000), networkZone);
}

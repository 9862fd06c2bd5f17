import { DateTime } from 'luxon';
import { markDemo } from '../modules/auth/index.ts';
import { planRun, type PlanRun } from '../modules/booking/index.ts';
import { createSeminar, seminarsByIds } from '../modules/catalogue/index.ts';
import { systemActor } from '../modules/history/index.ts';
import { inviteContact } from '../modules/institutions/index.ts';
import { addInstitution, addPerson, addProvider, providers } from '../modules/people/index.ts';
import { now, setClock } from '../platform/clock.ts';
import { inTransaction, isDuplicateKey } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { askForApprovals } from './approval-programme.ts';
import { bookFirst, bookLater } from './book-programme.ts';
import { contacts, coordinators, externalTrainer, institutions, networkCoordinator, trainers } from './cast.ts';
import { changeProgramme } from './change-programme.ts';
import { askForMore } from './demand-programme.ts';
import type { DemoRun, Offer, SeededRun } from './demo.types.ts';
import { addHouses } from './houses.ts';
import { network } from './network.ts';
import { chooseWords } from './own-words.ts';
import { sessionsOf } from './plan.ts';
import { programme } from './programme.ts';
import { tellNobody } from './tell-nobody.ts';
import { timetable } from './timetable.ts';
import { demoZone } from './working-days.ts';

/** Two transactions plan at a time: with one, the database waits for us as long as we for it. Large ones meet more often. */
const sideBySide = 2;
const runsInEach = 3;
/** Where all houses of the network stand. */
const land = 'NI' as const;

/**
 * Fills an empty database with the model network: planned six weeks ago, booked since, changed the day before yesterday.
 * Moves this process's clock while it works, so before the doors open. @throws database-not-empty
 */
export async function seedDemo(): Promise<{ providers: number; seminars: number; runs: number; bookings: number }> {
  const today = DateTime.fromJSDate(now(), { zone: demoZone }).startOf('day');

  const runs = await onDay(today.minus({ days: 42 }), async () => {
    const trainerIds = await addCast();
    return planProgramme(today, trainerIds);
  });
  const first = await onDay(today.minus({ days: 30 }), () => bookFirst(runs));
  const rest = await onDay(today.minus({ days: 4 }), () => bookLater(runs));
  await onDay(today.minus({ days: 2 }), askForMore);
  await onDay(today.minus({ days: 2 }), () => changeProgramme(runs));
  const asked = await onDay(today.minus({ days: 2 }), () => askForApprovals(runs));
  await onDay(today.minus({ days: 2 }), chooseWords);
  await tellNobody();
  const bookings = first + rest + asked;
  return { providers: network.length, seminars: programme.length, runs: runs.length, bookings };
}

/** Seeds where nobody has begun. Of two processes that start on the same empty directory one does; the other just goes on. */
export async function seedWhereNew(): Promise<void> {
  try {
    if (await isNew()) await seedDemo();
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'database-not-empty')) throw error;
  }
}

/** Whether nobody has begun to use this database: only then does the demo go into it. */
async function isNew(): Promise<boolean> {
  return (await providers()).length === 0;
}

function notEmpty(): AppError {
  return new AppError(
    'database-not-empty',
    'conflict',
    'There are data already. The demo goes into an empty database.',
  );
}

/** Does `work` as if it were ten o'clock on that day. */
async function onDay<Result>(day: DateTime, work: () => Promise<Result>): Promise<Result> {
  const instant = day.set({ hour: 10 }).toJSDate();
  const restoreClock = setClock(() => instant);
  try {
    return await work();
  } finally {
    restoreClock();
  }
}

/** Of two who seed at the same moment the second finds the first one's data, or is kept out by their keys. */
async function addCast(): Promise<string[]> {
  try {
    return await inTransaction(insertCast);
  } catch (error) {
    throw isDuplicateKey(error) ? notEmpty() : error;
  }
}

async function insertCast(): Promise<string[]> {
  if (!(await isNew())) throw notEmpty();
  await markDemo(); // First, so that what a killed start leaves behind is known to be a demo too.
  for (const provider of network) await addProvider(provider);
  const institutionIds: string[] = [];
  for (const institution of institutions) institutionIds.push(await addInstitution(institution));
  for (const contact of contacts) await inviteContact(systemActor, institutionIds[0] ?? '', contact);
  for (const person of [networkCoordinator, ...coordinators]) await addPerson(systemActor, person);
  const trainerIds: string[] = [];
  for (const person of [...trainers, externalTrainer]) trainerIds.push(await addPerson(systemActor, person));
  return trainerIds;
}

/** Who and what is where is settled first, so that it is the same each time although the plans then go side by side. */
async function planProgramme(today: DateTime, trainerIds: readonly string[]): Promise<SeededRun[]> {
  const { houses, seminars } = await inTransaction(addHousesAndSeminars);
  const place = timetable({ ...houses, trainers: trainerIds.slice(0, trainers.length) });
  const plans = seminars.flatMap(({ offer, modules, id: seminarId }) =>
    offer.runs.map((demo) => {
      const trainersOfRun = demo.trainers.flatMap((index) => trainerIds[index] ?? []);
      const sessions = sessionsOf(demo, today, modules, trainersOfRun).map(place);
      const minimum = demo.minimum !== undefined && { minimum: demo.minimum };
      const needs = demo.needs && { needs: demo.needs };
      const published = demo.state !== 'draft';
      const plan = { seminarId, land, capacity: demo.capacity, ...minimum, ...needs, sessions, published };
      return { offer, demo, plan };
    }),
  );
  const runs = await planSideBySide(plans);
  return runs.map((run, number) => ({ ...run, number }));
}

async function addHousesAndSeminars() {
  const houses = await addHouses();
  const created = [];
  for (const { runs, ...seminar } of programme)
    created.push({ id: await createSeminar(systemActor, seminar), offer: { ...seminar, runs } });
  const known = await seminarsByIds(created.map(({ id }) => id));
  const seminars = created.map((one) => ({
    ...one,
    modules: known.get(one.id)?.modules.map((module) => module.id) ?? [],
  }));
  return { houses, seminars };
}

type Planned = { demo: DemoRun; offer: Offer; plan: PlanRun };

function planTogether(plans: readonly Planned[]): Promise<Omit<SeededRun, 'number'>[]> {
  return inTransaction(async () => {
    const runs = [];
    for (const { demo, offer, plan } of plans) {
      const { id, sessions } = await planRun(systemActor, plan);
      runs.push({ id, sessionIds: sessions.map((session) => session.id), demo, offer });
    }
    return runs;
  });
}

async function planSideBySide(plans: readonly Planned[]) {
  const parts = Array.from({ length: Math.ceil(plans.length / runsInEach) }, (_, part) =>
    plans.slice(part * runsInEach, (part + 1) * runsInEach),
  );
  const planned: Awaited<ReturnType<typeof planTogether>>[] = [];
  const waiting = parts.entries();
  const lane = async () => {
    for (const [index, part] of waiting) planned[index] = await planTogether(part);
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
  return planned.flat();
}

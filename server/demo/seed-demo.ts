import { DateTime } from 'luxon';
import { markDemo } from '../modules/auth/index.ts';
import { planRun } from '../modules/booking/index.ts';
import { createSeminar, seminarById } from '../modules/catalogue/index.ts';
import { systemActor } from '../modules/history/index.ts';
import { addInstitution, addPerson, addProvider, providers } from '../modules/people/index.ts';
import { now, setClock } from '../platform/clock.ts';
import { inTransaction, isDuplicateKey } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { bookFirst, bookLater } from './book-programme.ts';
import { coordinators, institutions, networkCoordinator, trainers } from './cast.ts';
import { changeProgramme } from './change-programme.ts';
import { askForMore } from './demand-programme.ts';
import type { Offer, SeededRun } from './demo.types.ts';
import { addHouses } from './houses.ts';
import { network } from './network.ts';
import { sessionsOf } from './plan.ts';
import { programme } from './programme.ts';
import { tellNobody } from './tell-nobody.ts';
import { timetable } from './timetable.ts';
import { demoZone } from './working-days.ts';

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
  await tellNobody();
  return { providers: network.length, seminars: programme.length, runs: runs.length, bookings: first + rest };
}

/** Whether nobody has begun to use this database: only then does the demo go into it. */
export async function isToBeSeeded(): Promise<boolean> {
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
  if (!(await isToBeSeeded())) throw notEmpty();
  await markDemo(); // First, so that what a killed start leaves behind is known to be a demo too.
  for (const provider of network) await addProvider(provider);
  for (const institution of institutions) await addInstitution(institution);
  for (const person of [networkCoordinator, ...coordinators]) await addPerson(systemActor, person);
  const trainerIds: string[] = [];
  for (const person of trainers) trainerIds.push(await addPerson(systemActor, person));
  return trainerIds;
}

/** One transaction for all of it: a hundred small ones would take too long for a start. */
function planProgramme(today: DateTime, trainerIds: readonly string[]): Promise<SeededRun[]> {
  return inTransaction(async () => {
    const runs: SeededRun[] = [];
    const place = timetable({ ...(await addHouses()), trainers: trainerIds });
    for (const offer of programme) {
      const seminarId = await addSeminar(offer);
      const modules = (await seminarById(seminarId))?.modules.map(({ id }) => id) ?? [];
      for (const demo of offer.runs) {
        const trainersOfRun = demo.trainers.flatMap((index) => trainerIds[index] ?? []);
        const sessions = sessionsOf(demo, today, modules, trainersOfRun).map(place);
        const minimum = demo.minimum !== undefined && { minimum: demo.minimum };
        const plan = { seminarId, capacity: demo.capacity, ...minimum, sessions, published: demo.state !== 'draft' };
        const run = await planRun(systemActor, plan);
        const sessionIds = run.sessions.map(({ id }) => id);
        runs.push({ id: run.id, sessionIds, demo, offer, number: runs.length });
      }
    }
    return runs;
  });
}

function addSeminar({ runs: _planned, ...seminar }: Offer): Promise<string> {
  return createSeminar(systemActor, seminar);
}

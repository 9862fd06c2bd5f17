import { expect } from 'chai';
import { composeMail } from '../../jobs/compose-mail.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import { cancelBooking, postponeRun, rescheduleRun, runDetails } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { claimMessage, dueMessageIds, markNotSent, markPostponed, markSent } from '../../server/modules/mail/index.ts';
import {
  addSession,
  cancelSession,
  changeSession,
  sessionsSetAside,
  type Session,
} from '../../server/modules/scheduling/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aPerson, aRun, aSession, aTrainer } from '../support/builders.ts';
import { CalendarClient } from '../support/calendar-client.ts';
import { freshDatabase } from '../support/hooks.ts';

const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };
const day = 86_400_000;
const seeds = [11, 23, 42];
const steps = 7;

type Sent = { to: string; ics: string };
type World = { runId: string; random: () => number; trainers: string[]; time: { now: number }; free: number };

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sends what is due, at most `most` mails, each as it would be made at this moment. */
async function send(sent: Sent[], most: number): Promise<void> {
  await relayEvents();
  for (const id of (await dueMessageIds(most)).slice(0, most)) {
    const message = await claimMessage(id);
    const draft = message && (await composeMail(message, sender));
    if (!message || !draft) continue;
    if (draft.kind === 'postponed') await markPostponed(message, draft.dueAt);
    if (draft.kind === 'not-sent') await markNotSent(message, draft.state, draft.reason);
    if (draft.kind !== 'mail') continue;
    await markSent(message);
    const { calendar, to } = draft.mail;
    if (calendar && calendar.method !== 'PUBLISH') sent.push({ to: to.email, ics: calendar.content });
  }
}

/** A day nobody has used yet, so that no two sessions of the run meet. */
function fresh(world: World): { startsAt: Date; endsAt: Date } {
  world.free += 1;
  const startsAt = new Date(Math.floor(world.time.now / day) * day + (30 + world.free) * day + 8 * 3_600_000);
  return { startsAt, endsAt: new Date(startsAt.getTime() + (2 + Math.floor(world.random() * 20)) * 3_600_000) };
}

/** One random change of the plan; gives its name. */
async function change(world: World): Promise<string> {
  const { runId, random, trainers } = world;
  const { run, sessions } = await runDetails(systemActor, runId);
  if (run.status === 'postponed') {
    const postponed = (await sessionsSetAside(runId)).filter(({ why }) => why.because === 'postponed');
    const kept = postponed.filter((_, index) => index === 0 || random() < 0.7);
    const dates = kept.map(({ id, timeZone, location }) => ({ sessionId: id, ...fresh(world), timeZone, location }));
    await rescheduleRun(systemActor, { runId, dates });
    return `reschedule ${kept.length} of ${postponed.length}`;
  }
  const one = sessions[Math.floor(random() * sessions.length)];
  if (!one) throw new Error('A public run without sessions.');
  const act = Math.floor(random() * 6);
  if (act === 0) await changeSession(systemActor, one.id, fresh(world));
  else if (act === 1) await changeSession(systemActor, one.id, { location: `Raum ${Math.floor(random() * 3)}` });
  else if (act === 2)
    await addSession(systemActor, runId, aSession({ ...fresh(world), trainers: trainers.slice(0, 1) }));
  else if (act === 3 && sessions.length > 1) await cancelSession(systemActor, { sessionId: one.id, reason: 'Zufall' });
  else if (act === 4) await postponeRun(systemActor, { runId, reason: 'Zufall' });
  else await changeSession(systemActor, one.id, { trainers: trainers.filter(() => random() < 0.5) });
  return `${act} on ${one.id}`;
}

function standing(objects: readonly Sent[], email: string): string[] {
  const client = new CalendarClient();
  for (const { ics } of objects.filter(({ to }) => to === email)) client.receive(ics);
  return client.entries().map(({ startsAt, endsAt, location }) => `${startsAt} ${endsAt} ${location}`);
}

function planned(sessions: readonly Session[]): string[] {
  return sessions.map(
    ({ startsAt, endsAt, location }) => `${startsAt.toISOString()} ${endsAt.toISOString()} ${location}`,
  );
}

describe('calendars converge through every change of a plan (promise 6)', () => {
  for (const seed of seeds)
    it(`whatever order the mails of a random history come in, and however often (seed ${seed})`, async function () {
      this.timeout(120_000);
      await freshDatabase();
      const time = { now: Date.now() };
      const restore = setClock(() => new Date(time.now));
      const history: string[] = [];
      const sent: Sent[] = [];
      try {
        const trainers = [await aTrainer(), await aTrainer()];
        const run = await aRun({ sessions: [aSession(), aSession({ inDays: 21 })] });
        const people = [aPerson(), aPerson()];
        const [, second] = [
          await aBooking({ runId: run.id, booker: people[0]! }),
          await aBooking({ runId: run.id, booker: aPerson(), participants: [people[1]!] }),
        ];
        const ids = trainers.map(({ person }) => person.id);
        const world: World = { runId: run.id, random: randomFrom(seed), trainers: ids, time, free: 0 };
        for (let step = 0; step < steps; step += 1) {
          history.push(await change(world));
          // Sometimes everything is sent, sometimes little: what is late is made from what is true by then.
          await send(sent, world.random() < 0.5 ? 200 : 2);
          time.now += 60_000;
        }
        const leaves = seed % 2 === 0;
        if (leaves) await cancelBooking(systemActor, { bookingId: second.id });
        for (let round = 0; round < 4; round += 1) await send(sent, 500);

        const { run: after, sessions } = await runDetails(systemActor, run.id);
        const shown = after.status === 'published' ? sessions : [];
        const truths = new Map<string, string[]>([
          [people[0]!.email, planned(shown)],
          [people[1]!.email, leaves ? [] : planned(shown)],
          ...trainers.map(
            ({ person }) =>
              [person.email, planned(shown.filter(({ trainerIds }) => trainerIds.includes(person.id)))] as const,
          ),
        ]);
        const orders = { sent, reversed: sent.toReversed(), twice: [...sent, ...sent.toReversed(), ...sent] };
        for (const [order, objects] of Object.entries(orders))
          for (const [email, truth] of truths)
            expect(standing(objects, email), `${order} for ${email} after ${history.join('; ')}`).to.deep.equal(truth);
        expect(sent.length, 'calendar mails').to.be.greaterThan(4);
      } finally {
        restore();
      }
    });
});

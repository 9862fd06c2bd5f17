import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { createApiToken } from '../../server/modules/auth/index.ts';
import {
  collectInterest,
  giveDates,
  interestListToPlan,
  interestToTell,
  noteInterest,
  type Interest,
} from '../../server/modules/demand/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aDraft, anInterest, aPerson, aSeminar } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { bookingCall, callAt, turnOf } from '../support/drill-client.ts';
import { expectPromisesKept, expectServedInOrder, runAfterwards, type RunAfterwards } from '../support/drill-queue.ts';
import type { MosaikProcess, World } from '../support/world.ts';

// More than one page of answers, so that others may come in between.
const asking = 11;
const confirming = 2;
const leaving = 2;
const strangers = 2;
const openWithinMs = 60_000;

type Played = { run: RunAfterwards; interests: Interest[]; strangers: string[] };

describe('the drill of demand', () => {
  const drill = beginDrill('demand');

  /**
   * A run gets its dates and is published at the one process; at both, in the same moment, some who asked confirm their
   * address or withdraw, and strangers press for a place until they are let in.
   */
  const playRound = async ({ webs }: World): Promise<Played> => {
    const seminarId = await aSeminar();
    const listId = await collectInterest(systemActor, { seminar: seminarId, answer: 'book', answerDays: 7 });
    for (let one = 0; one < asking; one += 1)
      await anInterest(seminarId, { ...aPerson(), places: drill.between(1, 3) });
    const asked = (await interestListToPlan(systemActor, listId)).interests;
    const unconfirmed = await notedBy(confirming, seminarId);
    const { id: runId } = await aDraft({ seminarId, capacity: drill.between(8, 16), access: 'closed' });
    await giveDates(systemActor, { listId, runId });
    const token = await createApiToken(systemActor);
    const turn = drill.between(0, 1);
    const quitters = asked.slice(-leaving).map((interest) => interest.token);
    const outsiders = Array.from({ length: strangers }, aPerson);

    await Promise.all([
      callAt(turnOf(webs, turn), { path: `/runs/${runId}/publication`, token }).then(({ status, text }) =>
        expect(status, text).to.equal(200),
      ),
      ...unconfirmed.map((link, index) => press(turnOf(webs, index), `/interest/${link}/confirmation`)),
      ...quitters.map((link, index) => press(turnOf(webs, index + 1), `/interest/${link}/withdrawal`)),
      ...outsiders.map((booker, index) => bookOnceOpen(turnOf(webs, index), runId, booker)),
    ]);
    const { interests } = await interestListToPlan(systemActor, listId);
    return { run: await runAfterwards(runId), interests, strangers: outsiders.map(({ email }) => email) };
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2 }));

    it('books those who asked before everybody else, in their order, each once, and never more than there are', async () => {
      const say = drill.clock();
      const rounds = drill.times(200, 2);
      for (let round = 0; round < rounds; round += 1) {
        const { run, interests, strangers: outsiders } = await playRound(town());
        const came = interests.filter(({ status }) => status === 'booked');

        expect(interests.map(({ status }) => status)).to.have.members([
          ...came.map(() => 'booked'),
          ...interests.slice(came.length).map(() => 'withdrawn'),
        ]);
        expect(came.length).to.be.within(asking - leaving, asking + confirming);
        expect(bookersOf(run).slice(0, came.length)).to.deep.equal(came.map(({ contact }) => contact.email));
        expect(bookersOf(run).slice(came.length)).to.have.members(outsiders);
        expectServedInOrder(run);
      }

      await expectPromisesKept();
      say(`${rounds} undated runs that got their dates, ${asking} to ${asking + confirming} people booked in each`);
    }).timeout(1_800_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: inScene('forestalled') }));

    it('lets strangers come before them in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(40, 2);
      let forestalled = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { run, strangers: outsiders } = await playRound(town());
        if (outsiders.includes(bookersOf(run)[0] ?? '')) forestalled += 1;
      }

      say(`${rounds} rounds without the guard, those who asked were forestalled in ${forestalled}`);
      expect(forestalled).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

/** Who booked, by the turn they got. */
function bookersOf({ bookings }: RunAfterwards): string[] {
  return bookings.map(({ booker }) => booker.email);
}

/** People who noted their interest and have not confirmed their address yet; gives their links. */
async function notedBy(count: number, seminarId: string): Promise<string[]> {
  const links: string[] = [];
  for (let one = 0; one < count; one += 1) {
    const id = await noteInterest(seminarId, { ...aPerson(), places: 1 });
    links.push((await interestToTell(id ?? ''))?.interest.token ?? '');
  }
  return links;
}

/** The press of a button behind a link: done, or too late. Whoever is told that too many are at it presses again. */
async function press(web: Pick<MosaikProcess, 'url'>, path: string): Promise<void> {
  const { status } = await fetch(`${web.url}${path}`, { method: 'POST', redirect: 'manual' });
  if (status === 503) return press(web, path);
  expect(status, path).to.be.oneOf([303, 404, 409]);
}

/** A stranger finds nothing until the run is open to everybody. */
async function bookOnceOpen(
  web: Pick<MosaikProcess, 'url'>,
  runId: string,
  booker: ReturnType<typeof aPerson>,
): Promise<void> {
  const giveUpAt = Date.now() + openWithinMs;
  for (;;) {
    const { status, text } = await callAt(web, bookingCall(runId, { booker }));
    if (status === 201) return;
    if ((status !== 404 && status !== 503) || Date.now() > giveUpAt) throw new Error(`Not let in: ${status} ${text}`);
    await pause(100);
  }
}

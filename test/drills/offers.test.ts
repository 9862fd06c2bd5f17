import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { problem } from '../../server/api/problems.answers.ts';
import { BookingModel } from '../../server/modules/booking/booking.model.ts';
import {
  bookingById,
  cancelBooking,
  placesOfRuns,
  type Booking,
  type BookPlacesOutcome,
} from '../../server/modules/booking/index.ts';
import { eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { openQueue, type Queue } from '../../server/platform/queue.ts';
import { logger } from '../../server/platform/logger.ts';
import { aBooking, aRun } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { callAt, turnOf, type Answer, type Call } from '../support/drill-client.ts';
import { expectPromisesKept } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

/** Holders press at one process, and the other one ends what is over: they meet in the database alone. */
const processes = { webs: 1, workers: 1 };
const env = { SWEEP_SECONDS: '1' };
const atOnce = 10;
/** Whoever is next has an offer within a minute after one has lapsed. */
const nextWithinMs = 60_000;

/** A run whose places are all on offer, with as many more who wait. */
type Offers = { runId: string; offered: BookPlacesOutcome[]; behind: BookPlacesOutcome[] };
type Raced = { booking: Booking; answers: Answer[] };
type Round = { runId: string; raced: Raced[]; behind: BookPlacesOutcome[] };

describe('the drill of offers', () => {
  const drill = beginDrill('offers');

  /** How long before the deadline people press, in milliseconds: it follows the machine, so that both sides win. */
  const pace = { lead: 40 };

  /** The offers of a run end in the very moment at which their holders accept them, each pressing twice. */
  const playRound = async ({ webs }: World, queue: Queue, leads: readonly number[]): Promise<Round> => {
    const { runId, offered, behind } = await offersInOneRun(leads.length);
    const until = new Date(Date.now() + 500 + Math.max(...leads));
    await BookingModel.updateMany({ runId, status: 'offered' }, { $set: { offer: { until } } });
    for (const { id } of offered) await queue.nudge('sweeps', 'lapse-offer', { bookingId: id }, { at: until });
    const answers = await Promise.all(
      offered.map(async ({ token }, index) => {
        await untilMoment(until.getTime() - (leads[index] ?? 0));
        const call = { path: `/bookings/${token}/offer/acceptance`, body: {} };
        return Promise.all([press(turnOf(webs, 0), call), press(turnOf(webs, 0), call)]);
      }),
    );
    await untilEnded(offered);
    const raced: Raced[] = [];
    for (const [index, { id }] of offered.entries())
      raced.push({ booking: await bookingById(systemActor, id), answers: answers[index] ?? [] });
    return { runId, raced, behind };
  };

  /** One presses in the moment itself and is too late for certain; the others before it. */
  const leadsAround = (lead: number) =>
    Array.from({ length: atOnce }, (_, index) => (index === 0 ? 0 : drill.between(lead / 10, 2 * lead)));

  const withQueue = async <Result>({ dataDirectory }: World, work: (queue: Queue) => Promise<Result>) => {
    const { queue } = await openQueue({ dataDirectory, log: logger });
    try {
      return await work(queue);
    } finally {
      await queue.close();
    }
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ ...processes, env }));

    it('are either accepted or lapse, never both; whoever comes too late is told so, and the next is offered', async () => {
      const say = drill.clock();
      const rounds = drill.times(1_000) / atOnce;
      const won = { accepted: 0, lapsed: 0 };
      await withQueue(town(), async (queue) => {
        for (let round = 0; round < rounds; round += 1) {
          const played = await playRound(town(), queue, leadsAround(pace.lead));
          const { accepted, lapsed } = await winnersOf(played);
          won.accepted += accepted;
          won.lapsed += lapsed;
          pace.lead = accepted < lapsed ? pace.lead * 2 : Math.max(10, pace.lead / 2);
        }
      });

      await expectPromisesKept();
      say(`${rounds * atOnce} offers, ${won.accepted} accepted, ${won.lapsed} lapsed, none both`);
      expect(won.accepted, 'accepted').to.be.greaterThan(0);
      expect(won.lapsed, 'lapsed').to.be.greaterThan(0);
    }).timeout(2_400_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ ...processes, env: { ...env, ...inScene('twice') } }));

    it('are accepted and lapse in nearly every race, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(100, 6);
      let both = 0;
      await withQueue(town(), async (queue) => {
        for (let round = 0; round < rounds; round += 1)
          both += (await playRound(town(), queue, [3_000])).raced.filter(wonTwice).length;
      });

      say(`${rounds} offers without the guard, ${both} both accepted and lapsed`);
      expect(both).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

/** All places of a run were given back: the first of those who wait have offers. */
async function offersInOneRun(count: number): Promise<Offers> {
  const { id: runId } = await aRun({ capacity: count, promotion: 'offer', offerHours: 20 });
  const book = () => Promise.all(Array.from({ length: count }, () => aBooking({ runId })));
  const [sitting, offered, behind] = [await book(), await book(), await book()];
  await Promise.all(sitting.map(({ id }) => cancelBooking(systemActor, { bookingId: id })));
  return { runId, offered, behind };
}

/** Whoever is told that too many are at it presses again. */
async function press(web: Parameters<typeof callAt>[0], call: Call): Promise<Answer> {
  const answer = await callAt(web, call);
  return answer.status === 503 ? press(web, call) : answer;
}

/** Timers may be early by a millisecond. */
async function untilMoment(at: number): Promise<void> {
  while (Date.now() < at) await pause(Math.max(1, at - Date.now()));
}

async function untilEnded(offers: readonly BookPlacesOutcome[]): Promise<void> {
  const giveUpAt = Date.now() + nextWithinMs;
  const ids = offers.map(({ id }) => id);
  while ((await BookingModel.exists({ _id: { $in: ids }, status: 'offered' })) !== null) {
    if (Date.now() > giveUpAt) throw new Error('Nobody ended an offer whose time was over.');
    await pause(20);
  }
}

function wonTwice({ booking: { states } }: Raced): boolean {
  const statuses = states.map(({ status }) => status);
  return statuses.includes('confirmed') && statuses.includes('lapsed');
}

/** How many won on either side, after all that stands and was said agrees on it. */
async function winnersOf({ runId, raced, behind }: Round) {
  const winners: string[] = [];
  for (const one of raced) winners.push(await winnerOf(one));
  const lapsed = winners.filter((winner) => winner === 'lapsed').length;
  const next = [];
  for (const { id } of behind) next.push((await bookingById(systemActor, id)).status);
  expect(next).to.deep.equal(behind.map((_, index) => (index < lapsed ? 'offered' : 'waiting')));
  expect((await placesOfRuns([runId])).get(runId)).to.include({ held: raced.length });
  return { accepted: winners.length - lapsed, lapsed };
}

async function winnerOf({ booking: { id, states }, answers }: Raced): Promise<'accepted' | 'lapsed'> {
  const statuses = states.map(({ status }) => status);
  const isAccepted = statuses.includes('confirmed');
  const ending = isAccepted ? ['confirmed'] : ['lapsed', 'waiting'];
  expect(statuses, `booking ${id}`).to.deep.equal(['waiting', 'offered', ...ending]);
  for (const answer of answers)
    if (isAccepted) expect(answer.status, answer.text).to.equal(200);
    else expectTooLate(answer);

  const ends = (await eventsAbout({ bookingId: id })).filter(({ type }) => /^offer-(accepted|lapsed)$/.test(type));
  expect(ends.map(({ type }) => type)).to.deep.equal([isAccepted ? 'offer-accepted' : 'offer-lapsed']);
  return isAccepted ? 'accepted' : 'lapsed';
}

function expectTooLate({ status, text }: Answer): void {
  expect(status, text).to.equal(410);
  expect(problem.parse(JSON.parse(text))).to.include({
    code: 'offer-lapsed',
    detail: 'Die Zeit, dieses Angebot anzunehmen, ist vorbei. Die Plätze sind an andere gegangen.',
  });
}

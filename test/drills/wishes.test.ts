import { expect } from 'chai';
import {
  bookingsOfRun,
  placesOfRuns,
  type Booking,
  type BookPlacesOutcome,
} from '../../server/modules/booking/index.ts';
import { aBooking, aRun, aSeminar, aSession } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { callAt, turnOf, type Call } from '../support/drill-client.ts';
import { expectPromisesKept } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

const env = { MOSAIK_WORKER: 'off' };
const runsNamed = 3;
const wishers = 3;

type Played = { runIds: string[]; wishes: BookPlacesOutcome[] };

describe('the drill of wishes', () => {
  const drill = beginDrill('wishes');

  /** A place comes free in each of three runs in the same moment, half of them at each process; three people want any of them. */
  const playRound = async ({ webs }: World): Promise<Played> => {
    const seminarId = await aSeminar();
    const runs: { id: string; sitting: BookPlacesOutcome }[] = [];
    for (let index = 0; index < runsNamed; index += 1) {
      const { id } = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays: 14 + 7 * index })] });
      runs.push({ id, sitting: await aBooking({ runId: id }) });
    }
    const wishes: BookPlacesOutcome[] = [];
    for (let wisher = 0; wisher < wishers; wisher += 1) {
      const first = drill.between(0, runsNamed - 1);
      const [runId = '', ...alternatives] = runs.map((_, index) => turnOf(runs, first + index).id);
      wishes.push(await aBooking({ runId, alternatives }));
    }
    const turn = drill.between(0, 1);
    await Promise.all(
      runs.map(({ sitting }, index) =>
        press(turnOf(webs, turn + index), { path: `/bookings/${sitting.token}/cancellation`, body: {} }),
      ),
    );
    return { runIds: runs.map(({ id }) => id), wishes };
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('come true once each, when their runs have room at the same moment, and no place is left lying', async () => {
      const say = drill.clock();
      const rounds = drill.times(200, 10);
      for (let round = 0; round < rounds; round += 1) {
        const { runIds, wishes } = await playRound(town());

        expect(await timesCameTrue(runIds, wishes)).to.deep.equal(wishes.map(() => 1));
        for (const places of (await placesOfRuns(runIds)).values()) expect(places).to.include({ held: 1, waiting: 0 });
      }

      await expectPromisesKept();
      say(`${rounds} rounds of ${wishers} wishes for ${runsNamed} runs that have room at once, each came true once`);
    }).timeout(1_200_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('wished-twice') } }));

    it('come true twice in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(40, 6);
      let twice = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { runIds, wishes } = await playRound(town());
        if ((await timesCameTrue(runIds, wishes)).some((times) => times > 1)) twice += 1;
      }

      say(`${rounds} rounds without the guard, wishes came true twice in ${twice}`);
      expect(twice).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

/** How many of the bookings of each wish are confirmed. */
async function timesCameTrue(runIds: readonly string[], wishes: readonly BookPlacesOutcome[]): Promise<number[]> {
  const bookings: Booking[] = [];
  for (const runId of runIds) bookings.push(...(await bookingsOfRun(runId)));
  return wishes.map(
    ({ id }) => bookings.filter(({ wish, status }) => wish?.id === id && status === 'confirmed').length,
  );
}

/** Whoever is told that too many are at it presses again. */
async function press(web: Parameters<typeof callAt>[0], call: Call): Promise<void> {
  const { status, text } = await callAt(web, call);
  if (status === 503) return press(web, call);
  expect(status, text).to.equal(200);
}

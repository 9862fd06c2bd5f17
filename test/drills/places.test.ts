import { expect } from 'chai';
import type { BookPlaces } from '../../server/modules/booking/index.ts';
import { aPerson, aRun } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { bookingCall, stampede } from '../support/drill-client.ts';
import {
  expectAnswersAgree,
  expectPromisesKept,
  expectServedInOrder,
  placesConfirmed,
  runAfterwards,
} from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

type Shape = { said: string; capacity: number; bookers: number; largest: number };

const shapes: readonly Shape[] = [
  { said: '50 bookers for 5 places', capacity: 5, bookers: 50, largest: 1 },
  { said: '2 bookers for 1 place', capacity: 1, bookers: 2, largest: 1 },
  { said: '20 parties of 1 to 4 for 19 places', capacity: 19, bookers: 20, largest: 4 },
];
const env = { MOSAIK_WORKER: 'off' };

describe('the drill of places', () => {
  const drill = beginDrill('places');

  /** Everybody presses at once, half of them at each web process. */
  const playRound = async ({ webs }: World, { capacity, bookers, largest }: Shape) => {
    const { id } = await aRun({ capacity });
    const parties = Array.from({ length: bookers }, () => aParty(drill.between(1, largest)));
    const answers = await stampede(
      webs,
      parties.map((party) => bookingCall(id, party)),
    );
    return { answers, run: await runAfterwards(id) };
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    for (const shape of shapes)
      it(`holds no more places than there are, and leaves none lying: ${shape.said}`, async () => {
        const say = drill.clock();
        const rounds = drill.times(200);
        for (let round = 0; round < rounds; round += 1) {
          const { answers, run } = await playRound(town(), shape);

          expectServedInOrder(run);
          expectAnswersAgree(run, answers);
        }

        await expectPromisesKept();
        say(`${rounds} rounds of ${shape.said}, all kept`);
      }).timeout(1_200_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('unguarded') } }));

    it('oversells in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(120);
      let oversold = 0;
      for (let round = 0; round < rounds; round += 1) {
        const shape = shapes[round % shapes.length]!;
        const { run } = await playRound(town(), shape);
        if (placesConfirmed(run) > shape.capacity) oversold += 1;
      }

      say(`${rounds} rounds without the guard, ${oversold} oversold`);
      expect(oversold).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

function aParty(places: number): BookPlaces {
  return { booker: aPerson(), ...(places > 1 && { places }) };
}

import { expect } from 'chai';
import { bookingById, sendDetailsLinks } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aPerson, aRun } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { expectPromisesKept } from '../support/drill-queue.ts';
import type { MosaikProcess, World } from '../support/world.ts';

const env = { MOSAIK_WORKER: 'off' };

describe('the drill of own details', () => {
  const drill = beginDrill('details');

  /** The booker names the one place at one process while its link is used at the other: who was told yes, and who sits there. */
  const playRound = async ({ webs: [first, second] }: World) => {
    if (!first || !second) throw new Error('There are no two processes.');
    const made = await aBooking({ runId: (await aRun()).id, places: 1, participants: [] });
    const emails = ['anna@example.org'];
    const asked = await sendDetailsLinks(systemActor, { bookingId: made.id, emails });
    const [named, own] = [aPerson(), aPerson()];
    const statuses = await Promise.all([
      posted(first, `/bookings/${made.token}/names`, {
        'participants[0].name': named.name,
        'participants[0].email': named.email,
      }),
      posted(second, `/details/${asked.detailsLinks?.[0]?.token}`, { name: own.name, email: own.email }),
    ]);
    const sitting = (await bookingById(systemActor, made.id)).participants.map(({ name }) => name);
    const toldYes = [named, own].filter((_, index) => statuses[index] === 303).map(({ name }) => name);
    return { statuses, sitting, toldYes };
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('gives the place to exactly one in every round, and tells the other that nothing was kept', async () => {
      const say = drill.clock();
      const rounds = drill.times(200, 10);
      for (let round = 0; round < rounds; round += 1) {
        const { statuses, sitting, toldYes } = await playRound(town());
        expect(sitting).to.have.lengthOf(1);
        expect(toldYes).to.deep.equal(sitting);
        expect(statuses.find((status) => status !== 303)).to.be.oneOf([410, 422]);
      }
      await expectPromisesKept();
      say(`${rounds} rounds in which the booker names a place that somebody fills in, each went to one`);
    }).timeout(1_200_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('named-blindly') } }));

    it('tells both yes and keeps one in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(40, 4);
      let lost = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { sitting, toldYes } = await playRound(town());
        if (toldYes.length > sitting.length) lost += 1;
      }
      say(`${rounds} rounds without the guard, somebody's details were lost in ${lost}`);
      expect(lost).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

async function posted({ url }: MosaikProcess, path: string, fields: Record<string, string>): Promise<number> {
  const body = new URLSearchParams(fields);
  return (await fetch(url + path, { method: 'POST', body, redirect: 'manual' })).status;
}

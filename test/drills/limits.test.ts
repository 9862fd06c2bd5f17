import { expect } from 'chai';
import { setInstitutionLimit } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aPerson, aRun } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { bookedIn, bookingCall, stampede } from '../support/drill-client.ts';
import { expectPromisesKept, runAfterwards, type RunAfterwards } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

const env = { MOSAIK_WORKER: 'off' };
const schools = ['Nordschule', 'Südschule', 'Westschule'];
const mostPerSchool = 2;
const bookersPerSchool = 6;

describe('the drill of limits', () => {
  const drill = beginDrill('limits');

  /** Of every school more press at once than may come, half of them at each web process; there are places for all. */
  const playRound = async ({ webs }: World): Promise<RunAfterwards> => {
    const { id } = await aRun({ capacity: 50 });
    await setInstitutionLimit(systemActor, { runId: id, perInstitution: mostPerSchool });
    const bookers = Array.from({ length: bookersPerSchool }, () => schools).flat();
    const answers = await stampede(
      webs,
      bookers.map((institution) => bookingCall(id, { booker: aPerson(), institution })),
    );
    for (const answer of answers) bookedIn(answer);
    return runAfterwards(id);
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('gives no institution more places than it may have, and each of them as many', async () => {
      const say = drill.clock();
      const rounds = drill.times(100);
      for (let round = 0; round < rounds; round += 1)
        expect(confirmedBySchool(await playRound(town()))).to.deep.equal(schools.map(() => mostPerSchool));

      await expectPromisesKept();
      say(
        `${rounds} rounds of ${bookersPerSchool} from each of ${schools.length} schools, never more than ${mostPerSchool}`,
      );
    }).timeout(600_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('unguarded') } }));

    it('gives some institution too many in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(40);
      let exceeded = 0;
      for (let round = 0; round < rounds; round += 1)
        if (confirmedBySchool(await playRound(town())).some((places) => places > mostPerSchool)) exceeded += 1;

      say(`${rounds} rounds without the guard, the limit exceeded in ${exceeded}`);
      expect(exceeded).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

function confirmedBySchool({ bookings }: RunAfterwards): number[] {
  return schools.map(
    (school) => bookings.filter(({ status, institution }) => status === 'confirmed' && institution === school).length,
  );
}

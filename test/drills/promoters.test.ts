import { expect } from 'chai';
import { createApiToken } from '../../server/modules/auth/index.ts';
import type { QueueEntry } from '../../server/modules/booking/index.ts';
import { eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aRun } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { callAt, turnOf, type Answer, type Call } from '../support/drill-client.ts';
import { expectPromisesKept, runAfterwards, type RunAfterwards } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

const env = { MOSAIK_WORKER: 'off' };
const promoters = 10;
const queued = 12;
const raisedBy = 2;

describe('the drill of the promoters', () => {
  const drill = beginDrill('promoters');

  /** Nine give a place back and one raises the capacity, all in the same moment and half of them at each process. */
  const playRound = async ({ webs }: World, token: string): Promise<RunAfterwards> => {
    const { id: runId } = await aRun({ capacity: promoters, promotion: drill.random() < 0.5 ? 'confirm' : 'offer' });
    const parties = Array.from({ length: queued }, () => drill.between(1, 3));
    const sitting = await Promise.all(Array.from({ length: promoters }, () => aBooking({ runId })));
    await Promise.all(parties.map((places) => aBooking({ runId, ...(places > 1 && { places }) })));

    const calls: Call[] = [
      { method: 'PATCH', path: `/runs/${runId}`, body: { capacity: promoters + raisedBy }, token },
      ...sitting.slice(1).map((booking) => ({ path: `/bookings/${booking.token}/cancellation`, body: {} })),
    ];
    const first = drill.between(0, 1);
    const answers = await Promise.all(calls.map((call, index) => press(turnOf(webs, first + index), call)));
    for (const answer of answers) expect(answer.status, answer.text).to.equal(200);
    return runAfterwards(runId);
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('promotes nobody twice and passes nobody over, whoever frees places at the same moment', async () => {
      const say = drill.clock();
      const rounds = drill.times(1_000);
      const token = await createApiToken(systemActor);
      let promoted = 0;
      for (let round = 0; round < rounds; round += 1) {
        const run = await playRound(town(), token);

        expect(faultsIn(run)).to.deep.equal([]);
        promoted += await expectToldOnce(run);
      }

      await expectPromisesKept();
      say(`${rounds} rounds of ${promoters} promoters at once, ${promoted} promoted, each once and in turn`);
      expect(promoted).to.be.greaterThan(rounds);
    }).timeout(2_400_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('twice') } }));

    it('promotes somebody twice or passes somebody over in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(60, 6);
      const token = await createApiToken(systemActor);
      let found = 0;
      for (let round = 0; round < rounds; round += 1)
        if (faultsIn(await playRound(town(), token)).length > 0) found += 1;

      say(`${rounds} rounds without the guard, faults found in ${found}`);
      expect(found).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

/** Whoever is told that too many are at it presses again. */
async function press(web: Parameters<typeof callAt>[0], call: Call): Promise<Answer> {
  const answer = await callAt(web, call);
  return answer.status === 503 ? press(web, call) : answer;
}

/** Nine places were freed and two are new. Who has to have them is decided here a second time, without Mosaik's rule. */
function faultsIn({ bookings, places }: RunAfterwards): string[] {
  let free = promoters - 1 + raisedBy;
  const faults: string[] = [];
  for (const booking of bookings.filter(hasWaited)) {
    const times = timesPromoted(booking);
    const isNext = booking.places <= free;
    free = isNext ? free - booking.places : 0;
    if (times > 1) faults.push(`booking ${booking.number} was promoted ${times} times`);
    if (isNext && times === 0) faults.push(`booking ${booking.number} was passed over`);
    if (!isNext && times > 0) faults.push(`booking ${booking.number} was promoted before its turn`);
  }
  const held = bookings.filter(holdsPlaces).reduce((sum, booking) => sum + booking.places, 0);
  if (held !== places.held || held > places.capacity) faults.push(`${held} places are held, ${places.held} are noted`);
  return faults;
}

/** One event and one mail for each who moved up; gives how many did. */
async function expectToldOnce({ bookings }: RunAfterwards): Promise<number> {
  const moved = bookings.filter((booking) => hasWaited(booking) && timesPromoted(booking) > 0);
  for (const { id, number } of moved) {
    const told = (await eventsAbout({ bookingId: id })).filter(({ type }) => /^booking-(promoted|offered)$/.test(type));
    expect(told.length, `events of booking ${number}`).to.equal(1);
  }
  return moved.length;
}

function timesPromoted({ states }: QueueEntry): number {
  return states.filter(({ status }) => status === 'confirmed' || status === 'offered').length;
}

function hasWaited({ states }: QueueEntry): boolean {
  return states[0]?.status === 'waiting';
}

function holdsPlaces({ status }: QueueEntry): boolean {
  return status === 'confirmed' || status === 'offered';
}

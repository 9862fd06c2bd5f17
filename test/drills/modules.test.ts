import { expect } from 'chai';
import { relayEvent } from '../../jobs/relay-events.ts';
import { bookingsOfRun, mergeRuns, type BookPlaces, type QueueEntry } from '../../server/modules/booking/index.ts';
import { pendingEventIds, systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aPerson, aSession } from '../support/builders.ts';
import { aCourse } from '../support/courses.ts';
import { aTown, beginDrill, inScene, type Drill } from '../support/drill.ts';
import { bookedIn, bookingCall, stampede, type Answer } from '../support/drill-client.ts';
import { expectPromisesKept, runAfterwards, type RunAfterwards } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

type Shape = { said: string; capacity: number; bookers: number; mostModules: number };

const shapes: readonly Shape[] = [
  { said: '2 bookers for the last place of a module', capacity: 1, bookers: 2, mostModules: 1 },
  { said: '24 bookers of 1 to 3 modules for 3 places in each', capacity: 3, bookers: 24, mostModules: 3 },
];
const env = { MOSAIK_WORKER: 'off' };
const active: readonly string[] = ['confirmed', 'waiting'];

describe('the drill of modules', () => {
  const drill = beginDrill('modules');

  const playRound = async ({ webs }: World, { capacity, bookers, mostModules }: Shape) => {
    const { runId, modules } = await aCourse({ capacity });
    const wishes = Array.from({ length: bookers }, () => aWish(drill, modules, mostModules));
    const answers = await stampede(
      webs,
      wishes.map((wish) => bookingCall(runId, wish)),
    );
    return { answers, run: await runAfterwards(runId) };
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    for (const shape of shapes)
      it(`holds no more places in any module than there are, and passes nobody: ${shape.said}`, async () => {
        const say = drill.clock();
        const rounds = drill.times(200, 6);
        for (let round = 0; round < rounds; round += 1) {
          const { answers, run } = await playRound(town(), shape);

          expect(answers.map(bookedIn)).to.have.length(shape.bookers);
          expectModulesServedInOrder(run);
        }

        await expectPromisesKept();
        say(`${rounds} rounds of ${shape.said}, all kept`);
      }).timeout(1_200_000);

    it('loses nobody, and seats nobody too many, when a run is merged while people book and cancel in both', async () => {
      const say = drill.clock();
      const rounds = drill.times(100, 4);
      for (let round = 0; round < rounds; round += 1) await mergeInTheCrowd(town());

      await expectPromisesKept();
      say(`${rounds} runs merged while 8 booked and 2 cancelled`);
    }).timeout(1_200_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('unguarded') } }));

    it('oversells a module in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(60, 6);
      let oversold = 0;
      for (let round = 0; round < rounds; round += 1) {
        const shape = shapes[round % shapes.length]!;
        const { run } = await playRound(town(), { ...shape, mostModules: 1 });
        if (mostConfirmedInOneModule(run) > shape.capacity) oversold += 1;
      }

      say(`${rounds} rounds without the guard, ${oversold} oversold`);
      expect(oversold).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

async function mergeInTheCrowd({ webs }: World): Promise<void> {
  const { seminarId, runId: from, modules } = await aCourse({ capacity: 3 });
  const sessions = modules.map((module, at) => aSession({ module, inDays: 28 + 14 * at }));
  const { runId: into } = await aCourse({ seminarId, sessions, capacity: 4 });
  const first = modules[0]!;
  const before = [];
  for (let turn = 0; turn < 5; turn += 1) before.push(await aBooking({ runId: from, modules: [first] }));
  const calls = [
    ...Array.from({ length: 5 }, () => bookingCall(into, { booker: aPerson(), modules: [first] })),
    ...Array.from({ length: 3 }, () => bookingCall(from, { booker: aPerson(), modules: [first] })),
    ...before.slice(0, 2).map(({ token }) => ({ path: `/bookings/${token}/cancellation`, body: {} })),
  ];

  const [answers] = await Promise.all([stampede(webs, calls), mergeNow(from, into)]);
  await tellEverybody();

  const [left, there] = [await bookingsOfRun(from), await bookingsOfRun(into)];
  const expected = [...before, ...answers.slice(0, 8).flatMap(bookedBy)].map(({ id }) => id);
  expect([...left, ...there].map(({ id }) => id)).to.have.members(expected);
  expect(left.filter(({ status }) => active.includes(status))).to.deep.equal([]);
  const seated = there.filter(({ status }) => status === 'confirmed');
  expect(seated.length).to.be.at.most(4);
  expect(mostConfirmedInOneModule(await runAfterwards(into))).to.equal(seated.length);
}

async function mergeNow(runId: string, intoRunId: string): Promise<void> {
  await mergeRuns(systemActor, { runId, intoRunId, reason: 'Zu wenige Anmeldungen' });
  await tellEverybody();
}

async function tellEverybody(): Promise<void> {
  for (let ids = await pendingEventIds(100); ids.length > 0; ids = await pendingEventIds(100))
    for (const id of ids) await relayEvent(id);
}

function bookedBy(answer: Answer): { id: string }[] {
  return answer.status === 201 ? [bookedIn(answer)] : [];
}

function aWish(drill: Drill, modules: readonly string[], most: number): BookPlaces {
  const first = most === 1 ? 0 : drill.between(0, modules.length - 1);
  const wanted = modules.filter((_, index) => index === first || (most > 1 && drill.random() < 0.3));
  return { booker: aPerson(), modules: wanted.slice(0, most) };
}

function mostConfirmedInOneModule({ bookings }: RunAfterwards): number {
  const confirmed = bookings.filter(({ status }) => status === 'confirmed');
  const units = [...new Set(confirmed.flatMap((booking) => booking.units))];
  return Math.max(0, ...units.map((unit) => placesIn(confirmed, unit)));
}

function placesIn(bookings: readonly QueueEntry[], unit: string): number {
  return bookings.filter(({ units }) => units.includes(unit)).reduce((sum, { places }) => sum + places, 0);
}

/** What must have come of bookings that nobody cancelled: decided here a second time, without Mosaik's rule. */
function expectModulesServedInOrder({ places, bookings }: RunAfterwards): void {
  const free = new Map((places.modules ?? []).map(({ moduleId, capacity }) => [moduleId, capacity]));
  const awaited = new Set<string>();
  for (const { number, units, places: wanted, status } of bookings) {
    const fits = units.every((unit) => !awaited.has(unit) && (free.get(unit) ?? 0) >= wanted);
    expect(status, `booking ${number} of ${units.length} modules`).to.equal(fits ? 'confirmed' : 'waiting');
    for (const unit of units)
      if (fits) free.set(unit, (free.get(unit) ?? 0) - wanted);
      else awaited.add(unit);
  }
  for (const { moduleId, capacity, held } of places.modules ?? [])
    expect(held, 'places held').to.equal(capacity - (free.get(moduleId) ?? 0));
}

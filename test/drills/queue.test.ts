import { expect } from 'chai';
import { createApiToken } from '../../server/modules/auth/index.ts';
import { type BookPlaces, type QueueEntry } from '../../server/modules/booking/index.ts';
import { eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aPerson, aRun } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { bookedIn, bookingCall, callAt, turnOf, type Answer, type Call } from '../support/drill-client.ts';
import { expectPromisesKept, placesConfirmed, runAfterwards } from '../support/drill-queue.ts';
import type { World } from '../support/world.ts';

const env = { MOSAIK_WORKER: 'off' };
const places = { least: 1, most: 4 };
const capacityAtFirst = 6;
const queued = 30;

describe('the drill of the queue', () => {
  const drill = beginDrill('queue');

  /** Ten cancel and promote in parallel, five newcomers arrive meanwhile; everybody goes from web to web. */
  const playRound = async ({ webs }: World) => {
    const token = await createApiToken(systemActor);
    const { id } = await aRun({ capacity: capacityAtFirst });
    const first = await Promise.all(Array.from({ length: queued }, () => aBooking({ ...aParty(), runId: id })));
    const tokens = shuffled(first.slice(0, 24).map((booking) => booking.token));
    const capacities = Array.from({ length: 10 }, (_, index) => capacityAtFirst + index + 1);
    let turn = drill.between(0, 1);
    const call = (request: Call) => callAt(turnOf(webs, (turn += 1)), request);
    const cancel = (booking: string) => call({ path: `/bookings/${booking}/cancellation`, body: {} });
    const raise = (capacity: number) => call({ method: 'PATCH', path: `/runs/${id}`, body: { capacity }, token });
    const book = (party: BookPlaces) => call(bookingCall(id, party));

    const parties = Array.from({ length: 20 }, aParty);
    const [cancelled, raised, booked] = await Promise.all([
      byHands(6, tokens, cancel),
      byHands(4, capacities, raise),
      byHands(5, parties, book),
    ]);
    // Whoever raised first may have been answered last: the highest capacity is meant to stand.
    raised.push(await raise(capacityAtFirst + capacities.length));
    for (const answer of [...cancelled, ...raised]) expect(answer.status, answer.text).to.equal(200);
    for (const answer of booked) bookedIn(answer);
    return runAfterwards(id);
  };

  const aParty = (): BookPlaces => {
    const wanted = drill.between(places.least, places.most);
    return { booker: aPerson(), ...(wanted > 1 && { places: wanted }) };
  };
  const shuffled = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, at: drill.random() }))
      .toSorted((one, other) => one.at - other.at)
      .map(({ item }) => item);

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('serves everybody in the order of the queue, whoever cancels and promotes meanwhile', async () => {
      const say = drill.clock();
      const rounds = drill.times(50);
      let promoted = 0;
      for (let round = 0; round < rounds; round += 1) {
        const run = await playRound(town());

        expect(overtaken(run.bookings)).to.deep.equal([]);
        expect(placesConfirmed(run)).to.equal(run.places.held).and.at.most(run.places.capacity);
        expectHeadHasToWait(run.bookings, run.places.capacity - run.places.held);
        promoted += await expectPromotedOnce(run.bookings);
      }

      await expectPromisesKept();
      say(`${rounds} rounds of 10 parallel cancellers and promoters, ${promoted} promotions, all in order`);
      expect(promoted).to.be.greaterThan(rounds);
    }).timeout(1_200_000);
  });

  describe('with a rule that lets small bookings pass', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('overtaking') } }));

    it('finds overtakings in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(40);
      let found = 0;
      for (let round = 0; round < rounds; round += 1)
        if (overtaken((await playRound(town())).bookings).length > 0) found += 1;

      say(`${rounds} rounds with the wrong rule, overtakings found in ${found}`);
      expect(found).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

/** The numbers of those who were confirmed while somebody with a smaller number waited. All of them wait for the same places. */
function overtaken(bookings: readonly QueueEntry[]): number[] {
  return bookings
    .filter((winner) => {
      const wonAt = momentOf(winner, 'confirmed');
      return wonAt && bookings.some((other) => other.number < winner.number && waitedAt(other, wonAt));
    })
    .map(({ number }) => number);
}

/** Whether a booking waited at the instant, and did not get its place in that very transaction. */
function waitedAt({ states }: QueueEntry, instant: Date): boolean {
  const since = states.findIndex(({ status }) => status === 'waiting');
  const joined = states[since];
  const left = states[since + 1];
  return joined !== undefined && joined.at <= instant && (left === undefined || left.at > instant);
}

function momentOf({ states }: QueueEntry, wanted: QueueEntry['status']): Date | undefined {
  return states.find(({ status }) => status === wanted)?.at;
}

function expectHeadHasToWait(bookings: readonly QueueEntry[], free: number): void {
  const head = bookings.find(({ status }) => status === 'waiting');
  if (head) expect(head.places, `booking ${head.number} heads the queue, ${free} places are free`).to.be.above(free);
}

/** Gives how many were promoted. */
async function expectPromotedOnce(bookings: readonly QueueEntry[]): Promise<number> {
  let promoted = 0;
  for (const { id, number, states } of bookings) {
    const confirmations = states.filter(({ status }) => status === 'confirmed').length;
    const promotions = (await eventsAbout({ bookingId: id })).filter(({ type }) => type === 'booking-promoted').length;
    const waited = states.some(({ status }) => status === 'waiting');
    expect(confirmations, `confirmations of booking ${number}`).to.be.at.most(1);
    expect(promotions, `promotions of booking ${number}`).to.equal(waited ? confirmations : 0);
    promoted += promotions;
  }
  return promoted;
}

/** So many hands work through the list, each taking the next item as soon as it is done with one. */
async function byHands<Item>(
  hands: number,
  items: readonly Item[],
  act: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const left = [...items];
  const answers: Answer[] = [];
  const work = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) answers.push(await act(item));
  };
  await Promise.all(Array.from({ length: hands }, work));
  return answers;
}

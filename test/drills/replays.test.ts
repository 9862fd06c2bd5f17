import { expect } from 'chai';
import type { BookPlaces } from '../../server/modules/booking/index.ts';
import { BookingModel } from '../../server/modules/booking/booking.model.ts';
import { messagesAbout } from '../../server/modules/mail/index.ts';
import { aPerson, aRun } from '../support/builders.ts';
import { aTown, beginDrill, inScene } from '../support/drill.ts';
import { bookedIn, bookingCall, stampede, type Answer } from '../support/drill-client.ts';
import { expectPromisesKept, runAfterwards } from '../support/drill-queue.ts';
import { freshDatabase } from '../support/hooks.ts';
import type { World } from '../support/world.ts';

/** One address for both, since an answer names it: replays must be the same bytes wherever they arrive. */
const env = { MOSAIK_WORKER: 'off', BASE_URL: 'https://mosaik.example.org' };
const atOnce = 50;

describe('the drill of replays', () => {
  const drill = beginDrill('replays');
  const replayOne = (world: World) => {
    const body = { booker: aPerson(), participants: Array.from({ length: drill.between(1, 3) }, aPerson) };
    const key = `request-${drill.between(0, 1e9)}`;
    return sendAtOnce(world, () => ({ body, key }));
  };

  describe('with Mosaik as it is', () => {
    const town = aTown(() => ({ webs: 2, env }));

    it('books once what is sent 50 times, with the same answer to the byte and one set of mails', async () => {
      const say = drill.clock();
      const rounds = drill.times(50);
      for (let round = 0; round < rounds; round += 1) {
        const { answers, run } = await replayOne(town());

        const [booking] = run.bookings;
        if (!booking) throw new Error('Nothing was booked.');
        expect(run.bookings).to.have.lengthOf(1);
        expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 'different answers').to.equal(1);
        expect(bookedIn(answers[0]!).id).to.equal(booking.id);
        expect(await keysOfMails(booking.id)).to.deep.equal(wantedMails(booking));
      }

      await expectPromisesKept();
      say(`${rounds} rounds of ${atOnce} replays, ${rounds} bookings`);
    }).timeout(600_000);

    it('seats a person once whom 50 bookers name', async () => {
      const say = drill.clock();
      const rounds = drill.times(50);
      for (let round = 0; round < rounds; round += 1) {
        const { answers, run } = await nameOnePerson(town());

        expect(new Set(answers.map(shapeOf)).size, 'different kinds of answers').to.equal(1);
        expect(run.bookings).to.have.lengthOf(atOnce);
        expect(seatsIn(run.bookings)).to.equal(1);
        expect(run.places.held).to.equal(1);
      }

      await expectPromisesKept();
      say(`${rounds} rounds of ${atOnce} bookings for one person, ${rounds} seats`);
    }).timeout(600_000);
  });

  describe('without the guard', () => {
    const town = aTown(() => ({ webs: 2, env: { ...env, ...inScene('unguarded') } }));
    before(dropUniqueIndexes);
    after(async () => {
      await freshDatabase();
      await BookingModel.createIndexes();
    });

    it('books twice and seats twice in nearly every round, so that the drill would notice', async () => {
      const say = drill.clock();
      const rounds = drill.times(40);
      let bookedTwice = 0;
      let satTwice = 0;
      for (let round = 0; round < rounds; round += 1) {
        if ((await replayOne(town())).run.bookings.length > 1) bookedTwice += 1;
        if (seatsIn((await nameOnePerson(town())).run.bookings) > 1) satTwice += 1;
      }

      say(`${rounds} rounds each without the guard, ${bookedTwice} booked twice, ${satTwice} sat twice`);
      expect(Math.min(bookedTwice, satTwice)).to.be.at.least(drill.nearlyAll(rounds));
    }).timeout(600_000);
  });
});

function nameOnePerson(world: World) {
  const participants = [aPerson()];
  return sendAtOnce(world, () => ({ body: { booker: aPerson(), participants } }));
}

async function sendAtOnce({ webs }: World, calls: () => { body: BookPlaces; key?: string }) {
  const { id } = await aRun({ capacity: 10 });
  const sent = Array.from({ length: atOnce }, calls);
  const answers = await stampede(
    webs,
    sent.map(({ body, key }) => bookingCall(id, body, key)),
  );
  return { answers, run: await runAfterwards(id) };
}

type Booked = Awaited<ReturnType<typeof runAfterwards>>['bookings'];

function seatsIn(bookings: Booked): number {
  return bookings.flatMap(({ participants }) => participants).filter(({ sitsElsewhere }) => !sitsElsewhere).length;
}

/** What an answer gives away: nobody learns from it that somebody sits there already. */
function shapeOf(answer: Answer): string {
  const { status, places, ...rest } = bookedIn(answer);
  return JSON.stringify([answer.status, status, places, Object.keys(rest)]);
}

async function keysOfMails(bookingId: string): Promise<string[]> {
  const messages = await messagesAbout(bookingId);
  return messages.map(({ kind, to }) => `${kind} ${'participantId' in to ? to.participantId : 'booker'}`).toSorted();
}

/** A run of one session, with the two reminders of a seminar that says nothing else. */
function wantedMails({ participants }: Booked[number]): string[] {
  const each = participants.flatMap(({ id }) => [`invitation ${id}`, `reminder ${id}`, `reminder ${id}`]);
  return ['booking-confirmed booker', ...each].toSorted();
}

/** The last guards of promises 3 and 4: with them, the second booking would be refused instead of made. */
async function dropUniqueIndexes(): Promise<void> {
  for (const name of ['requestKey_1', 'runId_1_seats_1']) await BookingModel.collection.dropIndex(name);
}

import { expect } from 'chai';
import {
  bookingById,
  bookingOfHolder,
  cancelBooking,
  holderOf,
  namePlaces,
  placesOfRuns,
  splitBooking,
  transferBooking,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { runById } from '../../../server/modules/scheduling/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aCoordinator, aPerson, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const bookingOf = async ({ id }: { id: string }) => bookingById(systemActor, id);
const placesIn = async (runId: string) => (await placesOfRuns([runId])).get(runId);
const nobody = { participantIds: [] as string[] };

/** Two runs of one seminar, and a booking of places in the first; the first two have names. */
async function twoRuns({ places = 3, capacity = 3, there = 3 } = {}) {
  const first = await aRun({ capacity });
  const { seminarId } = (await runById(first.id))!;
  const second = await aRun({ seminarId, capacity: there, sessions: [aSession({ inDays: 40 })] });
  const made = await aBooking({ runId: first.id, places });
  const people = [aPerson(), aPerson()].slice(0, places);
  await namePlaces(systemActor, { bookingId: made.id, people });
  const holder = await holderOf(made.token);
  const ids = (await bookingOf(made)).participants.map(({ id }) => id);
  return { from: first.id, into: second.id, made, holder, people, ids, seminarId };
}
const all = ({ ids }: { ids: string[] }, unnamed: number) => ({ participantIds: ids, unnamed });

describe('a booking in another run, or divided by its booker', () => {
  let restore = () => {};
  beforeEach(freshDatabase);
  afterEach(async () => {
    restore();
    restore = () => {};
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });

  describe('transferBooking', () => {
    it('moves the whole booking under its link, and gives the old places to whoever waits, in one act', async () => {
      const stage = await twoRuns();
      const next = await aBooking({ runId: stage.from, places: 2 });

      const moved = await transferBooking(stage.holder, {
        bookingId: stage.made.id,
        toRunId: stage.into,
        ...all(stage, 1),
      });

      expect([moved.id, moved.runId, moved.status, moved.places]).to.deep.equal([
        stage.made.id,
        stage.into,
        'confirmed',
        3,
      ]);
      expect((await bookingOfHolder(await holderOf(stage.made.token))).details.run.id).to.equal(stage.into);
      expect((await bookingOf(next)).status).to.equal('confirmed');
      expect([await placesIn(stage.from), await placesIn(stage.into)].map((one) => one?.held)).to.deep.equal([2, 3]);
    });

    it('moves some of the persons as a booking of their own, and leaves the others where they are', async () => {
      const stage = await twoRuns({ there: 2 });
      const some = { participantIds: [stage.ids[1]!], unnamed: 1 };

      const moved = await transferBooking(stage.holder, { bookingId: stage.made.id, toRunId: stage.into, ...some });

      const stays = await bookingOf(stage.made);
      expect(moved.token).not.to.equal(stage.made.token);
      expect([moved.runId, moved.places, moved.participants.map(({ name }) => name)]).to.deep.equal([
        stage.into,
        2,
        [stage.people[1]!.name],
      ]);
      expect([stays.runId, stays.places, stays.participants.map(({ name }) => name)]).to.deep.equal([
        stage.from,
        1,
        [stage.people[0]!.name],
      ]);
    });

    it('keeps the old places where the new ones are not sure: full, or waited for by others', async () => {
      const stage = await twoRuns({ there: 2 });
      const transfer = () =>
        refusalOf(
          transferBooking(stage.holder, { bookingId: stage.made.id, toRunId: stage.into, ...nobody, unnamed: 1 }),
        );
      const whole = await refusalOf(
        transferBooking(stage.holder, { bookingId: stage.made.id, toRunId: stage.into, ...all(stage, 1) }),
      );
      await aBooking({ runId: stage.into });
      await aBooking({ runId: stage.into, places: 2 });

      expect([whole, await transfer()]).to.deep.equal(['no-room-there', 'no-room-there']);
      expect(await bookingOf(stage.made)).to.include({ runId: stage.from, status: 'confirmed', places: 3 });
      expect((await placesIn(stage.from))?.held).to.equal(3);
    });

    it('gives whoever waits a place where there is one, and moves back and forth', async () => {
      const stage = await twoRuns({ places: 2, capacity: 2, there: 2 });
      const waits = await aBooking({ runId: stage.from, places: 2 });
      const holder = await holderOf(waits.token);
      const there = await transferBooking(holder, { bookingId: waits.id, toRunId: stage.into, ...nobody, unnamed: 2 });
      await cancelBooking(stage.holder, { bookingId: stage.made.id });

      const back = await transferBooking(holder, { bookingId: waits.id, toRunId: stage.from, ...nobody, unnamed: 2 });

      expect([there.status, back.status, back.runId]).to.deep.equal(['confirmed', 'confirmed', stage.from]);
      expect((await placesIn(stage.into))?.held).to.equal(0);
    });

    it('stays within the seminar, within the deadline for cancelling, and with those who hold the link or plan it', async () => {
      const stage = await twoRuns();
      const elsewhere = await aRun();
      const to = (toRunId: string, actor: Parameters<typeof transferBooking>[0] = stage.holder, unnamed = 1) =>
        refusalOf(transferBooking(actor, { bookingId: stage.made.id, toRunId, ...nobody, unnamed }));
      const refused = [
        await to(elsewhere.id),
        await to(stage.from),
        await to('f'.repeat(24)),
        await to(stage.into, stage.holder, 2),
        await to(stage.into, anyone),
        await to(stage.into, (await aCoordinator({ provider: 'amfn' })).actor),
      ];
      const late = new Date(aSession().startsAt.getTime() - 60_000);
      restore = setClock(() => late);

      expect(refused).to.deep.equal([
        'not-transferable',
        'not-transferable',
        'not-found',
        'not-some-of-them',
        'not-found',
        'not-found',
      ]);
      expect(await to(stage.into)).to.equal('cancellation-closed');
      const { actor } = await aCoordinator();
      const { runId } = await transferBooking(actor, {
        bookingId: stage.made.id,
        toRunId: stage.into,
        ...nobody,
        unnamed: 1,
      });
      expect(runId).to.equal(stage.into);
    });

    it('seats all of a crowd that crosses between two runs, each where there is room, and nobody in both', async () => {
      const stage = await twoRuns({ places: 2, capacity: 4, there: 4 });
      const others = [await aBooking({ runId: stage.from, places: 2 })];
      for (let at = 0; at < 2; at += 1) others.push(await aBooking({ runId: stage.into, places: 1 }));
      const made: BookPlacesOutcome[] = [stage.made, ...others];

      await Promise.allSettled(
        made.map(async ({ id, token }) => {
          const { runId, places, participants } = await bookingOf({ id });
          const toRunId = runId === stage.from ? stage.into : stage.from;
          const participantIds = participants.map((one) => one.id);
          return transferBooking(await holderOf(token), {
            bookingId: id,
            toRunId,
            participantIds,
            unnamed: places - participantIds.length,
          });
        }),
      );

      const after = await Promise.all(made.map(bookingOf));
      expect(after.map(({ status }) => status)).to.deep.equal(Array(4).fill('confirmed'));
      const held = [await placesIn(stage.from), await placesIn(stage.into)].map((one) => one?.held ?? 0);
      expect(held[0]! + held[1]!).to.equal(6);
    });

    it('moves the same booking once when two ask at once', async () => {
      const stage = await twoRuns({ there: 6 });
      const transfer = () =>
        transferBooking(stage.holder, { bookingId: stage.made.id, toRunId: stage.into, ...all(stage, 1) });

      const outcomes = await Promise.allSettled([transfer(), transfer()]);

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect((await placesIn(stage.into))?.held).to.equal(3);
    });
  });

  describe('splitBooking', () => {
    it('makes a booking of its own with a link of its own; no place changes hands', async () => {
      const stage = await twoRuns();
      const next = await aBooking({ runId: stage.from });

      const part = await splitBooking(stage.holder, {
        bookingId: stage.made.id,
        participantIds: [stage.ids[0]!],
        unnamed: 1,
      });

      const rest = await bookingOf(stage.made);
      expect([part.status, part.places, rest.places]).to.deep.equal(['confirmed', 2, 1]);
      expect(part.participants.map(({ name }) => name)).to.deep.equal([stage.people[0]!.name]);
      expect((await bookingOf(next)).status).to.equal('waiting');
      await cancelBooking(await holderOf(part.token), { bookingId: part.id });
      expect([(await bookingOf(next)).status, (await bookingOf(stage.made)).status]).to.deep.equal([
        'confirmed',
        'confirmed',
      ]);
    });

    it('gives the link to whoever looks after it from then on, and to nobody else', async () => {
      const stage = await twoRuns();
      const booker = aPerson();
      const part = await splitBooking(stage.holder, { bookingId: stage.made.id, ...nobody, unnamed: 1, booker });
      const own = await splitBooking(stage.holder, {
        bookingId: stage.made.id,
        participantIds: [stage.ids[0]!],
        unnamed: 0,
      });

      expect(part.booker).to.include({ name: booker.name, email: booker.email });
      expect((await bookingOfHolder(stage.holder)).parts.map(({ id }) => id)).to.deep.equal([own.id]);
      expect((await bookingOfHolder(await holderOf(part.token))).parts).to.deep.equal([]);
    });

    it('divides what is confirmed, and neither nothing nor all of it', async () => {
      const stage = await twoRuns();
      const waits = await aBooking({ runId: stage.from, places: 2 });
      const split = (bookingId: string, places: { participantIds: string[]; unnamed: number }) =>
        refusalOf(splitBooking(systemActor, { bookingId, ...places }));

      expect([
        await split(waits.id, { ...nobody, unnamed: 1 }),
        await split(stage.made.id, { ...nobody, unnamed: 0 }),
        await split(stage.made.id, { ...nobody, unnamed: 2 }),
        await split(stage.made.id, all(stage, 1)),
      ]).to.deep.equal(['not-splittable', 'not-some-of-them', 'not-some-of-them', 'not-some-of-them']);
    });

    it('divides once of two who ask for the last place at once', async () => {
      const stage = await twoRuns({ places: 2 });
      const split = () =>
        splitBooking(stage.holder, { bookingId: stage.made.id, participantIds: [stage.ids[0]!], unnamed: 0 });

      const outcomes = await Promise.allSettled([split(), split()]);

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect((await placesIn(stage.from))?.held).to.equal(2);
    });
  });
});

import { expect } from 'chai';
import {
  bookingOfHolder,
  changeCapacity,
  holderOf,
  queueOfRun,
  setPriority,
  transferBooking,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { numberWith } from '../../../server/modules/booking/priority.rules.ts';
import { anyone, eventsAbout, systemActor } from '../../../server/modules/history/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { cancelByLink, expectPromises, refusalOf, statesOf } from '../../support/booking-facts.ts';
import { aBooking, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const held = async ({ token }: BookPlacesOutcome) => bookingOfHolder(await holderOf(token));
const positionsOf = async (...bookings: BookPlacesOutcome[]) =>
  Promise.all(bookings.map(async (one) => (await held(one)).position));
const lift = (booking: BookPlacesOutcome, priority?: number) =>
  setPriority(systemActor, { bookingId: booking.id, priority, reason: 'Pflichtschulung bis Jahresende' });

/** A full run and three who wait for it. */
async function aQueue() {
  const { id: runId } = await aRun({ capacity: 1 });
  const first = await aBooking({ runId });
  const waiting = [await aBooking({ runId }), await aBooking({ runId }), await aBooking({ runId })] as const;
  return { runId, first, waiting };
}

describe('numberWith', () => {
  it('stands by priority first, then by turn', () => {
    const inOrder = [numberWith(7, 1), numberWith(9, 1), numberWith(2, 2), numberWith(1, 3), numberWith(999_999, 3)];
    const numbers = [...inOrder, numberWith(1), numberWith(2)];

    expect(numbers).to.deep.equal(numbers.toSorted((one, other) => one - other));
    expect(new Set(numbers)).to.have.property('size', numbers.length);
    expect(Math.min(...numbers)).to.be.greaterThan(0);
  });
});

describe('a priority', () => {
  beforeEach(freshDatabase);

  it('lifts a booking before those who wait, by priority and then by turn', async () => {
    const { waiting } = await aQueue();
    const [one, two, three] = waiting;

    await lift(three, 2);
    const lifted = await positionsOf(one, two, three);
    await lift(two, 2);
    const sameOnes = await positionsOf(one, two, three);
    await lift(three, 1);

    expect(lifted).to.deep.equal([2, 3, 1]);
    expect(sameOnes).to.deep.equal([3, 1, 2]);
    expect(await positionsOf(one, two, three)).to.deep.equal([3, 2, 1]);
    await expectPromises();
  });

  it('is what free places follow, and verify knows it', async () => {
    const { runId, first, waiting } = await aQueue();
    const [one, two, three] = waiting;
    await lift(three, 1);

    await cancelByLink(first);
    const promoted = await statesOf(one, two, three);
    await changeCapacity(systemActor, { runId, capacity: 2 });

    expect(promoted).to.deep.equal(['waiting', 'waiting', 'confirmed']);
    expect(await statesOf(one, two, three)).to.deep.equal(['confirmed', 'waiting', 'confirmed']);
    await expectPromises();
  });

  it('gives free places by the new order at once', async () => {
    const { id: runId } = await aRun({ capacity: 2 });
    await aBooking({ runId });
    const [group, one] = [await aBooking({ runId, places: 2 }), await aBooking({ runId })];

    await lift(one, 1);

    expect(await statesOf(group, one)).to.deep.equal(['waiting', 'confirmed']);
    await expectPromises();
  });

  it('is taken back, and the booking stands in its turn again', async () => {
    const { waiting } = await aQueue();
    const [one, two, three] = waiting;
    await lift(three, 1);

    await lift(three);

    expect(await positionsOf(one, two, three)).to.deep.equal([1, 2, 3]);
    expect((await held(three)).booking.lifted).to.equal(undefined);
    await expectPromises();
  });

  it('has its reason on the record', async () => {
    const { runId, waiting } = await aQueue();
    await lift(waiting[2], 1);

    const events = await eventsAbout({ bookingId: waiting[2].id });
    const entry = (await queueOfRun(systemActor, runId)).find(({ id }) => id === waiting[2].id);

    expect(events.find(({ type }) => type === 'booking-lifted')?.facts).to.deep.equal({
      priority: 1,
      reason: 'Pflichtschulung bis Jahresende',
    });
    expect(entry).to.deep.include({ position: 1 });
    expect(entry?.lifted).to.deep.include({ turn: 4, priority: 1 });
  });

  it('is given by coordinators alone, and only to whoever waits', async () => {
    const { first, waiting } = await aQueue();
    const wish = { bookingId: waiting[0].id, priority: 1, reason: 'Bitte' };

    expect(await refusalOf(setPriority(anyone, wish))).to.equal('not-found');
    expect(await refusalOf(setPriority(await holderOf(waiting[0].token), wish))).to.equal('not-found');
    expect(await refusalOf(lift(first, 1))).to.equal('booking-not-waiting');
    expect(await refusalOf(setPriority(systemActor, { ...wish, bookingId: 'none' }))).to.equal('not-found');
  });

  it('is found out by verify where nobody gave it', async () => {
    const { first, waiting } = await aQueue();
    await BookingModel.updateOne({ _id: waiting[2].id }, { $set: { number: 0.5 } });

    await cancelByLink(first);
    await BookingModel.updateOne({ _id: waiting[2].id }, { $set: { number: 4 } });

    expect((await verifyPromises()).broken.map(({ promise }) => promise)).to.include(2);
  });

  it('stays with those who wait on, and counts for nobody in another run, when some are transferred', async () => {
    const seminarId = await aSeminar();
    const { id: runId } = await aRun({ seminarId, capacity: 2 });
    const { id: toRunId } = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays: 40 })] });
    const sits = await aBooking({ runId, places: 2 });
    const [before, lifted] = [await aBooking({ runId }), await aBooking({ runId, places: 3, participants: [] })];
    await lift(lifted, 1);

    const some = { bookingId: lifted.id, toRunId, participantIds: [], unnamed: 1 };
    const moved = await transferBooking(systemActor, some);
    const positions = await positionsOf(lifted, before);
    await cancelByLink(sits);

    expect(moved).to.include({ status: 'confirmed', places: 1 }).and.not.have.property('lifted');
    expect(positions).to.deep.equal([1, 2]);
    expect(await statesOf(lifted, before)).to.deep.equal(['confirmed', 'waiting']);
    expect((await held(lifted)).booking.lifted?.priority).to.equal(1);
    await expectPromises();
  });
});

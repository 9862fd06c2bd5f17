import { expect } from 'chai';
import {
  bookingOfHolder,
  cancelBooking,
  changeCapacity,
  holderOf,
  placesOfRuns,
  queueOfRun,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { kindsOfMessages, refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aCoordinator, aPerson, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const cancel = async ({ id, token }: BookPlacesOutcome) => cancelBooking(await holderOf(token), { bookingId: id });
const statusOf = async ({ token }: BookPlacesOutcome) => (await bookingOfHolder(await holderOf(token))).booking.status;

describe('cancelBooking', () => {
  beforeEach(freshDatabase);

  it('gives the place to whoever waits longest, in the same transaction', async () => {
    const run = await aRun({ capacity: 1 });
    const first = await aBooking({ runId: run.id });
    const [second, third] = [await aBooking({ runId: run.id }), await aBooking({ runId: run.id })];

    await cancel(first);

    expect(await statusOf(second)).to.equal('confirmed');
    expect(await statusOf(third)).to.equal('waiting');
    expect(await kindsOfMessages(second.id)).to.include.members(['promoted', 'invitation', 'reminder']);
    expect(await kindsOfMessages(first.id)).to.deep.equal(['booking-cancelled', 'invitation-cancelled']);
  });

  it('gives the place to the first who takes it, past any number who sit there already', async () => {
    const run = await aRun({ capacity: 2 });
    const seated = aPerson();
    await aBooking({ runId: run.id, booker: seated });
    const first = await aBooking({ runId: run.id });
    for (let times = 0; times < 4; times += 1) await aBooking({ runId: run.id, participants: [seated] });
    const next = await aBooking({ runId: run.id });

    await cancel(first);

    expect(await statusOf(next)).to.equal('confirmed');
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 2, waiting: 0 });
  });

  it('keeps free places for the group that is next, until it fits', async () => {
    const run = await aRun({ capacity: 3 });
    const singles = [
      await aBooking({ runId: run.id }),
      await aBooking({ runId: run.id }),
      await aBooking({ runId: run.id }),
    ];
    const group = await aBooking({ runId: run.id, places: 2 });
    const behind = await aBooking({ runId: run.id });

    await cancel(singles[0]!);
    const reasons = (await queueOfRun(systemActor, run.id)).map(({ reason }) => reason).filter(Boolean);
    const early = [await statusOf(group), await statusOf(behind)];
    await cancel(singles[1]!);

    expect(early).to.deep.equal(['waiting', 'waiting']);
    expect(reasons).to.deep.equal(['group-does-not-fit', 'behind-others']);
    expect([await statusOf(group), await statusOf(behind)]).to.deep.equal(['confirmed', 'waiting']);
  });

  it('lets who waits leave the waiting list, and whoever it blocked go on', async () => {
    const run = await aRun({ capacity: 3 });
    await aBooking({ runId: run.id, places: 2 });
    const group = await aBooking({ runId: run.id, places: 2 });
    const behind = await aBooking({ runId: run.id });

    await cancel(group);

    expect(await statusOf(behind)).to.equal('confirmed');
    expect(await kindsOfMessages(group.id)).to.deep.equal(['waiting-list-left']);
  });

  it('lets the same person book again', async () => {
    const run = await aRun({ capacity: 1 });
    const booker = aPerson();
    await cancel(await aBooking({ runId: run.id, booker }));

    const again = await aBooking({ runId: run.id, booker });

    expect(again.status).to.equal('confirmed');
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 1 });
  });

  it('refuses a second cancellation, and changes nothing by it', async () => {
    const run = await aRun({ capacity: 2 });
    const booking = await aBooking({ runId: run.id });
    await cancel(booking);

    expect(await refusalOf(cancel(booking))).to.equal('booking-not-active');
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 0, left: 2 });
  });

  it('closes for the booker at the deadline, to the second, and never for the coordinator', async () => {
    const session = aSession();
    const run = await aRun({ sessions: [session], cancellationHours: 48 });
    const [early, late] = [await aBooking({ runId: run.id }), await aBooking({ runId: run.id })];
    const deadline = session.startsAt.getTime() - 48 * 3_600_000;
    let restore = setClock(() => new Date(deadline - 1_000));

    await cancel(early);
    restore();
    restore = setClock(() => new Date(deadline));
    const refusal = await refusalOf(cancel(late));
    const { actor } = await aCoordinator();
    await cancelBooking(actor, { bookingId: late.id, reason: 'Anruf' });
    restore();

    expect(refusal).to.equal('cancellation-closed');
    expect(await statusOf(late)).to.equal('cancelled');
  });

  it("is not there for anybody else: another booking's holder, another provider's coordinator, anyone", async () => {
    const run = await aRun();
    const [mine, other] = [await aBooking({ runId: run.id }), await aBooking({ runId: run.id })];
    const { actor } = await aCoordinator({ provider: 'amfn' });

    for (const stranger of [await holderOf(other.token), actor, anyone])
      expect(await refusalOf(cancelBooking(stranger, { bookingId: mine.id })), stranger.kind).to.equal('not-found');
    expect(await statusOf(mine)).to.equal('confirmed');
  });
});

describe('changeCapacity', () => {
  beforeEach(freshDatabase);

  it('gives new places to the waiting list in order', async () => {
    const run = await aRun({ capacity: 1 });
    const bookings = [];
    for (let turn = 0; turn < 4; turn += 1) bookings.push(await aBooking({ runId: run.id }));

    await changeCapacity(systemActor, { runId: run.id, capacity: 3 });

    expect(await Promise.all(bookings.map(statusOf))).to.deep.equal(['confirmed', 'confirmed', 'confirmed', 'waiting']);
  });

  it('cancels nobody when there are fewer places than are held, and promotes nobody until it fits', async () => {
    const run = await aRun({ capacity: 3 });
    const bookings = [];
    for (let turn = 0; turn < 4; turn += 1) bookings.push(await aBooking({ runId: run.id }));

    await changeCapacity(systemActor, { runId: run.id, capacity: 1 });
    await cancel(bookings[0]!);
    const overFull = await statusOf(bookings[3]!);
    await cancel(bookings[1]!);
    await cancel(bookings[2]!);

    expect(overFull).to.equal('waiting');
    expect(await statusOf(bookings[3]!)).to.equal('confirmed');
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ capacity: 1, held: 1 });
  });

  it("is refused to another provider's coordinator, as if the run were not there", async () => {
    const run = await aRun({ capacity: 1 });
    const { actor } = await aCoordinator({ provider: 'amfn' });

    expect(await refusalOf(changeCapacity(actor, { runId: run.id, capacity: 9 }))).to.equal('not-found');
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ capacity: 1 });
  });
});

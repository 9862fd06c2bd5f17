import { expect } from 'chai';
import {
  acceptOffer,
  bookingOfHolder,
  cancelBooking,
  changeCapacity,
  holderOf,
  mergeRuns,
  placesOfRuns,
  splitBooking,
  transferBooking,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { eventsAbout, pendingEventIds, systemActor } from '../../../server/modules/history/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { relayEvent } from '../../../jobs/relay-events.ts';
import { aBooking, aPerson, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { kindsOfMessages, refusalOf } from '../../support/booking-facts.ts';
import { freshDatabase } from '../../support/hooks.ts';

type Queue = NonNullable<Parameters<typeof aRun>[0]>;
const held = async ({ token }: Pick<BookPlacesOutcome, 'token'>) => bookingOfHolder(await holderOf(token));
const statusOf = async (booking: Pick<BookPlacesOutcome, 'token'>) => (await held(booking)).booking.status;
const cancel = ({ id }: BookPlacesOutcome) => cancelBooking(systemActor, { bookingId: id });
const expectKept = async () => expect((await verifyPromises()).broken).to.deep.equal([]);

describe('a wish for several runs', () => {
  beforeEach(freshDatabase);

  /** Runs of one seminar with one place each, which somebody has. */
  const fullRuns = async (...wanted: Queue[]) => {
    const seminarId = await aSeminar();
    const runs: { id: string; sitting: BookPlacesOutcome }[] = [];
    for (const [index, queue] of wanted.entries()) {
      const { id } = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays: 14 + 7 * index })], ...queue });
      const sitting = await aBooking({ runId: id, ...(queue.capacity && { places: queue.capacity }) });
      runs.push({ id, sitting });
    }
    return runs;
  };
  const wishFor = (runs: readonly { id: string }[], places = 1) => {
    const [first, ...others] = runs.map(({ id }) => id);
    return aBooking({ runId: first!, alternatives: others, ...(places > 1 && { places }) });
  };
  /** The bookings of a wish, in its order. */
  const allOf = async (wish: BookPlacesOutcome) => (await held(wish)).wishes;
  const states = async (wish: BookPlacesOutcome) => (await allOf(wish)).map(({ status }) => status);

  it('waits in each of them, with a place of its own in every queue, and writes one mail', async () => {
    const runs = await fullRuns({}, {}, {});
    await aBooking({ runId: runs[2]!.id });

    const wish = await wishFor(runs);

    expect(wish).to.include({ status: 'waiting', position: 1, runId: runs[0]!.id });
    expect(wish.alternatives?.map(({ runId, rank }) => [runId, rank])).to.deep.equal([
      [runs[1]!.id, 2],
      [runs[2]!.id, 3],
    ]);
    const standing = await allOf(wish);
    expect(standing.map(({ rank, position }) => [rank, position])).to.deep.equal([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
    expect(await Promise.all(standing.map(({ id }) => kindsOfMessages(id)))).to.deep.equal([
      ['waiting-list-joined'],
      [],
      [],
    ]);
    await expectKept();
  });

  it('ends everywhere else in the transaction in which one of them comes true, and lets those behind move up', async () => {
    const runs = await fullRuns({}, {});
    const wish = await wishFor(runs);
    const behind = await aBooking({ runId: runs[0]!.id });

    await cancel(runs[1]!.sitting);
    await cancel(runs[0]!.sitting);

    expect(await states(wish)).to.deep.equal(['cancelled', 'confirmed']);
    expect(await statusOf(behind)).to.equal('confirmed');
    const [first, second] = await allOf(wish);
    const [ended] = (await eventsAbout({ bookingId: first!.id })).filter(({ type }) => type === 'wish-ended');
    expect(ended?.facts).to.include({ keptRunId: runs[1]!.id, keptBookingId: second!.id, rank: 1, was: 'waiting' });
    expect(await kindsOfMessages(first!.id)).to.deep.equal([]);
    expect(await kindsOfMessages(second!.id)).to.include('promoted');
    await expectKept();
  });

  it('frees the way for a smaller booking that it blocked elsewhere', async () => {
    const runs = await fullRuns({ capacity: 2 }, { capacity: 2 });
    const wish = await wishFor(runs, 2);
    const small = await aBooking({ runId: runs[0]!.id });
    await changeCapacity(systemActor, { runId: runs[0]!.id, capacity: 3 });
    const before = await statusOf(small);

    await cancel(runs[1]!.sitting);

    expect([before, await statusOf(small)]).to.deep.equal(['waiting', 'confirmed']);
    expect(await states(wish)).to.deep.equal(['cancelled', 'confirmed']);
    await expectKept();
  });

  it('is booked at once in the first of them, by its order, that has the places', async () => {
    const seminarId = await aSeminar();
    const [full, free, alsoFree] = [
      await aRun({ seminarId, capacity: 1 }),
      await aRun({ seminarId, capacity: 3 }),
      await aRun({ seminarId, capacity: 3 }),
    ];
    await aBooking({ runId: full.id });

    const wish = await wishFor([full, alsoFree, free]);

    expect(wish).to.include({ status: 'confirmed', runId: alsoFree.id });
    expect(wish.alternatives).to.equal(undefined);
    expect(await BookingModel.countDocuments({ runId: { $in: [full.id, free.id] } })).to.equal(1);
    await expectKept();
  });

  it('sent twice waits once in each, and gets the same answer', async () => {
    const runs = await fullRuns({}, {});
    const request = { runId: runs[0]!.id, alternatives: [runs[1]!.id], booker: aPerson(), key: 'once' };

    const answers = await Promise.all([aBooking(request), aBooking(request), aBooking(request)]);

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).to.equal(1);
    expect(await BookingModel.countDocuments({ 'booker.email': request.booker.email })).to.equal(2);
    expect(await refusalOf(aBooking({ ...request, alternatives: [] }))).to.equal('key-used-for-another-request');
    await expectKept();
  });

  it('waits on everywhere while one of them is offered, and ends elsewhere when it is accepted', async () => {
    const runs = await fullRuns({ promotion: 'offer' }, {}, { promotion: 'offer' });
    const wish = await wishFor(runs);
    await cancel(runs[0]!.sitting);
    await cancel(runs[2]!.sitting);
    const offered = await states(wish);
    const next = await aBooking({ runId: runs[0]!.id });

    const third = (await allOf(wish))[2]!;
    await acceptOffer(await holderOf(third.token), third.id);

    expect(offered).to.deep.equal(['offered', 'waiting', 'offered']);
    expect(await states(wish)).to.deep.equal(['cancelled', 'cancelled', 'confirmed']);
    expect(await statusOf(next)).to.equal('offered');
    const [first] = await allOf(wish);
    expect(await refusalOf(acceptOffer(await holderOf(first!.token), first!.id))).to.equal('not-offered');
    await expectKept();
  });

  it('comes true once where both wait for the same: those behind them get what is left', async () => {
    const runs = await fullRuns({ capacity: 2 }, { capacity: 2 });
    const wishes = [await wishFor(runs), await wishFor(runs.toReversed()), await wishFor(runs)];

    await cancel(runs[0]!.sitting);
    await cancel(runs[1]!.sitting);

    const confirmed = [];
    for (const wish of wishes) confirmed.push((await states(wish)).filter((status) => status === 'confirmed').length);
    expect(confirmed).to.deep.equal([1, 1, 1]);
    await expectKept();
  });

  it('can be given up in one run and kept in the others', async () => {
    const runs = await fullRuns({}, {});
    const wish = await wishFor(runs);

    await cancelBooking(await holderOf(wish.token), { bookingId: wish.id });
    await cancel(runs[0]!.sitting);

    expect(await states(wish)).to.deep.equal(['cancelled', 'waiting']);
    await expectKept();
  });

  it('keeps a group together: it is not divided, also where the run divides groups', async () => {
    const runs = await fullRuns({ capacity: 2, order: 'split' }, { capacity: 2 });
    const wish = await wishFor(runs, 3);

    await cancel(runs[0]!.sitting);

    expect(await states(wish)).to.deep.equal(['waiting', 'waiting']);
    expect((await placesOfRuns([runs[0]!.id])).get(runs[0]!.id)).to.include({ held: 0, waiting: 3 });
    await expectKept();
  });

  it('stays in the other queue when one of its runs is merged into the other', async () => {
    const runs = await fullRuns({}, {});
    const wish = await wishFor(runs);

    await mergeRuns(systemActor, { runId: runs[0]!.id, intoRunId: runs[1]!.id, reason: 'Zu wenige' });
    for (let ids = await pendingEventIds(100); ids.length > 0; ids = await pendingEventIds(100))
      for (const id of ids) await relayEvent(id);
    await cancel(runs[1]!.sitting);

    expect(await states(wish)).to.deep.equal(['cancelled', 'confirmed']);
    await expectKept();
  });

  it('is refused for a run of another seminar, for a draft, for the same run twice, and for none that is there', async () => {
    const [first] = await fullRuns({});
    const { id: elsewhere } = await aRun();
    const seminarId = await aSeminar();
    const { id: runId } = await aRun({ seminarId });
    const { id: draft } = await aRun({ seminarId, published: false });

    for (const [wanted, alternative] of [
      [first!.id, elsewhere],
      [first!.id, first!.id],
      [runId, draft],
      [runId, '0123456789abcdef01234567'],
    ])
      expect(await refusalOf(aBooking({ runId: wanted!, alternatives: [alternative!] }))).to.equal(
        'alternative-not-there',
      );
    expect(await BookingModel.countDocuments({ runId })).to.equal(0);
  });

  it('would be found out if two came true, or if it waited on', async () => {
    const runs = await fullRuns({}, {});
    const wish = await wishFor(runs);
    await cancel(runs[0]!.sitting);
    const other = (await allOf(wish))[1]!;

    await BookingModel.updateOne({ _id: other.id }, { $set: { status: 'waiting' } });
    const waitsOn = (await verifyPromises()).broken.map(({ sentence }) => sentence);
    await BookingModel.updateOne({ _id: other.id }, { $set: { status: 'confirmed' } });
    const cameTwice = (await verifyPromises()).broken.map(({ sentence }) => sentence);

    expect(waitsOn).to.include('It waits although another run of the same wish came true.');
    expect(cameTwice).to.include('Two of the runs that somebody named came true.');
  });

  it('came true for the booking that made it: a part that is split off has no wish of its own', async () => {
    const runs = await fullRuns({ capacity: 2 }, {});
    const wish = await wishFor(runs, 2);
    await cancel(runs[0]!.sitting);

    const part = await splitBooking(systemActor, { bookingId: wish.id, participantIds: [], unnamed: 1 });

    expect((await held(part)).wishes).to.deep.equal([]);
    expect(await states(wish)).to.deep.equal(['confirmed', 'cancelled']);
    await expectKept();
  });

  it('is still waited for by those who stay, when some are transferred out of the queue', async () => {
    const runs = await fullRuns({ capacity: 2 }, { capacity: 2 });
    const wish = await wishFor(runs, 2);
    const seminarId = (await held(wish)).details.seminar.id;
    const { id: toRunId } = await aRun({ seminarId, sessions: [aSession({ inDays: 60 })] });

    const some = { bookingId: wish.id, toRunId, participantIds: [], unnamed: 1 };
    const moved = await transferBooking(systemActor, some);

    expect(moved).to.include({ status: 'confirmed', places: 1 });
    expect(await states(wish)).to.deep.equal(['waiting', 'waiting']);
    await expectKept();
  });

  it('ends everywhere else when the whole booking is transferred, also to a run it did not name', async () => {
    const runs = await fullRuns({}, {});
    const wish = await wishFor(runs);
    const seminarId = (await held(wish)).details.seminar.id;
    const { id: toRunId } = await aRun({ seminarId, sessions: [aSession({ inDays: 60 })] });
    const [own] = (await held(wish)).booking.participants;

    const moved = await transferBooking(systemActor, {
      bookingId: wish.id,
      toRunId,
      participantIds: [own!.id],
      unnamed: 0,
    });

    expect(moved.status).to.equal('confirmed');
    expect(await states(wish)).to.deep.equal(['confirmed', 'cancelled']);
    await expectKept();
  });
});

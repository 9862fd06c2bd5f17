import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  acceptOffer,
  bookingOfHolder,
  cancelBooking,
  changeCapacity,
  declineOffer,
  holderOf,
  lapseOffer,
  lapseOffers,
  placesOfRuns,
  postponeRun,
  runDetails,
  tellUnusedPlaces,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { pendingEventIds, systemActor } from '../../../server/modules/history/index.ts';
import { MessageModel } from '../../../server/modules/mail/message.model.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { changeSession } from '../../../server/modules/scheduling/index.ts';
import { attentionOf } from '../../../templates/desk/attention.tsx';
import { setClock } from '../../../server/platform/clock.ts';
import { AppError } from '../../../server/platform/errors.ts';
import { relayEvent } from '../../../jobs/relay-events.ts';
import { kindsOfMessages, refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aCoordinator, aPerson, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';
import { tellAll } from '../../support/told.ts';

const held = async ({ token }: BookPlacesOutcome) => bookingOfHolder(await holderOf(token));
const statusOf = async (booking: BookPlacesOutcome) => (await held(booking)).booking.status;
const accept = async ({ id, token }: BookPlacesOutcome) => acceptOffer(await holderOf(token), id);
const decline = async ({ id, token }: BookPlacesOutcome) => declineOffer(await holderOf(token), id);
const cancel = async ({ id, token }: BookPlacesOutcome) => cancelBooking(await holderOf(token), { bookingId: id });
const expectKept = async () => expect((await verifyPromises()).broken).to.deep.equal([]);

/** Berlin, a Wednesday before Ascension Day, which Lower Saxony keeps. */
const wednesday = DateTime.fromISO('2027-05-05T12:00', { zone: 'Europe/Berlin' });
const session = () =>
  aSession({
    startsAt: wednesday.plus({ days: 30 }).set({ hour: 9 }).toJSDate(),
    endsAt: wednesday.plus({ days: 30 }).set({ hour: 16 }).toJSDate(),
  });
const later = (until: Date | undefined) => DateTime.fromJSDate(until!, { zone: 'Europe/Berlin' });

describe('an offer', () => {
  let restore = () => {};
  const clock = (at: DateTime) => {
    restore();
    restore = setClock(() => at.toJSDate());
  };
  beforeEach(async () => {
    await freshDatabase();
    clock(wednesday);
  });
  afterEach(() => restore());

  const offering = { capacity: 1, promotion: 'offer', offerHours: 10, land: 'NI' } as const;
  /** A run with one place, which was given back: the first of those who wait has an offer. */
  const anOffer = async (wanted: Partial<Parameters<typeof aRun>[0]> = {}) => {
    const { id: runId } = await aRun({ ...offering, sessions: [session()], ...wanted });
    const sitting = await aBooking({ runId });
    const waiting = [await aBooking({ runId }), await aBooking({ runId })] as const;
    await cancel(sitting);
    return { runId, first: waiting[0], second: waiting[1] };
  };

  it('holds the place until a moment of office time, past the public holiday of the Land', async () => {
    const { runId, first, second } = await anOffer();

    const { booking } = await held(first);
    expect(booking.status).to.equal('offered');
    expect(later(booking.offeredUntil).toFormat('yyyy-MM-dd HH:mm')).to.equal('2027-05-07 12:00');
    expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 1, waiting: 1 });
    expect(await statusOf(second)).to.equal('waiting');
    expect(await kindsOfMessages(first.id)).to.include.members(['place-offered', 'offer-reminder']);
    await expectKept();
  });

  it('reminds once, after half of the time', async () => {
    const { first } = await anOffer();

    const reminders = await MessageModel.find({ 'about.bookingId': first.id, kind: 'offer-reminder' }).lean();

    expect(reminders.map(({ dueAt }) => later(dueAt).toFormat('yyyy-MM-dd HH:mm'))).to.deep.equal(['2027-05-05 17:00']);
  });

  it('never outlives the moment after which nobody moves up', async () => {
    const { first } = await anOffer({ offerHours: 200, cutOffHours: 24 * 28 });

    const { startsAt } = (await held(first)).details.run;
    expect((await held(first)).booking.offeredUntil).to.deep.equal(new Date(startsAt.getTime() - 24 * 28 * 3_600_000));
  });

  it('confirms the place when it is accepted, and asks nobody again', async () => {
    const { runId, first } = await anOffer();

    await accept(first);
    const again = await accept(first);

    expect(again.status).to.equal('confirmed');
    expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 1, waiting: 1 });
    expect(await kindsOfMessages(first.id)).to.include.members(['promoted', 'invitation', 'reminder']);
    const due = await MessageModel.find({ 'about.bookingId': first.id, kind: 'offer-reminder' }).lean();
    expect(due.map(({ state }) => state)).to.deep.equal(['withdrawn']);
    await expectKept();
  });

  it('goes to the next in the same transaction when it is declined', async () => {
    const { first, second } = await anOffer();

    await decline(first);

    expect([await statusOf(first), await statusOf(second)]).to.deep.equal(['declined', 'offered']);
    expect(await kindsOfMessages(first.id)).to.include('offer-declined');
    expect(await refusalOf(accept(first))).to.equal('offer-lapsed');
    await expectKept();
  });

  it('lapses at its minute, not a second before; who let it pass waits at the end, and the next is offered', async () => {
    const { runId, first, second } = await anOffer();
    const third = await aBooking({ runId });
    const until = later((await held(first)).booking.offeredUntil);

    clock(until.minus({ seconds: 1 }));
    await lapseOffers();
    const early = await statusOf(first);
    clock(until);
    const refused = await refusalOf(accept(first));
    await lapseOffers();
    await lapseOffer(first.id);

    expect([early, refused]).to.deep.equal(['offered', 'offer-lapsed']);
    expect([await statusOf(first), await statusOf(second)]).to.deep.equal(['waiting', 'offered']);
    expect([(await held(third)).position, (await held(first)).position]).to.deep.equal([1, 2]);
    expect(await kindsOfMessages(first.id)).to.include('offer-lapsed');
    await expectKept();
  });

  it('is made twice to the same booking at most', async () => {
    const { first, second } = await anOffer();
    await cancel(second);
    for (let turn = 0; turn < 2; turn += 1) {
      clock(later((await held(first)).booking.offeredUntil));
      await lapseOffers();
    }

    expect(await statusOf(first)).to.equal('lapsed');
    expect(await MessageModel.countDocuments({ kind: 'place-offered', 'about.bookingId': first.id })).to.equal(2);
    await expectKept();
  });

  it('takes whoever lets it pass out of the queue, where the run says so, and frees their seat', async () => {
    const booker = aPerson();
    const { id: runId } = await aRun({ ...offering, afterLapse: 'out', sessions: [session()] });
    const sitting = await aBooking({ runId });
    const first = await aBooking({ runId, booker });
    await cancel(sitting);
    clock(later((await held(first)).booking.offeredUntil));

    await lapseOffers();
    const again = await aBooking({ runId, booker });

    expect(await statusOf(first)).to.equal('lapsed');
    expect(again.status).to.equal('confirmed');
    await expectKept();
  });

  it('keeps the place in the queue when the run lost its dates meanwhile', async () => {
    const { runId, first, second } = await anOffer();
    const until = later((await held(first)).booking.offeredUntil);
    await postponeRun(systemActor, { runId, reason: 'Rohrbruch' });
    for (const id of await pendingEventIds(10)) await relayEvent(id);
    expect(await kindsOfMessages(first.id)).to.include('run-postponed');

    const refused = await refusalOf(accept(first));
    clock(until);
    await lapseOffers();

    expect(refused).to.equal('booking-closed');
    expect([(await held(first)).position, (await held(second)).position]).to.deep.equal([1, 2]);
  });

  it('of a part of a group can be accepted while the rest waits', async () => {
    const { id: runId } = await aRun({ ...offering, capacity: 2, order: 'split', sessions: [session()] });
    const sitting = await aBooking({ runId, places: 2 });
    const group = await aBooking({ runId, participants: [aPerson(), aPerson(), aPerson()] });

    await cancel(sitting);
    const [part] = (await held(group)).parts;
    await acceptOffer(await holderOf(part!.token), part!.id);

    expect(part).to.include({ status: 'offered', places: 2 });
    expect((await held(group)).booking).to.include({ status: 'waiting', places: 1 });
    await expectKept();
  });

  it('is answered by its holder or a coordinator, and is not there for anybody else', async () => {
    const { first, second } = await anOffer();
    const { actor: stranger } = await aCoordinator({ provider: 'amfn' });
    const { actor } = await aCoordinator();

    for (const one of [stranger, await holderOf(second.token)]) {
      expect(await refusalOf(acceptOffer(one, first.id))).to.equal('not-found');
      expect(await refusalOf(declineOffer(one, first.id))).to.equal('not-found');
    }
    expect(await refusalOf(accept(second))).to.equal('not-offered');
    expect((await acceptOffer(actor, first.id)).status).to.equal('confirmed');
  });

  it('is told of when a session of the run moves: the offer stands, for the new time', async () => {
    const { runId, first, second } = await anOffer();
    const [moved] = (await runDetails(systemActor, runId)).sessions;
    const startsAt = new Date(moved!.startsAt.getTime() + 3_600_000);

    await tellAll();
    await changeSession(systemActor, moved!.id, { startsAt });
    const told = await tellAll();

    const says = told.filter(({ kind }) => kind === 'session-moved').map((mail) => mail.says);
    expect(says).to.have.lengthOf(1);
    expect(says[0]).to.include('Unser Angebot an Sie gilt weiter: Bis').and.include('7. Mai 2027');
    expect(await kindsOfMessages(first.id))
      .to.include('session-moved')
      .and.not.include('invitation-updated');
    expect(await kindsOfMessages(second.id)).to.not.include('session-moved');
  });

  it('gives way to the coordinators where places lie unused at the cut-off: told once, and said at the desk', async () => {
    await aCoordinator();
    const { id: runId } = await aRun({ capacity: 2, cutOffHours: 48, sessions: [session()] });
    const sitting = [await aBooking({ runId }), await aBooking({ runId })];
    const group = await aBooking({ runId, places: 2 });
    await cancel(sitting[0]!);
    const told = () => MessageModel.countDocuments({ kind: 'places-free-late', 'about.runId': runId });
    const sweep = async () => {
      await Promise.all([tellUnusedPlaces(), tellUnusedPlaces()]);
      for (const id of await pendingEventIds(100)) await relayEvent(id);
      return told();
    };

    const before = await sweep();
    clock(wednesday.plus({ days: 28, hours: 21 }));
    const after = [await sweep(), await sweep()];

    expect(before).to.equal(0);
    expect(after).to.deep.equal([1, 1]);
    expect((await held(group)).booking.status).to.equal('waiting');
    const details = await runDetails(systemActor, runId);
    expect(attentionOf(details, wednesday.plus({ days: 28, hours: 21 }).toJSDate())).to.deep.equal([
      { kind: 'free-after-cut-off', tone: 'warning', count: 1, other: 2 },
    ]);
  });

  it('gives way to the coordinators where a place becomes free after the cut-off', async () => {
    await aCoordinator();
    const { id: runId } = await aRun({ ...offering, capacity: 2, cutOffHours: 48, sessions: [session()] });
    const [sitting] = [await aBooking({ runId }), await aBooking({ runId })];
    const waiting = await aBooking({ runId });
    for (const id of await pendingEventIds(100)) await relayEvent(id);
    clock(wednesday.plus({ days: 29 }));

    await changeCapacity(systemActor, { runId, capacity: 3 });
    await cancelBooking(systemActor, { bookingId: sitting.id });
    for (const id of await pendingEventIds(100)) await relayEvent(id);

    expect((await held(waiting)).booking).to.include({ status: 'waiting', reason: 'after-cut-off' });
    expect(await MessageModel.countDocuments({ kind: 'places-free-late', 'about.runId': runId })).to.equal(2);
  });
});

describe('accepting against lapsing', () => {
  let restore = () => {};
  beforeEach(freshDatabase);
  afterEach(() => restore());

  it('has exactly one winner, and the loser is told a clear sentence', async () => {
    const at = { now: wednesday };
    restore = setClock(() => at.now.toJSDate());
    const won = { accepted: 0, lapsed: 0 };
    for (let round = 0; round < 12; round += 1) {
      const { id: runId } = await aRun({ capacity: 1, promotion: 'offer', land: 'NI', sessions: [session()] });
      const sitting = await aBooking({ runId });
      const [first, second] = [await aBooking({ runId }), await aBooking({ runId })];
      await cancel(sitting);
      const until = later((await held(first)).booking.offeredUntil);
      // The clock strikes while both are on their way.
      at.now = until.minus({ milliseconds: 1 });
      let reads = 0;
      restore = setClock(() => ((reads += 1) > round % 4 ? until.toJSDate() : at.now.toJSDate()));

      const [answer] = await Promise.all([answerTo(accept(first)), lapseOffer(first.id)]);
      restore = setClock(() => until.toJSDate());
      await lapseOffers();

      const states = [await statusOf(first), await statusOf(second)];
      expect([
        ['confirmed', 'waiting'],
        ['waiting', 'offered'],
      ]).to.deep.include(states);
      expect(answer).to.equal(states[0] === 'confirmed' ? 'accepted' : 'offer-lapsed');
      won[states[0] === 'confirmed' ? 'accepted' : 'lapsed'] += 1;
      at.now = wednesday;
      restore = setClock(() => at.now.toJSDate());
    }
    expect(won.accepted).to.be.greaterThan(0);
    expect(won.lapsed).to.be.greaterThan(0);
    await expectKept();
  }).timeout(400_000);
});

function answerTo(accepted: Promise<unknown>): Promise<string> {
  return accepted.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );
}

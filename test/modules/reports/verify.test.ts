import { expect } from 'chai';
import { Types } from 'mongoose';
import {
  bookMakeUp,
  bookingOfHolder,
  changeCapacity,
  holderOf,
  publishRun,
} from '../../../server/modules/booking/index.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { LedgerModel } from '../../../server/modules/booking/ledger.model.ts';
import {
  askInHouse,
  collectInterest,
  confirmInHouse,
  giveDates,
  inHouseToTell,
  planInHouse,
} from '../../../server/modules/demand/index.ts';
import { InHouseModel } from '../../../server/modules/demand/in-house.model.ts';
import { InterestListModel, InterestModel } from '../../../server/modules/demand/interest.model.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { RunModel } from '../../../server/modules/scheduling/run.model.ts';
import { SessionModel } from '../../../server/modules/scheduling/session.model.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { relayEvents } from '../../../jobs/relay-events.ts';
import {
  aBooking,
  aDraft,
  anInterest,
  aPerson,
  aRoom,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
} from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { freshDatabase } from '../../support/hooks.ts';

/** Verifies before and after the data are spoiled: only then is something broken. */
async function spoiled(spoil: () => Promise<unknown>): Promise<{ promises: number[]; said: string }> {
  expect((await verifyPromises()).broken).to.deep.equal([]);
  await spoil();
  const { broken } = await verifyPromises();
  return { promises: broken.map(({ promise }) => promise), said: broken.map(({ sentence }) => sentence).join(' ') };
}

describe('verifyPromises', () => {
  let restore = () => {};
  beforeEach(freshDatabase);
  afterEach(() => {
    restore();
    restore = () => {};
  });

  it('finds places that are held by nobody, in a closed run as in any other', async () => {
    const run = await aRun({ access: 'closed', capacity: 4 });

    const { promises } = await spoiled(() => LedgerModel.updateOne({ _id: run.id }, { $set: { 'units.0.held': 1 } }));

    expect(promises).to.deep.equal([1]);
  });

  it('finds somebody who sits twice, and a seat that nothing guards', async () => {
    const run = await aRun();
    const [{ id }, booker] = [await aBooking({ runId: run.id }), aPerson()];
    await aBooking({ runId: run.id, booker });
    const other = await BookingModel.findById(id).lean();

    const { said } = await spoiled(async () => {
      const key = other?.participants[0]?.key;
      await BookingModel.updateOne(
        { runId: run.id, 'booker.email': booker.email },
        { $set: { 'participants.0.key': key } },
      );
    });

    expect(said).to.contain('The same person sits in bookings 1 and 2.').and.to.contain('does not guard');
  });

  for (const what of ['room', 'trainer'] as const)
    it(`finds a ${what} in two places at once`, async () => {
      const taken = what === 'room' ? { roomId: await aRoom() } : { trainers: [(await aTrainer()).person.id] };
      const [one, other] = [aSession({ ...taken }), aSession({ ...taken, inDays: 40 })];
      await aRun({ sessions: [one] });
      const { sessions } = await aRun({ sessions: [other] });

      const { promises, said } = await spoiled(() =>
        SessionModel.updateOne({ _id: sessions[0]!.id }, { $set: { startsAt: one.startsAt, endsAt: one.endsAt } }),
      );

      expect(promises).to.deep.equal([9]);
      expect(said).to.match(what === 'room' ? /^Room / : /^Trainer /);
    });

  describe('of a module that is made up', () => {
    let made: string;
    let runId: string;
    beforeEach(async () => {
      const first = await aCourse({ booking: 'whole' });
      const sessions = first.modules.map((module, at) => aSession({ module, inDays: 60 + 14 * at }));
      ({ runId } = await aCourse({ seminarId: first.seminarId, sessions }));
      await changeCapacity(systemActor, { runId, makeUpPlaces: 3 });
      const missed = await aBooking({ runId: first.runId });
      restore = setClock(() => new Date(first.starts[0]!.getTime() + 1_000));
      const holder = await holderOf(missed.token);
      const participantId = (await bookingOfHolder(holder)).booking.participants[0]!.id;
      const choice = { bookingId: missed.id, participantId, moduleId: first.modules[0]!, runId };
      made = (await bookMakeUp(holder, choice)).id;
    });

    it('finds its person in the same module of the run besides', async () => {
      const whole = await aBooking({ runId });
      const key = (await BookingModel.findById(made).lean())?.participants[0]?.key;

      const { promises, said } = await spoiled(() =>
        BookingModel.updateOne({ _id: whole.id }, { $set: { 'participants.0.key': key, seats: [`run:${key}`] } }),
      );

      expect(promises).to.deep.equal([3]);
      expect(said).to.contain('makes up a module in which its person sits in this run already');
    });

    it('finds one that nobody missed', async () => {
      const { promises } = await spoiled(() =>
        BookingModel.updateOne({ _id: made }, { $set: { makeUpOf: `${String(new Types.ObjectId())}:x:y` } }),
      );

      expect(promises).to.deep.equal([3]);
    });
  });

  describe('of what people ask for', () => {
    const wish = {
      topic: 'Gespräche mit Eltern',
      institution: 'Gesamtschule am Blauen Turm',
      groupSize: 14,
      periods: 'Im Herbst',
      place: 'Bei uns',
      ...aPerson(),
    };
    const planned = async (seminar: string) => {
      const id = await askInHouse({ ...wish, seminar });
      await confirmInHouse((await inHouseToTell(id))!.token);
      const run = await aDraft({ seminarId: seminar, access: 'closed' });
      await planInHouse(systemActor, { id, runId: run.id });
      return { id, runId: run.id };
    };

    it('finds an in-house seminar that is open to everybody, is not there, or is that of another request', async () => {
      const seminar = await aSeminar();
      const requests = [await planned(seminar), await planned(seminar), await planned(seminar)];
      const [first, second, third] = requests.map(({ runId }) => runId);

      const { promises, said } = await spoiled(async () => {
        await RunModel.updateOne({ _id: first }, { $unset: { access: 1 } });
        await InHouseModel.updateOne({ runId: second }, { $set: { runId: String(new Types.ObjectId()) } });
        await InHouseModel.updateOne({ runId: third }, { $set: { runId: first } });
      });

      expect(promises.every((promise) => promise === 4)).to.equal(true);
      expect(said)
        .to.contain('open to everybody')
        .and.to.contain('its run is not there')
        .and.to.contain('the run of another request');
    });

    it('finds interest without its booking, or without an answer, and a seminar that collects twice', async () => {
      const seminarId = await aSeminar();
      const listId = await collectInterest(systemActor, { seminar: seminarId, answer: 'book', answerDays: 7 });
      for (let turn = 0; turn < 3; turn += 1) await anInterest(seminarId, { ...aPerson(), places: 1 });
      const run = await aDraft({ seminarId, access: 'closed' });
      await giveDates(systemActor, { listId, runId: run.id });
      await publishRun(systemActor, run.id);
      await relayEvents();
      const another = await aSeminar();
      await collectInterest(systemActor, { seminar: another, answer: 'ask', answerDays: 7 });
      const [first, second] = await InterestModel.find({ listId }).sort({ number: 1 }).lean();

      const { promises, said } = await spoiled(async () => {
        await InterestModel.updateOne({ _id: first?._id }, { $unset: { bookingId: 1 } });
        await InterestModel.updateOne({ _id: second?._id }, { $set: { status: 'open' } });
        const open = await InterestListModel.findOne({ seminarId: another }).lean();
        await InterestListModel.create([{ ...open, _id: new Types.ObjectId() }]);
      });

      expect(promises.toSorted((one, other) => one - other)).to.deep.equal([4, 4, 5]);
      expect(said)
        .to.contain('has no booking of its own')
        .and.to.contain('was never answered')
        .and.to.contain('in two lists at once');
    });
  });
});

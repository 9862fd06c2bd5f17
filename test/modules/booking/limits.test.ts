import { expect } from 'chai';
import {
  changeCapacity,
  reduceBooking,
  setInstitutionLimit,
  transferBooking,
} from '../../../server/modules/booking/index.ts';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { anyone, eventsAbout, systemActor } from '../../../server/modules/history/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import {
  cancelByLink,
  expectPromises,
  heldBooking,
  kindsOfMessages,
  leftIn,
  refusalOf,
  statesOf,
} from '../../support/booking-facts.ts';
import { aBooking, aPerson, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { freshDatabase } from '../../support/hooks.ts';

/** A run in which one institution may hold so many places. */
async function aLimitedRun(perInstitution: number, wanted: Parameters<typeof aRun>[0] = {}): Promise<string> {
  const { id } = await aRun({ capacity: 10, ...wanted });
  await setInstitutionLimit(systemActor, { runId: id, perInstitution });
  return id;
}

describe('a limit per institution', () => {
  beforeEach(freshDatabase);

  it('lets an institution wait that holds all it may, and gives the free places to others', async () => {
    const runId = await aLimitedRun(4);
    await aBooking({ runId, places: 3, institution: 'Nordschule' });

    const more = await aBooking({ runId, places: 2, institution: ' nordschule ' });
    const other = await aBooking({ runId, places: 2, institution: 'Südschule' });

    expect(await statesOf(more, other)).to.deep.equal(['waiting', 'confirmed']);
    expect((await heldBooking(more)).reason).to.equal('institution-limit');
    expect(await leftIn(runId)).to.equal(5);
    await expectPromises();
  });

  it('lets it move up as soon as the institution gives a place back', async () => {
    const runId = await aLimitedRun(2);
    const first = await aBooking({ runId, institution: 'Nordschule' });
    await aBooking({ runId, institution: 'Nordschule' });
    const third = await aBooking({ runId, institution: 'Nordschule' });

    await cancelByLink(first);

    expect(await statesOf(third)).to.deep.equal(['confirmed']);
    expect(await kindsOfMessages(third.id)).to.include('promoted');
    await expectPromises();
  });

  it('keeps the order within the institution, and passes on what it may not have', async () => {
    const runId = await aLimitedRun(3, { capacity: 4 });
    await aBooking({ runId, places: 2, institution: 'Nordschule' });
    const full = await aBooking({ runId, places: 2, institution: 'Südschule' });
    const group = await aBooking({ runId, places: 2, institution: 'Nordschule' });
    const one = await aBooking({ runId, institution: 'Nordschule' });
    const other = await aBooking({ runId, institution: 'Westschule' });

    await cancelByLink(full);

    expect(await statesOf(group, one, other)).to.deep.equal(['waiting', 'waiting', 'confirmed']);
    expect((await heldBooking(group)).reason).to.equal('institution-limit');
    await expectPromises();
  });

  it('says why in the trace, once for each change', async () => {
    const runId = await aLimitedRun(1);
    await aBooking({ runId, institution: 'Nordschule' });
    const waiting = await aBooking({ runId, institution: 'Nordschule' });

    const decided = (await eventsAbout({ bookingId: waiting.id })).filter(({ type }) => type === 'booking-decided');

    expect(decided.map(({ facts }) => facts['reason'])).to.deep.equal(['institution-limit']);
  });

  it('refuses a booking that could never be had, and one without an institution', async () => {
    const runId = await aLimitedRun(2);

    expect(await refusalOf(aBooking({ runId, places: 3, institution: 'Nordschule' }))).to.equal(
      'over-institution-limit',
    );
    expect(await refusalOf(aBooking({ runId }))).to.equal('institution-required');
  });

  it('takes nothing from whoever has more already, and gives it no more', async () => {
    const { id: runId } = await aRun({ capacity: 10 });
    const many = await aBooking({ runId, places: 5, institution: 'Nordschule' });

    await setInstitutionLimit(systemActor, { runId, perInstitution: 3 });
    const more = await aBooking({ runId, institution: 'Nordschule' });

    expect(await statesOf(many, more)).to.deep.equal(['confirmed', 'waiting']);
    await expectPromises();
  });

  it('lets those move up at once for whom it is raised or taken away', async () => {
    const runId = await aLimitedRun(1, { capacity: 3 });
    await aBooking({ runId, institution: 'Nordschule' });
    const [second, third] = [
      await aBooking({ runId, institution: 'Nordschule' }),
      await aBooking({ runId, institution: 'Nordschule' }),
    ];

    await setInstitutionLimit(systemActor, { runId, perInstitution: 2 });
    const raised = await statesOf(second, third);
    await setInstitutionLimit(systemActor, { runId });

    expect(raised).to.deep.equal(['confirmed', 'waiting']);
    expect(await statesOf(third)).to.deep.equal(['confirmed']);
    expect(await leftIn(runId)).to.equal(0);
    await expectPromises();
  });

  it('lets others go ahead rightly, also where its institution gives places back or takes them elsewhere later', async () => {
    const seminarId = await aSeminar();
    const { id: toRunId } = await aRun({ seminarId, sessions: [aSession({ inDays: 40 })] });
    for (const leaves of ['reduced', 'some transferred', 'all transferred']) {
      const runId = await aLimitedRun(2, { seminarId, capacity: 3 });
      const own = await aBooking({ runId, places: 2, participants: [], institution: 'Nordschule' });
      const waiting = await aBooking({ runId, institution: 'Nordschule' });
      const ahead = await aBooking({ runId, institution: 'Westschule' });
      const some = { bookingId: own.id, participantIds: [], unnamed: leaves === 'all transferred' ? 2 : 1 };
      if (leaves === 'reduced') await reduceBooking(systemActor, some);
      else await transferBooking(systemActor, { ...some, toRunId });

      expect(await statesOf(waiting, ahead), leaves).to.deep.equal(['confirmed', 'confirmed']);
      await expectPromises();
    }
  });

  it('counts who booked before without a name as themselves alone', async () => {
    const { id: runId } = await aRun({ capacity: 5 });
    await BookingModel.updateOne({ _id: (await aBooking({ runId })).id }, { $unset: { organisation: 1 } });
    await aBooking({ runId });

    await setInstitutionLimit(systemActor, { runId, perInstitution: 1 });

    expect(await leftIn(runId)).to.equal(3);
    await expectPromises();
  });

  it('serves a long queue of one institution without a look at each of them', async () => {
    const runId = await aLimitedRun(1, { capacity: 3 });
    const first = await aBooking({ runId, institution: 'Nordschule' });
    const queue = [];
    for (let turn = 0; turn < 8; turn += 1) queue.push(await aBooking({ runId, institution: 'Nordschule' }));

    const other = await aBooking({ runId, institution: 'Südschule' });
    await cancelByLink(first);

    expect(await statesOf(other, queue[0]!, queue[1]!)).to.deep.equal(['confirmed', 'confirmed', 'waiting']);
    await expectPromises();
  });

  it('works with smaller bookings that may go ahead, and with more places', async () => {
    const runId = await aLimitedRun(3, { capacity: 4, order: 'fill', maxPasses: 1 });
    await aBooking({ runId, places: 2, institution: 'Nordschule' });
    const group = await aBooking({ runId, places: 3, institution: 'Südschule' });
    const [own, other] = [
      await aBooking({ runId, places: 2, institution: 'Nordschule' }),
      await aBooking({ runId, institution: 'Westschule' }),
    ];
    await changeCapacity(systemActor, { runId, capacity: 6 });

    expect(await statesOf(group, own, other)).to.deep.equal(['confirmed', 'waiting', 'confirmed']);
    expect((await heldBooking(own)).reason).to.equal('institution-limit');
    await expectPromises();
  });

  it('counts in each module of a course', async () => {
    const { runId, modules } = await aCourse({ capacity: 5 });
    await setInstitutionLimit(systemActor, { runId, perInstitution: 1 });
    const [first, second] = modules;

    const bookings = [
      await aBooking({ runId, modules: [first!], institution: 'Nordschule' }),
      await aBooking({ runId, modules: [second!], institution: 'Nordschule' }),
      await aBooking({ runId, modules: [first!, second!], institution: 'Nordschule' }),
    ];

    expect(await statesOf(...bookings)).to.deep.equal(['confirmed', 'confirmed', 'waiting']);
    await expectPromises();
  });

  it('is set by those who plan the run alone', async () => {
    const { id: runId } = await aRun();

    expect(await refusalOf(setInstitutionLimit(anyone, { runId, perInstitution: 2 }))).to.equal('not-found');
  });

  it('is found out by verify when an institution holds more', async () => {
    const runId = await aLimitedRun(1);
    await aBooking({ runId, institution: 'Nordschule' });
    const other = await aBooking({ runId, booker: aPerson(), institution: 'Südschule' });
    const north = await BookingModel.findOne({ institution: 'Nordschule' }).lean();

    await BookingModel.updateOne({ _id: other.id }, { $set: { organisation: north!.organisation } });

    const { broken } = await verifyPromises();
    expect(broken.map(({ sentence }) => sentence)).to.deep.equal(['One institution holds 2 places, it may have 1.']);
  });
});

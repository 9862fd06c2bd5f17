import { expect } from 'chai';
import {
  bookPlaces,
  changeCapacity,
  holderOf,
  bookingOfHolder,
  placesOfRuns,
} from '../../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { aBooking, aDraft, aPerson, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';
import { kindsOfMessages, refusalOf } from '../../support/booking-facts.ts';

describe('bookPlaces', () => {
  beforeEach(freshDatabase);

  it('confirms at once while places are free', async () => {
    const run = await aRun({ capacity: 1 });

    const outcome = await aBooking({ runId: run.id });

    expect(outcome).to.include({ status: 'confirmed', places: 1 });
    expect(outcome).to.not.have.property('position');
  });

  it('puts the booking on the waiting list when no place is left, and says the position', async () => {
    const run = await aRun({ capacity: 1 });
    await aBooking({ runId: run.id });

    const second = await aBooking({ runId: run.id });
    const third = await aBooking({ runId: run.id });

    expect([second.status, second.position]).to.deep.equal(['waiting', 1]);
    expect([third.status, third.position]).to.deep.equal(['waiting', 2]);
  });

  it('lets a group that does not fit wait whole, and nobody pass it', async () => {
    const run = await aRun({ capacity: 3 });
    await aBooking({ runId: run.id, places: 2 });

    const group = await aBooking({ runId: run.id, places: 2 });
    const single = await aBooking({ runId: run.id });

    expect([group.status, single.status]).to.deep.equal(['waiting', 'waiting']);
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 2, left: 0, waiting: 3 });
  });

  it('writes the mails of a confirmation in the same transaction: to the booker, an invitation, two reminders', async () => {
    const run = await aRun();

    const { id } = await aBooking({ runId: run.id });

    expect(await kindsOfMessages(id)).to.deep.equal(['booking-confirmed', 'invitation', 'reminder', 'reminder']);
  });

  it('writes no reminder whose time is past: the confirmation carries it', async () => {
    const run = await aRun({ sessions: [aSession({ inDays: 3 })] });

    const { id } = await aBooking({ runId: run.id });

    expect(await kindsOfMessages(id)).to.deep.equal(['booking-confirmed', 'invitation', 'reminder']);
  });

  it('tells who waits that they wait, and invites nobody', async () => {
    const run = await aRun({ capacity: 1 });
    await aBooking({ runId: run.id });

    const { id } = await aBooking({ runId: run.id });

    expect(await kindsOfMessages(id)).to.deep.equal(['waiting-list-joined']);
  });

  it('seats nobody twice, and answers like anybody else', async () => {
    const run = await aRun({ capacity: 2 });
    const booker = aPerson();
    const first = await aBooking({ runId: run.id, booker });

    const again = await aBooking({
      runId: run.id,
      booker: { name: ` ${booker.name.toUpperCase()}`, email: booker.email },
    });

    expect(again).to.include({ status: 'confirmed', places: 1 });
    expect(again.id).to.not.equal(first.id);
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 1, left: 1 });
    expect(await kindsOfMessages(again.id)).to.deep.equal(['already-booked']);
  });

  it('takes places only for those of a group who do not sit there yet', async () => {
    const run = await aRun({ capacity: 5 });
    const [known, other] = [aPerson(), aPerson()];
    await aBooking({ runId: run.id, booker: known });

    const group = await aBooking({ runId: run.id, participants: [known, other] });

    expect(group).to.include({ status: 'confirmed', places: 2 });
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 2 });
  });

  it('knows two persons with one mailbox apart by their names', async () => {
    const run = await aRun({ capacity: 5 });
    const email = 'schule@example.org';

    await aBooking({ runId: run.id, booker: { name: 'Amsel Probe', email } });
    await aBooking({ runId: run.id, booker: { name: 'Fink Probe', email } });

    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 2 });
  });

  it('books once for a request sent twice, and gives the same answer, whatever happened in between', async () => {
    const run = await aRun({ capacity: 1 });
    await aBooking({ runId: run.id });
    const request = { runId: run.id, key: 'a key', booker: aPerson() };
    const first = await bookPlaces(anyone, request);

    await changeCapacity(systemActor, { runId: run.id, capacity: 5 });
    const second = await bookPlaces(anyone, request);

    expect(second).to.deep.equal(first);
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 2 });
  });

  it('refuses a key that was used for another request', async () => {
    const run = await aRun();
    await aBooking({ runId: run.id, key: 'a key' });

    expect(await refusalOf(aBooking({ runId: run.id, key: 'a key' }))).to.equal('key-used-for-another-request');
  });

  it('settles fifty requests of one moment in the order they came', async () => {
    const run = await aRun({ capacity: 5 });

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => aBooking({ runId: run.id })));

    expect(outcomes.map(({ status }) => status)).to.deep.equal([
      ...Array<string>(5).fill('confirmed'),
      ...Array<string>(45).fill('waiting'),
    ]);
    expect(outcomes.slice(5).map(({ position }) => position)).to.deep.equal(
      Array.from({ length: 45 }, (_, index) => index + 1),
    );
  });

  it('takes no place from others of the same moment for somebody who is named again and again', async () => {
    const run = await aRun({ capacity: 3 });
    const participants = [aPerson()];

    const named = Array.from({ length: 10 }, () => aBooking({ runId: run.id, participants }));
    const outcomes = await Promise.all([...named, aBooking({ runId: run.id }), aBooking({ runId: run.id })]);

    expect(new Set(outcomes.map(({ status }) => status))).to.deep.equal(new Set(['confirmed']));
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 3, waiting: 0 });
  });

  it('refuses one request of many without harm to the others', async () => {
    const run = await aRun({ capacity: 50 });
    await aBooking({ runId: run.id, key: 'taken' });

    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => aBooking({ runId: run.id, ...(index === 4 && { key: 'taken' }) })),
    );

    expect(answers.map(({ status }) => status).filter((status) => status === 'rejected')).to.have.lengthOf(1);
    expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 10 });
  });

  it('gives a link that opens the booking, and no other', async () => {
    const { id, token } = await aBooking();

    const { booking } = await bookingOfHolder(await holderOf(token));

    expect(booking.id).to.equal(id);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');
    const forged = letters.map((letter) => token.slice(0, -1) + letter).filter((other) => other !== token);
    for (const wrong of [...forged, token.slice(0, 24), '', `${'0'.repeat(24)}${token.slice(24)}`])
      expect(await refusalOf(holderOf(wrong)), wrong).to.equal('not-found');
  });

  describe('refuses', () => {
    it('a run that is still a draft, as if it were not there', async () => {
      const draft = await aDraft();

      expect(await refusalOf(aBooking({ runId: draft.id }))).to.equal('not-found');
    });

    it('a run whose first session has begun', async () => {
      const session = aSession();
      const run = await aRun({ sessions: [session] });
      const restore = setClock(() => session.startsAt);

      const refusal = await refusalOf(aBooking({ runId: run.id }));

      restore();
      expect(refusal).to.equal('booking-closed');
    });

    it('the same person twice, and fewer places than persons', async () => {
      const run = await aRun();
      const [one, other] = [aPerson(), aPerson()];

      expect(await refusalOf(aBooking({ runId: run.id, participants: [one, one] }))).to.equal('same-person-twice');
      expect(await refusalOf(aBooking({ runId: run.id, places: 1, participants: [one, other] }))).to.equal(
        'fewer-places-than-participants',
      );
      expect((await placesOfRuns([run.id])).get(run.id)).to.include({ held: 0, waiting: 0 });
    });

    it('a run that is not there', async () => {
      for (const runId of ['0'.repeat(24), 'nonsense'])
        expect(await refusalOf(aBooking({ runId })), runId).to.equal('not-found');
    });
  });
});

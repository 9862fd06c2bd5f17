import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  askForNames,
  bookingById,
  bookingsOfRun,
  changeRun,
  holderOf,
  bookingOfHolder,
  namePlaces,
  yieldUnnamed,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { isToBeAsked } from '../../../server/modules/booking/names.rules.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aPerson, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';
import { tellAll } from '../../support/told.ts';

const zone = 'Europe/Berlin';
const at = (text: string) => DateTime.fromISO(text, { zone }).toJSDate();
const asked = async ({ id }: { id: string }) =>
  (await messagesAbout(id)).filter(({ kind }) => kind === 'names-missing').map(({ dueAt }) => dueAt.getTime());
const statusOf = async ({ id }: BookPlacesOutcome) => (await bookingById(systemActor, id)).status;

/** A run on 1 July 2031 that wants names until 20 June, planned on 1 May. */
async function aRunWithDeadline(wanted: { capacity?: number; afterNames?: 'stay' | 'wait' } = {}) {
  setClock(() => at('2031-05-01T12:00'));
  const session = aSession({ startsAt: at('2031-07-01T09:00'), endsAt: at('2031-07-01T16:00'), timeZone: zone });
  const { id } = await aRun({ capacity: wanted.capacity ?? 6, sessions: [session] });
  const { afterNames = 'stay' } = wanted;
  await changeRun(systemActor, { runId: id, namesUntilOn: '2031-06-20', afterNames });
  return id;
}

describe('the last day for names', () => {
  beforeEach(freshDatabase);
  afterEach(async () => {
    expect((await verifyPromises()).broken).to.deep.equal([]);
    setClock(() => new Date());
  });

  describe('isToBeAsked', () => {
    const run = { timeZone: zone, startsAt: at('2031-07-01T09:00'), namesUntilOn: '2031-06-20' };
    const table: [says: string, askedOn: string, now: string, expected: boolean][] = [
      ['not eleven days before', '2031-05-01', '2031-06-09T12:00', false],
      ['not ten days before, early in the morning', '2031-05-01', '2031-06-10T08:59:59', false],
      ['ten days before, from nine on', '2031-05-01', '2031-06-10T09:00', true],
      ['not on the third day after', '2031-06-10', '2031-06-13T23:59', false],
      ['after three quiet days', '2031-06-10', '2031-06-14T09:00', true],
      ['on the last day', '2031-06-16', '2031-06-20T23:59:59', true],
      ['not when it is over', '2031-06-01', '2031-06-21T00:00', false],
      ['not who has just booked', '2031-06-17', '2031-06-20T12:00', false],
    ];
    for (const [says, askedOn, now, expected] of table)
      it(`asks ${says}`, () => {
        expect(isToBeAsked(run, askedOn, at(now))).to.equal(expected);
      });
  });

  describe('askForNames', () => {
    it('asks each booker of places without names once a day, with three quiet days between, by however many sweeps', async () => {
      const runId = await aRunWithDeadline();
      const made = await aBooking({ runId, places: 3 });
      const named = await aBooking({ runId });
      for (const day of Array.from({ length: 12 }, (_, index) => 9 + index)) {
        setClock(() => at(`2031-06-${String(day).padStart(2, '0')}T10:00`));
        await Promise.all([askForNames(), askForNames()]);
        await askForNames();
      }

      expect(await asked(made)).to.deep.equal(
        ['2031-06-10T10:00', '2031-06-14T10:00', '2031-06-18T10:00'].map((text) => at(text).getTime()),
      );
      expect(await asked(named)).to.deep.equal([]);
    });

    it('looks again as the mail is sent: not to whoever has filled them in meanwhile', async () => {
      const runId = await aRunWithDeadline();
      const [made, other] = [await aBooking({ runId, places: 2 }), await aBooking({ runId, places: 2 })];
      await tellAll();
      setClock(() => at('2031-06-10T10:00'));
      await askForNames();
      await namePlaces(systemActor, { bookingId: made.id, people: [aPerson(), aPerson()] });

      const told = (await tellAll()).filter(({ kind }) => kind === 'names-missing');

      expect(told).to.have.length(1);
      expect(told[0]?.says).to.contain('2 Plätze haben').and.to.contain('20. Juni 2031');
      expect(told[0]?.says).to.contain(`${other.token}/names`);
    });
  });

  describe('yieldUnnamed', () => {
    it('puts places without names behind those who wait, when the day is over and the run says so', async () => {
      const runId = await aRunWithDeadline({ capacity: 4, afterNames: 'wait' });
      const made = await aBooking({ runId, places: 3 });
      await namePlaces(systemActor, { bookingId: made.id, people: [aPerson()] });
      const whole = await aBooking({ runId, places: 1, participants: [] });
      const next = await aBooking({ runId, places: 2 });
      setClock(() => at('2031-06-20T23:59:59'));
      await yieldUnnamed();
      const before = await statusOf(next);
      setClock(() => at('2031-06-21T00:00'));
      await Promise.all([yieldUnnamed(), yieldUnnamed()]);
      await yieldUnnamed();

      expect([before, await statusOf(next)]).to.deep.equal(['waiting', 'confirmed']);
      const { places, participants } = await bookingById(systemActor, made.id);
      expect([places, participants.length]).to.deep.equal([1, 1]);
      const queue = (await bookingsOfRun(runId)).filter(({ status }) => status === 'waiting');
      expect(queue.map((one) => one.places)).to.deep.equal([2, 1]);
      expect(await statusOf(whole)).to.equal('waiting');
      const told = (await tellAll()).filter(({ kind }) => kind === 'names-lapsed');
      expect(told.map(({ says }) => says.includes('2 Plätze ohne Namen'))).to.have.members([true, false]);
    });

    it('leaves them where they are while nobody waits, and where the run says so', async () => {
      const [stays, waits] = [
        await aRunWithDeadline({ capacity: 2 }),
        await aRunWithDeadline({ capacity: 2, afterNames: 'wait' }),
      ];
      const kept = await aBooking({ runId: stays, places: 2 });
      await aBooking({ runId: stays });
      const alone = await aBooking({ runId: waits, places: 2 });
      setClock(() => at('2031-06-21T08:00'));
      await yieldUnnamed();

      expect([await statusOf(kept), await statusOf(alone)]).to.deep.equal(['confirmed', 'confirmed']);
    });
  });

  it('is told to whoever has places without names, and is not set in the past', async () => {
    const runId = await aRunWithDeadline({ afterNames: 'wait' });
    const { token } = await aBooking({ runId, places: 2 });
    const { mayName } = await bookingOfHolder(await holderOf(token));

    expect(mayName.until?.getTime()).to.equal(at('2031-06-21T00:00').getTime());
    expect(await refusalOf(changeRun(systemActor, { runId, namesUntilOn: '2031-04-30' }))).to.equal('names-until-past');
    setClock(() => at('2031-06-25T12:00'));
    await changeRun(systemActor, { runId, namesUntilOn: '2031-06-20', minimum: 3 });
  });
});

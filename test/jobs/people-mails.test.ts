import { expect } from 'chai';
import { bookingById, cancelBooking, holderOf, namePlaces, reduceBooking } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aPerson, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { tellAll, type Told } from '../support/told.ts';

const calendarsIn = (told: readonly Told[]) =>
  told
    .filter(({ calendar }) => /METHOD:(REQUEST|CANCEL)/.test(calendar))
    .map(({ to, calendar }) => `${to} ${/METHOD:(\w+)/.exec(calendar)?.[1]} ${/SEQUENCE:(\d+)/.exec(calendar)?.[1]}`);
const ofKind = (told: readonly Told[], kind: string) => told.filter((one) => one.kind === kind);

describe('mails when the people of a booking change', () => {
  beforeEach(freshDatabase);

  it('tell the booker who left and what stays, take those who left out of the calendar, and invite who moves up', async () => {
    const run = await aRun({ capacity: 3 });
    const [stays, leaves, next] = [aPerson(), aPerson(), aPerson()];
    const made = await aBooking({ runId: run.id, places: 3 });
    await namePlaces(systemActor, { bookingId: made.id, people: [stays, leaves] });
    await aBooking({ runId: run.id, booker: next });
    await tellAll();
    const seat = (await bookingById(systemActor, made.id)).participants.find(({ name }) => name === leaves.name);
    const places = { participantIds: [seat!.id], unnamed: 1 };
    await reduceBooking(await holderOf(made.token), { bookingId: made.id, ...places });

    const told = await tellAll();

    const [notice] = ofKind(told, 'booking-reduced');
    expect(notice?.says).to.contain('2 Plätze zurückgegeben').and.to.contain('Sie behalten einen Platz');
    expect(notice?.says).to.contain(leaves.name).and.to.contain(stays.name);
    expect(calendarsIn(told)).to.have.members([`${leaves.email} CANCEL 1`, `${next.email} REQUEST 0`]);
  });

  it('do not tell of places given back in a booking that was cancelled before the mail went out', async () => {
    const made = await aBooking({ places: 2 });
    const holder = await holderOf(made.token);
    await reduceBooking(holder, { bookingId: made.id, participantIds: [], unnamed: 1 });
    await cancelBooking(holder, { bookingId: made.id });

    expect((await tellAll()).map(({ kind }) => kind)).to.deep.equal(['booking-cancelled']);
  });
});

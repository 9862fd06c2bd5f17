import { expect } from 'chai';
import {
  bookingById,
  cancelBooking,
  holderOf,
  namePlaces,
  reduceBooking,
  splitBooking,
  transferBooking,
} from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { messagesAbout } from '../../server/modules/mail/index.ts';
import { runById } from '../../server/modules/scheduling/index.ts';
import { aBooking, aPerson, aRun, aSession } from '../support/builders.ts';
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

  it('cancel the old dates and invite to the new ones for those who are transferred, and for nobody else', async () => {
    const run = await aRun({ capacity: 3 });
    const { seminarId } = (await runById(run.id))!;
    const into = await aRun({ seminarId, sessions: [aSession({ inDays: 40 })] });
    const [stays, goes] = [aPerson(), aPerson()];
    const made = await aBooking({ runId: run.id, participants: [stays, goes] });
    await tellAll();
    const seat = (await bookingById(systemActor, made.id)).participants.find(({ name }) => name === goes.name);
    const some = { participantIds: [seat!.id], unnamed: 0 };
    const moved = await transferBooking(systemActor, { bookingId: made.id, toRunId: into.id, ...some });
    const there = await tellAll();
    const whole = { participantIds: moved.participants.map(({ id }) => id), unnamed: 0 };
    await transferBooking(systemActor, { bookingId: moved.id, toRunId: run.id, ...whole });
    const back = await tellAll();

    const [notice] = ofKind(there, 'booking-moved');
    expect(notice?.says).to.contain('in einem anderen Durchgang').and.to.contain('behalten Sie einen Platz');
    expect(notice?.says).to.contain(goes.name).and.not.to.contain(stays.name);
    expect(ofKind(there, 'invitation-cancelled')[0]?.says).to.contain('Sie nehmen an einem anderen Durchgang teil');
    expect(calendarsIn(there)).to.have.members([`${goes.email} CANCEL 1`, `${goes.email} REQUEST 0`]);
    expect(calendarsIn(back)).to.have.members([`${goes.email} CANCEL 1`, `${goes.email} REQUEST 2`]);
  });

  it('say nothing to those in a booking that is split, and remind them once', async () => {
    const [stays, goes, inCharge] = [aPerson(), aPerson(), aPerson()];
    const made = await aBooking({ participants: [stays, goes] });
    await tellAll();
    const seat = (await bookingById(systemActor, made.id)).participants.find(({ name }) => name === goes.name);
    const some = { participantIds: [seat!.id], unnamed: 0, booker: inCharge };
    const part = await splitBooking(systemActor, { bookingId: made.id, ...some });

    const told = await tellAll();
    const waiting = [...(await messagesAbout(made.id)), ...(await messagesAbout(part.id))].filter(
      ({ kind, state }) => kind === 'reminder' && state === 'due',
    );

    expect(told.map(({ kind }) => kind)).to.deep.equal(['booking-split', 'booking-split']);
    expect(told.find(({ to }) => to === inCharge.email)?.says)
      .to.contain(part.token)
      .and.to.contain(goes.name);
    expect(told.find(({ to }) => to !== inCharge.email)?.says).not.to.contain(part.token);
    expect(waiting).to.have.length(4);
  });
});

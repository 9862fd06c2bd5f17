import { expect } from 'chai';
import {
  bookingOfHolder,
  cancelBooking,
  changeCapacity,
  holderOf,
  substituteParticipant,
  type BookPlacesOutcome,
} from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { changeSession } from '../../server/modules/scheduling/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aPerson, aRun, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { tellAll, type Told } from '../support/told.ts';

const link = 'https://meet.example.org/geheim';

const cancel = async ({ id, token }: BookPlacesOutcome) => cancelBooking(await holderOf(token), { bookingId: id });

describe('composeMail', () => {
  beforeEach(freshDatabase);

  it('gives the link of an online room to those who sit there, and to nobody who waits or has left', async () => {
    const run = await aRun({ capacity: 1, sessions: [aSession({ location: link })] });
    const sitting = await aBooking({ runId: run.id });
    await aBooking({ runId: run.id });

    const atFirst = await tellAll();
    await cancel(sitting);
    const afterwards = await tellAll();

    const knows = (told: Told[]) =>
      told.map(({ kind, says, calendar }) => `${kind} ${(says + calendar).includes(link)}`);
    expect(knows(atFirst)).to.have.members(['booking-confirmed true', 'invitation true', 'waiting-list-joined false']);
    expect(
      afterwards.filter(({ kind }) => kind === 'booking-cancelled').map(({ says }) => says.includes(link)),
    ).to.deep.equal([false]);
    expect(
      afterwards.filter(({ kind }) => kind === 'invitation-cancelled').map(({ says }) => says.includes(link)),
    ).to.deep.equal([false]);
    expect(afterwards.filter(({ kind }) => kind === 'promoted').map(({ says }) => says.includes(link))).to.deep.equal([
      true,
    ]);
  });

  it('sends nothing that is no longer true: who cancels before the mail went out is not invited', async () => {
    const run = await aRun();
    await cancel(await aBooking({ runId: run.id }));

    expect((await tellAll()).map(({ kind }) => kind)).to.deep.equal(['booking-cancelled']);
  });

  it('takes a session out of the calendar of who is replaced, and invites who comes, also in a full run', async () => {
    const run = await aRun({ capacity: 1 });
    const [leaver, comes] = [aPerson(), aPerson()];
    const booking = await aBooking({ runId: run.id, participants: [leaver] });
    const [invited] = (await tellAll()).filter(({ kind }) => kind === 'invitation');
    const holder = await holderOf(booking.token);
    const [participant] = (await bookingOfHolder(holder)).booking.participants;
    await substituteParticipant(holder, { bookingId: booking.id, participantId: participant!.id, person: comes });

    const told = (await tellAll()).filter(({ calendar }) => calendar !== '');

    const said = told.map(({ to, calendar }) => `${to} ${/METHOD:(\w+)/.exec(calendar)?.[1]}`);
    expect(said).to.have.members([`${leaver.email} CANCEL`, `${comes.email} REQUEST`]);
    const cancelled = told.find(({ to }) => to === leaver.email);
    expect(cancelled?.calendar)
      .to.contain(/UID:.*/.exec(invited?.calendar ?? '')?.[0])
      .and.contain('SEQUENCE:1');
    expect(cancelled?.says).to.contain('Für Sie nimmt jetzt eine andere Person teil.');
  });

  it('invites again after a cancellation under the same UID and a higher SEQUENCE', async () => {
    const run = await aRun();
    const booker = aPerson();
    const first = await aBooking({ runId: run.id, booker });
    const told = await tellAll();
    await cancel(first);
    told.push(...(await tellAll()));
    await aBooking({ runId: run.id, booker });
    told.push(...(await tellAll()));

    const iTip = told
      .filter(({ calendar }) => /METHOD:(REQUEST|CANCEL)/.test(calendar))
      .map(({ calendar }) => calendar);
    expect(iTip.map((ics) => /METHOD:(\w+)/.exec(ics)?.[1])).to.deep.equal(['REQUEST', 'CANCEL', 'REQUEST']);
    expect(iTip.map((ics) => /SEQUENCE:(\d+)/.exec(ics)?.[1])).to.deep.equal(['0', '1', '2']);
    expect(new Set(iTip.map((ics) => /UID:(\S+)/.exec(ics)?.[1])).size).to.equal(1);
  });

  it('says nothing when a session moves there and back before anybody was told', async () => {
    const session = aSession();
    const run = await aRun({ sessions: [session] });
    await aBooking({ runId: run.id });
    await tellAll();
    const sessionId = run.sessions[0]?.id ?? '';
    await changeSession(systemActor, sessionId, { location: 'Anderswo' });
    await changeSession(systemActor, sessionId, { location: session.location });

    expect(await tellAll()).to.deep.equal([]);
  });

  it('reminds at the time of the session as it stands now, and misses what would come too late', async () => {
    const session = aSession({ inDays: 20 });
    const run = await aRun({ sessions: [session] });
    await aBooking({ runId: run.id });
    await tellAll();
    const at = async (instant: Date) => {
      const restore = setClock(() => instant);
      try {
        return (await tellAll()).map(({ kind }) => kind);
      } finally {
        restore();
      }
    };
    const before = (hours: number) => new Date(session.startsAt.getTime() - hours * 3_600_000);

    expect(await at(before(7 * 24 + 1))).to.deep.equal([]);
    expect(await at(before(7 * 24 - 1))).to.deep.equal(['reminder']);
    expect(await at(before(1.5))).to.deep.equal([]);
  });

  it('tells trainers of their sessions, of every move, and that they are released', async () => {
    const { person } = await aTrainer();
    const run = await aRun({ sessions: [aSession({ trainers: [person.id] })] });
    const told = await tellAll();
    await changeSession(systemActor, run.sessions[0]?.id ?? '', { location: 'Anderswo' });
    told.push(...(await tellAll()));
    await changeSession(systemActor, run.sessions[0]?.id ?? '', { trainers: [] });
    told.push(...(await tellAll()));

    expect(told.map(({ kind, to }) => `${kind} ${to === person.email}`)).to.deep.equal([
      'trainer-assigned true',
      'invitation-updated true',
      'trainer-released true',
    ]);
    expect(told.map(({ calendar }) => /METHOD:(\w+)/.exec(calendar)?.[1])).to.deep.equal([
      'REQUEST',
      'REQUEST',
      'CANCEL',
    ]);
  });

  it('tells whoever moves up that there is a place now, in a seminar with a name and a date', async () => {
    const run = await aRun({ capacity: 1 });
    await aBooking({ runId: run.id });
    const waiting = aPerson();
    await aBooking({ runId: run.id, booker: waiting });
    await tellAll();
    await changeCapacity(systemActor, { runId: run.id, capacity: 2 });

    const promoted = (await tellAll()).find(({ kind }) => kind === 'promoted');
    expect(promoted?.to).to.equal(waiting.email);
    expect(promoted?.says)
      .to.contain('Interkulturelle Kompetenz für den Alltag im Amt')
      .and.to.match(/ 20\d\d/);
  });
});

import { expect } from 'chai';
import {
  askForNames,
  bookingById,
  changeRun,
  holderOf,
  namePlaces,
  placesOfRuns,
  reduceBooking,
  sendDetailsLinks,
  substituteParticipant,
  yieldUnnamed,
} from '../../../server/modules/booking/index.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { expectPromises, leftIn, refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aPerson, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';
import { tellAll } from '../../support/told.ts';

const at = (text: string) => new Date(`${text}Z`);

/** A run on 1 July 2031 that takes groups without names, and wants the names of everybody else until 20 June. */
async function aRunForGroups(capacity = 40) {
  setClock(() => at('2031-05-01T12:00'));
  const session = aSession({ startsAt: at('2031-07-01T07:00'), endsAt: at('2031-07-01T14:00') });
  const { id } = await aRun({ capacity, sessions: [session] });
  await changeRun(systemActor, { runId: id, groups: 'head-count', namesUntilOn: '2031-06-20', afterNames: 'wait' });
  return id;
}

describe('a group that comes by the number of heads', () => {
  beforeEach(freshDatabase);
  afterEach(async () => {
    await expectPromises();
    setClock(() => new Date());
  });

  it('has a name, a number, and somebody who comes along and is invited', async () => {
    const runId = await aRunForGroups();
    const teacher = aPerson();
    const made = await aBooking({ runId, group: 'Klasse 8b', places: 25, participants: [teacher] });
    const own = await aBooking({ runId, group: 'Klasse 9a', places: 15 });
    const told = await tellAll();

    const booking = await bookingById(systemActor, made.id);
    expect([booking.group, booking.places, booking.participants.map(({ name }) => name)]).to.deep.equal([
      'Klasse 8b',
      25,
      [teacher.name],
    ]);
    expect((await bookingById(systemActor, own.id)).participants).to.have.length(1);
    expect(await leftIn(runId)).to.equal(0);
    expect(told.filter(({ kind, to }) => kind === 'invitation' && to === teacher.email)).to.have.length(1);
    const [confirmation] = told.filter(({ kind, says }) => kind === 'booking-confirmed' && says.includes('8b'));
    expect(confirmation?.says).to.contain('Klasse 8b, 24 Personen').and.not.to.contain('fehlen noch');
  });

  it('is asked for no names, and keeps its places when the day for names is over', async () => {
    const runId = await aRunForGroups(27);
    const made = await aBooking({ runId, group: 'Klasse 8b', places: 25 });
    const others = await aBooking({ runId, places: 2, participants: [] });
    const next = await aBooking({ runId, places: 2, participants: [] });
    setClock(() => at('2031-06-15T10:00'));
    await askForNames();
    setClock(() => at('2031-06-21T10:00'));
    await yieldUnnamed();

    const asked = async ({ id }: { id: string }) =>
      (await messagesAbout(id)).filter(({ kind }) => kind === 'names-missing').length;
    expect([await asked(made), await asked(others)]).to.deep.equal([0, 1]);
    const states = [];
    for (const { id } of [made, others, next]) states.push((await bookingById(systemActor, id)).status);
    expect(states).to.deep.equal(['confirmed', 'waiting', 'confirmed']);
    expect((await bookingById(systemActor, made.id)).places).to.equal(25);
  });

  it('takes no names and sends no links, but swaps who comes along and gives places back', async () => {
    const runId = await aRunForGroups();
    const made = await aBooking({ runId, group: 'Klasse 8b', places: 25 });
    const holder = await holderOf(made.token);
    const [companion] = (await bookingById(systemActor, made.id)).participants;
    const refused = [
      await refusalOf(namePlaces(holder, { bookingId: made.id, people: [aPerson()] })),
      await refusalOf(sendDetailsLinks(holder, { bookingId: made.id, emails: ['anna@example.org'] })),
    ];
    const person = aPerson();
    await substituteParticipant(holder, { bookingId: made.id, participantId: companion!.id, person });
    const after = await reduceBooking(holder, { bookingId: made.id, participantIds: [], unnamed: 4 });

    expect(refused).to.deep.equal(['group-has-no-names', 'group-has-no-names']);
    expect([after.places, after.participants.map(({ name }) => name)]).to.deep.equal([21, [person.name]]);
    expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 21 });
  });

  it('is taken only where the run says so, with two places and one who comes along', async () => {
    const runId = await aRunForGroups();
    const { id: elsewhere } = await aRun();
    const refused = [
      await refusalOf(aBooking({ runId: elsewhere, group: 'Klasse 8b', places: 5 })),
      await refusalOf(aBooking({ runId, group: 'Klasse 8b' })),
      await refusalOf(aBooking({ runId, group: 'Klasse 8b', places: 5, participants: [aPerson(), aPerson()] })),
      await refusalOf(aBooking({ runId, group: 'Klasse 8b', places: 5, participants: [] })),
    ];

    expect(refused).to.deep.equal(['group-needs-names', ...Array(3).fill('group-needs-companion')]);
  });
});

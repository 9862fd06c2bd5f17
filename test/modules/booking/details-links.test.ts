import { expect } from 'chai';
import {
  bookingById,
  cancelBooking,
  changeRun,
  detailsAsked,
  fillInDetails,
  holderOf,
  namePlaces,
  reduceBooking,
  sendDetailsLinkAgain,
  sendDetailsLinks,
  splitBooking,
  takeDetailsLinkBack,
  transferBooking,
  type Booking,
} from '../../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { expectPromises, refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aPerson, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';
import { tellAll } from '../../support/told.ts';

const [anna, bert, cem] = ['anna@example.org', 'bert@example.org', 'cem@example.org'];

/** A booking of places without names for which these people were sent links. */
async function asked(places: number, emails: readonly string[], wanted: { runId?: string } = {}) {
  const made = await aBooking({ ...wanted, places });
  const holder = await holderOf(made.token);
  const booking = await sendDetailsLinks(holder, { bookingId: made.id, emails });
  const tokens = (booking.detailsLinks ?? []).map(({ token }) => token);
  return { made, holder, booking, tokens };
}

const now = async ({ id }: { id: string }) => bookingById(systemActor, id);
const openOf = async (made: { id: string }) => ((await now(made)).detailsLinks ?? []).map(({ email }) => email);
const stateOf = async (token = '') => (await detailsAsked(token)).state;
const linkTo = ({ detailsLinks = [] }: Booking, address: string) =>
  detailsLinks.find(({ email }) => email === address)!.id;

describe('the links by which people say themselves who they are', () => {
  let restore = () => {};
  beforeEach(freshDatabase);
  afterEach(async () => {
    restore();
    restore = () => {};
    await expectPromises();
  });

  it('seat somebody as if the booker had named them: invited, reminded, in their own language, with their needs', async () => {
    const { made, tokens } = await asked(2, [anna]);
    const person = { name: 'Anna Probe', email: 'anna.privat@example.org', language: 'en' as const };
    const before = (await now(made)).participants.length;
    const after = await fillInDetails(tokens[0]!, { ...person, access: { note: 'Front row, please.' } });
    const told = await tellAll();

    expect(before).to.equal(0);
    expect(after.participants.map(({ name, email }) => [name, email])).to.deep.equal([[person.name, person.email]]);
    const kinds = (await messagesAbout(made.id))
      .filter(({ to }) => 'participantId' in to && to.participantId === after.participants[0]!.id)
      .map(({ kind }) => kind);
    expect(kinds).to.have.members(['invitation', 'reminder', 'reminder']);
    expect(told.find(({ kind }) => kind === 'invitation')).to.include({ to: person.email });
    expect(told.find(({ kind }) => kind === 'invitation')?.says)
      .to.contain('Anna Probe')
      .and.to.contain('Invitation');
    expect(await openOf(made)).to.deep.equal([]);
  });

  it('go by mail to the address alone, again when asked for, and not once they are of no use', async () => {
    const { made, holder, booking } = await asked(3, [anna, bert]);
    const linkId = linkTo(booking, bert);
    await namePlaces(holder, { bookingId: made.id, people: [{ name: 'Anna Probe', email: anna }] });
    const first = (await tellAll()).filter(({ kind }) => kind === 'details-asked');
    await sendDetailsLinkAgain(holder, { bookingId: made.id, linkId });
    const [again] = await tellAll();
    for (let times = 2; times < 5; times += 1) await sendDetailsLinkAgain(holder, { bookingId: made.id, linkId });

    expect(first.map(({ to }) => to)).to.deep.equal([bert]);
    expect(first[0]?.says).to.contain('/details/').and.not.to.contain(made.token);
    expect(again).to.include({ kind: 'details-asked', to: bert });
    expect(again?.says).to.contain('Noch einmal');
    expect(await refusalOf(sendDetailsLinkAgain(holder, { bookingId: made.id, linkId }))).to.equal('link-sent-often');
  });

  it('open one place each, once', async () => {
    const { tokens } = await asked(2, [anna, bert]);
    const fill = (token: string, name: string) => fillInDetails(token, { name, email: anna });
    await fill(tokens[0]!, 'Anna Probe');

    expect([await stateOf(tokens[0]), await stateOf(tokens[1])]).to.deep.equal(['used', 'open']);
    expect(await refusalOf(fill(tokens[0]!, 'Bert Probe'))).to.equal('details-link-used');
    expect(await refusalOf(fill(tokens[1]!, ' anna  PROBE'))).to.equal('sits-there-already');
    expect((await fill(tokens[1]!, 'Bert Probe')).participants).to.have.length(2);
  });

  it('are not sent to more addresses than there are places, nor twice to one, nor to no end', async () => {
    const { made, holder, booking } = await asked(2, [anna]);
    const send = (...emails: string[]) => sendDetailsLinks(holder, { bookingId: made.id, emails });
    const refused = [
      await refusalOf(send(bert, cem)),
      await refusalOf(send(anna.toUpperCase().replace('EXAMPLE.ORG', 'example.org'))),
      await refusalOf(sendDetailsLinks(anyone, { bookingId: made.id, emails: [bert] })),
    ];
    await takeDetailsLinkBack(holder, { bookingId: made.id, linkId: linkTo(booking, anna) });
    for (let times = 1; times < 14; times += 1) {
      const { detailsLinks } = await send(cem);
      await takeDetailsLinkBack(holder, { bookingId: made.id, linkId: detailsLinks![0]!.id });
    }
    await namePlaces(holder, { bookingId: made.id, people: [aPerson()] });

    expect(refused).to.deep.equal(['more-links-than-places', 'link-sent-already', 'not-found']);
    expect(await refusalOf(send(cem))).to.equal('too-many-links');
    await namePlaces(holder, { bookingId: made.id, people: [aPerson()] });
    expect(await refusalOf(send(cem))).to.equal('places-without-people');
  });

  it('end with their places, the last sent first, however these go: named, given back, taken back, cancelled', async () => {
    const { made, holder, tokens } = await asked(5, [anna, bert, cem]);
    const open: string[][] = [];
    const look = async () => open.push(await openOf(made));
    await namePlaces(holder, { bookingId: made.id, people: [aPerson(), { name: 'Bert', email: bert }] });
    await look();
    await namePlaces(holder, { bookingId: made.id, people: [aPerson()] });
    await look();
    await reduceBooking(holder, { bookingId: made.id, participantIds: [], unnamed: 1 });
    await look();
    await cancelBooking(holder, { bookingId: made.id });

    expect(open).to.deep.equal([[anna, cem], [anna, cem], [anna]]);
    for (const token of tokens) {
      expect(await stateOf(token)).to.equal('withdrawn');
      expect(await refusalOf(fillInDetails(token, aPerson()))).to.equal('details-link-withdrawn');
    }
    expect((await now(made)).participants).to.have.length(3);
  });

  it('stay with the booking that is split, and end when their place goes to another run', async () => {
    const seminarId = await aSeminar();
    const { id: runId } = await aRun({ seminarId });
    const { id: toRunId } = await aRun({ seminarId, sessions: [aSession({ inDays: 40 })] });
    const { made, holder, tokens } = await asked(4, [anna, bert], { runId });
    const part = await splitBooking(holder, { bookingId: made.id, participantIds: [], unnamed: 1 });
    const afterSplit = await openOf(made);
    await transferBooking(holder, { bookingId: made.id, toRunId, participantIds: [], unnamed: 2 });
    const afterSome = await openOf(made);
    await transferBooking(holder, { bookingId: made.id, toRunId, participantIds: [], unnamed: 1 });

    expect([await openOf(part), afterSplit, afterSome]).to.deep.equal([[], [anna, bert], [anna]]);
    expect([await stateOf(tokens[0]), await stateOf(tokens[1])]).to.deep.equal(['withdrawn', 'withdrawn']);
  });

  it('wait with their booking: whoever filled them in is invited when its turn comes', async () => {
    const { id: runId } = await aRun({ capacity: 2 });
    const sits = await aBooking({ runId, places: 2 });
    const { made, tokens } = await asked(2, [anna], { runId });
    await fillInDetails(tokens[0]!, { name: 'Anna Probe', email: anna });
    const waiting = await tellAll();
    await cancelBooking(systemActor, { bookingId: sits.id });

    expect(waiting.filter(({ kind }) => kind === 'invitation')).to.deep.equal([]);
    expect(waiting.find(({ kind }) => kind === 'details-asked')).to.equal(undefined);
    expect((await now(made)).status).to.equal('confirmed');
    expect((await tellAll()).filter(({ kind }) => kind === 'invitation').map(({ to }) => to)).to.deep.equal([anna]);
  });

  it('close with the last day for names, and with the day from which nobody is swapped, to the second', async () => {
    const session = { startsAt: new Date('2031-07-01T07:00:00Z'), endsAt: new Date('2031-07-01T14:00:00Z') };
    const { id: runId } = await aRun({ sessions: [aSession(session)], substituteUntilOn: '2031-06-25' });
    const { made, holder, tokens } = await asked(3, [anna, bert], { runId });
    restore = setClock(() => new Date('2031-06-25T21:59:59Z'));
    await fillInDetails(tokens[0]!, { name: 'Anna Probe', email: anna });
    setClock(() => new Date('2031-06-25T22:00:00Z'));
    const frozen = await stateOf(tokens[1]);
    setClock(() => new Date('2031-06-01T12:00:00Z'));
    await changeRun(systemActor, { runId, namesUntilOn: '2031-06-20' });
    setClock(() => new Date('2031-06-20T21:59:59Z'));
    const lastSecond = await stateOf(tokens[1]);
    setClock(() => new Date('2031-06-20T22:00:00Z'));

    expect([frozen, lastSecond, await stateOf(tokens[1])]).to.deep.equal(['over', 'open', 'over']);
    expect(await refusalOf(fillInDetails(tokens[1]!, aPerson()))).to.equal('details-closed');
    expect(await refusalOf(sendDetailsLinks(holder, { bookingId: made.id, emails: [cem] }))).to.equal('details-closed');
  });

  it('give a place to exactly one when the booker names it while somebody fills in', async () => {
    const rounds = 4;
    for (let round = 0; round < rounds; round += 1) {
      const { made, holder, tokens } = await asked(2, [anna]);
      await namePlaces(holder, { bookingId: made.id, people: [aPerson()] });
      const [mine, theirs] = [aPerson(), aPerson()];
      const named = () => namePlaces(holder, { bookingId: made.id, people: [mine] });
      const filled = () => fillInDetails(tokens[0]!, theirs);
      const outcomes = await Promise.allSettled(round % 2 === 0 ? [named(), filled()] : [filled(), named()]);

      const { participants } = await now(made);
      expect(outcomes.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      const isNamed = (winner === 0) === (round % 2 === 0);
      expect(participants[1]?.name).to.equal(isNamed ? mine.name : theirs.name);
    }
  });
});

import { expect } from 'chai';
import {
  bookingById,
  bookPlaces,
  cancelBooking,
  holderOf,
  namePlaces,
  placesOfRuns,
  reduceBooking,
  substituteParticipant,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aCoordinator, aPerson, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

const bookingOf = async ({ id }: BookPlacesOutcome) => bookingById(systemActor, id);
const namesOf = async (made: BookPlacesOutcome) => (await bookingOf(made)).participants.map(({ name }) => name);

/** The kinds of mails to one participant that are still to come or were sent. */
async function toldTo(bookingId: string, participantId: string): Promise<string[]> {
  const messages = await messagesAbout(bookingId);
  return messages
    .filter(({ to, state }) => 'participantId' in to && to.participantId === participantId && state !== 'withdrawn')
    .map(({ kind }) => kind)
    .toSorted();
}

/** A booking of places without names, as its holder sees it. */
async function unnamed(places: number, wanted: { runId?: string } = {}) {
  const made = await aBooking({ ...wanted, places });
  return { made, holder: await holderOf(made.token) };
}

describe('the people of a booking', () => {
  let restore = () => {};
  beforeEach(freshDatabase);
  afterEach(async () => {
    restore();
    restore = () => {};
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });

  describe('namePlaces', () => {
    it('seats people in places without a name, and invites and reminds them', async () => {
      const { made, holder } = await unnamed(3);
      const people = [aPerson(), aPerson()];

      const after = await namePlaces(holder, { bookingId: made.id, people });

      expect(after.participants.map(({ name }) => name)).to.deep.equal(people.map(({ name }) => name));
      expect(after.places).to.equal(3);
      for (const { id } of after.participants)
        expect(await toldTo(made.id, id)).to.deep.equal(['invitation', 'reminder', 'reminder']);
    });

    it('invites nobody while the booking waits, and all of them when its turn comes', async () => {
      const { id: runId } = await aRun({ capacity: 2 });
      const first = await aBooking({ runId, places: 2 });
      const { made, holder } = await unnamed(2, { runId });
      await namePlaces(holder, { bookingId: made.id, people: [aPerson(), aPerson()] });
      const [one] = (await bookingOf(made)).participants;
      const before = await toldTo(made.id, one!.id);

      await cancelBooking(await holderOf(first.token), { bookingId: first.id });

      expect(before).to.deep.equal([]);
      expect(await toldTo(made.id, one!.id)).to.include('invitation');
    });

    it('names all or nobody, a list sent twice once, and nobody twice in one list', async () => {
      const { made, holder } = await unnamed(2);
      const [one, two, three] = [aPerson(), aPerson(), aPerson()];
      const name = (...people: (typeof one)[]) => namePlaces(holder, { bookingId: made.id, people });
      const tooMany = await refusalOf(name(one, two, three));
      const twice = await refusalOf(name(one, { ...one, name: `  ${one.name.toUpperCase()} ` }));
      await name(one, two);
      await name(one, two);

      expect([tooMany, twice]).to.deep.equal(['fewer-places-than-participants', 'same-person-twice']);
      expect(await namesOf(made)).to.deep.equal([one.name, two.name]);
    });

    it('takes no second place for whoever sits in the run already, and tells only them', async () => {
      const { id: runId } = await aRun({ capacity: 3 });
      const there = aPerson();
      await aBooking({ runId, booker: there });
      const { made, holder } = await unnamed(2, { runId });

      const after = await namePlaces(holder, { bookingId: made.id, people: [there] });

      expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 2, left: 1 });
      expect(await toldTo(made.id, after.participants[0]!.id)).to.deep.equal(['already-booked']);
    });

    it('gives the same place to one of two lists that arrive at once', async () => {
      const { made, holder } = await unnamed(1, { runId: (await aRun()).id });
      const { made: group, holder: groupHolder } = await unnamed(3);
      const lists = [
        [aPerson(), aPerson()],
        [aPerson(), aPerson()],
        [aPerson(), aPerson()],
      ];

      const outcomes = await Promise.allSettled(
        lists.map((people) => namePlaces(groupHolder, { bookingId: group.id, people })),
      );

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect((await bookingOf(group)).participants).to.have.length(2);
      expect(await refusalOf(namePlaces(holder, { bookingId: made.id, people: [aPerson()] }))).to.equal(
        'fewer-places-than-participants',
      );
    });

    it('ends with the run, and is for those who hold the link or plan it', async () => {
      const { made, holder } = await unnamed(2);
      const other = await holderOf((await aBooking()).token);
      const act = (actor: Parameters<typeof namePlaces>[0]) =>
        namePlaces(actor, { bookingId: made.id, people: [aPerson()] });
      const refused = [
        await refusalOf(act(other)),
        await refusalOf(act(anyone)),
        await refusalOf(act((await aCoordinator({ provider: 'amfn' })).actor)),
      ];
      const begun = new Date(aSession().startsAt.getTime() + 1_000);
      restore = setClock(() => begun);

      expect(refused).to.deep.equal(['not-found', 'not-found', 'not-found']);
      expect(await refusalOf(act(holder))).to.equal('people-fixed');
      expect((await act((await aCoordinator()).actor)).participants).to.have.length(1);
    });
  });

  describe('reduceBooking', () => {
    it('gives places to whoever waits, in one act, and takes those who leave out of their calendars', async () => {
      const { id: runId } = await aRun({ capacity: 4 });
      const { made, holder } = await unnamed(4, { runId });
      await namePlaces(holder, { bookingId: made.id, people: [aPerson(), aPerson()] });
      const [stays, leaves] = (await bookingOf(made)).participants;
      const next = await aBooking({ runId, places: 2 });

      const reduction = { bookingId: made.id, participantIds: [leaves!.id], unnamed: 1 };
      const after = await reduceBooking(holder, reduction);

      expect([after.places, after.participants.map(({ id }) => id)]).to.deep.equal([2, [stays!.id]]);
      expect((await bookingOf(next)).status).to.equal('confirmed');
      expect(await toldTo(made.id, leaves!.id)).to.deep.equal(['invitation-cancelled']);
      expect(await toldTo(made.id, stays!.id))
        .to.include('invitation')
        .and.not.include('invitation-cancelled');
      expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 4, waiting: 0 });
      expect(await refusalOf(reduceBooking(holder, reduction))).to.equal('not-some-of-them');
      const mails = (await messagesAbout(made.id)).filter(({ kind }) => kind === 'booking-reduced');
      expect(mails.map(({ to, facts }) => ({ to, facts }))).to.deep.equal([
        { to: { bookingId: made.id }, facts: { left: [leaves!.id], gaveBack: 2, places: 2 } },
      ]);
    });

    it('keeps its turn when it waits for fewer places, and gets them when they are free', async () => {
      const { id: runId } = await aRun({ capacity: 3 });
      await aBooking({ runId, places: 2 });
      const { made, holder } = await unnamed(3, { runId });
      const behind = await aBooking({ runId });

      const waitsFor = await reduceBooking(holder, { bookingId: made.id, participantIds: [], unnamed: 1 });
      await reduceBooking(holder, { bookingId: made.id, participantIds: [], unnamed: 1 });

      expect(waitsFor).to.include({ status: 'waiting', places: 2 });
      expect((await bookingOf(made)).status).to.equal('confirmed');
      expect((await bookingOf(behind)).status).to.equal('waiting');
    });

    it('gives back some, neither none nor all, and not after the deadline for cancelling', async () => {
      const session = { startsAt: new Date('2030-06-03T07:00:00Z'), endsAt: new Date('2030-06-03T14:00:00Z') };
      const { id: runId } = await aRun({ sessions: [aSession(session)], cancellationHours: 48 });
      const { made, holder } = await unnamed(2, { runId });
      const give = (unnamedPlaces: number, participantIds: string[] = []) =>
        refusalOf(reduceBooking(holder, { bookingId: made.id, participantIds, unnamed: unnamedPlaces }));
      const refused = [await give(0), await give(2), await give(0, ['f'.repeat(24)])];
      restore = setClock(() => new Date('2030-06-01T07:00:00Z'));

      expect(refused).to.deep.equal(['not-some-of-them', 'not-some-of-them', 'not-some-of-them']);
      expect(await give(1)).to.equal('cancellation-closed');
    });

    it('gives a place back once of two who ask at once', async () => {
      const { made, holder } = await unnamed(2);
      const reduction = { bookingId: made.id, participantIds: [], unnamed: 1 };

      const outcomes = await Promise.allSettled([reduceBooking(holder, reduction), reduceBooking(holder, reduction)]);

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect((await bookingOf(made)).places).to.equal(1);
    });
  });

  describe('substituteParticipant', () => {
    it('swaps the person in a full run: the old one is cancelled in the calendar, the new one invited and reminded', async () => {
      const { id: runId } = await aRun({ capacity: 1 });
      const [old, next] = [aPerson(), aPerson()];
      const made = await aBooking({ runId, booker: old });
      await aBooking({ runId });
      const holder = await holderOf(made.token);
      const [leaver] = (await bookingOf(made)).participants;

      const after = await substituteParticipant(holder, {
        bookingId: made.id,
        participantId: leaver!.id,
        person: next,
      });

      expect([after.status, after.participants.map(({ name }) => name)]).to.deep.equal(['confirmed', [next.name]]);
      expect(await toldTo(made.id, leaver!.id)).to.deep.equal(['invitation-cancelled']);
      expect(await toldTo(made.id, after.participants[0]!.id)).to.deep.equal(['invitation', 'reminder', 'reminder']);
      expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 1, waiting: 1 });
    });

    it('lets the same person come back, and be seated elsewhere meanwhile', async () => {
      const { id: runId } = await aRun({ capacity: 3 });
      const [one, two] = [aPerson(), aPerson()];
      const made = await aBooking({ runId, booker: one });
      const holder = await holderOf(made.token);
      const swap = async (person: typeof one) =>
        substituteParticipant(holder, {
          bookingId: made.id,
          participantId: (await bookingOf(made)).participants[0]!.id,
          person,
        });
      await swap(two);
      const again = await aBooking({ runId, booker: one });
      const back = await swap(one);

      expect((await bookingOf(again)).participants[0]).to.not.have.property('sitsElsewhere');
      expect(back.participants[0]).to.include({ sitsElsewhere: true });
      expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 1 });
    });

    it('needs a free place where the one who leaves took none', async () => {
      const { id: runId } = await aRun({ capacity: 2 });
      const there = aPerson();
      await aBooking({ runId, booker: there });
      const made = await bookPlaces(anyone, { runId, booker: aPerson(), participants: [there] });
      const full = await aBooking({ runId });
      const [shadow] = (await bookingOf(made)).participants;
      const swap = () =>
        holderOf(made.token).then((holder) =>
          substituteParticipant(holder, { bookingId: made.id, participantId: shadow!.id, person: aPerson() }),
        );
      const refused = await refusalOf(swap());
      await cancelBooking(systemActor, { bookingId: full.id });

      expect(refused).to.equal('no-place-for-person');
      await swap();
      expect((await placesOfRuns([runId])).get(runId)).to.include({ held: 2, left: 0 });
    });

    it('closes with the last day that the run names, to the second, for everybody but its coordinator', async () => {
      const session = { startsAt: new Date('2030-06-03T07:00:00Z'), endsAt: new Date('2030-06-03T14:00:00Z') };
      const { id: runId } = await aRun({ sessions: [aSession(session)], substituteUntilOn: '2030-05-17' });
      const made = await aBooking({ runId });
      const holder = await holderOf(made.token);
      const { actor } = await aCoordinator();
      const swap = async (who: Parameters<typeof substituteParticipant>[0]) =>
        substituteParticipant(who, {
          bookingId: made.id,
          participantId: (await bookingOf(made)).participants[0]!.id,
          person: aPerson(),
        });
      restore = setClock(() => new Date('2030-05-17T21:59:59Z'));
      await swap(holder);
      restore();
      restore = setClock(() => new Date('2030-05-17T22:00:00Z'));

      expect(await refusalOf(swap(holder))).to.equal('substitution-closed');
      expect((await swap(actor)).participants).to.have.length(1);
    });
  });
});

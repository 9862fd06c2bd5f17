import { expect } from 'chai';
import mongoose from 'mongoose';
import { relayEvents } from '../../../jobs/relay-events.ts';
import { bookPlaces, listRuns, publishRun, queueOfRun } from '../../../server/modules/booking/index.ts';
import {
  acceptInvitation,
  closeInterestList,
  collectInterest,
  confirmInterest,
  giveDates,
  interestListToPlan,
  interestOfHolder,
  interestToTell,
  noteInterest,
  openAnsweredRuns,
  withdrawInterest,
} from '../../../server/modules/demand/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { aCoordinator, anInterest, aDraft, aPerson, aProvider, aSeminar } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

describe('interest in a seminar without a date', () => {
  let seminarId: string;
  beforeEach(async () => {
    await freshDatabase();
    seminarId = await aSeminar();
  });

  const collect = (answer: 'book' | 'ask') =>
    collectInterest(systemActor, { seminar: seminarId, answer, answerDays: 7 });
  const interestsOf = async (listId: string) => (await interestListToPlan(systemActor, listId)).interests;
  const messages = async (kind: string) =>
    (await mongoose.connection.db?.collection('messages').find({ kind }).toArray()) ?? [];

  /** People note interest one after the other; then a closed draft is given to the list and published. */
  async function dated(listId: string, places: readonly number[], capacity = 12) {
    const people = places.map(() => aPerson());
    for (const [index, person] of people.entries())
      await anInterest(seminarId, { ...person, places: places[index] ?? 1 });
    const run = await aDraft({ seminarId, capacity, access: 'closed' });
    await giveDates(systemActor, { listId, runId: run.id });
    await publishRun(systemActor, run.id);
    await relayEvents();
    return { runId: run.id, people };
  }

  it('books those who asked in their order, those who do not fit wait, and then everybody may book', async () => {
    const listId = await collect('book');
    const { runId, people } = await dated(listId, [1, 2, 1, 1], 4);
    const queue = await queueOfRun(systemActor, runId);

    expect(queue.map(({ booker, status, places }) => [booker.email, status, places])).to.deep.equal([
      [people[0]?.email, 'confirmed', 1],
      [people[1]?.email, 'confirmed', 2],
      [people[2]?.email, 'confirmed', 1],
      [people[3]?.email, 'waiting', 1],
    ]);
    expect((await interestsOf(listId)).map(({ status }) => status)).to.deep.equal(Array(4).fill('booked'));
    expect((await listRuns({})).items.map(({ run }) => run.id)).to.deep.equal([runId]);
  });

  it('books many people page by page, each of them once, however often it is told', async () => {
    const listId = await collect('book');
    const { runId } = await dated(listId, Array(24).fill(1), 21);
    await relayEvents();
    const queue = await queueOfRun(systemActor, runId);

    expect(queue.filter(({ status }) => status === 'confirmed')).to.have.lengthOf(21);
    expect(queue.filter(({ status }) => status === 'waiting')).to.have.lengthOf(3);
    expect(queue.map(({ number }) => number).toSorted((one, other) => one - other)).to.deep.equal(
      Array.from({ length: 24 }, (_, index) => index + 1),
    );
  }).timeout(180_000);

  it('lets nobody else book before those who asked have answered', async () => {
    const listId = await collect('ask');
    const { runId } = await dated(listId, [1, 1]);
    const refusal = await bookPlaces(anyone, { runId, booker: aPerson() }).catch((error: unknown) => error);
    const [first, second] = await interestsOf(listId);

    expect(refusal).to.have.property('code', 'not-found');
    expect((await listRuns({})).items).to.deep.equal([]);
    expect(await messages('interest-invited')).to.have.lengthOf(2);

    await acceptInvitation(first?.token ?? '');
    await withdrawInterest(second?.token ?? '');
    await acceptInvitation(first?.token ?? '');
    expect((await queueOfRun(systemActor, runId)).map(({ status }) => status)).to.deep.equal(['confirmed']);
  });

  it('opens to everybody when the last one has answered, or when the time is over', async () => {
    const listId = await collect('ask');
    const { runId } = await dated(listId, [1, 1]);
    const [first, second] = await interestsOf(listId);
    await acceptInvitation(first?.token ?? '');

    expect((await listRuns({})).items).to.deep.equal([]);
    const restoreClock = setClock(() => new Date(Date.now() + 8 * 86_400_000));
    try {
      const late = await acceptInvitation(second?.token ?? '').catch((error: unknown) => error);
      await openAnsweredRuns();

      expect(late).to.have.property('code', 'invitation-over');
      expect((await listRuns({})).items.map(({ run }) => run.id)).to.deep.equal([runId]);
      expect((await interestsOf(listId)).map(({ status }) => status)).to.deep.equal(['booked', 'lapsed']);
      expect(await openAnsweredRuns()).to.equal(0);
    } finally {
      restoreClock();
    }
  });

  it('opens at once when the last invitation is accepted', async () => {
    const listId = await collect('ask');
    const { runId } = await dated(listId, [1]);
    await acceptInvitation((await interestsOf(listId))[0]?.token ?? '');

    expect((await listRuns({})).items.map(({ run }) => run.id)).to.deep.equal([runId]);
  });

  it('opens at once when the last one says no, also at the same moment as another one', async () => {
    const listId = await collect('ask');
    const { runId } = await dated(listId, [1, 1]);
    const [first, second] = await interestsOf(listId);
    await Promise.all([withdrawInterest(first?.token ?? ''), withdrawInterest(second?.token ?? '')]);

    expect((await listRuns({})).items.map(({ run }) => run.id)).to.deep.equal([runId]);
  });

  it('is given no run that is public already: nobody would be answered', async () => {
    const listId = await collect('book');
    const run = await aDraft({ seminarId, access: 'closed' });
    await publishRun(systemActor, run.id);

    expect(await giveDates(systemActor, { listId, runId: run.id }).catch((error: unknown) => error)).to.have.property(
      'code',
      'run-not-closed',
    );
  });

  it('opens at once where nobody had asked', async () => {
    const { runId } = await dated(await collect('ask'), []);

    expect((await listRuns({})).items.map(({ run }) => run.id)).to.deep.equal([runId]);
  });

  it('keeps the turn of whoever asks again, and gives a stranger the same answer', async () => {
    const listId = await collect('book');
    const [early, late] = [aPerson(), aPerson()];
    for (const person of [early, late, { ...early, email: early.email.toUpperCase() }])
      await anInterest(seminarId, { ...person, places: 1 });

    expect((await interestsOf(listId)).map(({ contact }) => contact.name)).to.deep.equal([early.name, late.name]);
    expect(await messages('interest-noted')).to.have.lengthOf(2);
  });

  it('counts once the address is confirmed by the link, in the order of confirming, and for one person once', async () => {
    const listId = await collect('book');
    const [slow, quick] = [aPerson(), aPerson()];
    const tokens = [];
    for (const person of [slow, quick, slow]) {
      const id = await noteInterest(seminarId, { ...person, places: 1 });
      tokens.push((await interestToTell(id ?? ''))?.interest.token ?? '');
    }
    const before = await interestsOf(listId);
    for (const token of [tokens[1]!, tokens[0]!, tokens[0]!]) await confirmInterest(token);
    const again = await confirmInterest(tokens[2]!).catch((error: unknown) => error);

    expect(before).to.deep.equal([]);
    expect((await interestsOf(listId)).map(({ contact }) => contact.name)).to.deep.equal([quick.name, slow.name]);
    expect(again).to.have.property('code', 'settled-already');
    expect(
      [await messages('interest-confirm'), await messages('interest-noted')].map(({ length }) => length),
    ).to.deep.equal([3, 2]);
    expect((await interestListToPlan(systemActor, listId)).list).to.include({ people: 2, places: 2 });
  });

  it('is confirmed by one of two links of one person, pressed at the same moment', async () => {
    const listId = await collect('book');
    const person = aPerson();
    const tokens = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const id = await noteInterest(seminarId, { ...person, places: 1 });
      tokens.push((await interestToTell(id ?? ''))?.interest.token ?? '');
    }

    const done = await Promise.allSettled(tokens.map(confirmInterest));

    expect(done.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(1);
    expect(await interestsOf(listId)).to.have.lengthOf(1);
  });

  it('takes whoever withdraws off the list, once, and books them no more', async () => {
    const listId = await collect('book');
    const person = aPerson();
    await anInterest(seminarId, { ...person, places: 1 });
    const [interest] = await interestsOf(listId);
    await withdrawInterest(interest?.token ?? '');
    await withdrawInterest(interest?.token ?? '');
    const { runId } = await dated(listId, [1]);

    expect((await queueOfRun(systemActor, runId)).map(({ booker }) => booker.email)).to.not.include(person.email);
    expect((await interestOfHolder(interest?.token ?? '')).interest.status).to.equal('withdrawn');
  });

  it('tells everybody when there will be no date', async () => {
    const listId = await collect('book');
    await anInterest(seminarId, { ...aPerson(), places: 1 });
    await closeInterestList(systemActor, listId);
    const again = await closeInterestList(systemActor, listId).catch((error: unknown) => error);
    const late = await anInterest(seminarId, { ...aPerson(), places: 1 }).catch((error: unknown) => error);

    expect(await messages('interest-closed')).to.have.lengthOf(1);
    expect([again, late].map((error) => (error as { code: string }).code)).to.deep.equal([
      'settled-already',
      'not-found',
    ]);
  });

  it('takes five notes a day from one address, over all seminars', async () => {
    const person = aPerson();
    const note = async () => {
      const id = await aSeminar();
      await collectInterest(systemActor, { seminar: id, answer: 'book', answerDays: 7 });
      return noteInterest(id, { ...person, places: 1 });
    };
    for (let count = 0; count < 5; count += 1) await note();

    expect(await note().catch((error: unknown) => error)).to.have.property('code', 'asked-too-often');
  });

  it('is collected once for a seminar, by those who plan it, and given only a closed run of it', async () => {
    const listId = await collect('book');
    await aProvider({ id: 'kargah' });
    const { actor } = await aCoordinator({ provider: 'kargah' });
    const run = await aDraft({ seminarId });
    const foreign = await aDraft({ access: 'closed' });
    const attempts = [
      () => collect('ask'),
      () => collectInterest(actor, { seminar: seminarId, answer: 'book', answerDays: 7 }),
      () => closeInterestList(actor, listId),
      () => giveDates(systemActor, { listId, runId: run.id }),
      () => giveDates(systemActor, { listId, runId: foreign.id }),
    ];
    const codes: string[] = [];
    for (const attempt of attempts)
      codes.push(
        await attempt().then(
          () => 'done',
          (error: { code: string }) => error.code,
        ),
      );

    expect(codes).to.deep.equal(['collecting-already', 'not-found', 'not-found', 'run-not-closed', 'run-not-closed']);
  });

  it('opens no page by any link but its own', async () => {
    const listId = await collect('book');
    await anInterest(seminarId, { ...aPerson(), places: 1 });
    const token = (await interestsOf(listId))[0]?.token ?? '';

    for (const wrong of [`${token.slice(0, -1)}_`, token.slice(1), '', 'f'.repeat(46)])
      expect(await interestOfHolder(wrong).catch((error: unknown) => error)).to.have.property('code', 'not-found');
  });

  it('keeps names and addresses with the interest, and nowhere else', async () => {
    await collect('book');
    await anInterest(seminarId, { name: 'Zyklame Geheim', email: 'zyklame.geheim@example.org', places: 1 });
    const found: string[] = [];
    for (const collection of (await mongoose.connection.db?.collections()) ?? [])
      if (/zyklame/i.test(JSON.stringify(await collection.find().toArray()))) found.push(collection.collectionName);

    expect(found).to.deep.equal(['interests']);
  });
});

import { expect } from 'chai';
import {
  bookingOfHolder,
  bookMakeUp,
  cancelBooking,
  changeCapacity,
  holderOf,
  missedModules,
  placesOfRuns,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { now, setClock } from '../../../server/platform/clock.ts';
import { contentFor } from '../../../jobs/compose-mail.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aCoordinator, aPerson, aRun, aSession } from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { freshDatabase } from '../../support/hooks.ts';

/** A course whose first module has begun, and a later run of it that is full but for places to make modules up. */
async function twoCourses({
  makeUpPlaces = 1,
  booking = 'whole',
}: { makeUpPlaces?: number; booking?: 'whole' | 'by-module' } = {}) {
  const first = await aCourse({ booking });
  const sessions = first.modules.map((module, at) => aSession({ module, inDays: 60 + 14 * at }));
  const second = await aCourse({ seminarId: first.seminarId, sessions, capacity: 1 });
  await aBooking({ runId: second.runId });
  await changeCapacity(systemActor, { runId: second.runId, makeUpPlaces });
  return { first, second, module: first.modules[0]!, afterFirst: new Date(first.starts[0]!.getTime() + 1_000) };
}

const choiceOf = async (booking: BookPlacesOutcome, moduleId: string, runId: string) => {
  const holder = await holderOf(booking.token);
  const found = (await bookingOfHolder(holder)).booking;
  return { holder, choice: { bookingId: found.id, participantId: found.participants[0]!.id, moduleId, runId } };
};

const sender = {
  baseUrl: 'https://mosaik.example.org',
  mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' },
};
const statusOf = async ({ token }: BookPlacesOutcome) => (await bookingOfHolder(await holderOf(token))).booking.status;
/** What the mails say that are due about a booking. */
const saidOf = async ({ id }: BookPlacesOutcome) => {
  const due = (await messagesAbout(id)).filter(({ state, dueAt }) => state === 'due' && dueAt <= now());
  return Promise.all(due.map((message) => contentFor(message, sender)));
};

describe('bookMakeUp', () => {
  let restore = () => {};
  beforeEach(freshDatabase);
  afterEach(async () => {
    restore();
    restore = () => {};
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });

  it('seats somebody in the missed module of a full run, beside its own places, and invites to that alone', async () => {
    const { first, second, module, afterFirst } = await twoCourses();
    const missed = await aBooking({ runId: first.runId });
    const { holder, choice } = await choiceOf(missed, module, second.runId);
    restore = setClock(() => afterFirst);

    const offers = await missedModules(holder, missed.id);
    const made = await bookMakeUp(holder, choice);

    expect(offers.map(({ moduleId, offers: runs }) => [moduleId, runs.length])).to.deep.equal([[module, 1]]);
    expect(made.status).to.equal('confirmed');
    const places = (await placesOfRuns([second.runId])).get(second.runId);
    expect(places).to.include({ capacity: 1, held: 1 });
    expect(places?.makeUp?.map(({ held }) => held)).to.deep.equal([1, 0, 0, 0]);
    const invited = (await messagesAbout(made.id)).filter(({ kind }) => kind === 'invitation');
    expect(invited.map(({ about }) => about.sessionId)).to.deep.equal([second.sessions[0]]);
    expect((await bookingOfHolder(await holderOf(missed.token))).booking.status).to.equal('confirmed');
    expect(await missedModules(holder, missed.id)).to.deep.equal([]);
  });

  it('is had once for each missed module, and again after it was given back', async () => {
    const { first, second, module, afterFirst } = await twoCourses({ makeUpPlaces: 5 });
    const { holder, choice } = await choiceOf(await aBooking({ runId: first.runId }), module, second.runId);
    restore = setClock(() => afterFirst);
    const [made, twice] = await Promise.allSettled([bookMakeUp(holder, choice), bookMakeUp(holder, choice)]);

    const won = [made, twice].flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(won).to.have.length(1);
    expect(await refusalOf(bookMakeUp(holder, choice))).to.equal('already-made-up');
    await cancelBooking(await holderOf(won[0]!.token), { bookingId: won[0]!.id });
    expect((await bookMakeUp(holder, choice)).status).to.equal('confirmed');
  });

  it('never holds more than there are, however many ask at once', async () => {
    const { first, second, module, afterFirst } = await twoCourses({ makeUpPlaces: 2 });
    const asked = [];
    for (let turn = 0; turn < 5; turn += 1)
      asked.push(await choiceOf(await aBooking({ runId: first.runId }), module, second.runId));
    restore = setClock(() => afterFirst);

    const outcomes = await Promise.allSettled(asked.map(({ holder, choice }) => bookMakeUp(holder, choice)));

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(2);
    expect((await placesOfRuns([second.runId])).get(second.runId)?.makeUp?.[0]).to.include({ held: 2, left: 0 });
  });

  it('is for a module that has begun, for whoever sat in it, in another run of the same seminar', async () => {
    const { first, second, module, afterFirst } = await twoCourses();
    const waiting = await aBooking({ runId: second.runId });
    const mine = await choiceOf(await aBooking({ runId: first.runId }), module, second.runId);
    const other = await aRun();
    const early = await refusalOf(bookMakeUp(mine.holder, mine.choice));
    restore = setClock(() => afterFirst);

    const refusals = [
      early,
      await refusalOf(bookMakeUp(mine.holder, { ...mine.choice, moduleId: first.modules[1]! })),
      await refusalOf(bookMakeUp(mine.holder, { ...mine.choice, runId: other.id })),
      await refusalOf(bookMakeUp(mine.holder, { ...mine.choice, runId: first.runId })),
      await refusalOf(bookMakeUp(await holderOf(waiting.token), mine.choice)),
      await refusalOf(bookMakeUp((await aCoordinator({ provider: 'amfn' })).actor, mine.choice)),
    ];

    expect(refusals).to.deep.equal(['not-missed', 'not-missed', 'not-found', 'not-found', 'not-found', 'not-found']);
    expect((await bookMakeUp((await aCoordinator()).actor, mine.choice)).status).to.equal('confirmed');
  });

  it('seats nobody twice: not who sits there already, and later takes no second place for who makes up there', async () => {
    const { first, second, module, afterFirst } = await twoCourses({ makeUpPlaces: 3, booking: 'by-module' });
    await changeCapacity(systemActor, { runId: second.runId, capacity: 5 });
    const [there, elsewhere] = [aPerson(), aPerson()];
    await aBooking({ runId: second.runId, booker: there, modules: [module] });
    const sits = await choiceOf(await aBooking({ runId: first.runId, booker: there }), module, second.runId);
    const free = await choiceOf(await aBooking({ runId: first.runId, booker: elsewhere }), module, second.runId);
    restore = setClock(() => afterFirst);

    const refused = await refusalOf(bookMakeUp(sits.holder, sits.choice));
    await bookMakeUp(free.holder, free.choice);
    const again = await aBooking({ runId: second.runId, booker: elsewhere, modules: [module] });

    expect(refused).to.equal('sits-there-already');
    const { booking } = await bookingOfHolder(await holderOf(again.token));
    expect(booking.participants[0]).to.include({ sitsElsewhere: true });
  });

  it('ends when its person gets a place in the whole run: nobody has two places in a module', async () => {
    const { first, second, module, afterFirst } = await twoCourses();
    const booker = aPerson();
    const { holder, choice } = await choiceOf(await aBooking({ runId: first.runId, booker }), module, second.runId);
    restore = setClock(() => afterFirst);
    const made = await bookMakeUp(holder, choice);
    const whole = await aBooking({ runId: second.runId, booker });
    const whileWaiting = await statusOf(made);

    await changeCapacity(systemActor, { runId: second.runId, capacity: 2 });

    expect([whileWaiting, await statusOf(made), await statusOf(whole)]).to.deep.equal([
      'confirmed',
      'cancelled',
      'confirmed',
    ]);
    const places = (await placesOfRuns([second.runId])).get(second.runId);
    expect(places).to.deep.include({ held: 2 });
    expect(places?.makeUp?.map(({ held }) => held)).to.deep.equal([0, 0, 0, 0]);
    const due = (await messagesAbout(made.id)).filter(({ state }) => state === 'due').map(({ kind }) => kind);
    expect(due).to.have.members(['booking-cancelled', 'invitation-cancelled']);
    const said = await saidOf(made);
    expect(said.map((one) => ('state' in one ? one.state : one.kind))).to.have.members([
      'booking-cancelled',
      'withdrawn',
    ]);
    expect(said.find((one) => 'facts' in one)).to.nested.include({ 'facts.cancelledBy': 'whole-run' });
  });

  it('is never beside a place in the whole run, whoever of two requests at once comes first', async () => {
    const { first, second, module, afterFirst } = await twoCourses();
    const booker = aPerson();
    const { holder, choice } = await choiceOf(await aBooking({ runId: first.runId, booker }), module, second.runId);
    await changeCapacity(systemActor, { runId: second.runId, capacity: 5 });
    restore = setClock(() => afterFirst);

    const [made, whole] = await Promise.allSettled([
      bookMakeUp(holder, choice),
      aBooking({ runId: second.runId, booker }),
    ]);

    expect(whole.status === 'fulfilled' && (await statusOf(whole.value))).to.equal('confirmed');
    if (made.status === 'fulfilled') expect(await statusOf(made.value)).to.equal('cancelled');
    expect((await placesOfRuns([second.runId])).get(second.runId)?.makeUp?.[0]).to.include({ held: 0 });
  });
});

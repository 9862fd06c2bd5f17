import { expect } from 'chai';
import {
  bookingOfHolder,
  bookMakeUp,
  bookingsOfRun,
  cancelBooking,
  changeCapacity,
  holderOf,
  makeUpUnit,
  mergePreview,
  mergeRuns,
  placesOfRuns,
  runDetails,
  type BookPlacesOutcome,
} from '../../../server/modules/booking/index.ts';
import { pendingEventIds, systemActor } from '../../../server/modules/history/index.ts';
import { messagesAbout } from '../../../server/modules/mail/index.ts';
import { verifyPromises } from '../../../server/modules/reports/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { relayEvent } from '../../../jobs/relay-events.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aCoordinator, aDraft, aPerson, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { aCourse } from '../../support/courses.ts';
import { freshDatabase } from '../../support/hooks.ts';

const reason = 'Zu wenige Anmeldungen';
const tellEverybody = async () => {
  for (const id of await pendingEventIds(100)) await relayEvent(id);
};
const merge = async (runId: string, intoRunId: string) => {
  await mergeRuns(systemActor, { runId, intoRunId, reason });
  await tellEverybody();
};
const bookingBehind = async ({ token }: BookPlacesOutcome) => (await bookingOfHolder(await holderOf(token))).booking;
const kindsOf = async ({ id }: BookPlacesOutcome) =>
  (await messagesAbout(id)).filter(({ state }) => state !== 'withdrawn').map(({ kind }) => kind);

async function twoRuns(capacities: readonly [number, number]) {
  const seminarId = await aSeminar();
  const [from, into] = [
    await aRun({ seminarId, capacity: capacities[0], sessions: [aSession({ inDays: 14 })] }),
    await aRun({ seminarId, capacity: capacities[1], sessions: [aSession({ inDays: 42 })] }),
  ];
  return {
    seminarId,
    from: from.id,
    into: into.id,
    oldSession: from.sessions[0]!.id,
    newSession: into.sessions[0]!.id,
  };
}

/** Two people who missed the first module, each with a place for making it up in a run that is merged into one with a single such place. */
async function twoWhoMakeUp() {
  const { seminarId, runId: missedIn, modules, starts } = await aCourse({ booking: 'whole' });
  const later = (inDays: number) => modules.map((module, at) => aSession({ module, inDays: inDays + 14 * at }));
  const { runId: from } = await aCourse({ seminarId, sessions: later(60) });
  const { runId: into } = await aCourse({ seminarId, sessions: later(75) });
  await changeCapacity(systemActor, { runId: from, makeUpPlaces: 2 });
  await changeCapacity(systemActor, { runId: into, makeUpPlaces: 1 });
  const missed = [await aBooking({ runId: missedIn }), await aBooking({ runId: missedIn })];
  const restore = setClock(() => new Date(starts[0]!.getTime() + 1_000));
  const made = [];
  for (const { token, id } of missed) {
    const holder = await holderOf(token);
    const [participant] = (await bookingOfHolder(holder)).booking.participants;
    const choice = { bookingId: id, participantId: participant!.id, moduleId: modules[0]!, runId: from };
    made.push(await bookMakeUp(holder, choice));
  }
  return { restore, from, into, made, makeUp: makeUpUnit(modules[0]!) };
}

describe('mergeRuns', () => {
  beforeEach(freshDatabase);
  afterEach(async () => {
    expect((await verifyPromises()).broken).to.deep.equal([]);
  });

  it('moves the bookings that fit, under the same link, and tells everybody old and new dates', async () => {
    const { from, into, oldSession, newSession } = await twoRuns([10, 10]);
    const booking = await aBooking({ runId: from });

    await merge(from, into);

    const { booking: moved, details, cancelUntil } = await bookingOfHolder(await holderOf(booking.token));
    expect([moved.runId, moved.status]).to.deep.equal([into, 'confirmed']);
    expect(details.sessions.map(({ id }) => id)).to.deep.equal([newSession]);
    expect((await runDetails(systemActor, from)).run).to.include({ status: 'cancelled', mergedInto: into });
    const messages = await messagesAbout(booking.id);
    const told = (kind: string) => messages.filter((one) => one.kind === kind).map(({ about }) => about.sessionId);
    expect(told('invitation-cancelled')).to.deep.equal([oldSession]);
    expect(told('invitation')).to.include(newSession);
    expect(told('booking-moved')).to.have.length(1);
    const due = messages.filter(({ kind, state }) => kind === 'reminder' && state === 'due');
    expect(due.map(({ about }) => about.sessionId)).to.deep.equal([newSession, newSession]);
    expect(cancelUntil.getTime()).to.be.greaterThan(Date.now());
  });

  it('moves in the order of the queue, first those who hold places, then those who wait', async () => {
    const { from, into } = await twoRuns([2, 3]);
    const bookings = [];
    for (let turn = 0; turn < 4; turn += 1) bookings.push(await aBooking({ runId: from }));

    await merge(from, into);

    const states = await Promise.all(bookings.map(async (one) => (await bookingBehind(one)).status));
    expect(states).to.deep.equal(['confirmed', 'confirmed', 'confirmed', 'cancelled']);
    expect((await placesOfRuns([into])).get(into)).to.include({ held: 3, left: 0 });
    expect((await placesOfRuns([from])).get(from)).to.include({ held: 0, waiting: 0 });
    expect(await kindsOf(bookings[3]!))
      .to.include('run-merged')
      .and.to.not.include('booking-moved');
  });

  it('never splits a booking, and lets the next one have what is left', async () => {
    const { from, into } = await twoRuns([10, 3]);
    const group = await aBooking({ runId: from, places: 4 });
    const single = await aBooking({ runId: from });

    await merge(from, into);

    expect([(await bookingBehind(group)).status, (await bookingBehind(single)).status]).to.deep.equal([
      'cancelled',
      'confirmed',
    ]);
  });

  it('passes nobody who waits in the other run', async () => {
    const { from, into } = await twoRuns([5, 3]);
    await aBooking({ runId: into, places: 2 });
    const waiting = await aBooking({ runId: into, places: 2 });
    const mine = await aBooking({ runId: from });

    await merge(from, into);
    await changeCapacity(systemActor, { runId: into, capacity: 4 });

    expect((await bookingBehind(mine)).status).to.equal('cancelled');
    expect((await bookingBehind(waiting)).status).to.equal('confirmed');
  });

  it('takes no second place for somebody who sits in the other run already', async () => {
    const { from, into } = await twoRuns([5, 5]);
    const booker = aPerson();
    await aBooking({ runId: into, booker });
    const mine = await aBooking({ runId: from, booker });

    await merge(from, into);

    expect((await bookingBehind(mine)).participants[0]).to.include({ sitsElsewhere: true });
    expect((await placesOfRuns([into])).get(into)).to.include({ held: 1 });
  });

  it('moves more than one page of bookings, whoever is interrupted in between', async () => {
    const { from, into } = await twoRuns([40, 30]);
    for (let turn = 0; turn < 25; turn += 1) await aBooking({ runId: from });
    await mergeRuns(systemActor, { runId: from, intoRunId: into, reason });
    const [event] = await pendingEventIds(1);

    await Promise.all([relayEvent(event!), relayEvent(event!)]);
    const restore = setClock(() => new Date(Date.now() + 60_000));
    await tellEverybody();
    restore();

    expect((await bookingsOfRun(into)).filter(({ status }) => status === 'confirmed')).to.have.length(25);
    expect(await bookingsOfRun(from)).to.deep.equal([]);
  });

  it('moves modules to the same modules, and lets go whoever booked one that is not there', async () => {
    const { seminarId, runId: from, modules } = await aCourse();
    const sessions = modules.slice(0, 3).map((module, at) => aSession({ module, inDays: 30 + 14 * at }));
    const { runId: into } = await aCourse({ seminarId, sessions });
    const two = await aBooking({ runId: from, modules: [modules[0]!, modules[2]!] });
    const fourth = await aBooking({ runId: from, modules: [modules[3]!] });

    await merge(from, into);

    expect(await bookingBehind(two)).to.deep.include({ runId: into, units: [modules[0], modules[2]] });
    expect((await bookingBehind(fourth)).status).to.equal('cancelled');
  });

  it('moves who makes up a module to a place for that there, while there is one, and lets the next one choose again', async () => {
    const { restore, from, into, made, makeUp } = await twoWhoMakeUp();

    await merge(from, into);

    const [first, second] = [await bookingBehind(made[0]!), await bookingBehind(made[1]!)];
    expect([first.runId, first.status, first.units]).to.deep.equal([into, 'confirmed', [makeUp]]);
    expect([second.runId, second.status]).to.deep.equal([from, 'cancelled']);
    expect((await placesOfRuns([into])).get(into)?.makeUp?.[0]).to.include({ held: 1, left: 0 });
    expect((await placesOfRuns([from])).get(from)?.makeUp?.[0]).to.include({ held: 0 });
    const invited = (await messagesAbout(made[0]!.id)).filter(
      ({ kind, state }) => kind === 'invitation' && state === 'due',
    );
    expect(invited).to.have.length(1);
    restore();
  });

  it('lets whom the new date does not suit cancel, although the deadline is past', async () => {
    const seminarId = await aSeminar();
    const from = await aRun({ seminarId, sessions: [aSession({ inDays: 40 })] });
    const into = await aRun({ seminarId, sessions: [aSession({ inDays: 14 })], cancellationHours: 24 * 60 });
    const mine = await aBooking({ runId: from.id });
    await merge(from.id, into.id);

    await cancelBooking(await holderOf(mine.token), { bookingId: mine.id });

    expect((await bookingBehind(mine)).status).to.equal('cancelled');
  });

  it('previews by the same rule, and changes nothing', async () => {
    const { from, into } = await twoRuns([2, 3]);
    for (let turn = 0; turn < 4; turn += 1) await aBooking({ runId: from });

    const preview = await mergePreview(systemActor, { runId: from, intoRunId: into });

    expect([preview.fits.length, preview.rest.length, preview.told]).to.deep.equal([
      3,
      1,
      { bookers: 4, participants: 2 },
    ]);
    expect((await placesOfRuns([into])).get(into)).to.include({ held: 0 });
    await merge(from, into);
    expect((await bookingsOfRun(into)).map(({ id }) => id)).to.have.members(preview.fits.map(({ id }) => id));
  });

  it("is refused for other seminars, drafts, the same run, a second time, and another provider's coordinator", async () => {
    const { seminarId, from, into } = await twoRuns([2, 2]);
    const draft = await aDraft({ seminarId });
    const other = await aRun();
    const { actor } = await aCoordinator({ provider: 'amfn' });
    const refusal = (intoRunId: string) => refusalOf(mergeRuns(systemActor, { runId: from, intoRunId, reason }));

    expect([await refusal(from), await refusal(draft.id), await refusal(other.id)]).to.deep.equal(
      Array.from({ length: 3 }, () => 'not-mergeable'),
    );
    expect(await refusalOf(mergeRuns(actor, { runId: from, intoRunId: into, reason }))).to.equal('not-found');
    await mergeRuns(systemActor, { runId: from, intoRunId: into, reason });
    expect(await refusal(into)).to.equal('not-mergeable');
  });
});

import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  askForDecisions,
  cancelBooking,
  changeRun,
  holdAnyway,
  holderOf,
  runDetails,
  runsToDecide,
} from '../../../server/modules/booking/index.ts';
import { eventsAbout, pendingEventIds, systemActor } from '../../../server/modules/history/index.ts';
import { MessageModel } from '../../../server/modules/mail/message.model.ts';
import { needsDecision } from '../../../server/modules/scheduling/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { relayEvent } from '../../../jobs/relay-events.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { aBooking, aCoordinator, aRun, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';

describe('needsDecision', () => {
  const run = {
    status: 'published',
    startsAt: new Date('2027-03-20T08:00:00Z'),
    timeZone: 'Europe/Berlin',
    minimum: 6,
  };
  const cases: [string, object, number, string, boolean][] = [
    ['the day before, not yet', {}, 5, '2027-03-05T22:59:59Z', false],
    ["on the day, as it begins at the run's place", {}, 5, '2027-03-05T23:00:00Z', true],
    ['with enough booked, no', {}, 6, '2027-03-10T00:00:00Z', false],
    ['without a minimum, no', { minimum: undefined }, 0, '2027-03-10T00:00:00Z', false],
    ['once it was decided to hold it, no', { holding: {} }, 0, '2027-03-10T00:00:00Z', false],
    ['once it has begun, no', {}, 0, '2027-03-20T08:00:00Z', false],
    ['not public, no', { status: 'draft' }, 0, '2027-03-10T00:00:00Z', false],
    ['on a day that was chosen', { decisionOn: '2027-03-01' }, 0, '2027-02-28T23:00:00Z', true],
    ['before a day that was chosen, no', { decisionOn: '2027-03-15' }, 0, '2027-03-14T12:00:00Z', false],
  ];
  for (const [what, more, held, at, expected] of cases)
    it(what, () => {
      expect(needsDecision({ ...run, ...more }, held, new Date(at))).to.equal(expected);
    });
});

describe('the decision on a run below its minimum', () => {
  beforeEach(freshDatabase);

  it('is due from its day on, for those who plan the run, with the figures to decide by', async () => {
    const run = await aRun({ minimum: 3, sessions: [aSession({ inDays: 5 })] });
    await aRun({ minimum: 3, sessions: [aSession({ inDays: 60 })] });
    await aBooking({ runId: run.id });
    const [mine, others] = [await aCoordinator(), await aCoordinator({ provider: 'amfn' })];

    const [due, ...more] = await runsToDecide(mine.actor);

    expect(more).to.deep.equal([]);
    expect(due?.listing.run.id).to.equal(run.id);
    expect(due?.listing.places).to.include({ held: 1, waiting: 0 });
    expect(await runsToDecide(others.actor)).to.deep.equal([]);
  });

  it('can be to hold it anyway: recorded, and gone from the list', async () => {
    const run = await aRun({ minimum: 3, sessions: [aSession({ inDays: 5 })] });
    const stranger = await aCoordinator({ provider: 'amfn' });

    const refused = await refusalOf(holdAnyway(stranger.actor, run.id));
    await holdAnyway(systemActor, run.id);
    await holdAnyway(systemActor, run.id);

    expect(refused).to.equal('not-found');
    expect(await runsToDecide(systemActor)).to.deep.equal([]);
    const events = (await eventsAbout({ runId: run.id })).filter(({ type }) => type === 'run-held-anyway');
    expect(events).to.have.length(1);
  });

  it('is asked for once by mail, however often the sweep runs, and anew when its day is moved', async () => {
    const { person } = await aCoordinator();
    const run = await aRun({ minimum: 3, sessions: [aSession({ inDays: 5 })] });
    const sweep = async () => {
      await Promise.all([askForDecisions(), askForDecisions()]);
      for (const id of await pendingEventIds(100)) await relayEvent(id);
    };
    const asked = () => MessageModel.countDocuments({ kind: 'decision-due', 'to.personId': person.id });

    await sweep();
    await sweep();
    const first = await asked();
    const tomorrow = DateTime.now().plus({ days: 1 }).toFormat('yyyy-MM-dd');
    await changeRun(systemActor, { runId: run.id, decisionOn: tomorrow });
    await sweep();
    const early = await asked();
    const restore = setClock(() => DateTime.now().plus({ days: 2 }).toJSDate());
    await sweep();
    restore();

    expect([first, early, await asked()]).to.deep.equal([1, 1, 2]);
  });

  it('shows how earlier runs of the seminar went, and how many gave their place back late', async () => {
    const { id, seminarId } = await pastRun();
    await aRun({ seminarId, minimum: 3, sessions: [aSession({ inDays: 5 })] });

    const [due] = await runsToDecide(systemActor);

    expect(due?.past.map(({ held, minimum, lateCancelled }) => [held, minimum, lateCancelled])).to.deep.equal([
      [2, 2, 1],
    ]);
    expect(id).to.be.a('string');
  });
});

/** A run that took place ten days ago, with two booked and one cancelled in the week before. */
async function pastRun() {
  const daysAgo = (days: number) => () => DateTime.now().minus({ days }).toJSDate();
  let restore = setClock(daysAgo(40));
  const run = await aRun({ minimum: 2, cancellationHours: 0, sessions: [aSession({ inDays: 28 })] });
  const bookings = [];
  for (let turn = 0; turn < 3; turn += 1) bookings.push(await aBooking({ runId: run.id }));
  restore();
  restore = setClock(daysAgo(15));
  await cancelBooking(await holderOf(bookings[0]!.token), { bookingId: bookings[0]!.id });
  restore();
  return { id: run.id, seminarId: (await runDetails(systemActor, run.id)).run.seminarId };
}

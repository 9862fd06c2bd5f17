import { expect } from 'chai';
import { composeMail } from '../../jobs/compose-mail.ts';
import { prepareDelivery } from '../../jobs/deliver-mail.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import {
  changeReminders,
  changeSeminarReminders,
  copyRun,
  publishRun,
  runDetails,
  transferBooking,
} from '../../server/modules/booking/index.ts';
import { defaultReminderPlan, type ReminderRule } from '../../server/modules/catalogue/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import {
  claimMessage,
  dueMessageIds,
  markNotSent,
  markPostponed,
  messagesAbout,
  reminderKinds,
  type ClaimedMessage,
  type OutgoingMail,
} from '../../server/modules/mail/index.ts';
import { MessageModel } from '../../server/modules/mail/message.model.ts';
import { changeSession, markCompleted, runById } from '../../server/modules/scheduling/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { refusalOf } from '../support/booking-facts.ts';
import { aBooking, aDraft, aPerson, aRun, aSeminar, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { tellAll } from '../support/told.ts';

const at = '09:00';
const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };
const aDay = 86_400_000;
const start = new Date('2028-04-18T08:00:00Z');
/** Tuesday after Easter: Good Friday and Easter Monday lie before it. */
const session = () => aSession({ startsAt: start, endsAt: new Date(start.getTime() + 7 * 3_600_000) });

describe('reminder plans', () => {
  let restore = () => {};
  const itIs = (instant: string | Date) => {
    restore();
    restore = setClock(() => new Date(instant));
  };
  beforeEach(async () => {
    itIs('2028-03-01T12:00:00Z');
    await freshDatabase();
  });
  afterEach(() => restore());

  const plan = (runId: string, ...reminders: ReminderRule[]) => changeReminders(systemActor, { runId, reminders });
  const reminded = async (bookingId: string, state = 'due') =>
    (await messagesAbout(bookingId))
      .filter((message) => reminderKinds.includes(message.kind) && message.state === state)
      .map(({ kind, dueAt, to }) => `${kind} ${dueAt.toISOString()}${'participantId' in to ? '' : ' booker'}`);

  it('tells participants, bookers and trainers, before the session and after it, each what is theirs', async () => {
    const { person: trainer } = await aTrainer();
    const run = await aRun({ sessions: [{ ...session(), trainers: [trainer.id] }] });
    const [booker, participant] = [aPerson(), aPerson()];
    await plan(
      run.id,
      { id: 'two-hours', of: 'each-session', hoursBefore: 2 },
      { id: 'bookers', of: 'first-session', daysBefore: 1, at, audience: 'bookers' },
      { id: 'trainers', of: 'each-session', daysBefore: 3, at, audience: 'trainers' },
      { id: 'thanks', of: 'last-session', daysAfter: 1, at },
    );
    await aBooking({ runId: run.id, booker, participants: [participant] });
    await tellAll();
    const toldAt = async (instant: string) => {
      itIs(instant);
      return (await tellAll()).map(({ kind, to }) => `${kind} ${to}`);
    };

    expect(await toldAt('2028-04-15T07:01:00Z')).to.deep.equal([`reminder ${trainer.email}`]);
    expect(await toldAt('2028-04-17T07:01:00Z')).to.deep.equal([`reminder ${booker.email}`]);
    expect(await toldAt('2028-04-18T06:01:00Z')).to.deep.equal([`reminder ${participant.email}`]);
    itIs('2028-04-18T20:00:00Z');
    await markCompleted((await runById(run.id))!);
    expect(await toldAt('2028-04-19T07:01:00Z')).to.deep.equal([`follow-up ${participant.email}`]);
  });

  it('does not tell twice who booked a place for themselves, and tells them by a rule of their own', async () => {
    const run = await aRun({ sessions: [session()] });
    const booker = aPerson();
    await plan(
      run.id,
      { id: 'people', of: 'first-session', daysBefore: 1, at },
      { id: 'bookers', of: 'first-session', daysBefore: 1, at, audience: 'bookers' },
      { id: 'bookers-3', of: 'first-session', daysBefore: 3, at, audience: 'bookers' },
    );

    const { id } = await aBooking({ runId: run.id, booker, participants: [booker] });

    expect(await reminded(id)).to.deep.equal([
      'reminder 2028-04-15T07:00:00.000Z booker',
      'reminder 2028-04-17T07:00:00.000Z',
    ]);
  });

  it('never mails the past when a rule is switched on, and takes back what a rule that goes had planned', async () => {
    const run = await aRun({ sessions: [session()] });
    const { id } = await aBooking({ runId: run.id });
    await tellAll();
    itIs('2028-04-12T12:00:00Z');
    await plan(
      run.id,
      { id: 'week', of: 'first-session', daysBefore: 7, at },
      { id: 'five', of: 'first-session', daysBefore: 5, at },
    );

    expect(await tellAll()).to.deep.equal([]);
    expect(await reminded(id)).to.deep.equal(['reminder 2028-04-13T07:00:00.000Z']);
    await plan(run.id, { id: 'five', of: 'first-session', daysBefore: 5, at, off: true });
    await relayEvents();
    expect(await reminded(id)).to.deep.equal([]);
    await plan(run.id, { id: 'five', of: 'first-session', daysBefore: 5, at });
    await relayEvents();
    expect(await reminded(id)).to.deep.equal(['reminder 2028-04-13T07:00:00.000Z']);
  });

  it('keeps clear of weekends and of the holidays of the Land, where the rule says so', async () => {
    const run = await aRun({ sessions: [session()], land: 'NI' });
    await plan(run.id, { id: 'work', of: 'first-session', daysBefore: 1, at, workingDays: true });

    const { id } = await aBooking({ runId: run.id });

    expect(await reminded(id)).to.deep.equal(['reminder 2028-04-13T07:00:00.000Z']);
    itIs('2028-04-13T07:00:30Z');
    expect((await tellAll()).map(({ kind }) => kind)).to.include('reminder');
  });

  it('gives drafts the plan of their seminar, and leaves alone what is published or has a plan of its own', async () => {
    const seminarId = await aSeminar();
    const wanted = { seminarId, sessions: [session()] };
    const [draft, own, published] = [await aDraft(wanted), await aDraft(wanted), await aRun(wanted)];
    const hours: ReminderRule = { id: 'hours', of: 'each-session', hoursBefore: 2 };
    const days: ReminderRule = { id: 'days', of: 'each-session', daysBefore: 2, at };
    await plan(own.id, hours);
    await changeSeminarReminders(systemActor, { seminarId, reminders: [days] });
    const plansOf = async (...ids: string[]) =>
      Promise.all(ids.map(async (id) => (await runById(id))?.reminders.map((rule) => rule.id)));

    expect(await plansOf(draft.id, own.id, published.id)).to.deep.equal([
      ['days'],
      ['hours'],
      defaultReminderPlan.map(({ id }) => id),
    ]);
    await changeReminders(systemActor, { runId: own.id });
    await publishRun(systemActor, own.id);
    expect((await plansOf(own.id))[0]).to.deep.equal(['days']);
  });

  it('has reminders of its own in a copy, and goes with a booking into another run and back', async () => {
    const seminarId = await aSeminar();
    const [one, other] = [
      await aRun({ seminarId, sessions: [session()] }),
      await aRun({ seminarId, sessions: [session()] }),
    ];
    const bookers: ReminderRule = { id: 'bookers', of: 'first-session', daysBefore: 1, at, audience: 'bookers' };
    for (const { id } of [one, other]) await plan(id, bookers);
    const { id } = await aBooking({ runId: one.id, places: 2 });
    const whole = { bookingId: id, participantIds: [], unnamed: 2 };
    await transferBooking(systemActor, { ...whole, toRunId: other.id });
    await transferBooking(systemActor, { ...whole, toRunId: one.id });

    expect(await reminded(id)).to.deep.equal(['reminder 2028-04-17T07:00:00.000Z booker']);
    const { sessions } = await runDetails(systemActor, one.id);
    const copied = await copyRun(systemActor, {
      runId: one.id,
      sessions: sessions.map(({ id: of, startsAt, endsAt }) => ({
        of,
        startsAt: new Date(startsAt.getTime() + 364 * aDay),
        endsAt: new Date(endsAt.getTime() + 364 * aDay),
      })),
    });
    expect((await runById(copied))?.reminders).to.deep.equal([bookers]);
  });

  it('belongs to whoever plans the run, while it is not cancelled', async () => {
    const run = await aRun({ sessions: [session()] });
    const stranger = { kind: 'anyone' as const };

    expect(await refusalOf(changeReminders(stranger, { runId: run.id, reminders: [] }))).to.equal('not-found');
  });

  type Ends = (claimed: ClaimedMessage) => Promise<void>;
  /** A sender holds the reminder while the session moves three days on and another worker tells of it. */
  const remindersAfterRace = async (settle: Ends): Promise<number> => {
    const run = await aRun({ sessions: [session()] });
    await plan(run.id, { id: 'day', of: 'first-session', daysBefore: 1, at });
    await aBooking({ runId: run.id });
    await tellAll();
    itIs('2028-04-17T07:00:30Z');
    const claimed = await claimMessage((await dueMessageIds(10))[0] ?? '');
    const later = new Date(start.getTime() + 3 * aDay);
    const ends = new Date(later.getTime() + 7 * 3_600_000);
    await changeSession(systemActor, run.sessions[0]?.id ?? '', { startsAt: later, endsAt: ends });
    await tellAll();
    await settle(claimed!);
    return remindersSentByTwoWorkers(new Date(later.getTime() - aDay));
  };

  it('moves with its session, once, while one worker sends and the other tells of the move', async () => {
    const sent = await remindersAfterRace(async (claimed) => {
      const draft = await composeMail(claimed, sender);
      if (draft.kind === 'not-sent') await markNotSent(claimed, draft.state, draft.reason);
    });

    expect(sent).to.equal(1);
  });

  it('would notice: a sender that took what it holds along to the new time would remind twice', async () => {
    const later = new Date('2028-04-20T08:00:00Z');
    const sent = await remindersAfterRace(async (claimed) => {
      await markPostponed(claimed, later);
      const facts = { ...claimed.facts, plannedFor: new Date('2028-04-20T07:00:00Z') };
      await MessageModel.updateOne({ _id: claimed.id }, { $set: { facts } });
    });

    expect(sent).to.equal(2);
  });

  it('posts what stands at another time by itself, before anybody has told of the move', async () => {
    const run = await aRun({ sessions: [session()] });
    await plan(run.id, { id: 'day', of: 'first-session', daysBefore: 1, at });
    await aBooking({ runId: run.id });
    await tellAll();
    const later = new Date(start.getTime() + 3 * aDay);
    await changeSession(systemActor, run.sessions[0]?.id ?? '', {
      startsAt: later,
      endsAt: new Date(later.getTime() + 7 * 3_600_000),
    });
    itIs('2028-04-17T07:00:30Z');

    expect(await sentByTwoWorkers()).to.deep.equal([]);
    expect(await remindersSentByTwoWorkers(new Date(later.getTime() - aDay))).to.equal(1);
  });

  async function remindersSentByTwoWorkers(instant: Date): Promise<number> {
    itIs(instant);
    await relayEvents();
    return (await sentByTwoWorkers()).filter(({ subject }) => subject.startsWith('Erinnerung:')).length;
  }

  async function sentByTwoWorkers(): Promise<OutgoingMail[]> {
    const sent: OutgoingMail[] = [];
    const transport = {
      send: async (mail: OutgoingMail) => {
        sent.push(mail);
        return { kind: 'accepted' as const };
      },
      close: async () => {},
    };
    const workers = [prepareDelivery(transport, sender), prepareDelivery(transport, sender)];
    await Promise.all(workers.map(({ sendDueMail }) => sendDueMail(undefined)));
    return sent;
  }
});

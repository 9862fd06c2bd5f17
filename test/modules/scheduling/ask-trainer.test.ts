import { expect } from 'chai';
import { composeMail } from '../../../jobs/compose-mail.ts';
import { relayEvents } from '../../../jobs/relay-events.ts';
import { publishRun } from '../../../server/modules/booking/index.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { claimMessage, dueMessageIds, markNotSent, markSent } from '../../../server/modules/mail/index.ts';
import {
  absencesIn,
  answerRequest,
  askForReplacement,
  askTrainer,
  reportAbsence,
  requestsOfRun,
  runById,
  sessionById,
  setQualifications,
  setTimes,
  substitutesFor,
} from '../../../server/modules/scheduling/index.ts';
import { setClock } from '../../../server/platform/clock.ts';
import { aBooking, aCoordinator, aDraft, aRun, aSession, aTrainer, type Signed } from '../../support/builders.ts';
import { refusalOf } from '../../support/booking-facts.ts';
import { freshDatabase } from '../../support/hooks.ts';

const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };
const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);

/** Sends everything that is due, as a worker would: what kind, to whom, with which calendar method. */
async function tellAll(): Promise<string[]> {
  await relayEvents();
  const told: string[] = [];
  for (const id of await dueMessageIds(200)) {
    const message = await claimMessage(id);
    const draft = message && (await composeMail(message, sender));
    if (!message || !draft) continue;
    if (draft.kind !== 'mail') {
      if (draft.kind === 'not-sent') await markNotSent(message, draft.state, draft.reason);
      continue;
    }
    await markSent(message);
    const method = draft.mail.calendar ? ` ${draft.mail.calendar.method}` : '';
    told.push(`${message.kind} ${draft.mail.to.email}${method}`);
  }
  return told.toSorted();
}

describe('askTrainer', () => {
  let cello: Signed;
  let amsel: Signed;
  beforeEach(async () => {
    await freshDatabase();
    [cello, amsel] = [await aTrainer(), await aCoordinator()];
  });

  const planned = () => [
    aSession({ trainers: [cello.person.id] }),
    aSession({ inDays: 21, trainers: [cello.person.id] }),
  ];

  it('asks by mail, and puts nothing into a calendar before the yes', async () => {
    const run = await aDraft({ sessions: planned() });
    await askTrainer(amsel.actor, { runId: run.id, trainerId: cello.person.id, answerBy: inDays(5) });
    await publishRun(systemActor, run.id);
    const asked = await tellAll();
    const [request] = await requestsOfRun(amsel.actor, run.id);
    await answerRequest(cello.actor, request?.id ?? '', 'accepted');
    const after = await tellAll();

    expect(asked).to.deep.equal([`teaching-asked ${cello.person.email}`]);
    expect(after).to.deep.equal([
      `teaching-answered ${amsel.person.email}`,
      `trainer-assigned ${cello.person.email} REQUEST`,
      `trainer-assigned ${cello.person.email} REQUEST`,
    ]);
  });

  it('frees the place with a no, and tells the coordinators; a second answer changes nothing', async () => {
    const run = await aRun({ sessions: [aSession({ trainers: [cello.person.id] })] });
    const { id } = await askTrainer(amsel.actor, { runId: run.id, trainerId: cello.person.id, answerBy: inDays(5) });
    await answerRequest(cello.actor, id, 'declined');
    await answerRequest(cello.actor, id, 'declined');
    const refused = await refusalOf(answerRequest(cello.actor, id, 'accepted'));
    const told = await tellAll();

    expect((await sessionById(run.sessions[0]?.id ?? ''))?.trainerIds).to.deep.equal([]);
    expect(refused).to.equal('request-answered');
    expect(told).to.include(`teaching-answered ${amsel.person.email}`);
    expect(told.filter((one) => one.startsWith('teaching-answered'))).to.have.lengthOf(1);
  });

  it('reminds two days before, and tells the coordinators when nobody answered', async () => {
    const run = await aRun({ sessions: [aSession({ inDays: 60, trainers: [cello.person.id] })] });
    await tellAll();
    await askTrainer(amsel.actor, { runId: run.id, trainerId: cello.person.id, answerBy: inDays(7) });
    const asked = await tellAll();
    const restore = setClock(() => inDays(6));
    const reminded = await tellAll();
    setClock(() => inDays(8));
    const escalated = await tellAll();
    const [request] = await requestsOfRun(amsel.actor, run.id);
    restore();

    expect(asked).to.deep.equal([`teaching-asked ${cello.person.email}`]);
    expect(reminded).to.deep.equal([`teaching-reminder ${cello.person.email}`]);
    expect(escalated).to.deep.equal([`teaching-unanswered ${amsel.person.email}`]);
    expect(request?.isOverdue).to.equal(true);
  });

  it('is for those who plan the run, about somebody planned there, and with a day that is still to come', async () => {
    const run = await aRun({ sessions: [aSession({ trainers: [cello.person.id] })] });
    const other = await aCoordinator({ provider: 'kargah' });
    const wish = { runId: run.id, trainerId: cello.person.id, answerBy: inDays(5) };
    const foreign = await aTrainer();
    const { id } = await askTrainer(amsel.actor, wish);

    expect(await refusalOf(askTrainer(other.actor, wish))).to.equal('not-found');
    expect(await refusalOf(askTrainer(amsel.actor, { ...wish, trainerId: foreign.person.id }))).to.equal(
      'nothing-to-ask',
    );
    expect(await refusalOf(askTrainer(amsel.actor, { ...wish, answerBy: inDays(-1) }))).to.equal('answer-by-past');
    expect(await refusalOf(answerRequest(foreign.actor, id, 'accepted'))).to.equal('not-found');
  });
});

describe('askForReplacement', () => {
  let cello: Signed;
  let amsel: Signed;
  let run: { id: string; sessions: { id: string }[] };
  let sessionId: string;
  beforeEach(async () => {
    await freshDatabase();
    [cello, amsel] = [await aTrainer(), await aCoordinator()];
    run = await aRun({ sessions: [aSession({ trainers: [cello.person.id] })] });
    sessionId = run.sessions[0]?.id ?? '';
  });

  it('gives the place to the first who accepts: CANCEL to the old, REQUEST to the new, and participants hear nothing', async () => {
    await aBooking({ runId: run.id });
    await tellAll();
    const [oboe, harfe] = [await aTrainer(), await aTrainer()];
    await reportAbsence(cello.actor, sessionId);
    const absent = await tellAll();
    const asked = await askForReplacement(amsel.actor, {
      sessionId,
      replaces: cello.person.id,
      trainerIds: [oboe.person.id, harfe.person.id],
      answerBy: inDays(2),
    });
    await tellAll();
    await answerRequest(oboe.actor, asked[0]?.id ?? '', 'accepted');
    const told = await tellAll();
    const late = await refusalOf(answerRequest(harfe.actor, asked[1]?.id ?? '', 'accepted'));

    expect(absent).to.deep.equal([`trainer-absent ${amsel.person.email}`]);
    expect(told).to.have.members([
      `teaching-answered ${amsel.person.email}`,
      `teaching-withdrawn ${harfe.person.email}`,
      `trainer-assigned ${oboe.person.email} REQUEST`,
      `trainer-released ${cello.person.email} CANCEL`,
    ]);
    expect(late).to.equal('request-taken');
    expect((await sessionById(sessionId))?.trainerIds).to.deep.equal([oboe.person.id]);
    expect(await absencesIn(run.id)).to.deep.equal([]);
  });

  it('gives it to exactly one of several who accept at the same moment', async function () {
    this.timeout(180_000);
    for (let round = 0; round < 5; round += 1) {
      const at = await aRun({ sessions: [aSession({ inDays: 30 + round, trainers: [cello.person.id] })] });
      const place = at.sessions[0]?.id ?? '';
      const others = [await aTrainer(), await aTrainer(), await aTrainer()];
      const asked = await askForReplacement(amsel.actor, {
        sessionId: place,
        replaces: cello.person.id,
        trainerIds: others.map(({ person }) => person.id),
        answerBy: inDays(2),
      });
      const outcomes = await Promise.allSettled(
        others.map(({ actor }, index) => answerRequest(actor, asked[index]?.id ?? '', 'accepted')),
      );
      const accepted = (await requestsOfRun(amsel.actor, at.id)).filter(({ status }) => status === 'accepted');

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(1);
      expect((await sessionById(place))?.trainerIds).to.deep.equal([accepted[0]?.trainerId]);
      expect(accepted).to.have.lengthOf(1);
    }
  });

  it('finds the qualified and free first, and says of the others what is in the way', async () => {
    const [free, busy, blocked, unknown] = [await aTrainer(), await aTrainer(), await aTrainer(), await aTrainer()];
    const session = await sessionById(sessionId);
    const { startsAt, endsAt } = session ?? { startsAt: new Date(), endsAt: new Date() };
    await aRun({ sessions: [aSession({ startsAt, endsAt, trainers: [busy.person.id] })] });
    const single = [{ kind: 'blocked' as const, startsAt, endsAt }];
    await setTimes(blocked.actor, blocked.person.id, { timeZone: 'Europe/Berlin', weekly: [], single });
    const { seminarId } = (await runById(run.id)) ?? {};
    for (const { person } of [free, busy, blocked]) await setQualifications(amsel.actor, person.id, [seminarId ?? '']);

    const found = await substitutesFor(amsel.actor, sessionId);

    expect(found.map(({ person, isQualified, away }) => [person.id, isQualified, away])).to.deep.equal([
      [free.person.id, true, 'no'],
      [blocked.person.id, true, 'blocked'],
      [busy.person.id, true, 'teaches'],
      [unknown.person.id, false, 'no'],
    ]);
  });
});

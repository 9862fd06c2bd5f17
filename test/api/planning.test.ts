import { expect } from 'chai';
import { mergePreviewAnswer } from '../../server/api/plan-changes.answers.ts';
import { run as runAnswer, session as sessionAnswer } from '../../server/api/runs.answers.ts';
import {
  substitutesAnswer,
  teachingRequest,
  teachingRequests,
  trainersAnswer,
} from '../../server/api/teaching.answers.ts';
import { roomsAnswer, venuesAnswer } from '../../server/api/venues.answers.ts';
import { answerRequest, requestsOfRun } from '../../server/modules/scheduling/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aDraft, aProvider, aRoom, aRun, aSeminar, aSession, aTrainer, aVenue } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { call, everythingStored, networkToken, refusalOf, tokenOfProvider, type Answer } from './door.ts';

const reason = 'Zu wenige Anmeldungen.';
const nowhere = '65f0c0ffee0000000000ffff';

async function twoRuns() {
  const seminarId = await aSeminar();
  const from = await aRun({ seminarId, minimum: 5, sessions: [aSession({ inDays: 20 }), aSession({ inDays: 27 })] });
  const into = await aRun({ seminarId, sessions: [aSession({ inDays: 60 })] });
  return { from, into };
}

const codeOf = (answer: Answer) => [answer.status, refusalOf(answer).code];

describe('planning in the API', () => {
  let token: string;
  beforeEach(async () => {
    await freshDatabase();
    token = await networkToken();
  });

  it('previews a merge and changes nothing, then merges, unless the plan was changed since', async () => {
    const { from, into } = await twoRuns();
    const { id } = await aBooking({ runId: from.id });
    const stored = await everythingStored();
    const preview = await call('post', `/runs/${from.id}/merge/preview`, { token, body: { into: into.id } });
    const untouched = (await everythingStored()) === stored;
    const { planSeen, fits } = mergePreviewAnswer.parse(preview.body);
    await call('post', `/sessions/${from.sessions[1]!.id}/cancellation`, { token, body: { reason } });

    const merge = (seen: number) =>
      call('post', `/runs/${from.id}/merge`, { token, body: { into: into.id, reason, planSeen: seen } });
    const stale = await merge(planSeen);
    const merged = await merge(planSeen + 1);

    expect(untouched).to.equal(true);
    expect(fits.map((one) => one.id)).to.deep.equal([id]);
    expect(codeOf(stale)).to.deep.equal([409, 'plan-changed']);
    expect(runAnswer.parse(merged.body).status).to.equal('cancelled');
    expect(codeOf(await merge(planSeen + 1))).to.deep.equal([409, 'not-mergeable']);
  });

  it('adds a session, cancels it alone, drops one of a draft, and postpones the rest', async () => {
    const { from } = await twoRuns();
    const draft = await aDraft({ sessions: [aSession(), aSession({ inDays: 40 })] });
    const { startsAt, endsAt, timeZone, location } = aSession({ inDays: 90 });
    const body = { startsAt, endsAt, timeZone, location };
    const added = sessionAnswer.parse((await call('post', `/runs/${from.id}/sessions`, { token, body })).body);
    const twice = await call('post', `/runs/${from.id}/sessions`, { token, body });
    const cancelled = await call('post', `/sessions/${added.id}/cancellation`, { token, body: { reason } });
    const dropped = await call('delete', `/sessions/${draft.sessions[1]!.id}`, { token });
    const kept = await call('delete', `/sessions/${from.sessions[1]!.id}`, { token });
    const postponed = await call('post', `/runs/${from.id}/postponement`, { token, body: { reason } });

    const published = await call('post', `/runs/${draft.id}/publication`, { token });

    expect(runAnswer.parse(published.body).status).to.equal('published');
    expect(codeOf(await call('post', `/runs/${draft.id}/publication`, { token }))).to.deep.equal([409, 'not-a-draft']);
    expect(codeOf(twice)).to.deep.equal([422, 'sessions-overlap']);
    expect(runAnswer.parse(cancelled.body).sessions.map(({ id }) => id)).to.deep.equal(
      from.sessions.map(({ id }) => id),
    );
    expect(runAnswer.parse(dropped.body).sessions).to.have.lengthOf(1);
    expect(codeOf(kept)).to.deep.equal([409, 'not-a-draft']);
    expect(runAnswer.parse(postponed.body)).to.deep.include({ status: 'postponed', sessions: [] });
    expect(codeOf(await call('post', `/runs/${from.id}/postponement`, { token, body: { reason } }))).to.deep.equal([
      409,
      'run-postponed',
    ]);
  });

  it('says who a room is taken by, and takes it with a reason', async () => {
    const roomId = await aRoom();
    const { startsAt, endsAt, timeZone } = aSession({ inDays: 90, roomId });
    await aRun({ sessions: [aSession({ inDays: 90, roomId })] });
    const { from } = await twoRuns();
    const add = (override?: object) =>
      call('post', `/runs/${from.id}/sessions`, { token, body: { startsAt, endsAt, timeZone, roomId, override } });
    const taken = await add();
    const conflicts = Object(taken.body).conflicts as { key: string }[];

    expect(codeOf(taken)).to.deep.equal([409, 'plan-conflicts']);
    expect((await add({ reason: 'Trennwand', conflicts: conflicts.map(({ key }) => key) })).status).to.equal(201);
  });

  it('holds a run below its minimum', async () => {
    const { from } = await twoRuns();
    const decide = (decision: string) => call('post', `/runs/${from.id}/decision`, { token, body: { decision } });

    expect((await decide('hold')).status).to.equal(200);
    expect(refusalOf(await decide('cancel')).errors).to.deep.equal({ decision: 'choose-one' });
  });

  it('asks a trainer, lists what was asked, and takes it back while nobody has answered', async () => {
    const { person, actor } = await aTrainer();
    const run = await aRun({ sessions: [aSession({ trainers: [person.id] })] });
    const ask = (answerBy = '2099-01-01T12:00:00+01:00', trainer = person.id) =>
      call('post', `/runs/${run.id}/teaching-requests`, { token, body: { trainer, answerBy } });
    const withdraw = (id: string, as = token) => call('post', `/teaching-requests/${id}/withdrawal`, { token: as });
    const first = teachingRequest.parse((await ask()).body);
    const statuses = [(await withdraw(first.id)).status, (await withdraw(first.id)).status];
    const second = teachingRequest.parse((await ask()).body);
    await answerRequest(actor, second.id, 'accepted');
    const { items } = teachingRequests.parse((await call('get', `/runs/${run.id}/teaching-requests`, { token })).body);

    expect(statuses).to.deep.equal([200, 200]);
    expect(items.map(({ id, status }) => [id, status])).to.deep.equal([
      [first.id, 'withdrawn'],
      [second.id, 'accepted'],
    ]);
    expect(codeOf(await withdraw(second.id))).to.deep.equal([409, 'request-settled']);
    expect(codeOf(await ask('2001-01-01T12:00:00+01:00'))).to.deep.equal([422, 'answer-by-past']);
    expect(codeOf(await ask(undefined, nowhere))).to.deep.equal([409, 'nothing-to-ask']);
    expect(refusalOf(await ask('morgen')).errors).to.deep.equal({ answerBy: 'instant-with-offset' });
    await aProvider({ id: 'kargah' });
    expect((await withdraw(second.id, await tokenOfProvider('kargah'))).status).to.equal(404);
    expect(await requestsOfRun(systemActor, run.id)).to.have.lengthOf(2);
  });

  it('says to whoever plans a run what it needs of its rooms, and to nobody else', async () => {
    const seminarId = await aSeminar();
    const needs = { seating: 'circle', equipment: ['projector'], accessibility: ['step-free'] };
    const body = { seminarId, capacity: 8, published: true, needs, sessions: [aSession()] };
    const { id } = runAnswer
      .pick({ id: true })
      .loose()
      .parse((await call('post', '/runs', { token, body })).body);
    const read = async (as?: string) =>
      runAnswer.parse((await call('get', `/runs/${id}`, as === undefined ? {} : { token: as })).body).plan;
    const planned = await read(token);
    const changed = { needs: { seating: 'rows' }, decisionOn: '2027-01-05' };
    const patched = runAnswer.parse((await call('patch', `/runs/${id}`, { token, body: changed })).body);

    expect(planned?.needs).to.deep.equal(needs);
    expect(patched.plan).to.deep.include({ decisionOn: '2027-01-05' });
    expect(patched.plan?.needs?.seating).to.equal('rows');
    expect(await read()).to.equal(undefined);
  });

  it('finds who could teach instead, asks several, and gives the session to the first who accepts', async () => {
    const [ill, oboe, flute] = [await aTrainer(), await aTrainer(), await aTrainer()];
    const run = await aRun({ sessions: [aSession({ trainers: [ill.person.id] })] });
    const path = `/sessions/${run.sessions[0]?.id}`;
    const everybody = trainersAnswer.parse((await call('get', '/trainers', { token })).body).items;
    const found = substitutesAnswer.parse((await call('get', `${path}/substitutes`, { token })).body).items;
    const trainers = [oboe.person.id, flute.person.id];
    const body = { replaces: ill.person.id, trainers, answerBy: '2099-01-01T12:00:00+01:00' };
    const asked = teachingRequests.parse((await call('post', `${path}/replacement`, { token, body })).body).items;
    await answerRequest(oboe.actor, asked[0]?.id ?? '', 'accepted');
    const after = runAnswer.parse((await call('get', `/runs/${run.id}`, { token })).body);

    expect(everybody.map(({ id }) => id)).to.have.members([ill, oboe, flute].map(({ person }) => person.id));
    expect(found.map(({ trainer }) => trainer)).to.have.members(trainers);
    expect(after.sessions[0]?.trainers).to.deep.equal([oboe.person.id]);
    expect(codeOf(await call('post', `${path}/replacement`, { token, body }))).to.deep.equal([404, 'not-found']);
    expect(
      refusalOf(await call('post', `${path}/replacement`, { token, body: { ...body, trainers: [] } })).errors,
    ).to.deep.equal({
      trainers: 'at-least-one',
    });
  });

  it('lists the houses and rooms in which one plans', async () => {
    await aProvider({ id: 'kargah' });
    const [own, shared] = [await aVenue({ provider: 'kargah', name: 'Atelier' }), await aVenue({ name: 'Rathaus' })];
    const roomId = await aRoom({ venueId: shared });
    const foreign = await tokenOfProvider('vhs-hannover');
    const venues = async (as: string) =>
      venuesAnswer.parse((await call('get', '/venues', { token: as })).body).items.map(({ id }) => id);

    expect(await venues(token)).to.deep.equal([own, shared]);
    expect(await venues(foreign)).to.deep.equal([shared]);
    const { items } = roomsAnswer.parse((await call('get', '/rooms', { token: foreign })).body);
    expect(items.map(({ id, venue }) => [id, venue.id])).to.deep.equal([[roomId, shared]]);
  });

  it('is for those who plan the run: nobody without a token, and to others it is not there', async () => {
    const { from, into } = await twoRuns();
    await aProvider({ id: 'kargah' });
    const foreign = await tokenOfProvider('kargah');
    const sessionId = from.sessions[0]!.id;
    const { startsAt, endsAt, timeZone, location } = aSession({ inDays: 90 });
    const asked = [
      ['post', `/runs/${from.id}/merge/preview`, { into: into.id }],
      ['post', `/runs/${from.id}/merge`, { into: into.id, reason }],
      ['post', `/runs/${from.id}/decision`, { decision: 'hold' }],
      ['post', `/runs/${from.id}/postponement`, { reason }],
      ['post', `/runs/${from.id}/sessions`, { startsAt, endsAt, timeZone, location }],
      ['get', `/sessions/${sessionId}/substitutes`],
      [
        'post',
        `/sessions/${sessionId}/replacement`,
        { replaces: nowhere, trainers: [nowhere], answerBy: '2099-01-01T12:00:00Z' },
      ],
      ['post', `/runs/${from.id}/publication`],
      ['post', `/runs/${from.id}/trainers/${nowhere}/links`, { act: 'revoke' }],
      ['delete', `/sessions/${sessionId}`, undefined],
      ['post', `/sessions/${sessionId}/cancellation`, { reason }],
      ['get', `/runs/${from.id}/teaching-requests`, undefined],
      ['post', `/runs/${from.id}/teaching-requests`, { trainer: nowhere, answerBy: '2099-01-01T12:00:00Z' }],
      ['post', `/runs/${nowhere}/postponement`, { reason }],
    ] as const;
    const stored = await everythingStored();

    for (const [method, path, body] of asked) {
      const said = [
        (await call(method, path, { body })).status,
        (await call(method, path, { body, token: foreign })).status,
      ];
      expect(said, path).to.deep.equal([401, 404]);
    }
    expect(await everythingStored()).to.equal(stored);
  });
});

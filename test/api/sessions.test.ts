import { expect } from 'chai';
import { run as runAnswer, session as sessionAnswer } from '../../server/api/runs.answers.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aRun, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { call, everythingStored, networkToken, refusalOf, tokenOfProvider, type Answer } from './door.ts';

const noSuchId = '0123456789abcdef01234567';

describe('PATCH /api/v1/sessions/{id}', () => {
  beforeEach(freshDatabase);

  it('moves a session and gives the whole of it; the run follows', async () => {
    const { runId, sessionId } = await aPlannedSession();
    const body = { startsAt: '2099-03-05T10:00:00+01:00', endsAt: '2099-03-05T17:00:00+01:00' };

    const answer = await call('patch', `/sessions/${sessionId}`, { token: await networkToken(), body });

    expect(answer.status).to.equal(200);
    expect(sessionAnswer.parse(answer.body)).to.deep.include({
      id: sessionId,
      runId,
      startsAt: '2099-03-05T09:00:00.000Z',
      endsAt: '2099-03-05T16:00:00.000Z',
      timeZone: 'Europe/Berlin',
      location: 'Lernhaus Mitte, Raum 2.10, Hannover',
      trainers: [],
    });
    expect(runAnswer.parse((await call('get', `/runs/${runId}`)).body).startsAt).to.equal('2099-03-05T09:00:00.000Z');
  });

  it('changes only what is given', async () => {
    const { sessionId } = await aPlannedSession();
    const token = await networkToken();
    const trainer = (await aTrainer()).person.id;
    const before = sessionAnswer.parse((await call('patch', `/sessions/${sessionId}`, { token, body: {} })).body);

    const { body } = await call('patch', `/sessions/${sessionId}`, { token, body: { trainers: [trainer] } });

    expect(sessionAnswer.parse(body)).to.deep.equal({ ...before, trainers: [trainer] });
  });

  it('asks who is there: without a token, with one that is none, for another provider, for a session that is not there', async () => {
    const { sessionId } = await aPlannedSession();
    const stranger = await tokenOfProvider('kargah');
    const before = await everythingStored();

    expect((await moveTo('Anderswo', sessionId)).status).to.equal(401);
    expect((await moveTo('Anderswo', sessionId, 'mosaik_made-up')).status).to.equal(401);
    const notYours = await moveTo('Anderswo', sessionId, stranger);
    const notThere = await moveTo('Anderswo', noSuchId, stranger);
    const noId = await moveTo('Anderswo', 'seven', stranger);
    expect([notYours.status, notThere.status, noId.status]).to.deep.equal([404, 404, 404]);
    expect(withoutRequestId(notYours.text)).to.equal(withoutRequestId(notThere.text));

    expect(await everythingStored()).to.equal(before);
  });

  for (const [what, body, status, refusal] of [
    ['an end before the start', { endsAt: '2020-01-01T09:00:00Z' }, 422, 'session-ends-before-it-starts'],
    ['a trainer who is none', { trainers: [noSuchId] }, 422, 'unknown-trainer'],
    ['another module', { module: noSuchId }, 422, 'invalid-input'],
    ['another run', { runId: noSuchId }, 422, 'invalid-input'],
    ['a list for a place', { location: ['Raum 1'] }, 400, 'malformed'],
    ['an operator for a place', { location: { $ne: '' } }, 400, 'malformed'],
    ['nothing for a place', { location: null }, 422, 'invalid-input'],
  ] as const)
    it(`refuses ${what}, and changes nothing`, async () => {
      const { sessionId } = await aPlannedSession();
      const token = await networkToken();
      const before = await everythingStored();

      const answer = await call('patch', `/sessions/${sessionId}`, { token, body });

      expect([answer.status, refusalOf(answer).code]).to.deep.equal([status, refusal]);
      expect(await everythingStored()).to.equal(before);
    });

  it('refuses a session that is over, and one of a cancelled run', async () => {
    const token = await networkToken();
    const [over, gone] = [await aPlannedSession(), await aPlannedSession()];
    await call('post', `/runs/${gone.runId}/cancellation`, { token });
    const { endsAt } = aSession();
    const restoreClock = setClock(() => endsAt);

    try {
      const codes = [];
      for (const { sessionId } of [over, gone]) {
        const answer = await call('patch', `/sessions/${sessionId}`, { token, body: { location: 'Anderswo' } });
        codes.push([answer.status, refusalOf(answer).code]);
      }
      expect(codes).to.deep.equal([
        [409, 'session-over'],
        [409, 'run-cancelled'],
      ]);
    } finally {
      restoreClock();
    }
  });
});

async function aPlannedSession(): Promise<{ runId: string; sessionId: string }> {
  const { id, sessions } = await aRun();
  return { runId: id, sessionId: sessions[0]?.id ?? '' };
}

function moveTo(location: string, sessionId: string, token?: string): Promise<Answer> {
  return call('patch', `/sessions/${sessionId}`, { body: { location }, ...(token && { token }) });
}

function withoutRequestId(text: string): string {
  return text.replace(/"requestId":"[^"]+"/, '');
}

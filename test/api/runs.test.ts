import { expect } from 'chai';
import { plannedRun, queue, run as runAnswer, runsPage } from '../../server/api/runs.answers.ts';
import { aBooking, aDraft, aProvider, aRun, aSeminar, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { baseUrl, call, everythingStored, networkToken, refusalOf, tokenOfProvider } from './door.ts';

const noSuchId = '0123456789abcdef01234567';

describe('GET /api/v1/runs', () => {
  beforeEach(freshDatabase);

  it('gives published runs, the next one first, with the places that are left', async () => {
    const seminarId = await aSeminar({ title: 'Beratung ohne Barrieren' });
    const later = await aRun({ seminarId, capacity: 3, sessions: [aSession({ inDays: 30 })] });
    const sooner = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays: 7 })] });
    await aDraft({ seminarId });
    await aBooking({ runId: sooner.id });
    await aBooking({ runId: sooner.id, places: 2 });

    const { items, next } = runsPage.parse((await call('get', '/runs')).body);

    expect(items.map(({ id }) => id)).to.deep.equal([sooner.id, later.id]);
    expect(next).to.equal(null);
    expect(items[0]).to.include({
      seminarId,
      title: 'Beratung ohne Barrieren',
      kind: 'day-seminar',
      provider: 'vhs-hannover',
      timeZone: 'Europe/Berlin',
      location: 'Lernhaus Mitte, Raum 2.10, Hannover',
      capacity: 1,
      placesLeft: 0,
      waiting: 2,
      status: 'published',
      url: `${baseUrl}/runs/${sooner.id}`,
    });
    expect(items[0]?.startsAt).to.equal(aSession({ inDays: 7 }).startsAt.toISOString());
  });

  it('gives page after page, and every run once', async () => {
    const seminarId = await aSeminar();
    const sessions = [aSession()];
    const planned = [];
    for (let count = 0; count < 5; count += 1) planned.push((await aRun({ seminarId, sessions })).id);

    const seen: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page = runsPage.parse((await call('get', `/runs?limit=2${after && `&after=${after}`}`)).body);
      expect(page.items.length).to.be.within(1, 2);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    }

    expect(seen).to.deep.equal(planned.toSorted());
  });

  it('filters by text, kind, provider, language and whether a place is free', async () => {
    const course = await aRun({
      seminarId: await aSeminar({
        title: 'Türkisch im Büro',
        kind: 'language-course',
        language: 'tr',
        provider: 'kargah',
      }),
    });
    const full = await aRun({ seminarId: await aSeminar({ title: 'Voll' }), capacity: 1 });
    await aBooking({ runId: full.id });

    expect(await found('text=turkisch')).to.deep.equal([course.id]);
    expect(await found('kind=language-course')).to.deep.equal([course.id]);
    expect(await found('provider=kargah')).to.deep.equal([course.id]);
    expect(await found('language=tr')).to.deep.equal([course.id]);
    expect(await found('free=true')).to.deep.equal([course.id]);
    expect(await found('free=false')).to.have.members([course.id, full.id]);
    expect(await found('provider=vhs-hannover&kind=language-course')).to.deep.equal([]);
  });

  it('takes a period as calendar days in Berlin, or to the second', async () => {
    const evening = new Date('2099-06-30T22:30:00+02:00');
    const { id } = await aRun({
      sessions: [{ ...aSession(), startsAt: evening, endsAt: new Date('2099-06-30T23:30:00+02:00') }],
    });

    const finds = async (query: string) => {
      const { items } = runsPage.parse((await call('get', `/runs?${query}`)).body);
      return items.some((one) => one.id === id);
    };
    expect(await finds('from=2099-06-30&to=2099-06-30')).to.equal(true);
    expect(await finds('to=2099-06-29')).to.equal(false);
    expect(await finds('from=2099-07-01')).to.equal(false);
    expect(await finds('to=2099-06-30T20:30:00Z')).to.equal(false);
    expect(await finds(`to=${encodeURIComponent('2099-06-30T22:30:01+02:00')}`)).to.equal(true);
    expect(await finds('from=2099-06-30T20:30:00Z')).to.equal(true);
    expect(await finds('from=2099-06-30T20:30:01Z')).to.equal(false);
  });

  it('keeps the link of an online run from the public, and shows it to its own coordinator', async () => {
    const { id } = await aRun({ sessions: [aSession({ location: 'https://meet.example.org/geheim' })] });

    for (const path of ['/runs', `/runs/${id}`]) {
      for (const token of [undefined, await tokenOfProvider('kargah')]) {
        const answer = await call('get', path, { ...(token && { token }) });
        expect(answer.text).to.contain('"location":"online"').and.not.contain('geheim');
      }
      expect((await call('get', path, { token: await networkToken() })).text).to.contain('meet.example.org/geheim');
    }
  });

  for (const [query, path, code] of [
    ['limit=101', 'limit', 'too-large'],
    ['limit=0', 'limit', 'whole-number'],
    ['limit=1e1', 'limit', 'whole-number'],
    ['limit=%2010', 'limit', 'whole-number'],
    ['limit=', 'limit', 'whole-number'],
    ['free=1', 'free', 'choose-one'],
    ['free=TRUE', 'free', 'choose-one'],
    ['kind=concert', 'kind', 'choose-one'],
    ['language=deutsch', 'language', 'language-code'],
    ['provider=../vhs', 'provider', 'choose-one'],
    ['from=2099-02-30', 'from', 'date'],
    ['from=2099-02-01T10:00:00', 'from', 'date'],
    ['to=morgen', 'to', 'date'],
    ['colour=red', 'colour', 'unknown-field'],
    ['text[$ne]=x', 'text[$ne]', 'unknown-field'],
    ['$where=sleep(5000)', '$where', 'unknown-field'],
    [`text=${'a'.repeat(10_000)}`, 'text', 'too-long'],
  ] as const)
    it(`refuses ?${query.slice(0, 40)} and says which word is wrong`, async () => {
      const answer = await call('get', `/runs?${query}`);

      expect(answer.status).to.equal(400);
      expect(refusalOf(answer)).to.deep.equal({ code: 'malformed', errors: { [path]: code } });
    });

  it('refuses a name that is given twice', async () => {
    expect((await call('get', '/runs?text=a&text=b')).status).to.equal(400);
  });

  for (const text of ['.*(a+)+$', '(((((', '\\', '[', '$where', '{"$gt":""}'])
    it(`looks for ${text} as it stands`, async () => {
      await aRun();
      const { id } = await aRun({ seminarId: await aSeminar({ title: `Was ${text} heißt` }) });

      const { items } = runsPage.parse((await call('get', `/runs?text=${encodeURIComponent(text)}`)).body);

      expect(items.map((one) => one.id)).to.deep.equal([id]);
    });
});

describe('GET /api/v1/runs/{id}', () => {
  beforeEach(freshDatabase);

  it('adds sessions, modules and policy', async () => {
    const seminarId = await aSeminar({ kind: 'modular-course', modules: [{ title: 'Zuhören', content: 'Üben' }] });
    const sessions = [aSession({ inDays: 20 }), aSession({ inDays: 10, module: 'Zuhören' })];
    const { id } = await aRun({ seminarId, sessions, minimum: 4, cutOffHours: 12 });

    const run = runAnswer.parse((await call('get', `/runs/${id}`)).body);

    expect(run.modules.map(({ title, content }) => ({ title, content }))).to.deep.equal([
      { title: 'Zuhören', content: 'Üben' },
    ]);
    expect(run.sessions.map(({ startsAt }) => startsAt)).to.deep.equal(
      sessions.map(({ startsAt }) => startsAt.toISOString()).toSorted(),
    );
    expect(run.sessions[0]?.module).to.equal(run.modules[0]?.id);
    expect(run.policy).to.deep.equal({ order: 'strict', promotion: 'confirm', cutOffHours: 12, cancellationHours: 48 });
    expect(run.minimum).to.equal(4);
    expect(run.startsAt).to.equal(run.sessions[0]?.startsAt);
    expect(run.endsAt).to.equal(run.sessions[1]?.endsAt);
  });

  it('does not know a draft, but for those who plan it', async () => {
    const { id } = await aDraft();

    expect((await call('get', `/runs/${id}`)).status).to.equal(404);
    expect((await call('get', `/runs/${id}`, { token: await tokenOfProvider('kargah') })).status).to.equal(404);
    expect((await call('get', `/runs/${id}`, { token: await tokenOfProvider('vhs-hannover') })).status).to.equal(200);
  });

  for (const id of [noSuchId, '7', 'undefined', '..%2Fruns', '%00', '$ne', 'x'.repeat(3_000)])
    it(`does not know the run ${id.slice(0, 30)}`, async () => {
      const answer = await call('get', `/runs/${id}`);

      expect(answer.status).to.equal(404);
      expect(refusalOf(answer).code).to.equal('not-found');
    });
});

describe('POST /api/v1/runs', () => {
  beforeEach(freshDatabase);

  it('plans a run and opens it for booking', async () => {
    const token = await networkToken();
    const body = await newRun();

    const answer = await call('post', '/runs', { token, body });

    expect(answer.status).to.equal(201);
    const { id, sessions } = plannedRun.parse(answer.body);
    expect(answer.headers['location']).to.equal(`${baseUrl}/api/v1/runs/${id}`);
    const run = runAnswer.parse((await call('get', `/runs/${id}`)).body);
    expect(run.sessions.map((one) => ({ id: one.id }))).to.deep.equal(sessions);
    expect(run).to.include({ status: 'published', capacity: 16, placesLeft: 16, startsAt: '2099-03-04T08:00:00.000Z' });
  });

  it('leaves it a draft unless told to publish', async () => {
    const token = await networkToken();
    const { published: _not, ...body } = await newRun();

    const { id } = plannedRun.parse((await call('post', '/runs', { token, body })).body);

    expect(runAnswer.parse((await call('get', `/runs/${id}`, { token })).body).status).to.equal('draft');
    expect((await call('get', `/runs/${id}`)).status).to.equal(404);
  });

  it('asks who is there: without a token, with one that is none, for another provider, for a seminar that is not there', async () => {
    const body = await newRun();
    const [stranger, owner] = [await tokenOfProvider('kargah'), await tokenOfProvider('vhs-hannover')];
    const before = await everythingStored();

    const nobody = await call('post', '/runs', { body });
    expect(nobody.status).to.equal(401);
    expect(nobody.headers['www-authenticate']).to.match(/^Bearer/);
    expect((await call('post', '/runs', { body, token: 'mosaik_made-up' })).status).to.equal(401);
    expect((await call('post', '/runs', { body, token: stranger })).status).to.equal(404);
    const unknown = { ...body, seminarId: noSuchId };
    expect((await call('post', '/runs', { body: unknown, token: owner })).status).to.equal(404);

    expect(await everythingStored()).to.equal(before);
  });

  for (const [what, change, path, code] of [
    ['no session', { sessions: [] }, 'sessions', 'at-least-one-session'],
    ['a capacity in words', { capacity: '16' }, 'capacity', 'whole-number'],
    ['half a place', { capacity: 1.5 }, 'capacity', 'whole-number'],
    ['no capacity', { capacity: undefined }, 'capacity', 'required'],
    ['too many places', { capacity: 1e9 }, 'capacity', 'too-large'],
    ['a field of its own', { price: 0 }, 'price', 'unknown-field'],
    ['a status', { status: 'published' }, 'status', 'unknown-field'],
    ['a truth in words', { published: 'true' }, 'published', 'wrong-type'],
  ] as const)
    it(`refuses ${what} and says where`, async () => {
      const token = await networkToken();
      const body = { ...(await newRun()), ...change };
      const before = await everythingStored();

      const answer = await call('post', '/runs', { token, body });

      expect(answer.status).to.equal(422);
      expect(refusalOf(answer)).to.deep.equal({ code: 'invalid-input', errors: { [path]: code } });
      expect(await everythingStored()).to.equal(before);
    });

  for (const [what, change, path, code] of [
    ['an instant without offset', { startsAt: '2099-03-04T09:00:00' }, 'sessions.0.startsAt', 'instant-with-offset'],
    ['a made-up time zone', { timeZone: 'Europe/Atlantis' }, 'sessions.0.timeZone', 'time-zone'],
    ['a place on two lines', { location: 'Raum 1\r\nRaum 2' }, 'sessions.0.location', 'control-characters'],
  ] as const)
    it(`refuses a session with ${what} and says where`, async () => {
      const token = await networkToken();
      const run = await newRun();
      const body = { ...run, sessions: run.sessions.map((session) => ({ ...session, ...change })) };

      const answer = await call('post', '/runs', { token, body });

      expect(answer.status).to.equal(422);
      expect(refusalOf(answer)).to.deep.equal({ code: 'invalid-input', errors: { [path]: code } });
    });

  it('refuses a session that ends before it starts, by name', async () => {
    const token = await networkToken();
    const run = await newRun();
    const sessions = run.sessions.map((session) => ({ ...session, endsAt: session.startsAt }));

    const answer = await call('post', '/runs', { token, body: { ...run, sessions } });

    expect([answer.status, refusalOf(answer).code]).to.deep.equal([422, 'session-ends-before-it-starts']);
  });
});

describe('PATCH /api/v1/runs/{id}', () => {
  beforeEach(freshDatabase);

  it('raises the capacity, promotes from the waiting list and gives the whole run', async () => {
    const { id } = await aRun({ capacity: 1 });
    await aBooking({ runId: id });
    const waiting = await aBooking({ runId: id, places: 2 });

    const answer = await call('patch', `/runs/${id}`, {
      token: await networkToken(),
      body: { capacity: 4, minimum: 2 },
    });

    expect(answer.status).to.equal(200);
    expect(runAnswer.parse(answer.body)).to.include({ capacity: 4, placesLeft: 1, waiting: 0, minimum: 2 });
    expect((await call('get', `/bookings/${waiting.token}`)).text).to.contain('"status":"confirmed"');
  });

  it('changes only what is given', async () => {
    const { id } = await aRun({ capacity: 7, minimum: 3, cutOffHours: 5 });
    const token = await networkToken();
    const before = (await call('get', `/runs/${id}`, { token })).text;

    expect((await call('patch', `/runs/${id}`, { token, body: {} })).text).to.equal(before);
    const { body } = await call('patch', `/runs/${id}`, { token, body: { cancellationHours: 24 } });

    const run = runAnswer.parse(body);
    expect(run).to.include({ capacity: 7, minimum: 3 });
    expect(run.policy).to.include({ cutOffHours: 5, cancellationHours: 24 });
  });

  it('takes away what is null, and refuses null for what a run cannot do without', async () => {
    const { id } = await aRun({ capacity: 7, minimum: 3, cutOffHours: 5 });
    const token = await networkToken();
    const { body } = await call('patch', `/runs/${id}`, {
      token,
      body: { minimum: null, decisionOn: null, land: null },
    });
    const refused = await call('patch', `/runs/${id}`, { token, body: { cancellationHours: null } });

    expect(runAnswer.parse(body)).to.include({ capacity: 7 }).and.not.to.have.property('minimum');
    expect(refused.status).to.equal(422);
  });

  it('refuses a cancelled run, and a capacity that is none', async () => {
    const { id } = await aRun();
    const token = await networkToken();
    expect((await call('patch', `/runs/${id}`, { token, body: { capacity: 0 } })).status).to.equal(422);
    expect((await call('patch', `/runs/${id}`, { token, body: { status: 'cancelled' } })).status).to.equal(422);

    await call('post', `/runs/${id}/cancellation`, { token });
    const answer = await call('patch', `/runs/${id}`, { token, body: { capacity: 9 } });

    expect([answer.status, refusalOf(answer).code]).to.deep.equal([409, 'run-cancelled']);
  });
});

describe('POST /api/v1/runs/{id}/cancellation', () => {
  beforeEach(freshDatabase);

  it('cancels the run, with a reason of its own where none is given', async () => {
    const { id } = await aRun();
    const token = await networkToken();

    const answer = await call('post', `/runs/${id}/cancellation`, { token });

    expect(answer.status).to.equal(200);
    expect(runAnswer.parse(answer.body).status).to.equal('cancelled');
    expect(await everythingStored()).to.contain('Der Durchgang kann leider nicht stattfinden.');
    expect((await call('post', `/runs/${id}/bookings`, { body: { booker: someone } })).status).to.equal(409);
    const again = await call('post', `/runs/${id}/cancellation`, { token });
    expect([again.status, refusalOf(again).code]).to.deep.equal([409, 'run-already-cancelled']);
  });

  it('keeps the reason that is given', async () => {
    const { id } = await aRun();

    await call('post', `/runs/${id}/cancellation`, { token: await networkToken(), body: { reason: 'Rohrbruch' } });

    expect(await everythingStored())
      .to.contain('Rohrbruch')
      .and.not.contain('leider nicht');
  });
});

describe('GET /api/v1/runs/{id}/queue', () => {
  beforeEach(freshDatabase);

  it('shows who sits and who waits, in order, and why', async () => {
    const { id } = await aRun({ capacity: 1 });
    const first = await aBooking({ runId: id });
    const group = await aBooking({ runId: id, places: 3, institution: 'Grundschule Regenbogenplatz' });
    const last = await aBooking({ runId: id });

    const { items } = queue.parse((await call('get', `/runs/${id}/queue`, { token: await networkToken() })).body);

    expect(items.map((one) => [one.id, one.status, one.position])).to.deep.equal([
      [first.id, 'confirmed', undefined],
      [group.id, 'waiting', 1],
      [last.id, 'waiting', 2],
    ]);
    expect(items[1]).to.include({ places: 3, institution: 'Grundschule Regenbogenplatz' });
    expect(items[1]?.reason).to.be.a('string');
  });
});

describe('whoever plans over the API', () => {
  beforeEach(freshDatabase);

  const doors = [
    ['get', '/queue', undefined],
    ['patch', '', { capacity: 99 }],
    ['post', '/cancellation', {}],
  ] as const;
  for (const [method, path, body] of doors)
    it(`is asked for a token, and told nothing of what is not theirs: ${method} /runs/{id}${path}`, async () => {
      const { id } = await aRun();
      await aProvider({ id: 'kargah' });
      const stranger = await tokenOfProvider('kargah');
      const before = await everythingStored();
      const sent = body && { body };

      const nobody = await call(method, `/runs/${id}${path}`, { ...sent });
      const madeUp = await call(method, `/runs/${id}${path}`, { ...sent, token: 'mosaik_made-up' });
      const notYours = await call(method, `/runs/${id}${path}`, { ...sent, token: stranger });
      const notThere = await call(method, `/runs/${noSuchId}${path}`, { ...sent, token: stranger });

      expect([nobody.status, madeUp.status]).to.deep.equal([401, 401]);
      expect(notYours.status).to.equal(404);
      expect(withoutRequestId(notYours.text)).to.equal(withoutRequestId(notThere.text));

      expect(await everythingStored()).to.equal(before);
    });
});

const someone = { name: 'Ada Beispiel', email: 'ada.beispiel@example.org' };

async function newRun() {
  return {
    seminarId: await aSeminar(),
    capacity: 16,
    sessions: [
      {
        startsAt: '2099-03-04T09:00:00+01:00',
        endsAt: '2099-03-04T16:00:00+01:00',
        timeZone: 'Europe/Berlin',
        location: 'Lernhaus, Raum 2',
      },
    ],
    published: true,
  };
}

async function found(query: string): Promise<string[]> {
  return runsPage.parse((await call('get', `/runs?${query}`)).body).items.map(({ id }) => id);
}

function withoutRequestId(text: string): string {
  return text.replace(/"requestId":"[^"]+"/, '');
}

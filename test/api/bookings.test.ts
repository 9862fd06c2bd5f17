import { expect } from 'chai';
import { booking as bookingAnswer, bookedPlaces } from '../../server/api/bookings.answers.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aDraft, aPerson, aRun, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { baseUrl, call, everythingStored, networkToken, refusalOf } from './door.ts';

const noSuchId = '0123456789abcdef01234567';

describe('POST /api/v1/runs/{id}/bookings', () => {
  beforeEach(freshDatabase);

  it('books a place and says where the booking is managed', async () => {
    const { id } = await aRun();

    const answer = await call('post', `/runs/${id}/bookings`, { body: { booker: aPerson() } });

    expect(answer.status).to.equal(201);
    const booked = bookedPlaces.parse(answer.body);
    expect(booked).to.include({ status: 'confirmed', places: 1, manageUrl: `${baseUrl}/bookings/${booked.token}` });
    expect(booked).to.not.have.property('position');
    expect(answer.headers['location']).to.equal(`${baseUrl}/api/v1/bookings/${booked.token}`);
    expect(answer.headers['cache-control']).to.equal('no-store');
    expect(answer.headers).to.not.have.property('set-cookie');
  });

  it('puts a group on the waiting list when it does not fit, and says its position', async () => {
    const { id } = await aRun({ capacity: 2 });
    await aBooking({ runId: id });
    await aBooking({ runId: id, places: 2 });

    const answer = await call('post', `/runs/${id}/bookings`, {
      body: { booker: aPerson(), participants: [aPerson(), aPerson()], institution: 'Grundschule Regenbogenplatz' },
    });

    expect(answer.status).to.equal(201);
    expect(bookedPlaces.parse(answer.body)).to.include({ status: 'waiting', places: 2, position: 2 });
  });

  it('gives a request sent twice the same bytes and books once', async () => {
    const { id } = await aRun();
    const request = { body: { booker: aPerson() }, headers: { 'Idempotency-Key': 'key-1' } };

    const first = await call('post', `/runs/${id}/bookings`, request);
    const stored = await everythingStored();
    await aBooking({ runId: id });
    const again = await call('post', `/runs/${id}/bookings`, request);

    expect([first.status, again.status]).to.deep.equal([201, 201]);
    expect(again.text).to.equal(first.text);
    expect(again.headers['location']).to.equal(first.headers['location']);
    expect(stored.match(/"number":1/g)).to.have.length(1);
    expect((await call('get', `/runs/${id}`)).text).to.contain('"placesLeft":10');
  });

  it('books once for fifty equal requests at the same time', async () => {
    const { id } = await aRun();
    const request = { body: { booker: aPerson() }, headers: { 'Idempotency-Key': 'key-1' } };

    const answers = await Promise.all(Array.from({ length: 50 }, () => call('post', `/runs/${id}/bookings`, request)));

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
    expect((await call('get', `/runs/${id}`)).text).to.contain('"placesLeft":11');
  });

  it('refuses the key of another request, and changes nothing', async () => {
    const { id } = await aRun();
    const booker = aPerson();
    const headers = { 'Idempotency-Key': 'key-1' };
    await call('post', `/runs/${id}/bookings`, { body: { booker }, headers });
    const before = await everythingStored();

    for (const body of [{ booker, places: 2 }, { booker: { ...booker, name: 'Wer Anders' } }, { booker: aPerson() }]) {
      const answer = await call('post', `/runs/${id}/bookings`, { body, headers });
      expect([answer.status, refusalOf(answer).code]).to.deep.equal([422, 'key-used-for-another-request']);
    }

    expect(await everythingStored()).to.equal(before);
  });

  it('takes the same key for another run as another request', async () => {
    const [one, other] = [await aRun(), await aRun()];
    const request = { body: { booker: aPerson() }, headers: { 'Idempotency-Key': 'key-1' } };

    const answers = [
      await call('post', `/runs/${one.id}/bookings`, request),
      await call('post', `/runs/${other.id}/bookings`, request),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(answers[0]?.text).to.not.equal(answers[1]?.text);
  });

  for (const key of ['', 'two words', 'x'.repeat(201), 'schlüssel'])
    it(`refuses ${key ? `the key ${key.slice(0, 20)}` : 'an empty key'}`, async () => {
      const { id } = await aRun();
      const headers = { 'Idempotency-Key': Buffer.from(key).toString('latin1') };
      const before = await everythingStored();

      const answer = await call('post', `/runs/${id}/bookings`, { body: { booker: aPerson() }, headers });

      expect(answer.status).to.equal(400);
      expect(refusalOf(answer).errors).to.deep.equal({ 'idempotency-key': 'idempotency-key' });
      expect(await everythingStored()).to.equal(before);
    });

  it('answers alike whether or not somebody sits in the run already', async () => {
    const { id } = await aRun();
    const known = aPerson();
    await call('post', `/runs/${id}/bookings`, { body: { booker: known } });

    const [again, fresh] = [
      await call('post', `/runs/${id}/bookings`, { body: { booker: known } }),
      await call('post', `/runs/${id}/bookings`, { body: { booker: aPerson() } }),
    ];

    expect(withoutSecrets(again.text)).to.equal(withoutSecrets(fresh.text));
    expect(again.status).to.equal(fresh.status);
    const holder = await call('get', `/bookings/${bookedPlaces.parse(again.body).token}`);
    expect(holder.text).to.not.contain('sitsElsewhere');
  });

  it('knows no draft and no run that is not there, and refuses a cancelled or begun one by name', async () => {
    const token = await networkToken();
    const cancelled = (await aRun()).id;
    await call('post', `/runs/${cancelled}/cancellation`, { token });
    const begun = (await aRun({ sessions: [aSession({ inDays: 5 })] })).id;
    const draft = (await aDraft()).id;
    const before = await everythingStored();
    const { startsAt } = aSession({ inDays: 5 });
    const restoreClock = setClock(() => startsAt);

    try {
      const refusals = [];
      for (const id of [draft, noSuchId, 'seven', cancelled, begun]) {
        const answer = await call('post', `/runs/${id}/bookings`, { body: { booker: aPerson() } });
        refusals.push([answer.status, refusalOf(answer).code]);
      }

      expect(refusals).to.deep.equal([
        [404, 'not-found'],
        [404, 'not-found'],
        [404, 'not-found'],
        [409, 'run-cancelled'],
        [409, 'booking-closed'],
      ]);
    } finally {
      restoreClock();
    }
    expect(await everythingStored()).to.equal(before);
  });

  it('refuses a bearer token that is none, also where none is needed', async () => {
    const { id } = await aRun();

    for (const value of ['Bearer mosaik_made-up', 'Bearer', 'Basic YTpi', 'bearer  x', 'Bearer a b']) {
      const answer = await call('post', `/runs/${id}/bookings`, {
        body: { booker: aPerson() },
        headers: { Authorization: value },
      });
      expect(answer.status, value).to.equal(401);
      expect(answer.headers['www-authenticate']).to.match(/^Bearer/);
    }
  });
});

describe('GET /api/v1/bookings/{token}', () => {
  beforeEach(freshDatabase);

  it('shows the holder the booking with its run', async () => {
    const { id } = await aRun({ sessions: [aSession({ inDays: 10 })] });
    const booker = aPerson();
    const participants = [aPerson(), aPerson()];
    const booked = await aBooking({ runId: id, booker: { ...booker, language: 'en' }, participants });

    const answer = await call('get', `/bookings/${booked.token}`);

    expect(answer.status).to.equal(200);
    const shown = bookingAnswer.parse(answer.body);
    expect(shown).to.include({ id: booked.id, token: booked.token, status: 'confirmed', places: 2, mayCancel: true });
    expect(shown.booker).to.deep.equal({ ...booker, language: 'en' });
    expect(shown.participants).to.deep.equal(participants);
    expect(shown.run).to.include({ id, placesLeft: 10 });
    expect(shown.cancelUntil).to.equal(
      new Date(aSession({ inDays: 10 }).startsAt.getTime() - 48 * 3_600_000).toISOString(),
    );
    expect(answer.headers['cache-control']).to.equal('no-store');
  });

  it('says the position that a waiting booking has now', async () => {
    const { id } = await aRun({ capacity: 1 });
    await aBooking({ runId: id });
    const ahead = await aBooking({ runId: id });
    const waiting = await aBooking({ runId: id });
    const positionNow = async () =>
      bookingAnswer.parse((await call('get', `/bookings/${waiting.token}`)).body).position;

    expect(await positionNow()).to.equal(2);
    await call('post', `/bookings/${ahead.token}/cancellation`);

    expect(await positionNow()).to.equal(1);
  });

  it('changes nothing, neither by GET nor by HEAD', async () => {
    const { token } = await aBooking();
    const before = await everythingStored();

    await call('get', `/bookings/${token}`);
    await call('head', `/bookings/${token}`);
    expect((await call('get', `/bookings/${token}/cancellation`)).status).to.equal(404);
    await call('head', `/bookings/${token}/cancellation`);

    expect(await everythingStored()).to.equal(before);
  });

  it('knows no other token: made up, cut off, of another booking, or an id', async () => {
    const [one, other] = [await aBooking(), await aBooking()];
    const wrong = [
      'made-up',
      one.id,
      one.token.slice(0, -1),
      `${one.token}A`,
      one.token.replace(one.id, other.id),
      one.token.slice(0, -3) + other.token.slice(-3),
      '%00',
      '$ne',
      'x'.repeat(2_000),
    ];

    for (const token of wrong) {
      for (const [method, path] of [
        ['get', ''],
        ['post', '/cancellation'],
      ] as const) {
        const answer = await call(method, `/bookings/${token}${path}`);
        expect([answer.status, refusalOf(answer).code], token).to.deep.equal([404, 'not-found']);
      }
    }
  });

  it('refuses a query that names something twice', async () => {
    const { token } = await aBooking();

    expect((await call('get', `/bookings/${token}?token=a&token=b`)).status).to.equal(400);
  });
});

describe('POST /api/v1/bookings/{token}/cancellation', () => {
  beforeEach(freshDatabase);

  it('gives the place back to whoever waits longest', async () => {
    const { id } = await aRun({ capacity: 1 });
    const sits = await aBooking({ runId: id });
    const waits = await aBooking({ runId: id });

    const answer = await call('post', `/bookings/${sits.token}/cancellation`, {
      body: { reason: 'Leider verhindert' },
    });

    expect(answer.status).to.equal(200);
    expect(bookingAnswer.parse(answer.body)).to.include({ status: 'cancelled', mayCancel: false });
    expect(bookingAnswer.parse((await call('get', `/bookings/${waits.token}`)).body).status).to.equal('confirmed');
  });

  it('refuses a booking that is cancelled already, and changes nothing', async () => {
    const { token } = await aBooking();
    await call('post', `/bookings/${token}/cancellation`);
    const before = await everythingStored();

    const answer = await call('post', `/bookings/${token}/cancellation`);

    expect([answer.status, refusalOf(answer).code]).to.deep.equal([409, 'booking-not-active']);
    expect(await everythingStored()).to.equal(before);
  });

  it('closes with the deadline, but lets a waiting booking go', async () => {
    const { id } = await aRun({ capacity: 1, sessions: [aSession({ inDays: 5 })] });
    const [sits, waits] = [await aBooking({ runId: id }), await aBooking({ runId: id })];
    const deadline = aSession({ inDays: 5 }).startsAt.getTime() - 48 * 3_600_000;
    const restoreClock = setClock(() => new Date(deadline));

    try {
      const late = await call('post', `/bookings/${sits.token}/cancellation`);
      expect([late.status, refusalOf(late).code]).to.deep.equal([409, 'cancellation-closed']);
      expect((await call('post', `/bookings/${waits.token}/cancellation`)).status).to.equal(200);
    } finally {
      restoreClock();
    }
  });
});

function withoutSecrets(text: string): string {
  return text
    .replace(/"id":"[^"]+"/, '')
    .replace(/"token":"[^"]+"/, '')
    .replace(/bookings\/[^"]+/, '');
}

import { expect } from 'chai';
import supertest from 'supertest';
import { createApp } from '../../server/app.ts';
import { problem } from '../../server/api/problems.answers.ts';
import { aBooking, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { baseUrl, call, config, everythingStored, networkToken, refusalOf, type Answer } from './door.ts';

const booker = { name: 'Ada Beispiel', email: 'ada.beispiel@example.org' };

describe('a booking that cannot be taken', () => {
  beforeEach(freshDatabase);

  for (const [what, body, path, code] of [
    ['nothing', {}, 'booker', 'required'],
    ['nobody', { booker: {} }, 'booker.name', 'required'],
    ['a role', { booker, role: 'admin' }, 'role', 'unknown-field'],
    ['a status', { booker, status: 'confirmed' }, 'status', 'unknown-field'],
    ['a price', { booker, price: 0 }, 'price', 'unknown-field'],
    ['a field inside the booker', { booker: { ...booker, tenantId: 1 } }, 'booker.tenantId', 'unknown-field'],
    ['fewer places than one', { booker, places: -1 }, 'places', 'at-least-one'],
    ['no place at all', { booker, places: 0 }, 'places', 'at-least-one'],
    ['a thousand million places', { booker, places: 1e9 }, 'places', 'too-many-places'],
    ['more than a number can say', { booker, places: 1e300 }, 'places', 'too-many-places'],
    ['places in words', { booker, places: '2' }, 'places', 'whole-number'],
    ['half a place', { booker, places: 1.5 }, 'places', 'whole-number'],
    ['nothing for places', { booker, places: null }, 'places', 'whole-number'],
    ['a truth for places', { booker, places: true }, 'places', 'whole-number'],
    ['a number for a name', { booker: { ...booker, name: 7 } }, 'booker.name', 'wrong-type'],
    ['an empty name', { booker: { ...booker, name: ' \t ' } }, 'booker.name', 'required'],
    [
      'a name of two lines',
      { booker: { ...booker, name: 'Ada\r\nBcc: x@example.org' } },
      'booker.name',
      'control-characters',
    ],
    ['a name with NUL', { booker: { ...booker, name: 'Ada\0' } }, 'booker.name', 'control-characters'],
    ['an endless name', { booker: { ...booker, name: 'A'.repeat(121) } }, 'booker.name', 'too-long'],
    ['a language of its own', { booker: { ...booker, language: 'fr' } }, 'booker.language', 'choose-one'],
    ['an endless institution', { booker, institution: 'A'.repeat(161) }, 'institution', 'too-long'],
    [
      'fifty-one participants',
      { booker, participants: Array.from({ length: 51 }, () => booker) },
      'participants',
      'too-many-places',
    ],
    ['a participant without address', { booker, participants: [{ name: 'Bo' }] }, 'participants.0.email', 'required'],
  ] as const)
    it(`is refused with ${what}, and the place is named`, async () => {
      const answer = await refused(body);

      expect(answer.status).to.equal(422);
      const refusal = refusalOf(answer);
      expect(refusal.code).to.equal('invalid-input');
      expect(refusal.errors[path]).to.equal(code);
    });

  for (const email of [
    'a@example.org, evil@example.com',
    'a@example.org;c@example.com',
    'g:a@example.org,c@example.com;',
    '"x@evil.example.com y"@example.org',
    'a@example.org (c) .evil.example.com',
    '<evil@example.com>p@example.org',
    'a@example.org\r\nRCPT TO:<evil@example.com>',
    'a@example.org\0',
    `${'a'.repeat(300)}@example.org`,
    'a@[127.0.0.1]',
    'a@localhost',
    'ada',
    '',
  ])
    it(`is refused with the address ${JSON.stringify(email).slice(0, 50)}`, async () => {
      const answer = await refused({ booker: { ...booker, email } });

      expect(answer.status).to.equal(422);
      expect(refusalOf(answer).errors['booker.email']).to.be.oneOf(['email', 'too-long', 'required']);
    });

  for (const [what, body] of [
    ['an operator for an address', { booker: { ...booker, email: { $ne: null } } }],
    ['an operator beside the booker', { booker, $where: 'sleep(5000)' }],
    ['an operator deep inside', { booker: { ...booker, $expr: { $function: {} } } }],
    ['a list for a name', { booker: { ...booker, name: ['Ada'] } }],
    ['a list for an address', { booker: { ...booker, email: ['a@example.org', 'b@example.org'] } }],
    ['a list for the booker', { booker: [booker] }],
    ['a list for a number', { booker, places: [2] }],
    ['an object for a list', { booker, participants: { 0: booker } }],
    ['a list for everything', [{ booker }]],
  ] as const)
    it(`is malformed with ${what}`, async () => {
      const answer = await refused(body);

      expect([answer.status, refusalOf(answer).code]).to.deep.equal([400, 'malformed']);
    });

  for (const text of [
    `{"booker":${JSON.stringify(booker)},"__proto__":{"polluted":true}}`,
    `{"booker":{"__proto__":{"polluted":true},"name":"Ada","email":"ada@example.org"}}`,
    `{"booker":${JSON.stringify(booker)},"constructor":{"prototype":{"polluted":true}}}`,
  ])
    it(`is malformed when it reaches for a prototype: ${text.slice(-60)}`, async () => {
      const answer = await refusedText(text);

      expect([answer.status, refusalOf(answer).code]).to.deep.equal([400, 'malformed']);
      expect({}).to.not.have.property('polluted');
    });

  for (const text of [
    '{',
    '{"booker":',
    "{'booker':1}",
    '{"places":NaN}',
    '"booker"',
    'null',
    '7',
    '\u0000',
    '['.repeat(90_000),
    `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`,
  ])
    it(`is malformed as ${text.slice(0, 20).replaceAll('\0', 'NUL')}`, async () => {
      expect((await refusedText(text)).status).to.equal(400);
    });

  it('is too large from 100 kB on', async () => {
    const answer = await refused({ booker: { ...booker, name: 'A'.repeat(102_400) } });

    expect([answer.status, refusalOf(answer).code]).to.deep.equal([413, 'too-large']);
  });

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'text/json',
    'application/json; charset=latin1',
    '',
  ])
    it(`is no JSON when it says it is ${type || 'nothing'}`, async () => {
      const answer = await refusedText(JSON.stringify({ booker }), { 'Content-Type': type });

      expect([answer.status, refusalOf(answer).code]).to.deep.equal([415, 'unsupported-media-type']);
    });
});

describe('a request without a body', () => {
  beforeEach(freshDatabase);

  it('is read whatever it says its body would be, unless it changes something', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const { token } = await aBooking();

    expect((await call('get', '/runs', { headers })).status).to.equal(200);
    expect((await call('post', `/bookings/${token}/cancellation`, { headers })).status).to.equal(415);
    expect((await call('post', `/bookings/${token}/cancellation`)).status).to.equal(200);
  });
});

describe('every refusal of the API', () => {
  beforeEach(freshDatabase);

  it('is problem+json with a sentence in the language that is asked for', async () => {
    const { id } = await aRun();
    const inLanguage = async (language: string) => {
      const headers = { 'Accept-Language': language };
      const answer = await call('post', `/runs/${id}/bookings`, {
        body: { booker: { ...booker, email: 'ada' } },
        headers,
      });
      expect(answer.headers['content-type']).to.equal('application/problem+json; charset=utf-8');
      expect(answer.headers['content-language']).to.equal(language.slice(0, 2));
      return problem.parse(answer.body);
    };

    const [german, english] = [await inLanguage('de-DE,de;q=0.9,en;q=0.5'), await inLanguage('en-GB,fr;q=0.3')];

    expect(german).to.include({ status: 422, code: 'invalid-input', type: 'urn:mosaik:problem:invalid-input' });
    expect(english).to.include({ status: 422, code: 'invalid-input', type: 'urn:mosaik:problem:invalid-input' });
    expect(german.detail).to.match(/^Bitte prüfen Sie/);
    expect(english.detail).to.match(/^Please check/);
    expect(german.errors?.[0]?.message).to.match(/E-Mail-Adresse/);
    expect(english.errors?.[0]?.message).to.match(/e-mail address/);
  });

  it('has a sentence that names the limit that was passed', async () => {
    const { id } = await aRun();

    const answer = await call('post', `/runs/${id}/bookings`, {
      body: { booker, places: 51 },
      headers: { 'Accept-Language': 'en' },
    });

    expect(problem.parse(answer.body).errors?.[0]?.message).to.contain('50');
  });

  for (const [method, path] of [
    ['get', '/'],
    ['get', '/nothing'],
    ['delete', '/runs'],
    ['put', '/runs/0123456789abcdef01234567'],
    ['get', '/seminars'],
    ['post', '/openapi.json'],
    ['get', '/runs/x/bookings'],
  ] as const)
    it(`is a problem where there is no route: ${method} ${path}`, async () => {
      const answer = await call(method, path, { headers: { Accept: 'text/html' } });

      expect(answer.status).to.equal(404);
      expect(answer.headers['content-type']).to.equal('application/problem+json; charset=utf-8');
      expect(problem.parse(answer.body).code).to.equal('not-found');
    });

  it('is a problem for an address that cannot be decoded', async () => {
    const answer = await call('get', '/bookings/%E0%A4%A');

    expect(answer.status).to.equal(400);
    expect(answer.headers['content-type']).to.equal('application/problem+json; charset=utf-8');
  });

  it('tells nothing of the code that refused', async () => {
    const answers = [await refusedText('{'), await call('get', '/nothing'), await call('get', '/runs?limit=x')];

    for (const { text } of answers) expect(text).to.not.match(/\bat .*:\d+|node_modules|Error:|\.ts\b/);
  });
});

describe('links in the answers of the API', () => {
  beforeEach(freshDatabase);

  it('begin with BASE_URL, whatever host a request names', async () => {
    const { id } = await aRun();
    const headers = {
      Host: 'evil.example.com',
      'X-Forwarded-Host': 'evil.example.com',
      'X-Forwarded-Proto': 'gopher',
      Forwarded: 'host=evil.example.com',
    };

    const booked = await call('post', `/runs/${id}/bookings`, { body: { booker }, headers });
    const listed = await call('get', '/runs', { headers });
    const description = await call('get', '/openapi.json', { headers });

    for (const answer of [booked, listed, description]) {
      expect(answer.text).to.contain(baseUrl).and.not.contain('evil');
      expect(answer.headers['location'] ?? baseUrl).to.match(new RegExp(`^${baseUrl}`));
    }
  });
});

describe('a request to the API in a visitor’s name', () => {
  beforeEach(freshDatabase);

  it('changes nothing from another site: a form cannot say that it is JSON, and a cookie opens no door', async () => {
    const { token } = await aBooking();
    const before = await everythingStored();
    const headers = {
      'Content-Type': 'text/plain',
      Origin: 'https://evil.example.com',
      'Sec-Fetch-Site': 'cross-site',
    };

    const answers = [
      await call('post', `/bookings/${token}/cancellation`, { headers, text: '{}' }),
      await call('post', '/seminars', { headers: { Cookie: 'mosaik-session=x' }, body: {} }),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([415, 401]);
    expect(await everythingStored()).to.equal(before);
  });

  it('leaves no cookie behind', async () => {
    const token = await networkToken();
    for (const answer of [
      await call('get', '/runs', { token }),
      await call('get', '/runs?lang=en'),
      await call('get', '/x'),
    ])
      expect(answer.headers).to.not.have.property('set-cookie');
  });
});

describe('a flood from one address', () => {
  beforeEach(freshDatabase);

  it('is a problem that says when to come back, and nobody else pays for it', async () => {
    const app = createApp({ config, addressLimit: 3, trustedProxies: 1 });
    const from = (address: string) => supertest(app).get('/api/v1/runs').set('X-Forwarded-For', address);

    for (let count = 0; count < 3; count += 1) expect((await from('203.0.113.7')).status).to.equal(200);
    // What the client itself wrote stands left of what the trusted proxy added.
    const flooded = await from('198.51.100.1, 203.0.113.7');

    expect(flooded.status).to.equal(429);
    expect(problem.parse(flooded.body)).to.include({ code: 'too-many-requests', status: 429 });
    expect(flooded.headers['content-type']).to.equal('application/problem+json; charset=utf-8');
    expect(Number(flooded.headers['retry-after'])).to.be.within(1, 60);
    expect((await from('203.0.113.8')).status).to.equal(200);
  });
});

/** Sends a booking that is refused and leaves no trace. */
function refused(body: unknown): Promise<Answer> {
  return refusedText(JSON.stringify(body));
}

async function refusedText(text: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { id } = await aRun();
  const before = await everythingStored();

  const answer = await call('post', `/runs/${id}/bookings`, { text, headers });

  expect(await everythingStored()).to.equal(before);
  return answer;
}

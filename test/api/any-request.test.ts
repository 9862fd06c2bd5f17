import { expect } from 'chai';
import {
  assert,
  asyncProperty,
  constant,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  option,
  record,
  string,
  type Arbitrary,
} from 'fast-check';
import { describedPaths } from '../../server/api/openapi.ts';
import { aBooking, aRun, aSeminar } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { call, everythingStored, networkToken } from './door.ts';

const requests = Number(process.env['ANY_REQUESTS'] ?? 150);
const hostile = [
  '__proto__',
  'constructor',
  '$ne',
  '$where',
  '../..',
  '%00',
  '\0',
  "'; --",
  '<script>',
  '.*(a+)+$',
  '١٢',
  'NaN',
  '-1',
  '1e999',
  '\ud800',
];

describe('any request to the API', function () {
  this.timeout(requests * 2_000);

  it('is answered as described, and never with a fault of ours; without a token nothing but bookings changes', async () => {
    await freshDatabase();
    const { id, sessions } = await aRun({ seminarId: await aSeminar({ modules: [{ title: 'Zuhören' }] }) });
    const { token } = await aBooking({ runId: id });
    const known = [id, token, sessions[0]?.id ?? ''];
    const bearer = await networkToken();
    const planned = await plans();

    const property = asyncProperty(aRequest(known), option(constantFrom(bearer, 'made-up')), async (request, as) => {
      const { method, path, query, body } = request;
      const search = new URLSearchParams(query).toString();
      const answer = await call(method, `${path}?${search}`, {
        ...(as && { token: as }),
        ...(body !== null && { text: body }),
      });

      expect(answer.status, `${method} ${path} ${answer.text}`).to.be.below(500);
      if (as !== bearer) expect(await plans()).to.equal(planned);
    });

    await assert(property, { numRuns: requests, endOnFailure: true });
  });
});

/** What only a coordinator may change. */
async function plans(): Promise<string> {
  const stored: unknown = JSON.parse(await everythingStored());
  const kept = ['runs', 'seminars', 'sessions', 'providers', 'apiTokens'];
  return JSON.stringify(Array.isArray(stored) ? stored.filter(([name]) => kept.includes(name)) : stored);
}

function aRequest(known: readonly string[]) {
  const word = oneof(constantFrom(...hostile, ...known), string({ unit: 'binary', maxLength: 30 }));
  return constantFrom(...describedPaths).chain(({ method, path }) =>
    record({
      method: constant(method === 'patch' || method === 'post' ? method : ('get' as const)),
      path: pathLike(path, word),
      query: dictionary(constantFrom('from', 'to', 'text', 'kind', 'free', 'after', 'limit', '$ne'), word, {
        maxKeys: 2,
      }),
      body:
        method === 'get'
          ? constant(null)
          : oneof(
              aBody(word).map((value) => JSON.stringify(value)),
              word,
            ),
    }),
  );
}

function pathLike(template: string, word: Arbitrary<string>): Arbitrary<string> {
  return word.map((value) =>
    template.replace(/\{\w+\}/g, () => encodeURIComponent(value.replace(/\p{Cs}/gu, '')) || 'x'),
  );
}

function aBody(word: Arbitrary<string>) {
  const value = oneof(word, jsonValue());
  const person = record({ name: value, email: oneof(constant('ada@example.org'), value) }, { requiredKeys: [] });
  return oneof(
    jsonValue(),
    record(
      {
        booker: oneof(person, value),
        participants: oneof(value, constant([])),
        places: value,
        modules: value,
        institution: value,
      },
      { requiredKeys: ['booker'] },
    ),
    record({ title: value, summary: value, kind: value, language: value, provider: value }, { requiredKeys: [] }),
    record(
      { seminarId: value, capacity: value, sessions: value, published: value, reason: value },
      { requiredKeys: [] },
    ),
    record({ startsAt: value, endsAt: value, timeZone: value, location: value, trainers: value }, { requiredKeys: [] }),
  );
}

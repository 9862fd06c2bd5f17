import { expect } from 'chai';
import { seminarById } from '../../server/modules/catalogue/index.ts';
import { createdSeminar } from '../../server/api/seminars.answers.ts';
import { aProvider } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { call, everythingStored, networkToken, refusalOf, tokenOfProvider } from './door.ts';

const seminar = {
  title: 'Mehrsprachige Elterngespräche',
  summary: 'Gespräche führen, wenn die gemeinsame Sprache fehlt.',
  kind: 'modular-course',
  language: 'de',
  provider: 'kargah',
  modules: [{ title: 'Zuhören' }, { title: 'Vermitteln', content: 'Rollenspiele' }],
};

describe('POST /api/v1/seminars', () => {
  beforeEach(freshDatabase);
  beforeEach(() => aProvider({ id: 'kargah' }));

  it('adds a seminar with its modules', async () => {
    const answer = await call('post', '/seminars', { token: await networkToken(), body: seminar });

    expect(answer.status).to.equal(201);
    const stored = await seminarById(createdSeminar.parse(answer.body).id);
    expect(stored).to.include({ title: seminar.title, kind: 'modular-course', providerId: 'kargah' });
    expect(stored?.modules.map(({ title }) => title)).to.deep.equal(['Zuhören', 'Vermitteln']);
  });

  it('asks who is there: without a token, with one that is none, for another provider, for one that is not there', async () => {
    const [owner, stranger, network] = [
      await tokenOfProvider('kargah'),
      await tokenOfProvider('vhs-hannover'),
      await networkToken(),
    ];
    const before = await everythingStored();

    expect((await call('post', '/seminars', { body: seminar })).status).to.equal(401);
    expect((await call('post', '/seminars', { body: seminar, token: 'mosaik_made-up' })).status).to.equal(401);
    const foreign = await call('post', '/seminars', { body: seminar, token: stranger });
    expect([foreign.status, refusalOf(foreign).code]).to.deep.equal([403, 'not-allowed']);
    const unknown = await call('post', '/seminars', { body: { ...seminar, provider: 'nobody' }, token: network });
    expect([unknown.status, refusalOf(unknown).code]).to.deep.equal([422, 'unknown-provider']);

    expect(await everythingStored()).to.equal(before);
    expect((await call('post', '/seminars', { body: seminar, token: owner })).status).to.equal(201);
  });

  it('believes no cookie: whoever is signed in on the pages is nobody here', async () => {
    const headers = { Cookie: 'mosaik-session=s%3Amade-up.signature; mosaik-language=en' };

    expect((await call('post', '/seminars', { body: seminar, headers })).status).to.equal(401);
  });

  it('names every fault at once', async () => {
    const body = { ...seminar, title: ' ', kind: 'concert', language: 'Deutsch', tenantId: 1, modules: 'Zuhören' };

    const answer = await call('post', '/seminars', { token: await networkToken(), body });

    expect(answer.status).to.equal(422);
    expect(refusalOf(answer)).to.deep.equal({
      code: 'invalid-input',
      errors: {
        title: 'required',
        kind: 'choose-one',
        language: 'language-code',
        modules: 'list',
        tenantId: 'unknown-field',
      },
    });
  });
});

import { expect } from 'chai';
import express, { type Express } from 'express';
import request from 'supertest';
import { aCoordinator } from '../../server/demo/builders.ts';
import { requireFormToken } from '../../server/web/cross-site.ts';
import { problemAnswers } from '../../server/web/problems.ts';
import { actorOf, formTokenOf, giveRequestId } from '../../server/web/request.ts';
import { beginSignInSession, endSignInSession, recogniseVisitor } from '../../server/web/sign-in-session.ts';
import { freshDatabase } from '../support/hooks.ts';

describe('the sign-in session', () => {
  beforeEach(freshDatabase);

  it('recognises the person who signed in, and nobody else', async () => {
    const { person } = await aCoordinator();
    const agent = request.agent(door());

    await agent.post(`/in/${person.id}`);

    expect((await agent.get('/who')).text).to.equal(person.id);
    expect((await request(door()).get('/who')).text).to.equal('anyone');
  });

  it('sets its cookie out of reach of scripts and other sites, and over https for this host alone', async () => {
    const { person } = await aCoordinator();

    const here = await request(door()).post(`/in/${person.id}`);
    const production = await request(door('https://mosaik.example.org')).post(`/in/${person.id}`);

    expect(here.headers['set-cookie']?.[0]).to.match(/^mosaik=.+; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/);
    expect(production.headers['set-cookie']?.[0]).to.match(
      /^__Host-mosaik=.+; Path=\/; Expires=.+; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('begins under a new id, whatever id the visitor came with', async () => {
    const { person } = await aCoordinator();
    const agent = request.agent(door());
    const first = cookieOf(await agent.post(`/in/${person.id}`));

    const second = cookieOf(await agent.post(`/in/${person.id}`));
    const old = await request(door()).get('/who').set('Cookie', first);

    expect(second).not.to.equal(first);
    expect(old.text).to.equal('anyone');
  });

  it('ends at sign-out for every copy of the cookie', async () => {
    const { person } = await aCoordinator();
    const agent = request.agent(door());
    const cookie = cookieOf(await agent.post(`/in/${person.id}`));

    await agent.post('/out').send('_token=').expect(403);
    const token = (await agent.get('/token')).text;
    await agent.post('/out').type('form').send({ _token: token }).expect(200);

    expect((await request(door()).get('/who').set('Cookie', cookie)).text).to.equal('anyone');
  });

  it('takes a forged or damaged cookie for none', async () => {
    for (const cookie of ['mosaik=s%3Aforged.signature', 'mosaik=', 'mosaik=%E0%A4%A', 'mosaik=s%3A%5Bobject'])
      expect((await request(door()).get('/who').set('Cookie', cookie)).text, cookie).to.equal('anyone');
  });

  it('forgets a person who is no longer there', async () => {
    const agent = request.agent(door());

    await agent.post(`/in/${'f'.repeat(24)}`);

    expect((await agent.get('/who')).text).to.equal('anyone');
  });

  it('asks forms of a signed-in person for the token of that very session', async () => {
    const { person } = await aCoordinator();
    const [mine, other] = [request.agent(door()), request.agent(door())];
    for (const agent of [mine, other]) await agent.post(`/in/${person.id}`);
    const [token, foreign] = [(await mine.get('/token')).text, (await other.get('/token')).text];
    const send = async (fields: object) => (await mine.post('/change').type('form').send(fields)).status;

    expect([await send({}), await send({ _token: foreign }), await send({ _token: `${token}x` })]).to.deep.equal([
      403, 403, 403,
    ]);
    expect(await send({ _token: token })).to.equal(200);
  });
});

function door(baseUrl = 'http://localhost:3000'): Express {
  const app = express();
  app.use(giveRequestId, recogniseVisitor({ baseUrl }), express.urlencoded({ extended: false }));
  app.post('/in/:personId', async (req, res) => {
    await beginSignInSession(req, req.params.personId);
    res.send('in');
  });
  app.use(requireFormToken);
  app.get('/who', (req, res) => {
    const actor = actorOf(req);
    res.send(actor.kind === 'person' ? actor.personId : actor.kind);
  });
  app.get('/token', (req, res) => {
    res.send(formTokenOf(req));
  });
  app.post('/change', (_req, res) => {
    res.send('changed');
  });
  app.post('/out', async (req, res) => {
    await endSignInSession(req);
    res.send('out');
  });
  app.use(problemAnswers);
  return app;
}

function cookieOf({ headers }: request.Response): string {
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

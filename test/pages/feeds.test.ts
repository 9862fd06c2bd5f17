import { expect } from 'chai';
import { cancelRun } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { changeSession, openFeed, renewFeed, sessionsOfRun } from '../../server/modules/scheduling/index.ts';
import { aCoordinator, aDraft, aProvider, aRun, aSession, aTrainer } from '../support/builders.ts';
import { instantsOf } from '../support/calendar-checks.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const provider = { kind: 'provider', id: 'vhs-hannover' } as const;
const fetchFeed = (token: string, headers: Record<string, string> = {}) =>
  new Visitor().agent.get(`/calendars/${token}.ics`).set(headers);

describe('a calendar to subscribe to', () => {
  beforeEach(freshDatabase);

  it('carries the public sessions of a provider, and nothing of drafts', async () => {
    const run = await aRun();
    await aDraft();
    const answer = await fetchFeed(await openFeed(systemActor, provider));

    expect(answer.status).to.equal(200);
    expect(answer.headers['content-type']).to.contain('text/calendar');
    expect(answer.text).to.contain('METHOD:PUBLISH').and.not.to.contain('ATTENDEE');
    expect(instantsOf(answer.text).map(({ startsAt }) => startsAt)).to.deep.equal(
      (await sessionsOfRun(run.id)).map(({ startsAt }) => startsAt.toISOString()),
    );
  });

  it('answers 304 as long as nothing changed, and says the new time once a session moved', async () => {
    const run = await aRun();
    const token = await openFeed(systemActor, provider);
    const first = await fetchFeed(token);
    const etag = String(first.headers['etag']);
    const same = await fetchFeed(token, { 'If-None-Match': etag });
    const [session] = await sessionsOfRun(run.id);
    const later = new Date(session!.startsAt.getTime() + 86_400_000);
    const endsAt = new Date(session!.endsAt.getTime() + 86_400_000);
    await changeSession(systemActor, session!.id, { startsAt: later, endsAt });
    const moved = await fetchFeed(token, { 'If-None-Match': etag });

    expect([same.status, same.text]).to.deep.equal([304, '']);
    expect(moved.status).to.equal(200);
    expect(instantsOf(moved.text)[0]?.startsAt).to.equal(later.toISOString());
    expect(uidsOf(moved.text)).to.deep.equal(uidsOf(first.text));
  });

  it('keeps what was cancelled, as CANCELLED', async () => {
    const run = await aRun();
    const token = await openFeed(systemActor, provider);
    await cancelRun(systemActor, { runId: run.id, reason: 'Zu wenige.' });

    expect((await fetchFeed(token)).text).to.contain('STATUS:CANCELLED');
  });

  it("carries a trainer's sessions under the UIDs of the invitations", async () => {
    const { person } = await aTrainer();
    await aRun({ sessions: [aSession({ trainers: [person.id] })] });
    await aRun();
    const answer = await fetchFeed(await openFeed(systemActor, { kind: 'trainer', id: person.id }));

    expect(uidsOf(answer.text)).to.have.lengthOf(1);
  });

  it('is behind an address that nobody guesses, and a new address makes the old one worthless', async () => {
    await aRun();
    const old = await openFeed(systemActor, provider);
    const again = await openFeed(systemActor, provider);
    const token = await renewFeed(systemActor, provider);
    const forged = `${old.slice(0, -1)}${old.endsWith('A') ? 'B' : 'A'}`;
    const answers = await Promise.all(
      [old, forged, 'x', `${'0'.repeat(24)}${old.slice(24)}`].map((one) => fetchFeed(one)),
    );

    expect(again).to.equal(old);
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404]);
    expect((await fetchFeed(token)).status).to.equal(200);
  });

  it('is made and renewed on the desk by whoever plans for the provider, and by nobody else', async () => {
    await aProvider({ id: 'kargah' });
    const desk = await signedIn(await aCoordinator());
    const page = await desk.open('/desk/calendar/subscriptions');
    const _token = page.document.querySelector<HTMLInputElement>('[name=_token]')?.value ?? '';
    const post = (fields: Record<string, string>) =>
      desk.agent
        .post('/desk/calendar/subscriptions')
        .type('form')
        .send({ _token, ...fields });
    const made = await post({ kind: 'provider', id: 'vhs-hannover', wish: 'open' });
    const foreign = await post({ kind: 'provider', id: 'kargah', wish: 'open' });
    const rubbish = await post({ kind: 'planet', id: 'mars', wish: 'open' });
    const address = (await desk.open('/desk/calendar/subscriptions')).field(/^Adresse/).value;

    expect([made.status, foreign.status, rubbish.status]).to.deep.equal([303, 404, 404]);
    expect(page.says).not.to.contain('kargah');
    expect(address).to.match(/^http:\/\/localhost:3000\/calendars\/[\w-]{46}\.ics$/);
  });

  it("is on a trainer's own calendar page, and shows nobody else's sessions", async () => {
    const [anna, ben] = [await aTrainer(), await aTrainer()];
    await aRun({ sessions: [aSession({ trainers: [ben.person.id] })] });
    const visitor = await signedIn(anna);
    const page = await visitor.submit(await visitor.open('/trainer/calendar?view=list'), 'Adresse anlegen');
    const foreign = await visitor.agent
      .post('/trainer/calendar/subscription')
      .type('form')
      .send({
        _token: page.document.querySelector<HTMLInputElement>('[name=_token]')?.value,
        kind: 'trainer',
        id: ben.person.id,
        wish: 'open',
      });

    expect(page.says).to.contain('Mein Kalender').and.to.contain('In dieser Zeit ist nichts geplant.');
    expect(page.field(/^Adresse/).value).to.contain('/calendars/');
    expect(foreign.status).to.equal(404);
    expect((await new Visitor().agent.get('/trainer/calendar')).status).to.equal(303);
  });
});

function uidsOf(text: string): string[] {
  return [...text.replaceAll('\r\n ', '').matchAll(/^UID:(.*)$/gm)].map(([, uid = '']) => uid.trim());
}

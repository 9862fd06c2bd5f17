import { expect } from 'chai';
import { composeMail } from '../../jobs/compose-mail.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import { cancelRun, postponeRun, publishRun } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { claimMessage, dueMessageIds, markSent } from '../../server/modules/mail/index.ts';
import { addPerson, personById, type Person } from '../../server/modules/people/index.ts';
import { absencesIn, askTrainer, changeSession, sessionById } from '../../server/modules/scheduling/index.ts';
import { aBooking, aCoordinator, aDraft, aPerson, aRun, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const sender = { mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' }, baseUrl: 'https://mosaik.example.org' };
const online = 'https://raum.example.org/7';

type Mail = { kind: string; to: string; text: string; calendar: string };

/** Everything that is due, as it goes out. */
async function mails(): Promise<Mail[]> {
  await relayEvents();
  const sent: Mail[] = [];
  for (const id of await dueMessageIds(100)) {
    const message = await claimMessage(id);
    const draft = message && (await composeMail(message, sender));
    if (!message || draft?.kind !== 'mail') continue;
    await markSent(message);
    const { to, text, calendar } = draft.mail;
    sent.push({ kind: message.kind, to: to.email, text, calendar: calendar?.content ?? '' });
  }
  return sent;
}

function linkOf({ text }: Mail): string {
  const [, path] = /https:\/\/mosaik\.example\.org(\/\S+)/.exec(text) ?? [];
  if (!path) throw new Error(`There is no link in: ${text}`);
  return path;
}

async function anExternal(): Promise<Person> {
  const known = aPerson();
  const person = { ...known, address: known.email, language: 'de' as const, roles: [{ kind: 'trainer' as const }] };
  const found = await personById(await addPerson(systemActor, { ...person, external: true }));
  if (!found) throw new Error('There is no such person.');
  return found;
}

/** A published run that somebody external leads who was never asked. */
async function taught(sessions = [aSession({ inDays: 30, location: online }), aSession({ inDays: 37 })]) {
  const person = await anExternal();
  const run = await aRun({ sessions: sessions.map((session) => ({ ...session, trainers: [person.id] })) });
  const told = (await mails()).filter(({ to }) => to === person.email);
  const [first] = told;
  if (!first) throw new Error('Nobody was told.');
  return { person, run, told, link: linkOf(first), sessionId: run.sessions[0]?.id ?? '' };
}

describe('an assignment without a request', () => {
  beforeEach(freshDatabase);

  it('tells who has no account by a link of their own, which opens all of it without signing in', async () => {
    await aCoordinator();
    const { run, told, link } = await taught();
    const somebody = aPerson();
    await aBooking({ runId: run.id, booker: somebody });
    const visitor = new Visitor();
    const page = await visitor.open(link);
    const [who] = page.getAllByRole('link', { name: /^Wer kommt am/ });
    const names = await visitor.open(who?.getAttribute('href') ?? '');

    expect(told.map(({ kind }) => kind)).to.deep.equal(['trainer-assigned', 'trainer-assigned']);
    expect(new Set(told.map(linkOf)).size).to.equal(1);
    expect([page.status, page.headers['cache-control']]).to.deep.equal([200, 'no-store']);
    expect(page.document.querySelectorAll('.sittings__one')).to.have.length(2);
    expect(page.html).to.contain(online);
    expect(page.says).to.contain('Ansprechperson').and.to.contain('Amsel').and.to.contain('@example.org');
    expect(names.says).to.contain(somebody.name).and.not.to.contain(somebody.email);
  });

  it('is there as a file for the calendar, under the entries that the mails keep', async () => {
    const { told, link } = await taught();
    const file = await new Visitor().open(`${link}/calendar.ics`);
    const uids = (text: string) => text.match(/^UID:.*$/gm) ?? [];

    expect(file.headers['content-type']).to.match(/^text\/calendar/);
    expect(uids(file.html)).to.have.members(told.flatMap(({ calendar }) => uids(calendar)));
  });

  it('is called off behind the link: opening the question changes nothing, the answer tells who plans', async () => {
    const coordinator = await aCoordinator();
    const { person, run, link, sessionId } = await taught();
    const visitor = new Visitor();
    const question = await visitor.open(`${link}/sessions/${sessionId}/absence`);
    const before = await absencesIn(run.id);
    const told = await visitor.submit(question, 'Ich falle aus');
    const again = await visitor.open(link);

    expect(before).to.deep.equal([]);
    expect(told.says).to.contain('Sie haben gemeldet, dass Sie nicht kommen können');
    expect(told.queryByRole('link', { name: 'Ich kann nicht kommen' })).to.equal(null);
    expect(again.says).to.contain('Ausfall gemeldet');
    expect((await absencesIn(run.id)).map(({ trainerId }) => trainerId)).to.deep.equal([person.id]);
    expect((await mails()).map(({ kind, to }) => [kind, to])).to.deep.include([
      'trainer-absent',
      coordinator.person.email,
    ]);
  });

  it('keeps its link in every later mail, and says what became of it', async () => {
    const { run, person, link, sessionId } = await taught();
    const session = await sessionById(sessionId);
    if (!session) throw new Error('There is no session.');
    const [startsAt, endsAt] = [session.startsAt, session.endsAt].map((at) => new Date(at.getTime() + 3_600_000));
    await changeSession(systemActor, sessionId, { startsAt, endsAt });
    const moved = (await mails()).filter(({ to }) => to === person.email);
    await changeSession(systemActor, sessionId, { trainers: [] });
    const released = (await mails()).filter(({ to }) => to === person.email);
    const rest = await new Visitor().open(link);
    const gone = await new Visitor().open(`${link}/sessions/${sessionId}`);
    await cancelRun(systemActor, { runId: run.id, reason: 'Das Haus ist zu.' });
    const cancelled = await new Visitor().open(link);

    expect(moved.map((mail) => [mail.kind, linkOf(mail)])).to.deep.equal([['invitation-updated', link]]);
    expect(released.map((mail) => [mail.kind, linkOf(mail)])).to.deep.equal([['trainer-released', link]]);
    expect(rest.document.querySelectorAll('.sittings__one')).to.have.length(1);
    expect(gone.status).to.equal(404);
    expect(cancelled.says).to.contain('Der Durchgang ist abgesagt').and.to.contain('Das Haus ist zu.');
    expect((await new Visitor().open(`${link}/calendar.ics`)).status).to.equal(404);
  });

  it('says that a run is postponed, and that somebody leads nothing any more', async () => {
    const { run, link } = await taught([aSession()]);
    const other = await taught([aSession()]);
    await postponeRun(systemActor, { runId: run.id, reason: 'Umbau' });
    await changeSession(systemActor, other.sessionId, { trainers: [] });

    expect((await new Visitor().open(link)).says).to.contain('Der Durchgang ist verschoben');
    expect((await new Visitor().open(other.link)).says).to.contain('Sie leiten in diesem Durchgang keinen Termin mehr');
  });

  it('asks on the same page when a request came later', async () => {
    const { run, person, link } = await taught();
    const answerBy = new Date(Date.now() + 5 * 86_400_000);
    await askTrainer(systemActor, { runId: run.id, trainerId: person.id, answerBy });
    const visitor = new Visitor();
    const asked = await visitor.open(link);
    const yes = await visitor.submit(asked, 'Ich sage zu');

    expect(asked.html).not.to.contain(online);
    expect(yes.says).to.contain('Sie haben zugesagt').and.to.contain('Termine als Kalenderdatei');
    expect((await visitor.open(link)).html).to.contain(online);
  });

  it('opens by its very token only, and serves no other purpose; a draft has no link', async () => {
    const { link, sessionId } = await taught();
    const token = link.split('/').at(-1) ?? '';
    const booking = await aBooking();
    const paths = [`${link.slice(0, -1)}x`, `/assignments/${booking.token}`, `/teaching/${token}`, '/assignments/x'];
    const person = await anExternal();
    const draft = await aDraft({ sessions: [aSession({ trainers: [person.id] })] });
    const early = (await mails()).filter(({ to }) => to === person.email);
    await publishRun(systemActor, draft.id);
    const onceTold = (await mails()).filter(({ to }) => to === person.email);

    for (const path of paths) {
      expect((await new Visitor().open(path)).status, path).to.equal(404);
      expect((await new Visitor().open(`${path}/sessions/${sessionId}/absence`)).status, path).to.equal(404);
      expect((await new Visitor().open(`${path}/calendar.ics`)).status, path).to.equal(404);
    }
    expect([early.length, onceTold.length]).to.deep.equal([0, 1]);
  });

  it('is locked by who plans: every old link is worthless at once, and a new one goes out only where it is wanted', async () => {
    const desk = await signedIn(await aCoordinator());
    const { run, person, link } = await taught();
    const answerBy = new Date(Date.now() + 5 * 86_400_000);
    const { token } = await askTrainer(systemActor, { runId: run.id, trainerId: person.id, answerBy });
    await mails();
    const question = await desk.open(`/desk/runs/${run.id}/trainers/${person.id}/links`);
    const before = await new Visitor().open(link);
    await desk.submit(question, 'Nur sperren');
    const quiet = (await mails()).filter(({ to }) => to === person.email);
    const gone = await Promise.all([link, `/teaching/${token}`].map((old) => new Visitor().open(old)));
    const done = await desk.submit(question, 'Sperren und neuen Link schicken');
    const [sent, ...more] = (await mails()).filter(({ to }) => to === person.email);
    const fresh = await new Visitor().open(sent ? linkOf(sent) : '');
    const history = await desk.open(`/desk/runs/${run.id}`);

    expect([before.status, ...gone.map(({ status }) => status)]).to.deep.equal([200, 404, 404]);
    expect(quiet).to.deep.equal([]);
    expect(done.says).to.contain('Die alten Links sind gesperrt. Der neue ist auf dem Weg.');
    expect([sent?.kind, more.length, fresh.status]).to.deep.equal(['trainer-links-renewed', 0, 200]);
    expect(fresh.says).to.contain('Ihr Einsatz').and.to.contain('Ich sage zu');
    expect(history.says).to.contain(`${person.name}: Links gesperrt, neuer Link gesendet.`);
  });

  it('keeps its links where somebody else, or nobody, would lock them', async () => {
    const { run, person, link } = await taught();
    const stranger = await signedIn(await aCoordinator({ provider: 'kargah' }));
    const desk = await signedIn(await aCoordinator());
    const idle = await anExternal();
    const lock = (visitor: Visitor, trainerId: string) =>
      visitor.post(`/desk/runs/${run.id}/trainers/${trainerId}/links`, { _do: 'revoke' });

    expect((await lock(new Visitor(), person.id)).status).to.be.oneOf([200, 401, 403]);
    expect((await lock(stranger, person.id)).status).to.be.oneOf([403, 404]);
    expect((await stranger.open(`/desk/runs/${run.id}/trainers/${person.id}/links`)).status).to.equal(404);
    expect((await desk.open(`/desk/runs/${run.id}/trainers/${'f'.repeat(24)}/links`)).status).to.equal(404);
    const question = await desk.open(`/desk/runs/${run.id}/trainers/${idle.id}/links`);
    expect((await desk.submit(question, 'Nur sperren')).status).to.equal(404);
    expect((await new Visitor().open(link)).status).to.equal(200);
  });

  it('leads whoever signs in to their own pages instead', async () => {
    const cello = await aTrainer();
    await aRun({ sessions: [aSession({ trainers: [cello.person.id] })] });
    const [told] = (await mails()).filter(({ to }) => to === cello.person.email);

    expect(told && linkOf(told)).to.match(/^\/trainer\/sessions\/[0-9a-f]{24}$/);
  });
});

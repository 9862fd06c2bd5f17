import { expect } from 'chai';
import { relayEvents } from '../../jobs/relay-events.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { personByAddress } from '../../server/modules/people/index.ts';
import {
  answerRequest,
  askForReplacement,
  askTrainer,
  cancelSession,
  qualificationsOf,
  requestsOfRun,
  sessionById,
  timesOf,
} from '../../server/modules/scheduling/index.ts';
import {
  aBooking,
  aCoordinator,
  aPerson,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
  type Signed,
} from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { askForCode, signedIn } from '../support/signed-in.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

describe('a request to teach', () => {
  let cello: Signed;
  let amsel: Signed;
  let run: { id: string; sessions: { id: string }[] };
  let sessionId: string;
  beforeEach(async () => {
    await freshDatabase();
    [cello, amsel] = [await aTrainer(), await aCoordinator()];
    run = await aRun({ sessions: [aSession({ trainers: [cello.person.id], location: 'https://raum.example.org/1' })] });
    sessionId = run.sessions[0]?.id ?? '';
  });
  const ask = () => askTrainer(amsel.actor, { runId: run.id, trainerId: cello.person.id, answerBy: inDays(5) });

  it('is accepted behind its link without an account; only then the link shows the room and who comes', async () => {
    const person = aPerson();
    await aBooking({ runId: run.id, booker: person });
    const { token } = await ask();
    const visitor = new Visitor();
    const question = await visitor.open(`/teaching/${token}`);
    const early = await visitor.open(`/teaching/${token}/sessions/${sessionId}`);
    const yes = await visitor.submit(question, 'Ich sage zu');
    const names = await visitor.open(`/teaching/${token}/sessions/${sessionId}`);

    expect(question.says).to.contain('Bitte antworten Sie bis');
    expect(question.html).not.to.contain('raum.example.org');
    expect(early.status).to.equal(404);
    expect(yes.says).to.contain('Sie haben zugesagt');
    expect(yes.html).to.contain('raum.example.org');
    expect(names.says).to.contain(person.name).and.not.to.contain('@');
    expect(names.headers['cache-control']).to.equal('no-store');
  });

  it('is declined behind its link; opening it alone changes nothing', async () => {
    const { token } = await ask();
    const visitor = new Visitor();
    await visitor.open(`/teaching/${token}`);
    const before = (await sessionById(sessionId))?.trainerIds;
    const no = await visitor.submit(await visitor.open(`/teaching/${token}`), 'Ich sage ab');

    expect(before).to.deep.equal([cello.person.id]);
    expect(no.says).to.contain('Sie haben abgesagt');
    expect((await sessionById(sessionId))?.trainerIds).to.deep.equal([]);
  });

  it('tells the second of two that somebody was faster', async () => {
    const [oboe, harfe] = [await aTrainer(), await aTrainer()];
    const wish = { sessionId, replaces: cello.person.id, trainerIds: [oboe.person.id, harfe.person.id] };
    const [first, second] = await askForReplacement(amsel.actor, { ...wish, answerBy: inDays(2) });
    const visitor = new Visitor();
    const question = await visitor.open(`/teaching/${second?.token}`);
    await answerRequest(oboe.actor, first?.id ?? '', 'accepted');
    const late = await visitor.submit(question, 'Ich sage zu');

    expect(late.status).to.equal(410);
    expect(late.says).to.contain('Jemand anderes war schneller');
  });

  it('opens by its very token only, and serves no other purpose', async () => {
    const { token } = await ask();
    const booking = await aBooking({ runId: run.id });
    const visitor = new Visitor();
    const paths = [
      `/teaching/${token.slice(0, -1)}x`,
      `/teaching/${booking.token}`,
      `/bookings/${token}`,
      '/teaching/x',
    ];

    for (const path of paths) expect((await visitor.open(path)).status, path).to.equal(404);
    expect((await visitor.post(`/teaching/${booking.token}`, { answer: 'accepted' })).status).to.equal(404);
  });

  it('stands first on the page of a trainer who signed in, and is answered there', async () => {
    await ask();
    const visitor = await signedIn(cello);
    const page = await visitor.open('/trainer');
    const answered = await visitor.submit(page, 'Ich sage zu');
    const [first] = page.document.querySelectorAll('main section h2');
    const [request] = await requestsOfRun(amsel.actor, run.id);

    expect(first?.textContent).to.equal('Eine Anfrage an Sie');
    expect(answered.path).to.equal('/trainer');
    expect(answered.says).not.to.contain('Anfrage an Sie');
    expect(request?.status).to.equal('accepted');
  });

  it('is not answered by others, nor by whoever is not signed in', async () => {
    const { id } = await ask();
    const other = await signedIn(await aTrainer());

    expect((await other.post(`/trainer/requests/${id}/answer`, { answer: 'accepted' })).status).to.be.oneOf([403, 404]);
    expect((await new Visitor().post(`/trainer/requests/${id}/answer`, { answer: 'accepted' })).status).to.be.oneOf([
      200, 401, 403, 404,
    ]);
    expect((await requestsOfRun(amsel.actor, run.id))[0]?.status).to.equal('asked');
  });

  it('has settled when the session is cancelled', async () => {
    const other = await aRun({
      sessions: [aSession({ inDays: 40, trainers: [cello.person.id] }), aSession({ inDays: 47 })],
    });
    const { token } = await askTrainer(amsel.actor, {
      runId: other.id,
      trainerId: cello.person.id,
      answerBy: inDays(5),
    });
    await cancelSession(systemActor, { sessionId: other.sessions[0]?.id ?? '', reason: 'Zu wenige' });
    const page = await new Visitor().open(`/teaching/${token}`);

    expect(page.says).to.contain('Diese Anfrage hat sich erledigt');
    expect(page.queryByRole('button', { name: 'Ich sage zu' })).to.equal(null);
  });

  it('is asked at the desk, which shows how it stands, and finds a substitute', async () => {
    const oboe = await aTrainer();
    const desk = await signedIn(amsel);
    const asked = await desk.submit(await desk.open(`/desk/runs/${run.id}/trainers`), 'Anfragen');
    const open = await desk.open(`/desk/runs/${run.id}`);
    const form = await desk.open(`/desk/sessions/${sessionId}/replacement/${cello.person.id}`);
    const nobody = await desk.submit(form, 'Diese Personen fragen');
    const checked = await desk.post(`/desk/sessions/${sessionId}/replacement/${cello.person.id}`, {
      ...tokenIn(form.document),
      'trainers[0]': oboe.person.id,
      answerBy: inDays(2).toISOString().slice(0, 10),
    });

    expect(asked.says).to.contain('gefragt, Antwort bis');
    expect(open.says).to.contain('Eine Anfrage ist noch offen');
    expect(nobody.says).to.contain('Bitte wählen Sie mindestens eine Person.');
    expect(form.says).to.contain(oboe.person.name).and.to.contain('für dieses Seminar nicht eingetragen, frei');
    expect(checked.says).to.contain(oboe.person.name);
  });

  it('is taken back at the desk, and the history says who was asked and what came of it', async () => {
    await ask();
    const desk = await signedIn(amsel);
    const taken = await desk.submit(await desk.open(`/desk/runs/${run.id}/trainers`), 'Anfrage zurückziehen');
    const [request] = await requestsOfRun(amsel.actor, run.id);
    await ask();
    const [, again] = await requestsOfRun(amsel.actor, run.id);
    await answerRequest(cello.actor, again?.id ?? '', 'accepted');
    const { says } = await desk.open(`/desk/runs/${run.id}`);

    expect(taken.says).to.contain('Die Anfrage ist zurückgezogen.');
    expect([request?.status, again?.status]).to.deep.equal(['withdrawn', 'asked']);
    for (const what of ['angefragt.', 'Anfrage zurückgezogen.', `hat zugesagt. · ${cello.person.name}`])
      expect(says).to.contain(`${cello.person.name}: ${what}`);
  });

  it('keeps the desk to those who plan: not signed in, not theirs, not there', async () => {
    const stranger = await signedIn(await aCoordinator({ provider: 'kargah' }));
    const desk = await signedIn(amsel);
    const paths = [
      `/desk/runs/${run.id}/trainers`,
      `/desk/runs/${run.id}/trainers/${cello.person.id}/links`,
      `/desk/sessions/${sessionId}/replacement/${cello.person.id}`,
    ];

    for (const path of paths) {
      expect((await new Visitor().open(path)).path, path).to.match(/^\/sign-in/);
      expect((await stranger.open(path)).status, path).to.equal(404);
      expect((await desk.open(path.replaceAll(/[0-9a-f]{24}/g, 'f'.repeat(24)))).status, path).to.equal(404);
    }
    for (const path of [
      '/desk/trainers',
      `/desk/trainers/${cello.person.id}`,
      `/desk/trainers/${cello.person.id}/times`,
    ])
      expect((await new Visitor().open(path)).path, path).to.match(/^\/sign-in/);
    expect((await desk.open(`/desk/trainers/${'f'.repeat(24)}`)).status).to.equal(404);
  });
});

describe('the trainers of the network', () => {
  let desk: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    desk = await signedIn(await aCoordinator());
  });

  it('come without an account, are known by one address, and cannot sign in', async () => {
    const page = await desk.open('/desk/trainers');
    const fields = { Name: 'Fagott Extern', 'E-Mail-Adresse': 'fagott.extern@example.org' };
    const wrong = await desk.submit(page, 'Person eintragen', { ...fields, 'E-Mail-Adresse': 'kein' });
    const added = await desk.submit(page, 'Person eintragen', fields);
    const twice = await desk.submit(page, 'Person eintragen', fields);
    const person = await personByAddress('fagott.extern@example.org');
    await askForCode(new Visitor(), 'fagott.extern@example.org');
    await relayEvents();

    expect(wrong.status).to.equal(422);
    expect(added.heading).to.equal('Seminare von Fagott Extern');
    expect([twice.status, twice.mistakes]).to.deep.equal([
      409,
      ['Diese Adresse gehört schon zu einer Person in Mosaik.'],
    ]);
    expect(person?.external).to.equal(true);
    expect((await desk.open('/desk/trainers')).says).to.contain('extern, ohne Zugang');
  });

  it('are entered for the seminars of the own provider; those of others stay', async () => {
    const { person } = await aTrainer();
    const own = await aSeminar({ title: 'Eigenes Seminar' });
    const page = await desk.open(`/desk/trainers/${person.id}`);
    page.field(/Eigenes Seminar/).checked = true;
    await desk.submit(page, 'Auswahl speichern');
    const known = await qualificationsOf(person.id);
    const again = await desk.open(`/desk/trainers/${person.id}`);

    expect([...known]).to.deep.equal([own]);
    expect(again.field(/Eigenes Seminar/).checked).to.equal(true);
  });

  it('say when they have time, at their own page, with mistakes at the field', async () => {
    const cello = await aTrainer();
    const visitor = await signedIn(cello);
    const form = await visitor.open('/trainer/times');
    const [from, until] = [
      form.getAllByLabelText<HTMLInputElement>('Von (Uhrzeit)')[0],
      form.getAllByLabelText<HTMLInputElement>('Bis (Uhrzeit)')[0],
    ];
    const weekday = form.getByLabelText<HTMLSelectElement>('Wochentag');
    if (!from || !until) throw new Error('There is no row.');
    [weekday.value, from.value, until.value] = ['2', '12:00', '09:00'];
    const wrong = await visitor.submit(form, 'Zeiten speichern');
    until.value = '16:00';
    await visitor.submit(form, 'Zeiten speichern');
    const times = await timesOf(cello.actor, cello.person.id);

    expect(wrong.status).to.equal(422);
    expect(times.weekly).to.deep.equal([{ weekday: 2, from: '12:00', until: '16:00' }]);
  });
});

function tokenIn(document: Document): Record<string, string> {
  const token = document.querySelector<HTMLInputElement>('main form input[name=_token]')?.value;
  return token ? { _token: token } : {};
}

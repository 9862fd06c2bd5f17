import { expect } from 'chai';
import { relayEvents } from '../../jobs/relay-events.ts';
import { cancelRun, bookPlaces, postponeRun, runDetails } from '../../server/modules/booking/index.ts';
import { anyone, eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { claimMessage, dueMessageIds, markSent, messagesAbout } from '../../server/modules/mail/index.ts';
import { changeSession } from '../../server/modules/scheduling/index.ts';
import { aBooking, aCoordinator, aPerson, aRoom, aRun, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const year = new Date().getFullYear() + 1;
const preview = 'Weiter zur Vorschau';
const confirm = 'Jetzt ändern und benachrichtigen';

describe('a change of a public plan', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  async function moving(sessionId: string | undefined, fields: Record<string, string>): Promise<Page> {
    return visitor.submit(await visitor.open(`/desk/sessions/${sessionId}/edit`), preview, fields);
  }

  it('is shown before it is made: who is told what, by name and in words, and nothing is saved', async () => {
    const { person } = await aTrainer();
    const run = await aRun({ sessions: [aSession({ trainers: [person.id] })] });
    const [azur, ocker] = [aPerson(), aPerson()];
    const booker = aPerson();
    const booking = await bookPlaces(anyone, { runId: run.id, booker, participants: [azur, ocker] });
    const before = await messagesAbout(booking.id);

    const page = await moving(run.sessions[0]?.id, { Tag: `${year}-06-15`, 'Ort oder Link': 'Rathaus, Saal 1' });

    expect(page.heading).to.equal('Bitte prüfen, bevor es alle erfahren');
    expect(page.says).to.contain('4 E-Mails an 2 Teilnehmende, eine Person, die gebucht hat und eine Trainerin');
    for (const { name } of [azur, ocker, booker, person]) expect(page.says).to.contain(name);
    expect(page.says).to.contain('Termin verschoben von').and.to.contain('Ihr Platz bleibt Ihnen.');
    expect(page.says).to.contain('Rathaus, Saal 1');
    expect((await eventsAbout({ runId: run.id })).map(({ type }) => type)).not.to.include('session-moved');
    expect(await messagesAbout(booking.id)).to.deep.equal(before);
    expect((await runDetails(systemActor, run.id)).sessions[0]?.location).not.to.equal('Rathaus, Saal 1');
  });

  it('is made by the second press, which leads to what has been sent; a third press makes nothing more', async () => {
    const run = await aRun();
    await aBooking({ runId: run.id });
    const shown = await moving(run.sessions[0]?.id, { Tag: `${year}-06-15` });
    const done = await visitor.submit(shown, confirm);
    const again = await visitor.submit(shown, confirm);
    const telling = done.says;
    await relayEvents();
    const due = await visitor.open(done.path);
    for (const id of await dueMessageIds(100)) {
      const message = await claimMessage(id);
      if (message) await markSent(message);
    }
    const sent = await visitor.open(done.path);
    const types = (await eventsAbout({ runId: run.id })).map(({ type }) => type);

    expect(done.heading).to.equal('Geändert');
    expect([done.path, again.path]).to.deep.equal([again.path, done.path]);
    expect(telling).to.contain('Die E-Mails sind unterwegs').and.to.contain('Weitere werden gerade geschrieben');
    expect(due.says).to.contain('Eine E-Mail folgt noch');
    expect(sent.says).to.contain('Alle sind benachrichtigt').and.to.contain('Eine E-Mail ist gesendet');
    expect(types.filter((type) => type === 'session-moved')).to.have.lengthOf(1);
    expect(
      (await visitor.open(`/desk/runs/${run.id}`)).getAllByRole('link', { name: 'Wer davon weiß' }),
    ).to.have.lengthOf(1);
  });

  it('is shown again when somebody booked in between, and when somebody else changed the plan', async () => {
    const run = await aRun();
    await aBooking({ runId: run.id });
    const shown = await moving(run.sessions[0]?.id, { Tag: `${year}-06-15` });
    await aBooking({ runId: run.id });
    const more = await visitor.submit(shown, confirm);
    await changeSession(systemActor, run.sessions[0]?.id ?? '', { location: 'Anderswo' });
    const other = await visitor.submit(more, confirm);
    const made = await visitor.submit(other, confirm);

    expect([more.status, other.status]).to.deep.equal([409, 409]);
    expect(more.says).to.contain('Inzwischen hat sich etwas geändert').and.to.contain('2 Teilnehmende');
    expect(made.heading).to.equal('Geändert');
  });

  it('goes back to the form with what was typed', async () => {
    const run = await aRun();
    await aBooking({ runId: run.id });
    const shown = await moving(run.sessions[0]?.id, { 'Ort oder Link': '<b>Saal</b>' });
    const form = await visitor.submit(shown, 'Zurück zum Formular');

    expect(form.field('Ort oder Link').value).to.equal('<b>Saal</b>');
    expect(shown.document.querySelectorAll('main b')).to.have.lengthOf(0);
  });

  it('names who would sit in two places at once, the other seminar only to those who plan it', async () => {
    const person = aPerson();
    const at = aSession({ inDays: 30 });
    const own = await aRun({ sessions: [at] });
    const moved = await aRun();
    await aBooking({ runId: own.id, booker: person });
    await aBooking({ runId: moved.id, booker: person });
    const day = at.startsAt.toISOString().slice(0, 10);
    const page = await moving(moved.sessions[0]?.id, { Tag: day });

    expect(page.says).to.contain('Das passt dann nicht mehr');
    expect(page.says).to.match(new RegExp(`${person.name} sitzt zur selben Zeit .* in „Interkulturelle Kompetenz`));
  });

  it('keeps what was never asked for: somebody who is not signed in, not theirs, not there', async () => {
    const run = await aRun();
    await aBooking({ runId: run.id });
    const done = await visitor.submit(await moving(run.sessions[0]?.id, { Tag: `${year}-06-15` }), confirm);
    const stranger = await signedIn(await aCoordinator({ provider: 'kargah' }));
    const paths = [
      done.path,
      `/desk/runs/${run.id}/postponement`,
      `/desk/runs/${run.id}/new-dates`,
      `/desk/sessions/${run.sessions[0]?.id}/cancellation`,
    ];

    for (const path of paths) {
      expect((await new Visitor().open(path)).path, path).to.match(/^\/sign-in/);
      expect((await stranger.open(path)).status, path).to.equal(404);
      const nowhere = path.replaceAll(/[0-9a-f]{24}/g, 'f'.repeat(24));
      expect((await visitor.open(nowhere)).status, nowhere).to.equal(404);
      if (path !== done.path)
        expect((await stranger.post(path, { reason: 'x', timeZone: 'Europe/Berlin' })).status).to.be.oneOf([403, 404]);
    }
  });

  it('cancels a single session, and the plan says so; the only one is not single', async () => {
    const run = await aRun({ sessions: [aSession(), aSession({ inDays: 21 })] });
    await aBooking({ runId: run.id });
    const form = await visitor.open(`/desk/sessions/${run.sessions[0]?.id}/cancellation`);
    const empty = await visitor.submit(form, preview);
    const shown = await visitor.submit(form, preview, { Grund: 'Die Leitung fällt aus.' });
    const done = await visitor.submit(shown, confirm);
    const page = await visitor.open(`/desk/runs/${run.id}`);

    expect(empty.status).to.equal(422);
    expect(shown.says).to.contain('Die Leitung fällt aus.').and.to.contain('Termin abgesagt');
    expect(done.says).to.contain('Termin abgesagt');
    expect(page.says).to.contain('Ein Termin fällt aus');
    expect((await runDetails(systemActor, run.id)).sessions.map(({ id }) => id)).to.deep.equal([run.sessions[1]?.id]);
    expect(page.queryByRole('link', { name: /^Absagen …/ })).to.equal(null);
  });

  it('adds a session to a public run and invites everybody', async () => {
    const run = await aRun();
    await aBooking({ runId: run.id });
    const form = await visitor.open(`/desk/runs/${run.id}/sessions/new`);
    const fields = { Tag: `${year}-06-15`, Beginn: '09:00', Ende: '12:00' };
    const shown = await visitor.submit(form, preview, fields);
    const done = await visitor.submit(shown, confirm);

    expect(shown.says).to.contain('Einladung').and.to.contain('hat einen Termin mehr');
    expect(done.says).to.contain('Ein Termin ist dazugekommen.');
    expect((await runDetails(systemActor, run.id)).sessions).to.have.lengthOf(2);
  });

  it('postpones a run, which then asks for new dates, and gives it some: the same sessions, and everybody hears of both', async () => {
    const run = await aRun({ sessions: [aSession(), aSession({ inDays: 21 })] });
    const booking = await aBooking({ runId: run.id });
    const form = await visitor.open(`/desk/runs/${run.id}/postponement`);
    const away = await visitor.submit(await visitor.submit(form, preview, { Grund: 'Wasserschaden' }), confirm);
    await relayEvents();
    const without = await visitor.open(`/desk/runs/${run.id}`);
    const booked = await visitor.open(`/bookings/${booking.token}`);
    const dates = await visitor.open(`/desk/runs/${run.id}/new-dates`);
    const [day, from, until] = ['Tag (freiwillig)', 'Beginn (freiwillig)', 'Ende (freiwillig)'].map((label) =>
      dates.getAllByLabelText<HTMLInputElement>(label),
    );
    for (const [fields, value] of [
      [day, `${year}-06-15`],
      [from, '10:00'],
      [until, '15:00'],
    ] as const)
      if (fields?.[0]) fields[0].value = value;
    const shown = await visitor.submit(dates, preview);
    const back = await visitor.submit(shown, confirm);
    const { run: after, sessions } = await runDetails(systemActor, run.id);

    expect(away.says).to.contain('Durchgang verschoben, neuer Termin folgt.');
    expect(without.says).to.contain('Wasserschaden').and.to.contain('noch keine neuen Termine');
    expect(booked.says).to.contain('verschoben').and.to.contain('Ihr Platz bleibt Ihnen');
    expect(shown.says).to.contain('Neue Termine festgelegt.').and.to.contain('Geänderte Einladung');
    expect(back.heading).to.equal('Geändert');
    expect(after.status).to.equal('published');
    expect(sessions.map(({ id }) => id)).to.deep.equal([run.sessions[0]?.id]);
    expect(sessions[0]?.startsAt.toISOString()).to.equal(`${year}-06-15T08:00:00.000Z`);
  });

  it('says at the field what is wrong with new dates', async () => {
    const run = await aRun();
    await postponeRun(systemActor, { runId: run.id, reason: 'Wasserschaden' });
    const dates = await visitor.open(`/desk/runs/${run.id}/new-dates`);
    const none = await visitor.submit(dates, preview);
    const half = await visitor.submit(dates, preview, { 'Tag (freiwillig)': `${year}-06-15` });

    expect(none.mistakes).to.deep.equal(['Ein Durchgang braucht mindestens einen Termin.']);
    expect(half.status).to.equal(422);
    expect(half.field('Beginn (freiwillig)').getAttribute('aria-invalid')).to.equal('true');
  });

  it('says of new dates, each at its field, which room and trainer is taken, and takes them for a reason', async () => {
    const { person } = await aTrainer();
    const [room, other] = [await aRoom(), await aRoom({ name: 'Raum 3.01' })];
    const on = (day: string) => ({ startsAt: new Date(`${day}T08:00:00Z`), endsAt: new Date(`${day}T10:00:00Z`) });
    const [first, second] = [`${year}-06-15`, `${year}-06-22`];
    await aRun({ sessions: [aSession({ ...on(first), location: '', roomId: room })] });
    await aRun({ sessions: [aSession({ ...on(second), trainers: [person.id] })] });
    const taught = { location: '', roomId: room, trainers: [person.id] };
    const run = await aRun({ sessions: [aSession(taught), aSession({ ...taught, inDays: 21, roomId: other })] });
    await postponeRun(systemActor, { runId: run.id, reason: 'Wasserschaden' });
    const form = await visitor.open(`/desk/runs/${run.id}/new-dates`);
    for (const [row, date] of [first, second].entries())
      for (const [name, value] of Object.entries({ date, from: '10:00', until: '12:00' }))
        control(form, `dates[${row}].${name}`).value = value;
    const refused = await visitor.submit(form, preview);
    const shown = await visitor.submit(refused, preview, { 'Grund (freiwillig)': 'Abgesprochen' });
    await visitor.submit(shown, confirm);
    const { sessions } = await runDetails(systemActor, run.id);

    expect([refused.status, refused.mistakes.length]).to.deep.equal([409, 2]);
    expect(refused.mistakes[0]).to.contain('Termin 1, Raum: Raum 2.10 ist belegt');
    expect(refused.mistakes[1]).to.contain('Termin 2, Tag').and.to.contain('hat da einen anderen Termin');
    expect(control(refused, 'dates[0].roomId').getAttribute('aria-invalid')).to.equal('true');
    expect(control(refused, 'dates[1].date').getAttribute('aria-invalid')).to.equal('true');
    expect(sessions.map(({ roomId }) => roomId)).to.deep.equal([room, other]);
  });

  it('shows what the cancellation of a run tells, also of one that has no dates', async () => {
    const run = await aRun();
    await aBooking({ runId: run.id });
    await postponeRun(systemActor, { runId: run.id, reason: 'Wasserschaden' });
    const form = await visitor.open(`/desk/runs/${run.id}/cancellation`);
    const shown = await visitor.submit(form, preview, { Grund: 'Kein neuer Termin möglich' });
    await cancelRun(systemActor, { runId: run.id, reason: 'Schon geschehen' });
    const late = await visitor.submit(shown, confirm);

    expect(shown.says).to.contain('Kein neuer Termin möglich').and.to.contain('Durchgang abgesagt.');
    expect(late.path).to.equal(`/desk/runs/${run.id}`);
    expect(late.says).to.contain('Schon geschehen');
  });
});

function control(page: Page, name: string): HTMLInputElement {
  const found = page.document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!found) throw new Error(`There is no field ${name}.`);
  return found;
}

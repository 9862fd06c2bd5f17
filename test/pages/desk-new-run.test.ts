import { expect } from 'chai';
import { DateTime } from 'luxon';
import { runDetails } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { runsToPlan } from '../../server/modules/scheduling/index.ts';
import { aCoordinator, aRoom, aRun, aSeminar, aSession, aTrainer, type Signed } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

/** Next year, so that every day below lies ahead. */
const year = new Date().getFullYear() + 1;
const [day, laterDay] = [`${year}-06-15`, `${year}-06-22`];
const session = { Tag: day, Beginn: '09:00', Ende: '16:30', 'Ort oder Link': 'Lernhaus Mitte' };

describe('planning a run', () => {
  let visitor: Visitor;
  let amsel: Signed;
  let path: string;
  let blank: Page;
  beforeEach(async () => {
    await freshDatabase();
    amsel = await aCoordinator();
    path = `/desk/runs/new?seminar=${await aSeminar({ modules: [{ title: 'Haltung' }] })}`;
    visitor = await signedIn(amsel);
    blank = await visitor.open(path);
  });

  it('asks for the seminar first when nobody has said which', async () => {
    const choice = await visitor.open('/desk/runs/new');
    const page = await visitor.submit(choice, 'Weiter');

    expect(page.path).to.contain('?seminar=');
    expect(page.getAllByLabelText('Tag')).to.have.lengthOf(1);
  });

  it('saves a draft that nobody else sees', async () => {
    const run = await visitor.submit(blank, 'Als Entwurf speichern', { ...session, Plätze: '12' });
    const publicPath = run.path.replace('/desk', '').replace(/\?.*/, '');

    expect(run.getByRole('status').textContent).to.contain('Der Entwurf ist gespeichert');
    expect(run.says).to.contain('Entwurf: Diesen Durchgang sehen nur Sie');
    expect((await new Visitor().open(publicPath)).status).to.equal(404);
  });

  it('publishes at once, with times of the zone, trainers and module', async () => {
    const { person } = await aTrainer();
    blank = await visitor.open(path);
    const run = await visitor.submit(blank, 'Jetzt veröffentlichen', {
      ...session,
      Plätze: '12',
      'Mindestzahl (freiwillig)': '6',
      'Trainerin oder Trainer (freiwillig)': person.id,
      'Modul (freiwillig)': blank.getAllByRole('option', { name: 'Haltung' })[0]?.getAttribute('value') ?? '',
    });
    const { sessions, run: planned, places } = await runDetails(systemActor, idIn(run));

    expect(run.says)
      .to.contain('Der Durchgang ist veröffentlicht')
      .and.to.contain(person.name)
      .and.to.contain('Haltung');
    expect(sessions.map(({ startsAt }) => startsAt.toISOString())).to.deep.equal([`${day}T07:00:00.000Z`]);
    expect([planned.status, planned.minimum, planned.cancellationHours, places.capacity]).to.deep.equal([
      'published',
      6,
      48,
      12,
    ]);
  });

  it('adds a session that begins like the last one, and takes one out, and keeps everything typed', async () => {
    const two = await visitor.submit(blank, 'Termin hinzufügen', { ...session, Plätze: '12' });
    const places = two.getAllByLabelText<HTMLInputElement>('Ort oder Link').map(({ value }) => value);
    const days = two.getAllByLabelText<HTMLInputElement>('Tag').map(({ value }) => value);
    const one = await visitor.submit(two, 'Termin 1 entfernen');

    expect(two.status).to.equal(200);
    expect(two.mistakes).to.deep.equal([]);
    expect(places).to.deep.equal(['Lernhaus Mitte', 'Lernhaus Mitte']);
    expect(days).to.deep.equal([day, '']);
    expect(two.getAllByLabelText('Weitere Person (freiwillig)')).to.have.lengthOf(2);
    expect([one.field('Tag').value, one.field('Beginn').value, one.field('Plätze').value]).to.deep.equal([
      '',
      '09:00',
      '12',
    ]);
  });

  it('presses no row button when somebody presses Enter', () => {
    const [first] = blank.document.querySelectorAll<HTMLButtonElement>('main form button');

    expect([first?.value, first?.tabIndex]).to.deep.equal(['draft', -1]);
  });

  it('plans one run from three clicks at the same moment', async () => {
    const sent = { ...formFields(blank), ...firstSession, capacity: '12', _do: 'publish' };
    const pages = await Promise.all([1, 2, 3].map(() => visitor.post(path, sent)));
    const runs = await runsToPlan(amsel.actor, { from: new Date(0), limit: 10 });

    expect(runs).to.have.lengthOf(1);
    expect(new Set(pages.map(({ path: to }) => to)).size).to.equal(1);
  });

  it('plans another run when somebody goes back and changes the day', async () => {
    const sent = { ...formFields(blank), ...firstSession, capacity: '12', _do: 'draft' };
    await visitor.post(path, sent);
    await visitor.post(path, { ...sent, 'sessions[0].date': laterDay });

    expect(await runsToPlan(amsel.actor, { from: new Date(0), limit: 10 })).to.have.lengthOf(2);
  });

  it('says what is missing at each field, and keeps the rest', async () => {
    const page = await visitor.submit(blank, 'Jetzt veröffentlichen', { Beginn: '09:00', Plätze: 'zwölf' });

    expect(page.status).to.equal(422);
    expect(page.mistakes).to.deep.equal([
      'Termin 1, Tag: Bitte geben Sie ein Datum an, zum Beispiel 2027-03-15.',
      'Termin 1, Ende: Bitte geben Sie eine Uhrzeit an, zum Beispiel 09:30.',
      'Termin 1, Ort oder Link: Bitte füllen Sie dieses Feld aus.',
      'Plätze: Bitte geben Sie eine ganze Zahl an, zum Beispiel 12.',
    ]);
    expect([page.field('Beginn').value, page.field('Plätze').value]).to.deep.equal(['09:00', 'zwölf']);
    expect(page.getByRole('link', { name: /ganze Zahl/ }).getAttribute('href')).to.equal('#capacity');
    expect(page.field('Tag').getAttribute('aria-invalid')).to.equal('true');
  });

  it('says at its field that the clock skips a time', async () => {
    const spring = DateTime.local(year, 3, 31).startOf('week').minus({ days: 1 });
    const change = spring.plus({ weeks: 1 }).month === 3 ? spring.plus({ weeks: 1 }) : spring;
    const skipped = { ...session, Tag: change.toISODate() ?? '', Beginn: '02:30', Ende: '04:00', Plätze: '9' };
    const page = await visitor.submit(blank, 'Als Entwurf speichern', skipped);

    expect(page.status).to.equal(422);
    expect(page.getByRole('link', { name: /02:30 Uhr gibt es an diesem Tag nicht/ }).getAttribute('href')).to.equal(
      '#sessions-0-from',
    );
    expect(page.field('Beginn').value).to.equal('02:30');
  });

  it('takes the first of two times that the clock shows twice', async () => {
    const lastOfOctober = DateTime.local(year, 10, 31);
    const change = lastOfOctober.minus({ days: lastOfOctober.weekday % 7 });
    const twice = { ...session, Tag: change.toISODate() ?? '', Beginn: '02:30', Ende: '05:00', Plätze: '9' };
    const run = await visitor.submit(blank, 'Als Entwurf speichern', twice);
    const { sessions } = await runDetails(systemActor, idIn(run));

    expect(sessions[0]?.startsAt.toISOString()).to.equal(`${change.toISODate()}T00:30:00.000Z`);
  });

  it('refuses a plan nobody could sit through, at the session that is wrong', async () => {
    const backwards = await visitor.submit(blank, 'Als Entwurf speichern', { ...session, Ende: '08:00', Plätze: '9' });
    const second = { 'sessions[1].date': day, 'sessions[1].from': '10:00', 'sessions[1].until': '11:00' };
    const overlapping = await visitor.post(path, {
      ...formFields(blank),
      ...firstSession,
      ...second,
      'sessions[1].location': 'Raum 2',
      capacity: '9',
    });

    expect(backwards.status).to.equal(422);
    expect(backwards.field('Ende').getAttribute('aria-invalid')).to.equal('true');
    expect(overlapping.status).to.equal(422);
    expect(overlapping.getAllByLabelText('Beginn')[1]?.getAttribute('aria-invalid')).to.equal('true');
  });

  it('says before anything is saved what speaks against the plan, hard and soft, each at its field', async () => {
    const { person } = await aTrainer();
    const [taken, small] = [
      await aRoom(),
      await aRoom({ name: 'Kammer', capacities: [{ seating: 'tables', places: 4 }] }),
    ];
    const [startsAt, endsAt] = [new Date(`${day}T08:00:00Z`), new Date(`${day}T10:00:00Z`)];
    await aRun({ sessions: [aSession({ startsAt, endsAt, location: '', roomId: taken })] });
    const form = await visitor.submit(await visitor.open(path), 'Termin hinzufügen');
    const rows = { 'sessions[0].roomId': taken, 'sessions[1].roomId': small, 'sessions[1].trainers[0]': person.id };
    for (const [name, value] of Object.entries(rows)) named(form, name).value = value;
    for (const [row, on] of [day, laterDay].entries())
      for (const [field, value] of Object.entries({ date: on, from: '09:00', until: '16:30' }))
        named(form, `sessions[${row}].${field}`).value = value;
    const page = await visitor.submit(form, 'Plan prüfen', { Plätze: '12' });
    const noteAt = (name: string) => {
      const ids = named(page, name).getAttribute('aria-describedby')?.split(' ') ?? [];
      return ids.map((id) => page.document.getElementById(id)?.textContent ?? '').join(' ');
    };

    expect([page.status, page.mistakes]).to.deep.equal([200, []]);
    expect(noteAt('sessions[0].roomId')).to.contain('Raum 2.10 ist belegt');
    expect(noteAt('sessions[1].roomId')).to.contain('Kammer hat höchstens 4 Plätze, der Durchgang hat 12.');
    expect(named(page, 'sessions[0].roomId').getAttribute('aria-invalid')).to.equal(null);
    expect(await runsToPlan(amsel.actor, { from: new Date(0), limit: 10 })).to.have.lengthOf(1);
  });

  it('says so where nothing speaks against the plan', async () => {
    const page = await visitor.submit(blank, 'Plan prüfen', { ...session, Plätze: '12' });

    expect(page.getByRole('status').textContent).to.contain('Nichts spricht gegen diesen Plan.');
  });

  it('sorts the rooms of a session by whether they are free then, and keeps what was typed', async () => {
    const [taken, free] = [await aRoom(), await aRoom({ name: 'Raum 3.01' })];
    const [startsAt, endsAt] = [new Date(`${day}T08:00:00Z`), new Date(`${day}T10:00:00Z`)];
    await aRun({ sessions: [aSession({ startsAt, endsAt, location: '', roomId: taken })] });
    const form = await visitor.open(path);
    const unknown = await visitor.submit(form, 'Freie Räume zeigen');
    const { 'Ort oder Link': _words, ...time } = session;
    const page = await visitor.submit(form, 'Freie Räume zeigen', { ...time, Plätze: '12' });
    const groups = [...page.field('Raum').querySelectorAll('optgroup')].map(
      ({ label, children }) => [label, [...children].map((option) => option.getAttribute('value'))] as const,
    );

    expect(unknown.says).to.contain('Geben Sie zuerst Tag, Beginn und Ende an.');
    expect(groups).to.deep.equal([
      ['Frei und passend', [free]],
      ['Nicht frei', [taken]],
    ]);
    expect(page.says).to.contain('1 Raum frei und passend, 0 mit Einschränkung, 1 nicht frei');
    expect([page.field('Tag').value, page.field('Plätze').value]).to.deep.equal([day, '12']);
  });

  it('says at its field that there is no such time zone', async () => {
    const form = await visitor.open(path);
    form.field('Zeitzone').insertAdjacentHTML('beforeend', '<option value="Mond/Krater">Mond</option>');
    const page = await visitor.submit(form, 'Als Entwurf speichern', {
      ...session,
      Plätze: '12',
      Zeitzone: 'Mond/Krater',
    });

    expect([page.status, page.mistakes]).to.deep.equal([
      422,
      ['Zeitzone: Bitte wählen Sie eine Zeitzone, zum Beispiel Europe/Berlin.'],
    ]);
    expect(page.field('Zeitzone').getAttribute('aria-invalid')).to.equal('true');
  });

  it('does not publish what has already begun, says so at the day, and keeps what was typed', async () => {
    const page = await visitor.submit(blank, 'Jetzt veröffentlichen', { ...session, Tag: '2024-06-10', Plätze: '9' });

    expect(page.field('Tag').getAttribute('aria-invalid')).to.equal('true');
    expect(page.says).to.contain('Der erste Termin hat schon begonnen');
    expect([page.status, page.field('Tag').value]).to.deep.equal([409, '2024-06-10']);
    expect(await runsToPlan(amsel.actor, { from: new Date(0), limit: 10 })).to.deep.equal([]);
  });
});

const firstSession = {
  'sessions[0].date': day,
  'sessions[0].from': '09:00',
  'sessions[0].until': '16:00',
  'sessions[0].location': 'Lernhaus Mitte',
};

function idIn(page: Page): string {
  return /\/runs\/([0-9a-f]{24})/.exec(page.path)?.[1] ?? '';
}

function formFields({ document }: Page): Record<string, string> {
  const fields = [...document.querySelectorAll<HTMLInputElement>('main form.form [name]:not(button)')];
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

function named(page: Page, name: string): HTMLInputElement {
  const control = page.document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!control) throw new Error(`There is no field ${name}.`);
  return control;
}

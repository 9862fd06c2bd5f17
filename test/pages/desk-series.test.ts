import { expect } from 'chai';
import { DateTime } from 'luxon';
import { runDetails } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { publicHolidaysBetween, replaceSchoolHolidays, schoolYearOf } from '../../server/modules/holidays/index.ts';
import { runsToPlan } from '../../server/modules/scheduling/index.ts';
import { aCoordinator, aProvider, aSeminar, aTrainer, type Signed } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

/** Next year, so that every day below lies ahead. */
const year = new Date().getFullYear() + 1;
const modules = ['Haltung', 'Sprache', 'Gespräche', 'Praxis'].map((title) => ({ title }));

describe('planning a run by rule', () => {
  let amsel: Signed;
  let visitor: Visitor;
  let path: string;
  let blank: Page;
  /** The last Tuesday before Ascension Day, which is a Thursday: a series over it meets a holiday. */
  let ascension: string;

  beforeEach(async () => {
    await freshDatabase();
    await aProvider({ land: 'NI' });
    amsel = await aCoordinator();
    path = `/desk/runs/new/series?seminar=${await aSeminar({ modules })}`;
    visitor = await signedIn(amsel);
    blank = await visitor.open(path);
    const days = await publicHolidaysBetween('NI', `${year}-05-02`, `${year}-06-30`);
    ascension = days.find(({ name }) => name.en === 'Ascension Day')?.on ?? '';
  });

  const times = { Beginn: '09:00', Ende: '12:00', 'Ort oder Link': 'Lernhaus Mitte' };
  const weekly = (wanted: Record<string, string | boolean> = {}) => ({
    ...times,
    'Erster Tag': plus(ascension, -14),
    'Zahl der Termine': '4',
    ...wanted,
  });
  const show = (wanted: Record<string, string | boolean> = {}) =>
    visitor.submit(blank, 'Termine ansehen', weekly(wanted));

  it('proposes the Land of the provider, and is found from the usual form', async () => {
    const usual = await visitor.open(path.replace('/series', ''));

    expect(blank.field('Bundesland').value).to.equal('NI');
    expect(usual.getByRole('link', { name: /Nach einer Regel/ }).getAttribute('href')).to.equal(path);
  });

  it('shows each day, names the holiday it leaves out, makes it up at the end and lays the modules over', async () => {
    const page = await show();

    expect([page.status, page.heading, page.mistakes]).to.deep.equal([200, 'Termine prüfen', []]);
    expect(page.says).to.contain('4 Termine geprüft: kein Konflikt, ein Termin ausgelassen');
    expect(page.says).to.contain('4 Termine, ein Tag ausgelassen').and.to.contain('Feiertag: Christi Himmelfahrt');
    expect(rowsOf(page)).to.deep.equal([
      [plus(ascension, -14), true, 'Haltung'],
      [plus(ascension, -7), true, 'Sprache'],
      [ascension, false, undefined],
      [plus(ascension, 7), true, 'Gespräche'],
      [plus(ascension, 14), true, 'Praxis'],
    ]);
    expect(await runsToPlan(amsel.actor, { from: new Date(0), limit: 9 })).to.deep.equal([]);
  });

  it('saves the days that are ticked, in the zone, with modules, trainers and Land', async () => {
    const { person } = await aTrainer();
    blank = await visitor.open(path);
    const preview = await show({ 'Trainerin oder Trainer (freiwillig)': person.id });
    const run = await visitor.submit(preview, 'Als Entwurf speichern', { Plätze: '12' });
    const { sessions, seminar, run: planned, places } = await runDetails(systemActor, idIn(run));

    expect(run.says).to.contain('Der Entwurf ist gespeichert');
    expect(sessions.map(({ startsAt }) => local(startsAt))).to.deep.equal(
      [-14, -7, 7, 14].map((days) => `${plus(ascension, days)} 09:00`),
    );
    expect(sessions.map(({ moduleId }) => seminar.modules.find(({ id }) => id === moduleId)?.title)).to.deep.equal(
      modules.map(({ title }) => title),
    );
    expect(sessions.flatMap(({ trainerIds }) => trainerIds)).to.deep.equal(Array(4).fill(person.id));
    expect([planned.status, planned.land, planned.cancellationHours, places.capacity]).to.deep.equal([
      'draft',
      'NI',
      48,
      12,
    ]);
  });

  it('leaves out a day that somebody unticks, says that one is missing, and adds it at the end by the rule', async () => {
    const preview = await show();
    preview.document.querySelector<HTMLInputElement>('[name="sessions[0].take"]')?.click();
    const checked = await visitor.submit(preview, 'Änderungen prüfen');
    const longer = await visitor.submit(checked, 'Fehlende Termine am Ende anhängen');

    expect(checked.says).to.contain('Ein Termin fehlt zu 4').and.to.contain('3 Termine, 2 Tage ausgelassen');
    expect(rowsOf(longer).at(-1)).to.deep.equal([plus(ascension, 21), true, 'Praxis']);
    expect(rowsOf(longer)[0]).to.deep.equal([plus(ascension, -14), false, undefined]);
    expect(longer.says).to.contain('4 Termine, 2 Tage ausgelassen').and.not.to.contain('fehlt');
  });

  it('takes a holiday all the same when somebody ticks it', async () => {
    const preview = await show();
    preview.document.querySelector<HTMLInputElement>('[name="sessions[2].take"]')?.click();
    const checked = await visitor.submit(preview, 'Änderungen prüfen');
    const run = await visitor.submit(checked, 'Als Entwurf speichern', { Plätze: '12' });

    expect(checked.says).to.contain('5 Termine geprüft: kein Konflikt, eine Einschränkung');
    expect(checked.says).not.to.contain('Nichts spricht gegen diesen Plan.');
    expect((await runDetails(systemActor, idIn(run))).sessions).to.have.lengthOf(5);
  });

  it('marks school holidays, which stay in unless asked, and says which years nobody has entered', async () => {
    const period = { name: 'Vogelferien', firstOn: plus(ascension, 5), lastOn: plus(ascension, 9) };
    const unknown = await show();
    await replaceSchoolHolidays(systemActor, { land: 'NI', schoolYears: [schoolYearOf(period)], periods: [period] });
    const marked = await show();
    blank = await visitor.open(path);
    const left = await show({ 'Schulferien auslassen': true });

    expect(unknown.says).to.contain(`keine Schulferien eingetragen: ${schoolYearOf(period)}`);
    expect(marked.says).to.contain('Schulferien: Vogelferien').and.not.to.contain('keine Schulferien eingetragen');
    expect(rowsOf(marked).find(([day]) => day === plus(ascension, 7))?.[1]).to.equal(true);
    expect(rowsOf(left).find(([day]) => day === plus(ascension, 7))?.[1]).to.equal(false);
    expect(rowsOf(left).filter(([, taken]) => taken)).to.have.lengthOf(4);
  });

  it('flags the days on which the clock changes, and leaves out a time that it skips', async () => {
    const change = lastSundayOf(3);
    const preview = await show({ 'Erster Tag': change, Beginn: '02:30', Ende: '04:00', 'Zahl der Termine': '2' });

    expect(preview.says)
      .to.contain('An diesem Tag wird die Uhr umgestellt')
      .and.to.contain('Diese Uhrzeit gibt es an diesem Tag nicht');
    expect(rowsOf(preview).map(([day, taken]) => [day, taken])).to.deep.equal([
      [change, false],
      [plus(change, 7), true],
      [plus(change, 14), true],
    ]);
  });

  it('goes back to the rule with everything that was typed', async () => {
    const back = await visitor.submit(await show({ Montag: true }), 'Regel ändern');

    expect(back.heading).to.equal('Termine nach einer Regel planen');
    expect([
      back.field('Zahl der Termine').value,
      back.field('Beginn').value,
      back.field('Montag').checked,
    ]).to.deep.equal(['4', '09:00', true]);
  });

  const mistakes: [string, Record<string, string>, string][] = [
    [
      '10,000 recurrences',
      { 'Zahl der Termine': '10000' },
      'Zahl der Termine: Die Zahl ist zu groß. Möglich sind höchstens 60.',
    ],
    [
      'a last day before the first',
      { 'Zahl der Termine': '', 'Letzter Tag': `${year}-01-01` },
      'Letzter Tag: Der letzte Tag liegt vor dem ersten.',
    ],
    [
      'a last day too far away',
      { 'Zahl der Termine': '', 'Letzter Tag': `${year + 2}-12-31` },
      'Letzter Tag: Bis dahin wären es mehr als 60 Termine. Bitte wählen Sie einen früheren Tag.',
    ],
    [
      'no end at all',
      { 'Zahl der Termine': '' },
      'Zahl der Termine: Bitte geben Sie die Zahl der Termine oder den letzten Tag an.',
    ],
    [
      'two ends',
      { 'Letzter Tag': `${year}-12-31` },
      'Letzter Tag: Bitte geben Sie entweder die Zahl der Termine oder den letzten Tag an.',
    ],
    [
      'an end before the start',
      { Ende: '08:00' },
      'Ende: Das Ende liegt nicht nach dem Beginn. Geht ein Termin über Mitternacht? Dann planen Sie ihn bitte einzeln.',
    ],
    [
      'a first day in the past',
      { 'Erster Tag': '2020-03-03' },
      'Erster Tag: Der erste Tag ist schon vorbei. Buchen kann man nur, was noch kommt.',
    ],
    [
      'a first day in a far century',
      { 'Erster Tag': '2099-03-03' },
      'Erster Tag: Der erste Tag liegt zu weit voraus. Möglich sind höchstens 3 Jahre.',
    ],
    ['no place', { 'Ort oder Link': '' }, 'Ort oder Link: Bitte füllen Sie dieses Feld aus.'],
    [
      'a place of 10,000 signs',
      { 'Ort oder Link': 'x'.repeat(10_000) },
      'Ort oder Link: Das ist zu lang. Bitte schreiben Sie höchstens 300 Zeichen.',
    ],
  ];
  for (const [what, wanted, sentence] of mistakes)
    it(`says at its field what is wrong with ${what}, and keeps the rest`, async () => {
      const page = await show(wanted);

      expect(page.mistakes).to.deep.equal([sentence]);
      expect([page.status, page.field('Beginn').value]).to.deep.equal([422, '09:00']);
    });

  it('says at its field that there is no such zone', async () => {
    const page = await visitor.post(path, {
      ...fieldsOf(blank),
      ...typed(ascension),
      timeZone: 'Mars/Olympus',
      _do: 'lay',
    });

    expect(page.mistakes).to.deep.equal(['Zeitzone: Bitte wählen Sie eine Zeitzone, zum Beispiel Europe/Berlin.']);
  });

  it('says at the day what nobody could sit through, and that nothing is ticked', async () => {
    const preview = await show();
    const wrong = await visitor.post(path, {
      ...fieldsOf(preview),
      capacity: '9',
      'sessions[1].until': '08:00',
      _do: 'draft',
    });
    const none = Object.fromEntries(Object.entries(fieldsOf(preview)).filter(([name]) => !name.endsWith('.take')));
    const empty = await visitor.post(path, { ...none, capacity: '9', _do: 'draft' });

    expect(wrong.status).to.equal(422);
    expect(wrong.document.querySelector('[name="sessions[1].until"]')?.getAttribute('aria-invalid')).to.equal('true');
    expect(wrong.document.querySelectorAll('details[open]')).to.have.lengthOf(1);
    expect(empty.mistakes.join()).to.contain('Bitte kreuzen Sie mindestens einen Tag an');
  });

  it('finds the right day of a refusal behind one that is left out', async () => {
    const preview = await show();
    const [fourth, fifth] = [plus(ascension, 7), plus(ascension, 14)];
    const twice = { ...fieldsOf(preview), capacity: '9', 'sessions[4].date': fourth, _do: 'draft' };
    const page = await visitor.post(path, twice);

    expect(fifth).not.to.equal(fourth);
    expect(page.status).to.equal(422);
    expect(page.document.querySelector('[name="sessions[4].from"]')?.getAttribute('aria-invalid')).to.equal('true');
  });

  it('plans one run from three clicks at the same moment', async () => {
    const sent = { ...fieldsOf(await show()), capacity: '9', _do: 'draft' };
    await Promise.all([1, 2, 3].map(() => visitor.post(path, sent)));

    expect(await runsToPlan(amsel.actor, { from: new Date(0), limit: 9 })).to.have.lengthOf(1);
  });

  it('asks strangers to sign in, and shows nobody the seminar of another provider', async () => {
    await aProvider({ id: 'kargah' });
    const foreign = `/desk/runs/new/series?seminar=${await aSeminar({ provider: 'kargah' })}`;
    const stranger = new Visitor();

    expect((await stranger.agent.get(path)).headers['location']).to.contain('/sign-in');
    expect((await visitor.open(foreign)).status).to.equal(404);
    expect(
      (
        await visitor.post(foreign, {
          _token: blank.document.querySelector<HTMLInputElement>('[name=_token]')?.value ?? '',
        })
      ).status,
    ).to.equal(404);
    expect((await visitor.open('/desk/runs/new/series')).status).to.equal(404);
  });
});

function rowsOf({ document }: Page): [string, boolean, string | undefined][] {
  return [...document.querySelectorAll('.day-rows > li')].map((row) => [
    row.querySelector<HTMLInputElement>('[type=date]')?.value ?? '',
    row.querySelector<HTMLInputElement>('[type=checkbox]')?.checked ?? false,
    row
      .querySelector<HTMLOptionElement>('option[value]:not([value=""])[selected]')
      ?.textContent?.replace(/^\d+\. /, ''),
  ]);
}

function fieldsOf({ document }: Page): Record<string, string> {
  const fields = [...document.querySelectorAll<HTMLInputElement>('main form.form [name]:not(button)')];
  return Object.fromEntries(
    fields.filter(({ type, checked }) => type !== 'checkbox' || checked).map(({ name, value }) => [name, value]),
  );
}

function typed(startsOn: string): Record<string, string> {
  return { startsOn, count: '2', from: '09:00', until: '12:00', location: 'Lernhaus' };
}

function idIn(page: Page): string {
  return /\/runs\/([0-9a-f]{24})/.exec(page.path)?.[1] ?? '';
}

function plus(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'UTC' }).plus({ days }).toFormat('yyyy-MM-dd');
}

function local(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'Europe/Berlin' }).toFormat('yyyy-MM-dd HH:mm');
}

function lastSundayOf(month: number): string {
  const last = DateTime.utc(year, month, 1).endOf('month');
  return last.minus({ days: last.weekday % 7 }).toFormat('yyyy-MM-dd');
}

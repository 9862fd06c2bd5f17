import { expect } from 'chai';
import { DateTime } from 'luxon';
import { runDetails } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aCoordinator, aProvider, aRun, aSeminar, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const zone = 'Europe/Berlin';
const year = new Date().getFullYear() + 1;

describe('repeating a run on new dates', () => {
  let visitor: Visitor;
  let runId: string;
  let blank: Page;
  beforeEach(async () => {
    await freshDatabase();
    await aProvider({ land: 'NI' });
    // Two Wednesdays before the clock changes in spring, one after it.
    const sessions = ['03-10', '03-17', '04-07'].map((day, index) =>
      aSession({ startsAt: at(`${year}-${day}T09:30`), endsAt: at(`${year}-${day}T12:00`), location: `Haus ${index}` }),
    );
    runId = (await aRun({ sessions })).id;
    visitor = await signedIn(await aCoordinator());
    blank = await visitor.open(`/desk/runs/${runId}/copy`);
  });

  it('is found on the page of the run', async () => {
    const run = await visitor.open(`/desk/runs/${runId}`);

    expect(run.getByRole('link', { name: 'Wiederholen …' }).getAttribute('href')).to.equal(`/desk/runs/${runId}/copy`);
  });

  it('shows every session by whole weeks on its own weekday, flags holidays, and saves nothing yet', async () => {
    const first = mondayOf(`${year}-10-20`);
    const page = await visitor.submit(blank, 'Neue Termine ansehen', { 'Neuer erster Tag': first });
    const weekdays = await originalWeekdays(runId);

    expect([page.status, page.says.includes('3 Termine')]).to.deep.equal([200, true]);
    expect(daysOf(page).map((day) => DateTime.fromISO(day).weekday)).to.deep.equal(weekdays);
    expect(page.says).to.contain('Haus 2').and.to.contain('09:30–12:00');
  });

  it('keeps the civil time over the change of the clock', async () => {
    const page = await visitor.submit(blank, 'Neue Termine ansehen', { 'Neuer erster Tag': `${year}-10-18` });
    const run = await visitor.submit(page, 'Als Entwurf speichern');
    const { sessions } = await runDetails(systemActor, /runs\/([0-9a-f]{24})/.exec(run.path)?.[1] ?? '');
    const clocks = sessions.map(({ startsAt }) => DateTime.fromJSDate(startsAt, { zone }));

    expect(run.says).to.contain('Der Entwurf ist gespeichert');
    expect(clocks.map((clock) => clock.toFormat('HH:mm'))).to.deep.equal(['09:30', '09:30', '09:30']);
    expect(new Set(clocks.map(({ offset }) => offset)).size).to.equal(2);
    expect(clocks.map(({ weekday }) => weekday)).to.deep.equal(await originalWeekdays(runId));
  });

  it('moves by exact days where one wants that', async () => {
    const page = await visitor.submit(blank, 'Neue Termine ansehen', {
      'Neuer erster Tag': `${year}-09-02`,
      'Wie verschieben sich die Termine?': 'days',
    });

    expect(daysOf(page)).to.deep.equal([`${year}-09-02`, `${year}-09-09`, `${year}-09-30`]);
  });

  it('says what a day meets, and leaves out what is unticked', async () => {
    const page = await visitor.submit(blank, 'Neue Termine ansehen', {
      'Neuer erster Tag': `${year}-12-18`,
      'Wie verschieben sich die Termine?': 'days',
    });
    page.document.querySelector<HTMLInputElement>('[name="sessions[1].take"]')?.click();
    const run = await visitor.submit(page, 'Als Entwurf speichern');
    const { sessions } = await runDetails(systemActor, /runs\/([0-9a-f]{24})/.exec(run.path)?.[1] ?? '');

    expect(page.says).to.contain('Feiertag: 1. Weihnachtstag');
    expect(sessions.map(({ location }) => location)).to.deep.equal(['Haus 0', 'Haus 2']);
  });

  it('says at its field that the first day is missing or over', async () => {
    const missing = await visitor.submit(blank, 'Neue Termine ansehen');
    const over = await visitor.submit(blank, 'Neue Termine ansehen', { 'Neuer erster Tag': '2020-01-01' });

    expect(missing.mistakes).to.deep.equal([
      'Neuer erster Tag: Bitte geben Sie ein Datum an, zum Beispiel 2027-03-15.',
    ]);
    expect([over.status, over.mistakes.length]).to.deep.equal([422, 1]);
  });

  it('opens for those who plan the run, and for nobody else', async () => {
    await aProvider({ id: 'kargah' });
    const foreign = await aRun({ seminarId: await aSeminar({ provider: 'kargah' }) });
    const _token = blank.document.querySelector<HTMLInputElement>('[name=_token]')?.value ?? '';

    expect((await new Visitor().agent.get(`/desk/runs/${runId}/copy`)).status).to.equal(303);
    for (const id of [foreign.id, 'f'.repeat(24)]) {
      expect((await visitor.open(`/desk/runs/${id}/copy`)).status).to.equal(404);
      expect((await visitor.post(`/desk/runs/${id}/copy`, { _token })).status).to.equal(404);
    }
  });
});

async function originalWeekdays(runId: string): Promise<number[]> {
  const { sessions } = await runDetails(systemActor, runId);
  return sessions.map(({ startsAt }) => DateTime.fromJSDate(startsAt, { zone }).weekday);
}

function daysOf({ document }: Page): string[] {
  return [...document.querySelectorAll<HTMLInputElement>('.day-rows [type=date]')].map(({ value }) => value);
}

function mondayOf(day: string): string {
  return DateTime.fromISO(day).startOf('week').toFormat('yyyy-MM-dd');
}

function at(local: string): Date {
  return DateTime.fromISO(local, { zone }).toJSDate();
}

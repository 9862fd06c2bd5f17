import { expect } from 'chai';
import { messagesAbout } from '../../server/modules/mail/index.ts';
import { runById } from '../../server/modules/scheduling/index.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aBooking, aCoordinator, aDraft, aPerson, aProvider, aRun, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import type { Page, Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const start = new Date('2028-04-18T08:00:00Z');
const sessions = [aTuesdayAfterEaster()];

function aTuesdayAfterEaster() {
  return {
    startsAt: start,
    endsAt: new Date(start.getTime() + 7 * 3_600_000),
    timeZone: 'Europe/Berlin',
    location: 'Lernhaus Mitte, Raum 2.10, Hannover',
  };
}

describe('reminder plans, on the desk', () => {
  let visitor: Visitor;
  let restore = () => {};
  beforeEach(async () => {
    restore = setClock(() => new Date('2028-04-01T12:00:00Z'));
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });
  afterEach(() => restore());

  const remindersOf = (runId: string) => visitor.open(`/desk/runs/${runId}/reminders`);
  /** The page with these answers in one of its rules. */
  const typed = (page: Page, fields: Record<string, string>, rule = 0): Page => {
    for (const [name, value] of Object.entries(fields)) {
      const field = page.document.querySelector<HTMLInputElement>(`[name="rules[${rule}].${name}"]`)!;
      if (field.type === 'checkbox') field.checked = value === 'on';
      else field.value = value;
    }
    return page;
  };

  it('shows on the page of a draft who would get which mail when, before anything is published', async () => {
    const draft = await aDraft({ sessions });
    const { says } = await visitor.open(`/desk/runs/${draft.id}`);

    expect(says).to.contain('Di., 11. Apr. 2028, 09:00').and.to.contain('alle, die teilnehmen werden');
    expect(says).to.contain('Wer bis Dienstag, 11. April 2028, 09:00 Uhr bucht, bekommt alle 2 Mails.');
    expect(says).to.contain('Wer noch später bucht, bekommt keine mehr.');
  });

  it('previews a plan with the holidays that it keeps clear of, and saves nothing by that', async () => {
    const run = await aRun({ sessions, land: 'NI' });
    const participant = aPerson();
    const booking = await aBooking({ runId: run.id, participants: [participant] });
    const shown = await visitor.submit(
      typed(await remindersOf(run.id), { amount: '1', at: '08:00', workingDays: 'on' }),
      'Vorschau',
    );

    expect(shown.says).to.contain('Do., 13. Apr. 2028, 08:00').and.to.contain('statt Mo., 17. Apr. 2028: Ostermontag');
    expect(shown.says).to.contain('1 Teilnehmende Person').and.to.contain(participant.name);
    expect((await runById(run.id))?.ownReminders).to.equal(undefined);
    const english = await visitor.open(`/desk/runs/${run.id}/reminders?lang=en`);
    expect(english.says).to.contain('Who gets which email when');
    expect((await messagesAbout(booking.id)).filter(({ kind }) => kind === 'reminder')).to.have.lengthOf(2);
  });

  it('saves a plan of the run’s own, from which those are reminded who have booked, and takes the seminar’s back', async () => {
    const run = await aRun({ sessions });
    const booking = await aBooking({ runId: run.id });
    const added = await visitor.submit(await remindersOf(run.id), 'Regel hinzufügen');
    const saved = await visitor.submit(
      typed(added, { amount: '2', unit: 'hours-before' }, 3),
      'Erinnerungen speichern',
    );
    await relayEvents();
    const dues = async () =>
      (await messagesAbout(booking.id))
        .filter(({ kind, state }) => kind === 'reminder' && state === 'due')
        .map(({ dueAt }) => dueAt.toISOString());

    expect(saved.says).to.contain('Die Erinnerungen sind gespeichert.').and.to.contain('eigene Erinnerungen');
    expect(await dues())
      .to.include('2028-04-18T06:00:00.000Z')
      .and.to.have.lengthOf(3);
    await visitor.submit(saved, 'Wieder die des Seminars nehmen');
    await relayEvents();
    expect(await dues()).to.have.lengthOf(2);
  });

  it('says at the field what is wrong, and keeps what was typed', async () => {
    const run = await aRun({ sessions });
    const tried = async (fields: Record<string, string>) =>
      visitor.submit(typed(await remindersOf(run.id), fields, 1), 'Erinnerungen speichern');
    const mistakes = async (fields: Record<string, string>) => {
      const page = await tried(fields);
      return `${page.status} ${page.mistakes.join(' ')}`;
    };

    expect(await mistakes({ amount: 'bald' })).to.match(/^422 .*ganze Zahl/);
    expect(await mistakes({ amount: '91' })).to.match(/^422 .*höchstens 90 Tage/);
    expect(await mistakes({ amount: '0', unit: 'hours-before' })).to.match(/^422 .*1 bis 72 Stunden/);
    expect(await mistakes({ unit: 'hours-before', workingDays: 'on' })).to.match(/^422 .*nur mit Tagen/);
    expect(await mistakes({ at: '' })).to.match(/^422 .*Uhrzeit/);
    expect(await mistakes({ amount: '7' })).to.match(/^422 .*steht schon weiter oben/);
    expect(await mistakes({ audience: 'everybody' })).to.match(/^422 .*Regel 2, An wen/);
  });

  it('lets a seminar propose a plan, which its drafts follow', async () => {
    const draft = await aDraft({ sessions });
    const { seminarId = '' } = (await runById(draft.id)) ?? {};
    const page = await visitor.open(`/desk/seminars/${seminarId}/reminders`);
    const saved = await visitor.submit(typed(page, { amount: '10' }), 'Erinnerungen speichern');

    expect(saved.says).to.contain('Die Erinnerungen des Seminars sind gespeichert.');
    expect((await runById(draft.id))?.reminders[0]).to.include({ daysBefore: 10, at: '09:00' });
  });

  it('finds nothing for others, and nothing that is not there', async () => {
    await aProvider({ id: 'anderswo' });
    const stranger = await signedIn(await aCoordinator({ provider: 'anderswo' }));
    const run = await aRun({ sessions: [aSession()] });
    const { seminarId = '' } = (await runById(run.id)) ?? {};
    const nowhere = 'f'.repeat(24);
    const paths = [
      `/desk/runs/${run.id}/reminders`,
      `/desk/runs/${nowhere}/reminders`,
      `/desk/seminars/${seminarId}/reminders`,
      `/desk/seminars/${nowhere}/reminders`,
    ];

    for (const path of paths) expect((await stranger.open(path)).status, path).to.equal(404);
  });
});

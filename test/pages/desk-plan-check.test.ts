import { expect } from 'chai';
import { postponeRun, runDetails } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aCoordinator, aRoom, aRun, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import type { Page, Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

/** A Monday of next year: every day below lies ahead, and the house is open. */
const monday = mondayIn(new Date().getFullYear() + 1);
const clear = 'Nichts spricht gegen diesen Plan.';

function mondayIn(year: number): string {
  const first = new Date(Date.UTC(year, 5, 8));
  return new Date(first.getTime() + ((8 - first.getUTCDay()) % 7) * 86_400_000).toISOString().slice(0, 10);
}

const at = (day: string, from: string, until: string) => ({
  startsAt: new Date(`${day}T${from}:00+02:00`),
  endsAt: new Date(`${day}T${until}:00+02:00`),
});

/** Two rooms; the small one is taken on Monday morning. */
async function aHouse() {
  const [small, large] = [
    await aRoom({ name: 'Kleiner Raum', capacities: [{ seating: 'rows', places: 4 }], equipment: [] }),
    await aRoom({ name: 'Großer Raum', capacities: [{ seating: 'rows', places: 40 }], equipment: ['projector'] }),
  ];
  await aRun({ sessions: [aSession({ ...at(monday, '09:00', '12:00'), location: '', roomId: small })] });
  return { small, large };
}

describe('checking a plan that is changed', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('says of a single session, each at its field, what is impossible and what is a pity, and saves nothing', async () => {
    const { small, large } = await aHouse();
    const { person } = await aTrainer();
    await aRun({ sessions: [aSession({ ...at(monday, '09:00', '12:00'), trainers: [person.id] })] });
    const run = await aRun({ capacity: 12, needs: { equipment: ['projector'] } });
    const form = await visitor.open(`/desk/sessions/${run.sessions[0]?.id}/edit`);
    fill(form, '', { date: monday, from: '10:00', until: '13:00', roomId: small, 'trainers[0]': person.id });
    const checked = await visitor.submit(form, 'Plan prüfen');
    fill(checked, '', { from: '14:00', until: '16:00', roomId: large });
    const free = await visitor.submit(checked, 'Plan prüfen');
    const { sessions } = await runDetails(systemActor, run.id);

    expect(checked.status).to.equal(200);
    expect(notesAt(checked, 'roomId')).to.have.length(3);
    expect(notesAt(checked, 'roomId').join()).to.contain('ist belegt').and.to.contain('4').and.to.contain('Beamer');
    expect(notesAt(checked, 'trainers[0]')).to.have.length(1);
    expect(countAtTop(checked)).to.equal('Ein Termin geprüft: 2 Konflikte, 2 Einschränkungen');
    expect(waysAtTop(checked)).to.deep.equal(['#roomId', '#trainers-0', '#roomId', '#roomId']);
    expect(checked.says).not.to.contain(clear);
    expect(countAtTop(free)).to.equal('Ein Termin geprüft: kein Konflikt');
    expect(free.says).to.contain(clear);
    expect(sessions[0]?.roomId).to.equal(undefined);
  });

  it('adds what is a pity to the refusal of what is impossible', async () => {
    const { small } = await aHouse();
    const run = await aRun({ capacity: 12 });
    const form = await visitor.open(`/desk/sessions/${run.sessions[0]?.id}/edit`);
    fill(form, '', { date: monday, from: '10:00', until: '13:00', roomId: small });
    const refused = await visitor.submit(form, 'Weiter zur Vorschau');

    expect(refused.status).to.equal(409);
    expect(refused.mistakes).to.have.length(1);
    expect(notesAt(refused, 'roomId')).to.have.length(1);
  });

  it('checks a session that is to be added, and says what cannot be read', async () => {
    const { small } = await aHouse();
    const run = await aRun({ capacity: 12 });
    const form = await visitor.open(`/desk/runs/${run.id}/sessions/new`);
    const unread = await visitor.submit(form, 'Plan prüfen');
    fill(form, '', { date: monday, from: '10:00', until: '13:00', roomId: small });
    const checked = await visitor.submit(form, 'Plan prüfen');

    expect(unread.mistakes.length).to.be.above(0);
    expect(countAtTop(unread)).to.equal('Kein Termin geprüft: kein Konflikt, ein Termin ausgelassen');
    expect(unread.says).not.to.contain(clear);
    expect(notesAt(checked, 'roomId')).to.have.length(2);
    expect((await runDetails(systemActor, run.id)).sessions).to.have.length(1);
  });

  it('says of all sessions of a run what speaks against each, the trainer at the day', async () => {
    const { small, large } = await aHouse();
    const { person } = await aTrainer();
    await aRun({ sessions: [aSession({ ...at(monday, '09:00', '12:00'), trainers: [person.id] })] });
    const run = await aRun({
      capacity: 12,
      sessions: [aSession({ inDays: 30, trainers: [person.id] }), aSession({ inDays: 37 })],
    });
    const form = await visitor.open(`/desk/runs/${run.id}/sessions`);
    fill(form, 'dates[0].', { date: monday, from: '10:00', until: '13:00', roomId: large });
    fill(form, 'dates[1].', { date: monday, from: '15:00', until: '16:00', roomId: small });
    const checked = await visitor.submit(form, 'Plan prüfen');
    fill(checked, 'dates[0].', { from: '17:00', until: '18:00' });
    fill(checked, 'dates[1].', { roomId: large });
    const free = await visitor.submit(checked, 'Plan prüfen');

    expect(notesAt(checked, 'dates[0].date').join()).to.contain(person.name);
    expect(notesAt(checked, 'dates[1].roomId').join()).to.contain('4');
    expect(free.says).to.contain(clear);
    expect((await runDetails(systemActor, run.id)).sessions[0]?.roomId).to.equal(undefined);
  });

  it('says of new dates what speaks against them, and gives the run none', async () => {
    const { small, large } = await aHouse();
    const run = await aRun({ capacity: 12 });
    await postponeRun(systemActor, { runId: run.id, reason: 'Wasserschaden' });
    const form = await visitor.open(`/desk/runs/${run.id}/new-dates`);
    fill(form, 'dates[0].', { date: monday, from: '10:00', until: '13:00', roomId: small });
    const checked = await visitor.submit(form, 'Plan prüfen');
    fill(checked, 'dates[0].', { roomId: large });
    const free = await visitor.submit(checked, 'Plan prüfen');

    expect(notesAt(checked, 'dates[0].roomId')).to.have.length(2);
    expect(free.says).to.contain(clear);
    expect((await runDetails(systemActor, run.id)).run.status).to.equal('postponed');
  });

  it('names what the run needs of its room', async () => {
    const { large } = await aHouse();
    const run = await aRun({ capacity: 12, needs: { accessibility: ['step-free'] } });
    const form = await visitor.open(`/desk/sessions/${run.sessions[0]?.id}/edit`);
    fill(form, '', { date: monday, from: '14:00', until: '16:00', roomId: large });
    const checked = await visitor.submit(form, 'Plan prüfen');

    expect(notesAt(checked, 'roomId').join()).to.match(/stufenlos|stufenfrei|barrierefrei/i);
  });
});

function fill(page: Page, prefix: string, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const field = page.document.querySelector<HTMLInputElement>(`[name="${prefix}${name}"]`);
    if (!field) throw new Error(`There is no field ${prefix}${name}.`);
    field.value = value;
  }
}

/** The answer of the check, before everything else: how much was looked at, and what was found. */
function countAtTop({ document }: Page): string {
  return (document.querySelector('[role="status"] .kern-title')?.textContent ?? '').trim();
}

function waysAtTop({ document }: Page): (string | null)[] {
  return [...document.querySelectorAll('[role="status"] a')].map((way) => way.getAttribute('href'));
}

/** What the form says at a field without calling it a mistake. */
function notesAt({ document }: Page, name: string): string[] {
  const id = `${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')}-note`;
  return [...document.querySelectorAll(`#${id} li`)].map((item) => (item.textContent ?? '').trim());
}

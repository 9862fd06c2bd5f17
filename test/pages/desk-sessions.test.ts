import { expect } from 'chai';
import { bookPlaces, runDetails } from '../../server/modules/booking/index.ts';
import { anyone, eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { aCoordinator, aDraft, aPerson, aRun, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import type { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const year = new Date().getFullYear() + 1;

describe('the sessions of a run on the desk', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('are moved, given another room and other trainers, after saying who will be told', async () => {
    const old = await aTrainer();
    const fresh = await aTrainer();
    const run = await aRun({ sessions: [aSession({ trainers: [old.person.id] })] });
    await bookPlaces(anyone, { runId: run.id, booker: aPerson(), participants: [aPerson(), aPerson()] });
    const form = await visitor.open(`/desk/sessions/${run.sessions[0]?.id}/edit`);
    const shown = await visitor.submit(form, 'Weiter zur Vorschau', {
      Tag: `${year}-06-15`,
      Beginn: '10:00',
      Ende: '15:00',
      'Ort oder Link': 'Rathaus, Saal 1',
      'Trainerin oder Trainer (freiwillig)': fresh.person.id,
    });
    await visitor.submit(shown, 'Jetzt ändern und benachrichtigen');
    const done = await visitor.open(`/desk/runs/${run.id}`);
    const [session] = (await runDetails(systemActor, run.id)).sessions;

    expect(shown.says)
      .to.contain('2 Teilnehmende')
      .and.to.contain('Eine Person, die gebucht hat')
      .and.to.contain('2 Trainerinnen und Trainer');
    expect(done.says).to.contain('Rathaus, Saal 1');
    expect(done.says).to.contain(fresh.person.name).and.to.contain('Termin verschoben von');
    expect(session).to.deep.include({ location: 'Rathaus, Saal 1', trainerIds: [fresh.person.id] });
    expect(session?.startsAt.toISOString()).to.equal(`${year}-06-15T08:00:00.000Z`);
  });

  it('stay as they are when the form is saved unchanged, and nobody is told', async () => {
    const { person } = await aTrainer();
    const run = await aRun({ sessions: [aSession({ trainers: [person.id], location: 'https://raum.example.org/1' })] });
    const form = await visitor.open(`/desk/sessions/${run.sessions[0]?.id}/edit`);
    const done = await visitor.submit(form, 'Weiter zur Vorschau');

    expect(done.says).to.contain('Der Termin ist gespeichert.');
    const types = (await eventsAbout({ runId: run.id })).map(({ type }) => type);
    expect(types).not.to.include.members(['session-moved']);
    expect(types).not.to.include.members(['trainers-changed']);
  });

  it('go on over midnight when they say on which day they end, and say so when they are changed again', async () => {
    const run = await aDraft();
    const id = run.sessions[0]?.id ?? '';
    const form = await visitor.open(`/desk/sessions/${id}/edit`);
    const night = { Tag: `${year}-06-15`, Beginn: '22:00', Ende: '06:00' };
    const refused = await visitor.submit(form, 'Termin speichern', night);
    await visitor.submit(refused, 'Termin speichern', { 'Endet am (freiwillig)': `${year}-06-16` });
    const [session] = (await runDetails(systemActor, run.id)).sessions;
    const again = await visitor.open(`/desk/sessions/${id}/edit`);

    expect(form.field('Endet am (freiwillig)').closest('details')?.open).to.equal(false);
    expect(refused.field('Ende').getAttribute('aria-invalid')).to.equal('true');
    expect([session?.startsAt.toISOString(), session?.endsAt.toISOString()]).to.deep.equal([
      `${year}-06-15T20:00:00.000Z`,
      `${year}-06-16T04:00:00.000Z`,
    ]);
    expect(again.field('Endet am (freiwillig)').value).to.equal(`${year}-06-16`);
    expect(again.field('Endet am (freiwillig)').closest('details')?.open).to.equal(true);
  });

  it('come back with what was typed and the mistake at its field', async () => {
    const run = await aRun();
    const form = await visitor.open(`/desk/sessions/${run.sessions[0]?.id}/edit`);
    const page = await visitor.submit(form, 'Weiter zur Vorschau', { Ende: '08:00', 'Ort oder Link': '<b>Saal</b>' });

    expect(page.status).to.equal(422);
    expect(page.field('Ende').getAttribute('aria-invalid')).to.equal('true');
    expect([page.field('Ende').value, page.field('Ort oder Link').value]).to.deep.equal(['08:00', '<b>Saal</b>']);
    expect(page.document.querySelectorAll('main b')).to.have.lengthOf(0);
  });

  it('are no longer moved when they are over', async () => {
    const run = await aRun();
    const path = `/desk/sessions/${run.sessions[0]?.id}/edit`;
    const restore = setClock(() => new Date(Date.now() + 90 * 86_400_000));
    const over = await visitor.open(path);
    restore();

    expect(over.says).to.contain('Dieser Termin ist vorbei');
    expect(over.queryByRole('button', { name: 'Weiter zur Vorschau' })).to.equal(null);
  });

  it('are added to a draft and taken out of it, but never the last one', async () => {
    const draft = await aDraft();
    const form = await visitor.open(`/desk/runs/${draft.id}/sessions/new`);
    const two = await visitor.submit(form, 'Termin hinzufügen', {
      Tag: `${year}-06-15`,
      Beginn: '09:00',
      Ende: '12:00',
    });
    const remove = two.getAllByRole('button', { name: /^Entfernen/ });
    const one = await visitor.submit(two, remove[1]?.textContent ?? '');

    expect(two.says).to.contain('Der Termin ist hinzugefügt.').and.to.contain('2 Termine');
    expect(remove).to.have.lengthOf(2);
    expect(one.says).to.contain('Der Termin ist entfernt.');
    expect(one.queryAllByRole('button', { name: /^Entfernen/ })).to.have.lengthOf(0);
    expect((await runDetails(systemActor, draft.id)).sessions).to.have.lengthOf(1);
  });
});

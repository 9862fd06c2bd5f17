import { expect } from 'chai';
import { DateTime } from 'luxon';
import { bookPlaces, runDetails } from '../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../server/modules/history/index.ts';
import { aCoordinator, aDraft, aPerson, aProvider, aRoom, aRun, aSeminar, aSession } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const nowhere = 'f'.repeat(24);

describe('choosing a room', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('shows which rooms are free and fit, why others do not, and takes one', async () => {
    const fits = await aRoom({ name: 'Raum Gut', accessibility: ['step-free'], equipment: ['projector'] });
    await aRoom({ name: 'Raum Klein', capacities: [{ seating: 'circle', places: 5 }] });
    const taken = await aRoom({ name: 'Raum Voll' });
    await aRun({ sessions: [aSession({ roomId: taken })] });
    const draft = await aDraft();
    const needs = await visitor.open(`/desk/runs/${draft.id}/needs`);
    const run = await visitor.submit(needs, 'Änderungen speichern', { Beamer: true });
    const page = await visitor.open(`/desk/free-rooms?session=${draft.sessions[0]?.id}`);
    const done = await visitor.submit(page, 'Diesen Raum nehmen Raum Gut');

    expect(run.says).to.contain('Ausstattung: Beamer');
    expect(page.getByRole('heading', { name: 'Frei und passend (1)' })).to.not.equal(null);
    expect(page.says).to.contain('Raum Klein hat höchstens 5 Plätze, der Durchgang hat 12.');
    expect(page.says).to.contain('In Raum Klein fehlt: Beamer.').and.to.contain('Raum Voll ist belegt:');
    expect(done.says).to.contain('Raum Gut');
    expect((await runDetails(systemActor, draft.id)).sessions[0]?.roomId).to.equal(fits);
  });

  it('works for any time, before there is a run', async () => {
    const roomId = await aRoom();
    const session = aSession({ roomId });
    await aRun({ sessions: [session] });
    const date = DateTime.fromJSDate(session.startsAt, { zone: 'Europe/Berlin' }).toISODate();
    const query = (from: string, until: string) => `/desk/free-rooms?date=${date}&from=${from}&until=${until}`;

    expect((await visitor.open('/desk/free-rooms')).says).not.to.contain('Nicht frei');
    expect((await visitor.open(query('18:00', '20:00'))).says).to.contain('Frei und passend (1)');
    expect((await visitor.open(query('10:00', '11:00'))).says).to.contain('Zu dieser Zeit ist kein Raum frei.');
    expect((await visitor.open(query('10:99', '11:00'))).status).to.equal(422);
  });

  it("is nobody else's: not signed in, not yours, not there", async () => {
    await aProvider({ id: 'kargah' });
    const theirs = await aDraft({ seminarId: await aSeminar({ provider: 'kargah' }) });
    const foreign = [`/desk/runs/${theirs.id}/needs`, `/desk/free-rooms?session=${theirs.sessions[0]?.id}`];
    const missing = [`/desk/runs/${nowhere}/needs`, `/desk/free-rooms?session=${nowhere}`];

    for (const [index, path] of foreign.entries()) {
      const [notYours, notThere] = [await visitor.open(path), await visitor.open(missing[index] ?? '')];
      expect([path, notYours.status, notYours.says]).to.deep.equal([path, 404, notThere.says]);
      expect((await new Visitor().agent.get(path)).status, path).to.equal(303);
    }
  });
});

describe('what participants need', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('is asked in a part of the form that is closed, and matched with the room at the desk', async () => {
    const roomId = await aRoom();
    const run = await aRun({ sessions: [aSession({ roomId })] });
    const form = await new Visitor().open(`/runs/${run.id}/bookings/new`);
    const isOpen = form.document.querySelector('details')?.hasAttribute('open');
    const wrong = await new Visitor().submit(form, 'Verbindlich buchen', { 'stufenloser Zugang': true });
    const person = aPerson();
    await new Visitor().submit(wrong, 'Verbindlich buchen', {
      'Vor- und Nachname': person.name,
      'E-Mail-Adresse': person.email,
      'Etwas anderes (freiwillig)': 'Große Schrift',
    });
    const page = await visitor.open(`/desk/runs/${run.id}`);

    expect(isOpen).to.equal(false);
    expect([wrong.status, wrong.field('stufenloser Zugang').checked]).to.deep.equal([422, true]);
    expect(page.says).to.contain('Was Teilnehmende brauchen (1)');
    expect(page.says).to.contain(`${person.name}: stufenloser Zugang · Dazu: Große Schrift`);
    expect(page.says).to.contain('1 Person braucht: stufenloser Zugang. Der Raum hat das nicht.');
  });

  it('is not shown to anybody else who plans', async () => {
    await aProvider({ id: 'kargah' });
    const run = await aRun({ seminarId: await aSeminar({ provider: 'kargah' }) });
    await bookPlaces(anyone, { runId: run.id, booker: aPerson(), access: { note: 'Große Schrift' } });

    expect((await visitor.open(`/desk/runs/${run.id}`)).html).not.to.contain('Große Schrift');
    expect((await visitor.open(`/runs/${run.id}`)).html).not.to.contain('Große Schrift');
  });
});

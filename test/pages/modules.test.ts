import { expect } from 'chai';
import { bookingsOfRun } from '../../server/modules/booking/index.ts';
import { seminarsOf } from '../../server/modules/catalogue/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aCoordinator, aSession, aTrainer } from '../support/builders.ts';
import { aCourse } from '../support/courses.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const me = { 'Vor- und Nachname': 'Amsel Beispiel', 'E-Mail-Adresse': 'amsel@example.org' };

describe('modules on the pages', () => {
  beforeEach(freshDatabase);

  it('are chosen in the form, with the dates and free places of each', async () => {
    const { runId, modules } = await aCourse({ capacity: 2 });
    await aBooking({ runId, modules: [modules[0]!], places: 2 });
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${runId}/bookings/new`);

    const booked = await visitor.submit(form, 'Verbindlich buchen', {
      ...me,
      'Modul 2: Sprache': true,
      'Modul 4: Öffnung': true,
    });

    expect(form.says).to.match(/Modul 1: Haltung.*Warteliste offen.*Modul 2: Sprache.*2 Plätze frei/);
    expect(booked.getByRole('status').textContent).to.contain('Ihre Buchung ist bestätigt');
    expect(booked.says).to.contain('Modul 2: Sprache').and.to.contain('Modul 4: Öffnung');
    expect(booked.says).to.not.contain('Modul 3: Konflikte');
    expect((await bookingsOfRun(runId)).at(-1)?.units).to.deep.equal([modules[1], modules[3]]);
  });

  it('are asked for when none is ticked, and what was typed and ticked is kept', async () => {
    const { runId } = await aCourse();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${runId}/bookings/new`);

    const none = await visitor.submit(form, 'Verbindlich buchen', me);
    const wrong = await visitor.submit(none, 'Verbindlich buchen', {
      'E-Mail-Adresse': 'keine',
      'Modul 3: Konflikte': true,
    });

    expect([none.status, none.mistakes]).to.deep.equal([422, ['Bitte wählen Sie mindestens ein Modul.']]);
    expect(wrong.status).to.equal(422);
    expect(wrong.field('Modul 3: Konflikte').checked).to.equal(true);
    expect(wrong.field('Modul 1: Haltung').checked).to.equal(false);
    expect(await bookingsOfRun(runId)).to.deep.equal([]);
  });

  it('say in catalogue and run how many are to be had', async () => {
    const { runId, modules } = await aCourse({ capacity: 1 });
    await aBooking({ runId, modules: [modules[0]!] });
    const visitor = new Visitor();

    expect((await visitor.open('/')).says)
      .to.contain('3 von 4 Modulen frei')
      .and.to.contain('Module einzeln buchbar');
    expect((await visitor.open(`/runs/${runId}`)).says).to.contain('Plätze in den Modulen');
  });

  it('are changed by the holder of the link, and by nobody else', async () => {
    const { runId, modules } = await aCourse();
    const { token } = await aBooking({ runId, modules: [modules[0]!, modules[1]!] });
    const visitor = new Visitor();
    const page = await visitor.open(`/bookings/${token}/modules`);

    const changed = await visitor.submit(page, 'Auswahl speichern', { 'Modul 2: Sprache': false });
    const emptied = await visitor.submit(await visitor.open(`/bookings/${token}/modules`), 'Auswahl speichern', {
      'Modul 1: Haltung': false,
    });

    expect(page.field('Modul 1: Haltung').checked).to.equal(true);
    expect([changed.status, changed.path]).to.deep.equal([200, `/bookings/${token}`]);
    expect(emptied.mistakes[0]).to.contain('Ein Modul muss bleiben.');
    expect((await bookingsOfRun(runId))[0]?.units).to.deep.equal([modules[0]]);
    expect((await visitor.open('/bookings/bk_nobody/modules')).status).to.equal(404);
    expect((await visitor.post('/bookings/bk_nobody/modules', {})).status).to.equal(404);
    const whole = await aBooking();
    expect((await visitor.open(`/bookings/${whole.token}/modules`)).status).to.equal(404);
  });

  it('have places and lists of their own on the desk', async () => {
    const visitor = await signedIn(await aCoordinator());
    const { runId, modules } = await aCourse({ capacity: 1 });
    await aBooking({ runId, modules: [modules[0]!], booker: { name: 'Indigo Probe', email: 'indigo@example.org' } });
    await aBooking({ runId, modules: [modules[0]!] });
    const page = await visitor.open(`/desk/runs/${runId}`);

    const wrong = await visitor.submit(page, 'Plätze ändern', { 'Plätze in Modul 1: Haltung': 'zwei' });
    const raised = await visitor.submit(page, 'Plätze ändern', { 'Plätze in Modul 1: Haltung': '2' });

    expect(page.says).to.contain('Wer sitzt in Modul 1? (1)').and.to.contain('Module: 1');
    expect([wrong.status, wrong.field('Plätze in Modul 1: Haltung').value]).to.deep.equal([422, 'zwei']);
    expect(raised.status).to.equal(200);
    expect((await bookingsOfRun(runId)).map(({ status }) => status)).to.deep.equal(['confirmed', 'confirmed']);
  });

  it('are put in order and given hours at the seminar; one that a session is of stays', async () => {
    const visitor = await signedIn(await aCoordinator());
    const { seminarId } = await aCourse();
    const page = await visitor.open(`/desk/seminars/${seminarId}/edit`);

    const turned = await visitor.submit(page, 'Modul 2 nach oben');
    const saved = await visitor.submit(turned, 'Änderungen speichern');
    const reopened = await visitor.open(`/desk/seminars/${seminarId}/edit`);
    const without = await visitor.submit(reopened, 'Modul 1 entfernen');
    const refused = await visitor.submit(without, 'Änderungen speichern');

    expect(saved.status).to.equal(200);
    expect((await seminarsOf(systemActor))[0]?.modules.map(({ title }) => title)).to.deep.equal([
      'Sprache',
      'Haltung',
      'Konflikte',
      'Öffnung',
    ]);
    expect([refused.status, refused.mistakes]).to.deep.equal([
      409,
      [
        'Zu diesen Modulen gibt es schon Termine oder Buchungen: Sprache. Sie können sie umbenennen, aber nicht entfernen.',
      ],
    ]);
  });

  it('show a trainer only who sits in the session', async () => {
    const cello = await aTrainer();
    const { seminarId, modules } = await aCourse();
    const sessions = modules.map((module, at) =>
      aSession({ module, inDays: 21 + 14 * at, trainers: [cello.person.id] }),
    );
    const { runId, sessions: ids } = await aCourse({ seminarId, sessions });
    await aBooking({ runId, modules: [modules[0]!], booker: { name: 'Indigo Probe', email: 'indigo@example.org' } });
    await aBooking({ runId, modules: [modules[1]!], booker: { name: 'Ocker Probe', email: 'ocker@example.org' } });
    const visitor = await signedIn(cello);

    const page = await visitor.open(`/trainer/sessions/${ids[1]}`);

    expect(page.says).to.contain('Ocker Probe').and.to.not.contain('Indigo Probe');
  });
});

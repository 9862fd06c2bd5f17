import { expect } from 'chai';
import { bookingById, bookingsOfRun, changeRun } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aCoordinator, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

describe('a school class on the pages', () => {
  beforeEach(freshDatabase);

  it('is booked by its name and number where the desk allows it, and shown so on every list', async () => {
    const { id: runId } = await aRun({ capacity: 30 });
    const desk = await signedIn(await aCoordinator());
    const visitor = new Visitor();
    const before = await visitor.open(`/runs/${runId}`);
    const settings = await desk.open(`/desk/runs/${runId}/settings`);
    await desk.submit(settings, 'Änderungen speichern', { 'Schulklassen und Gruppen': 'head-count' });
    const run = await visitor.open(`/runs/${runId}`);
    const link = run.getByRole('link', { name: 'Schulklasse oder Gruppe ohne Namen buchen' });
    const form = await visitor.open(link.getAttribute('href') ?? '');
    const you = { 'Vor- und Nachname': 'Paula Probe', 'E-Mail-Adresse': 'paula@example.org' };
    const wrong = await visitor.submit(form, 'Plätze verbindlich buchen', you);
    const small = await visitor.submit(wrong, 'Plätze verbindlich buchen', {
      'Name der Gruppe': 'Klasse 8b',
      'Personen insgesamt': '1',
    });
    const done = await visitor.submit(small, 'Plätze verbindlich buchen', {
      'Personen insgesamt': '25',
      'Name der Begleitperson': 'Cem Probe',
      'E-Mail der Begleitperson': 'cem@example.org',
    });

    expect(before.says).not.to.contain('ohne Namen buchen');
    expect([wrong.status, wrong.mistakes.length, small.status, small.mistakes.length]).to.deep.equal([422, 2, 422, 1]);
    expect(small.mistakes[0]).to.contain('Eine Gruppe hat mindestens zwei Plätze');
    expect(done.says).to.contain('Klasse 8b, 24 Personen').and.to.contain('Cem Probe');
    expect(done.says).not.to.contain('ohne Namen');
    const [booking] = await bookingsOfRun(runId);
    expect((await bookingById(systemActor, booking!.id)).places).to.equal(25);
    const seen = await desk.open(`/desk/runs/${runId}`);
    expect(seen.says).to.contain('Klasse 8b, 24 Personen (Begleitung: Cem Probe)');
  });

  it('is not booked without names where the run wants them, whatever was sent', async () => {
    const { id: runId } = await aRun();
    const visitor = new Visitor();
    const form = await visitor.open(`/runs/${runId}/bookings/new?for=class`);
    await changeRun(systemActor, { runId, groups: 'named' });
    const forced = await visitor.post(`/runs/${runId}/bookings`, {
      'booker.name': 'Paula Probe',
      'booker.email': 'paula@example.org',
      group: 'Klasse 8b',
      places: '5',
      _headCount: 'on',
    });

    expect(form.queryByLabelText('Name der Gruppe')).to.equal(null);
    expect([forced.status, forced.mistakes.length]).to.deep.equal([422, 1]);
    expect(await bookingsOfRun(runId)).to.deep.equal([]);
  });
});

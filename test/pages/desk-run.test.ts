import { expect } from 'chai';
import { bookingById, bookPlaces, queueOfRun, runDetails } from '../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aCoordinator, aDraft, aRun, type Signed } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import type { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const tuerkis = { name: 'Türkis Probe', email: 'tuerkis.probe@example.org' };
const indigo = { name: 'Indigo Probe', email: 'indigo.probe@example.org' };

describe('a run on the desk', () => {
  let visitor: Visitor;
  let amsel: Signed;
  beforeEach(async () => {
    await freshDatabase();
    amsel = await aCoordinator();
    visitor = await signedIn(amsel);
  });

  it('is published by one button, and pressing it twice does no harm', async () => {
    const { id } = await aDraft();
    const draft = await visitor.open(`/desk/runs/${id}`);
    const published = await visitor.submit(draft, 'Veröffentlichen');
    const again = await visitor.submit(draft, 'Veröffentlichen');

    expect(published.getByRole('status').textContent).to.contain('Jetzt kann man buchen');
    expect(published.queryByRole('button', { name: 'Veröffentlichen' })).to.equal(null);
    expect([again.status, again.path]).to.deep.equal([200, `/desk/runs/${id}`]);
  });

  describe('bookings and queue', () => {
    it('say who sits, who waits, in which position, and why', async () => {
      const { id } = await aRun({ capacity: 3 });
      await bookPlaces(anyone, { runId: id, booker: tuerkis });
      await bookPlaces(anyone, { runId: id, booker: indigo, places: 4, institution: 'Schule am Probeweg' });
      await aBooking({ runId: id });
      const page = await visitor.open(`/desk/runs/${id}`);
      const [first, second] = page.getAllByText(/^Nr\. /).map((position) => position.closest('li')?.textContent);

      expect(page.getByText('Türkis Probe', { selector: '.bookings__name' }).closest('li')?.textContent)
        .to.contain('1 Platz')
        .and.to.contain('Bestätigt: Es war Platz.');
      expect(first)
        .to.contain('Nr. 1')
        .and.to.contain('Indigo Probe')
        .and.to.contain('Schule am Probeweg')
        .and.to.contain('Wartet, weil die Gruppe (4) nicht in die freien Plätze (2) passt');
      expect(second).to.contain('Nr. 2').and.to.contain('Wartet, weil andere früher an der Reihe sind.');
    });

    it('show names as text', async () => {
      const { id } = await aRun();
      const name = '<script>alert(1)</script>';
      await bookPlaces(anyone, { runId: id, booker: { ...tuerkis, name }, institution: '<b>Fett</b>' });
      const page = await visitor.open(`/desk/runs/${id}`);

      expect(page.document.querySelectorAll('main script, main b')).to.have.lengthOf(0);
      expect(page.says).to.contain(name);
    });

    it('are cancelled on request, after a question that says what follows', async () => {
      const { id } = await aRun({ capacity: 1 });
      const sitting = await bookPlaces(anyone, { runId: id, booker: tuerkis });
      const waiting = await bookPlaces(anyone, { runId: id, booker: indigo });
      const run = await visitor.open(`/desk/runs/${id}`);
      const question = await visitor.open(
        run.getByRole('link', { name: 'Stornieren Türkis Probe' }).getAttribute('href') ?? '',
      );
      const done = await visitor.submit(question, 'Buchung stornieren', {
        'Grund (freiwillig)': 'Am Telefon besprochen',
      });

      expect(question.says).to.contain('Der Platz geht sofort an die Warteliste');
      expect(done.getByRole('status').textContent).to.contain('Die Buchung ist storniert');
      expect((await bookingById(systemActor, sitting.id)).states.at(-1)).to.deep.include({
        status: 'cancelled',
        reason: 'Am Telefon besprochen',
      });
      expect((await bookingById(systemActor, waiting.id)).status).to.equal('confirmed');
      expect(done.says).to.contain('Bestätigt: von der Warteliste nachgerückt.');
    });

    it('are cancelled once: the question is not asked again, and a second click does no harm', async () => {
      const { id } = await aRun();
      const booking = await aBooking({ runId: id });
      const question = await visitor.open(`/desk/bookings/${booking.id}/cancellation`);
      await visitor.submit(question, 'Buchung stornieren');
      const second = await visitor.submit(question, 'Buchung stornieren');

      expect([second.status, second.path]).to.deep.equal([200, `/desk/runs/${id}`]);
      expect((await visitor.open(`/desk/bookings/${booking.id}/cancellation`)).path).to.equal(`/desk/runs/${id}`);
    });
  });

  describe('capacity', () => {
    it('is raised, and the waiting list moves up', async () => {
      const { id } = await aRun({ capacity: 1 });
      await aBooking({ runId: id });
      await aBooking({ runId: id, places: 2 });
      const page = await visitor.open(`/desk/runs/${id}`);
      const raised = await visitor.submit(page, 'Plätze ändern', { 'Neue Zahl der Plätze': '4' });

      expect(page.says).to.contain('Auf 2 Plätze wird gewartet');
      expect(raised.getByRole('status').textContent).to.equal(
        'Der Durchgang hat jetzt 4 Plätze: 3 sind vergeben, 1 frei, 0 wartend.',
      );
    });

    it('is lowered below what is held: nobody is cancelled, and the run says that it is over-full', async () => {
      const { id } = await aRun({ capacity: 4 });
      await aBooking({ runId: id, places: 3 });
      const page = await visitor.open(`/desk/runs/${id}`);
      const lowered = await visitor.submit(page, 'Plätze ändern', { 'Neue Zahl der Plätze': '2' });

      expect(page.says).to.contain('Weniger als 3: Alle behalten ihren Platz');
      expect(lowered.getByRole('status').textContent).to.contain('um 1 überbucht');
      expect(lowered.says).to.contain('Der Durchgang ist überbucht');
      expect((await queueOfRun(systemActor, id)).map(({ status }) => status)).to.deep.equal(['confirmed']);
    });

    it('comes back with what was typed when it is no number', async () => {
      const { id } = await aRun({ capacity: 4 });
      const page = await visitor.submit(await visitor.open(`/desk/runs/${id}`), 'Plätze ändern', {
        'Neue Zahl der Plätze': 'viele',
      });

      expect([page.status, page.field('Neue Zahl der Plätze').value]).to.deep.equal([422, 'viele']);
      expect(page.mistakes).to.deep.equal(['Bitte geben Sie eine ganze Zahl an, zum Beispiel 12.']);
      expect((await runDetails(systemActor, id)).places.capacity).to.equal(4);
    });
  });

  describe('cancelling the run', () => {
    it('says who will be told, asks for a reason, and cancels', async () => {
      const { id } = await aRun({ capacity: 2 });
      await bookPlaces(anyone, { runId: id, booker: tuerkis });
      await aBooking({ runId: id, places: 4 });
      const question = await visitor.open(`/desk/runs/${id}/cancellation`);
      const without = await visitor.submit(question, 'Weiter zur Vorschau');
      const shown = await visitor.submit(without, 'Weiter zur Vorschau', { Grund: 'Die Trainerin ist erkrankt.' });
      await visitor.submit(shown, 'Jetzt ändern und benachrichtigen');
      const done = await visitor.open(`/desk/runs/${id}`);

      expect(question.says).to.contain('2 Buchungen werden storniert');
      expect(shown.says).to.contain('Eine teilnehmende Person').and.to.contain('2 Personen, die gebucht haben');
      expect([without.status, without.mistakes]).to.deep.equal([422, ['Bitte füllen Sie dieses Feld aus.']]);
      expect(done.says).to.contain('Dieser Durchgang ist abgesagt').and.to.contain('Die Trainerin ist erkrankt.');
      expect((await runDetails(systemActor, id)).run.status).to.equal('cancelled');
    });

    it('happens once, and leaves nothing to publish, fill or cancel', async () => {
      const { id } = await aRun();
      const question = await visitor.open(`/desk/runs/${id}/cancellation`);
      const fill = { Grund: 'Zu wenige.' };
      await visitor.submit(question, 'Weiter zur Vorschau', fill);
      const second = await visitor.submit(question, 'Weiter zur Vorschau', fill);

      expect(second.path).to.equal(`/desk/runs/${id}`);
      expect(second.queryAllByRole('button').map(({ textContent }) => textContent)).to.deep.equal(['Abmelden']);
      expect((await visitor.open(`/desk/runs/${id}/cancellation`)).path).to.equal(`/desk/runs/${id}`);
    });
  });

  it('changes its minimum and deadlines, and keeps what was typed wrongly', async () => {
    const { id } = await aRun();
    const form = await visitor.open(`/desk/runs/${id}/settings`);
    const wrong = await visitor.submit(form, 'Änderungen speichern', { 'Mindestzahl (freiwillig)': '-3' });
    const typed = wrong.field('Mindestzahl (freiwillig)').value;
    const done = await visitor.submit(wrong, 'Änderungen speichern', {
      'Mindestzahl (freiwillig)': '6',
      'Bundesland (freiwillig)': 'HB',
    });
    const { run } = await runDetails(systemActor, id);

    expect([wrong.status, typed]).to.deep.equal([422, '-3']);
    expect(done.says).to.contain('Mindestzahl und Fristen sind geändert.');
    expect([run.minimum, run.cancellationHours, run.land]).to.deep.equal([6, 48, 'HB']);
  });

  it('takes away its minimum, its decision day and its Land when the fields are emptied; other forms leave them', async () => {
    const { id } = await aRun({ minimum: 6, decisionOn: `${new Date().getFullYear() + 1}-01-05`, land: 'HB' });
    const settings = await visitor.open(`/desk/runs/${id}/settings`);
    await visitor.submit(await visitor.open(`/desk/runs/${id}/needs`), 'Änderungen speichern', { Beamer: true });
    const kept = (await runDetails(systemActor, id)).run;
    const emptied = {
      'Mindestzahl (freiwillig)': '',
      'Stichtag für die Entscheidung (freiwillig)': '',
      'Bundesland (freiwillig)': '',
    };
    const done = await visitor.submit(settings, 'Änderungen speichern', emptied);
    const { run } = await runDetails(systemActor, id);
    const again = await visitor.open(`/desk/runs/${id}/settings`);

    expect([kept.minimum, kept.land]).to.deep.equal([6, 'HB']);
    expect(done.says).to.contain('Mindestzahl und Fristen sind geändert.');
    expect([run.minimum, run.decisionOn, run.land, run.cancellationHours]).to.deep.equal([
      undefined,
      undefined,
      undefined,
      48,
    ]);
    expect(again.field('Mindestzahl (freiwillig)').value).to.equal('');
    expect(again.field('Bundesland (freiwillig)').value).to.equal('');
  });

  it('tells what happened, when and by whom, the latest first', async () => {
    const { id } = await aDraft({ capacity: 1 });
    await visitor.submit(await visitor.open(`/desk/runs/${id}`), 'Veröffentlichen');
    await bookPlaces(anyone, { runId: id, booker: tuerkis });
    await bookPlaces(anyone, { runId: id, booker: indigo });
    await visitor.submit(await visitor.open(`/desk/runs/${id}`), 'Plätze ändern', { 'Neue Zahl der Plätze': '2' });
    const page = await visitor.open(`/desk/runs/${id}`);
    const lines = [...page.document.querySelectorAll('.history__what')].map(({ textContent }) => textContent);
    const by = amsel.person.name;

    expect(lines).to.have.members([
      'Indigo Probe: nachgerückt und bestätigt. · Mosaik',
      `Plätze geändert auf 2. · ${by}, Koordination`,
      'Indigo Probe: auf der Warteliste, weil kein Platz frei ist. · Mosaik',
      'Indigo Probe: 1 Platz gebucht. · über das Buchungsformular',
      'Türkis Probe: bestätigt. · Mosaik',
      'Türkis Probe: 1 Platz gebucht. · über das Buchungsformular',
      `Durchgang veröffentlicht. · ${by}, Koordination`,
      lines.find((line) => line?.startsWith('Termin geplant')),
      'Durchgang geplant. · Mosaik',
    ]);
    expect(lines.indexOf('Durchgang geplant. · Mosaik')).to.be.greaterThan(6);
    expect(page.document.querySelectorAll('.history time[datetime]')).to.have.lengthOf(lines.length);
  });
});

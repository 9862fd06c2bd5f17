import { expect } from 'chai';
import { aBooking, aDraft, aRun, aSeminar, aSession } from '../../server/demo/builders.ts';
import { cancelRun } from '../../server/modules/booking/index.ts';
import { seminarById } from '../../server/modules/catalogue/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';

const nowhere = 'f'.repeat(24);

describe('the page of a run', () => {
  beforeEach(freshDatabase);

  it('shows its plan by module, across the change of clocks', async () => {
    const seminarId = await aSeminar({
      kind: 'modular-course',
      modules: [{ title: 'Haltung' }, { title: 'Sprache', content: 'Worum es geht.' }],
    });
    const modules = (await seminarById(seminarId))?.modules ?? [];
    const at = (from: string, to: string, index: number) =>
      aSession({ startsAt: new Date(from), endsAt: new Date(to), module: modules[index]?.id ?? '' });
    const { id } = await aRun({
      seminarId,
      sessions: [
        at('2027-03-25T08:00:00Z', '2027-03-25T11:00:00Z', 0),
        at('2027-04-01T07:00:00Z', '2027-04-01T10:00:00Z', 1),
      ],
    });

    const page = await new Visitor().open(`/runs/${id}`);
    const plan = [...page.document.querySelectorAll('.sittings__body')].map((body) =>
      (body.textContent ?? '').replace(/\s+/g, ' '),
    );

    expect(plan[0]).to.include('Modul 1: Haltung').and.to.include('Donnerstag, 25. März 2027, 09:00–12:00 Uhr');
    expect(plan[1]).to.include('Modul 2: Sprache').and.to.include('Donnerstag, 1. April 2027, 09:00–12:00 Uhr');
    expect(page.says).to.include('Worum es geht.').and.to.include('Zeitzone Europe/Berlin');
  });

  it('leads to a place, and says until when one can cancel', async () => {
    const session = { startsAt: new Date('2027-03-09T08:00:00Z'), endsAt: new Date('2027-03-09T15:00:00Z') };
    const { id } = await aRun({ sessions: [aSession(session)], cancellationHours: 48 });

    const page = await new Visitor().open(`/runs/${id}`);

    expect(page.getByRole('link', { name: 'Platz für mich buchen' }).getAttribute('href')).to.equal(
      `/runs/${id}/bookings/new`,
    );
    expect(page.says).to.include('Kostenlos stornieren bis Sonntag, 7. März 2027, 09:00 Uhr.');
  });

  it('leads to the waiting list when it is full, and says how long that is', async () => {
    const { id: runId } = await aRun({ capacity: 1 });
    await aBooking({ runId });
    await aBooking({ runId, places: 3 });

    const page = await new Visitor().open(`/runs/${runId}`);

    expect(page.says).to.include('Warteliste: 3 Plätze').and.to.include('Vor Ihnen wird auf 3 Plätze gewartet.');
    expect(page.queryByRole('link', { name: 'Auf die Warteliste' })).not.to.equal(null);
  });

  it('says that it is cancelled, without the reason, and offers no booking', async () => {
    const { id: runId } = await aRun();
    await cancelRun(systemActor, { runId, reason: 'Die Trainerin ist erkrankt.' });

    const page = await new Visitor().open(`/runs/${runId}`);

    expect(page.says).to.include('Dieser Durchgang ist abgesagt');
    expect(page.says).not.to.include('erkrankt');
    expect(page.queryByRole('link', { name: /buchen|Warteliste/ })).to.equal(null);
  });

  it('offers no booking once it has begun', async () => {
    const { id } = await aRun({ sessions: [aSession({ inDays: 3 })] });
    const restore = setClock(() => new Date(Date.now() + 30 * 86_400_000));

    try {
      const page = await new Visitor().open(`/runs/${id}`);

      expect(page.says).to.include('Dieser Durchgang hat schon begonnen');
      expect(page.queryByRole('link', { name: /buchen/ })).to.equal(null);
    } finally {
      restore();
    }
  });

  it('keeps the link of an online room to those who sit in the run', async () => {
    const { id } = await aRun({ sessions: [aSession({ location: 'https://raum.example.org/geheim' })] });

    const page = await new Visitor().open(`/runs/${id}`);

    expect(page.says).to.include('Online');
    expect(page.html).not.to.include('raum.example.org');
  });

  it('is not there for a draft, for no run and for nonsense, and looks the same each time', async () => {
    const { id: draft } = await aDraft();

    for (const id of [draft, nowhere, 'nonsense', '[object Object]']) {
      const page = await new Visitor().open(`/runs/${encodeURIComponent(id)}`);
      expect([page.status, page.heading], id).to.deep.equal([404, 'Diese Seite gibt es nicht']);
    }
  });

  it('speaks English', async () => {
    const { id } = await aRun();

    const page = await new Visitor().open(`/runs/${id}?lang=en`);

    expect(page.queryByRole('link', { name: 'Book a place for me' })).not.to.equal(null);
    expect(page.getByRole('heading', { level: 1 }).getAttribute('lang')).to.equal('de');
  });
});

describe('the page of a seminar', () => {
  beforeEach(freshDatabase);

  it('shows modules and coming runs, and no others', async () => {
    const seminarId = await aSeminar({ modules: [{ title: 'Haltung' }, { title: 'Sprache' }] });
    await aRun({ seminarId });
    await aRun();
    await aDraft({ seminarId });

    const page = await new Visitor().open(`/seminars/${seminarId}`);

    expect(page.queryByRole('heading', { name: 'Modul 2: Sprache' })).not.to.equal(null);
    expect(page.document.querySelectorAll('.run-card')).to.have.lengthOf(1);
  });

  it('says whom to ask when nothing is planned', async () => {
    const page = await new Visitor().open(`/seminars/${await aSeminar()}`);

    expect(page.says).to.include('Zurzeit ist kein Durchgang geplant').and.to.include('vhs-hannover@example.org');
  });

  it('is not there for nobody’s id', async () => {
    for (const id of [nowhere, 'nonsense']) expect((await new Visitor().open(`/seminars/${id}`)).status).to.equal(404);
  });

  it('shows what a coordinator typed as text', async () => {
    const evil = '<svg onload=alert(1)>\n\n</p><script>alert(2)</script>';
    const seminarId = await aSeminar({ description: evil, modules: [{ title: 'x', content: evil }] });

    const page = await new Visitor().open(`/seminars/${seminarId}`);

    expect(page.document.querySelectorAll('[onload], script')).to.have.lengthOf(0);
    expect(page.says).to.include('<svg onload=alert(1)>');
  });
});

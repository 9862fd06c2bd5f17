import { expect } from 'chai';
import { changeCapacity, planRun } from '../../server/modules/booking/index.ts';
import { seminarsOf } from '../../server/modules/catalogue/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import {
  aBooking,
  aCoordinator,
  aDraft,
  aNetworkCoordinator,
  aProvider,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
  type Signed,
} from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const nowhere = 'f'.repeat(24);

describe("the coordinator's desk", () => {
  let amsel: Signed;
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    amsel = await aCoordinator();
    visitor = await signedIn(amsel);
  });

  describe('at every door', () => {
    const ofSeminar = (id: string) => [`/desk/seminars/${id}/edit`, `/desk/runs/new?seminar=${id}`];
    const ofRun = (id: string) =>
      ['', '/settings', '/cancellation', '/sessions/new'].map((end) => `/desk/runs/${id}${end}`);
    const ofSession = (id: string) => [`/desk/sessions/${id}/edit`];
    const ofBooking = (id: string) => [`/desk/bookings/${id}/cancellation`];
    const posts = (run: string, session: string, booking: string, seminar: string) => [
      `/desk/runs/${run}/publication`,
      `/desk/runs/${run}/capacity`,
      `/desk/runs/${run}/settings`,
      `/desk/runs/${run}/cancellation`,
      `/desk/runs/${run}/sessions/new`,
      `/desk/runs/new?seminar=${seminar}`,
      `/desk/seminars/${seminar}/edit`,
      `/desk/sessions/${session}/edit`,
      `/desk/sessions/${session}/removal`,
      `/desk/bookings/${booking}/cancellation`,
    ];

    it('asks whoever is not signed in to do so', async () => {
      const stranger = new Visitor();
      const doors = ['/desk', '/desk/seminars', '/desk/seminars/new', '/desk/runs/new', ...ofRun(nowhere)];
      for (const path of doors) {
        const { status, headers } = await stranger.agent.get(path);
        expect([path, status, headers['location']]).to.deep.equal([
          path,
          303,
          `/sign-in?next=${encodeURIComponent(path)}`,
        ]);
      }
      for (const path of ['/desk/seminars/new', ...posts(nowhere, nowhere, nowhere, nowhere)])
        expect([path, (await stranger.agent.post(path).type('form').send({})).status]).to.deep.equal([path, 303]);
    });

    it('sends trainers away', async () => {
      const trainer = await signedIn(await aTrainer());

      expect((await trainer.open('/desk')).status).to.equal(403);
    });

    it("makes another provider's things look like things that are not there", async () => {
      await aProvider({ id: 'kargah' });
      const seminarId = await aSeminar({ provider: 'kargah' });
      const run = await aRun({ seminarId });
      const booking = await aBooking({ runId: run.id });
      const session = run.sessions[0]?.id ?? '';
      const foreign = [...ofSeminar(seminarId), ...ofRun(run.id), ...ofSession(session), ...ofBooking(booking.id)];
      const missing = [...ofSeminar(nowhere), ...ofRun(nowhere), ...ofSession(nowhere), ...ofBooking(nowhere)];
      const notYours = await Promise.all(foreign.map((path) => visitor.open(path)));
      const notThere = await Promise.all(missing.map((path) => visitor.open(path)));

      expect(notYours.map(({ status }) => status)).to.deep.equal(foreign.map(() => 404));
      expect(notYours.map(({ says }) => says)).to.deep.equal(notThere.map(({ says }) => says));
    });

    it("changes nothing of another provider's", async () => {
      await aProvider({ id: 'kargah' });
      const seminarId = await aSeminar({ provider: 'kargah' });
      const run = await aRun({ seminarId });
      const booking = await aBooking({ runId: run.id });
      const _token = await tokenOf(visitor);
      const fields = { _token, capacity: '3', reason: 'Weil', date: '2027-05-04', from: '09:00', until: '10:00' };

      for (const path of posts(run.id, run.sessions[0]?.id ?? '', booking.id, seminarId)) {
        const { status } = await visitor.agent.post(path).type('form').send(fields);
        expect([path, status]).to.deep.equal([path, 404]);
      }
    });

    it('refuses every form without the token of the session, or from another site', async () => {
      const run = await aRun();
      const _token = await tokenOf(visitor);
      for (const path of posts(run.id, run.sessions[0]?.id ?? '', nowhere, nowhere)) {
        const without = await visitor.agent.post(path).type('form').send({ capacity: '3' });
        const foreign = await visitor.agent
          .post(path)
          .set('Origin', 'https://evil.example')
          .type('form')
          .send({ _token });
        expect([path, without.status, foreign.status]).to.deep.equal([path, 403, 403]);
      }
    });

    it('is kept by nobody on the way', async () => {
      expect((await visitor.open('/desk')).headers['cache-control']).to.equal('no-store');
    });
  });

  describe('the overview', () => {
    it('shows date, seminar, status, places and waiting list of the own runs', async () => {
      const run = await aRun({ capacity: 2 });
      await aBooking({ runId: run.id, places: 2 });
      await aBooking({ runId: run.id });
      const page = await visitor.open('/desk');
      const row = page.getByRole('link', { name: 'Interkulturelle Kompetenz für den Alltag im Amt' }).closest('tr');

      expect(row?.textContent).to.contain('Veröffentlicht').and.to.contain('2 von 2').and.to.contain('Wartend 1');
    });

    it('shows a coordinator the own provider only, and a network coordinator one provider when asked', async () => {
      await aRun({ seminarId: await aSeminar({ title: 'Unser Tag' }) });
      await aRun({ seminarId: await aSeminar({ title: 'Der Tag der anderen', provider: 'kargah' }) });
      const own = await visitor.open('/desk');
      const network = await signedIn(await aNetworkCoordinator());
      const all = await network.open('/desk');
      const one = await network.submit(all, 'Zeigen', { Träger: 'kargah' });

      expect(own.says).to.contain('Unser Tag').and.not.to.contain('Der Tag der anderen');
      expect(own.queryByLabelText('Träger')).to.equal(null);
      expect(all.says).to.contain('Unser Tag').and.to.contain('Der Tag der anderen');
      expect(one.says).to.contain('Der Tag der anderen').and.not.to.contain('Unser Tag');
    });

    it('puts what needs a decision first: over-full, too few, a draft that begins soon', async () => {
      const full = await aRun({ capacity: 3 });
      await aBooking({ runId: full.id, places: 3 });
      await changeCapacity(systemActor, { runId: full.id, capacity: 1 });
      await aRun({ minimum: 8 });
      await aDraft();
      const page = await visitor.open('/desk');

      expect(page.getByRole('heading', { level: 2, name: /Zu entscheiden/ }).textContent).to.equal(
        'Zu entscheiden (3)',
      );
      expect(page.says).to.contain('2 Plätze mehr vergeben als vorhanden');
      expect(page.says).to.contain('8 Anmeldungen fehlen bis zur Mindestzahl 8');
      expect(page.says).to.contain('Noch Entwurf, Beginn in');
    });

    it('says when free places wait for a group that is larger', async () => {
      const run = await aRun({ capacity: 3 });
      await aBooking({ runId: run.id });
      await aBooking({ runId: run.id, places: 4 });

      expect((await visitor.open('/desk')).says).to.contain('2 Plätze sind frei, doch die nächste Gruppe');
    });

    it('has nothing to decide when nothing is wrong', async () => {
      await aRun({ sessions: [aSession({ inDays: 60 })], minimum: 8 });

      expect((await visitor.open('/desk')).says).not.to.contain('Zu entscheiden');
    });

    it('speaks English just as well', async () => {
      await aDraft();
      const page = await visitor.open('/desk?lang=en');

      expect(page.heading).to.equal('Planning');
      expect(page.says).to.contain('To decide (1)').and.to.contain('Nobody can book yet');
    });
  });

  describe('seminars', () => {
    const fields = {
      Titel: 'Vielfalt im Amt',
      'Kurz gesagt': 'Ein Tag.',
      'Art des Angebots': 'modular-course',
      'Sprache im Seminar': 'de',
    };

    it('are created with their modules and stand in the list', async () => {
      const blank = await visitor.open('/desk/seminars/new');
      const one = await visitor.submit(blank, 'Modul hinzufügen', fields);
      const two = await visitor.submit(one, 'Modul hinzufügen', { 'Titel des Moduls': 'Haltung' });
      const second = two.getAllByLabelText<HTMLInputElement>('Titel des Moduls')[1];
      if (second) second.value = 'Sprache';
      const list = await visitor.submit(two, 'Seminar anlegen');
      const [seminar] = await seminarsOf(amsel.actor);

      expect(one.field('Titel').value).to.equal('Vielfalt im Amt');
      expect([list.path, list.getByRole('status').textContent]).to.deep.equal([
        '/desk/seminars?notice=seminar-created',
        'Das Seminar ist angelegt. Planen Sie jetzt einen Durchgang, damit man es buchen kann.',
      ]);
      expect(seminar?.modules.map(({ title }) => title)).to.deep.equal(['Haltung', 'Sprache']);
    });

    it('are created once by two clicks at the same moment, and again by a form that was changed', async () => {
      const blank = await visitor.open('/desk/seminars/new');
      const sent = { ...formFields(blank.document), title: 'Einmal', summary: 'x', kind: 'outreach', language: 'de' };
      await Promise.all([1, 2, 3].map(() => visitor.post('/desk/seminars/new', sent)));
      const once = (await seminarsOf(amsel.actor)).length;
      await visitor.post('/desk/seminars/new', { ...sent, title: 'Noch eins' });

      expect([once, (await seminarsOf(amsel.actor)).length]).to.deep.equal([1, 2]);
    });

    it('keep the ids of their modules when they are changed, and lose the one that is removed', async () => {
      const id = await aSeminar({ modules: [{ title: 'Eins' }, { title: 'Zwei' }, { title: 'Drei' }] });
      const before = (await seminarsOf(amsel.actor))[0]?.modules ?? [];
      const page = await visitor.open(`/desk/seminars/${id}/edit`);
      const fewer = await visitor.submit(page, 'Modul 2 entfernen', { Titel: 'Neuer Titel' });
      await visitor.submit(fewer, 'Änderungen speichern');
      const [after] = await seminarsOf(amsel.actor);

      expect(after?.title).to.equal('Neuer Titel');
      expect(after?.modules).to.deep.equal([before[0], before[2]]);
    });

    it('come back with what was typed when something is wrong, each mistake at its field', async () => {
      const page = await visitor.submit(await visitor.open('/desk/seminars/new'), 'Seminar anlegen', {
        'Kurz gesagt': '<script>alert(1)</script>',
      });

      expect(page.status).to.equal(422);
      expect(page.document.title).to.match(/^Fehler: /);
      expect(page.mistakes).to.have.lengthOf(2);
      expect(page.field('Titel').getAttribute('aria-invalid')).to.equal('true');
      expect(page.field('Kurz gesagt').value).to.equal('<script>alert(1)</script>');
      expect(page.document.querySelectorAll('main script')).to.have.lengthOf(0);
    });

    it("cannot be given to another provider's catalogue", async () => {
      await aProvider({ id: 'kargah' });
      const form = formFields((await visitor.open('/desk/seminars/new')).document);
      const sent = { ...form, title: 'Fremd', summary: 'x', kind: 'outreach', language: 'de', provider: 'kargah' };

      expect((await visitor.post('/desk/seminars/new', sent)).status).to.equal(403);
    });

    it('show titles as text, wherever they are', async () => {
      const seminarId = await aSeminar({ title: '<img src=x onerror=alert(1)>' });
      const { id } = await planRun(systemActor, { seminarId, capacity: 3, sessions: [aSession()], published: true });

      for (const path of ['/desk', '/desk/seminars', `/desk/seminars/${seminarId}/edit`, `/desk/runs/${id}`])
        expect((await visitor.open(path)).document.querySelectorAll('img')).to.have.lengthOf(0);
    });
  });
});

/** Every field of the page's main form as a browser would send it. */
function formFields(document: Document): Record<string, string> {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('main form.form [name]:not(button)')];
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
}

async function tokenOf(visitor: Visitor): Promise<string> {
  const page = await visitor.open('/desk');
  return page.document.querySelector('input[name=_token]')?.getAttribute('value') ?? '';
}

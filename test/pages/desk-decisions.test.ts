import { expect } from 'chai';
import { bookingsOfRun, runsToDecide } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aCoordinator, aRun, aSeminar, aSession, aTrainer } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

describe('the decision desk', () => {
  let visitor: Visitor;
  let runs: { seminarId: string; from: string; into: string };
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
    const seminarId = await aSeminar();
    const from = await aRun({ seminarId, minimum: 6, sessions: [aSession({ inDays: 7 })] });
    const into = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays: 42 })] });
    runs = { seminarId, from: from.id, into: into.id };
  });

  it('shows the runs below their minimum with their figures, and says when there is nothing to decide', async () => {
    await aBooking({ runId: runs.from });
    const page = await visitor.open('/desk/decisions');
    const held = await visitor.submit(page, 'Trotzdem durchführen');

    expect(page.says).to.match(/gebucht ?1 ?Mindestzahl ?6 ?wartend ?0/);
    expect(page.getByRole('link', { name: 'Entscheidungen' }).getAttribute('aria-current')).to.equal('page');
    expect(held.getByRole('status').textContent).to.contain('findet statt');
    expect(held.says).to.contain('Zurzeit ist nichts zu entscheiden.');
    expect(await runsToDecide(systemActor)).to.deep.equal([]);
  });

  it('merges after a preview that says who would move, who would not, and who is told what', async () => {
    await aBooking({ runId: runs.from, booker: { name: 'Indigo Probe', email: 'indigo@example.org' } });
    await aBooking({ runId: runs.from, booker: { name: 'Ocker Probe', email: 'ocker@example.org' }, places: 2 });
    const page = await visitor.open(`/desk/runs/${runs.from}/merge`);
    const choice = page.document.querySelector<HTMLInputElement>(`input[value="${runs.into}"]`);
    choice!.checked = true;

    const preview = await visitor.submit(page, 'Weiter zur Vorschau', { Grund: 'Zu wenige Anmeldungen' });
    const before = await bookingsOfRun(runs.into);
    const told = await visitor.submit(preview, 'Jetzt ändern und benachrichtigen');

    expect(page.says).to.contain('Eine Buchung passt hinein, eine passt nicht.');
    expect(preview.says).to.contain('Buchung umgezogen').and.to.contain('Zusammengelegt, kein Platz');
    expect(before).to.deep.equal([]);
    expect(told.status).to.equal(200);
    expect((await visitor.open(`/desk/runs/${runs.from}`)).says).to.contain('Zusammengelegt mit einem anderen');
  });

  it('asks for a run and a reason, and keeps what was typed', async () => {
    const page = await visitor.open(`/desk/runs/${runs.from}/merge`);

    const none = await visitor.submit(page, 'Weiter zur Vorschau', { Grund: 'Nur so' });

    expect([none.status, none.mistakes]).to.deep.equal([422, ['Bitte wählen Sie einen Eintrag aus der Liste.']]);
    expect(none.field('Grund').value).to.equal('Nur so');
  });

  it('lets the day of the decision be chosen', async () => {
    const settings = await visitor.open(`/desk/runs/${runs.from}/settings`);
    const saved = await visitor.submit(settings, 'Änderungen speichern', {
      'Stichtag für die Entscheidung (freiwillig)': '2099-01-01',
    });

    expect(saved.status).to.equal(200);
    expect((await visitor.open('/desk/decisions')).says).to.contain('Zurzeit ist nichts zu entscheiden.');
  });

  it('is there for those who plan the run only', async () => {
    const doors = [
      ['get', '/desk/decisions'],
      ['get', `/desk/runs/${runs.from}/merge`],
      ['post', `/desk/runs/${runs.from}/merge`],
      ['post', `/desk/runs/${runs.from}/holding`],
    ] as const;
    const statuses = async (who: Visitor) => {
      const page = await who.open('/');
      const _token = page.document.querySelector('input[name=_token]')?.getAttribute('value') ?? '';
      const found: number[] = [];
      for (const [method, path] of doors)
        found.push(
          (await (method === 'get' ? who.agent.get(path) : who.agent.post(path).type('form').send({ _token }))).status,
        );
      return found;
    };
    const stranger = await signedIn(await aCoordinator({ provider: 'amfn' }));
    const nowhere = `/desk/runs/${'f'.repeat(24)}/merge`;

    expect(await statuses(new Visitor())).to.satisfy((all: number[]) => all.every((status) => status >= 300));
    expect(await statuses(await signedIn(await aTrainer()))).to.deep.equal([403, 403, 403, 403]);
    expect(await statuses(stranger)).to.deep.equal([200, 404, 404, 404]);
    expect((await stranger.open(nowhere)).status).to.equal(404);
  });
});

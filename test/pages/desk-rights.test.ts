import { expect } from 'chai';
import { DateTime } from 'luxon';
import { bookingById, contingentsOfRun } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aBooking, aCoordinator, aRun } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import type { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

describe('who may book, on the desk', () => {
  let visitor: Visitor;
  let runId: string;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
    runId = (await aRun({ capacity: 5 })).id;
  });
  const rights = () => visitor.open(`/desk/runs/${runId}/rights`);

  it('sets a limit per institution, which the run and its form say, and which is named at the field', async () => {
    const saved = await visitor.submit(await rights(), 'Grenze speichern', {
      'Höchstens so viele Plätze je Einrichtung (freiwillig)': '2',
    });
    const form = await visitor.open(`/runs/${runId}/bookings/new`);
    const refused = await visitor.submit(form, 'Verbindlich buchen', {
      'Vor- und Nachname': 'Lena Probe',
      'E-Mail-Adresse': 'lena@example.org',
    });

    expect(saved.says).to.contain('Die Grenze je Einrichtung gilt ab sofort.');
    expect((await visitor.open(`/runs/${runId}`)).says).to.contain('höchstens 2 Personen teilnehmen');
    expect(form.says).to.contain('Aus einer Einrichtung können höchstens 2 Personen teilnehmen.');
    expect(refused.status).to.equal(422);
    expect(refused.mistakes.join()).to.contain('Bitte nennen Sie Ihre Einrichtung');
  });

  it('keeps places until a time, shows them, and releases them at once when asked', async () => {
    const releaseOn = DateTime.now().plus({ days: 3 }).toFormat('yyyy-MM-dd');
    const kept = await visitor.submit(await rights(), 'Plätze frei halten', {
      'Zahl der Plätze': '3',
      'Für diese Einrichtungen (freiwillig)': 'Nordschule\nSüdschule',
      'Freigabe am': releaseOn,
    });
    const left = (await visitor.open(`/runs/${runId}`)).says;
    const released = await visitor.submit(kept, 'Jetzt freigeben');

    expect(kept.says).to.contain('Nordschule, Südschule').and.to.contain('0 davon vergeben, 3 noch frei gehalten');
    expect(left).to.contain('2 Plätze frei');
    expect(released.says).to.contain('Freigegeben am');
    expect((await contingentsOfRun(systemActor, runId))[0]).to.include({ kept: 0 });
  });

  it('asks for whom, how many and until when, and keeps what was typed', async () => {
    const none = await visitor.submit(await rights(), 'Plätze frei halten', {
      'Zahl der Plätze': '9',
      'Freigabe am': '2090-01-01',
    });

    expect(none.status).to.equal(422);
    expect(none.mistakes.join()).to.contain('Bitte nennen Sie mindestens eine Einrichtung oder eine Art.');
    expect(none.field('Zahl der Plätze').value).to.equal('9');
  });

  it('restricts a run, which is then locked in the catalogue and opened by its code', async () => {
    const wrong = await visitor.submit(await rights(), 'Speichern, wer buchen darf', {
      'Mit diesen Codes darf man buchen (freiwillig)': 'kurz',
    });
    const saved = await visitor.submit(wrong, 'Speichern, wer buchen darf', {
      'Mit diesen Codes darf man buchen (freiwillig)': 'HERBST26',
    });

    expect(wrong.mistakes.join()).to.contain('Ein Code braucht mindestens 6');
    expect(saved.status).to.equal(200);
    expect((await visitor.open('/')).says).to.contain('Nicht für alle');
  });

  it('lifts a waiting booking with a reason, which the person reads without it', async () => {
    await aBooking({ runId, places: 5 });
    await aBooking({ runId });
    const second = await aBooking({ runId });
    const decisions = await visitor.open(`/desk/bookings/${second.id}/decisions`);

    const without = await visitor.submit(decisions, 'Vorrang speichern', { Vorrang: '1' });
    const done = await visitor.submit(without, 'Vorrang speichern', { Grund: 'Pflichtschulung' });
    const own = await visitor.open(`/bookings/${second.token}`);

    expect(without.status).to.equal(422);
    expect(done.says).to.contain('hat Vorrang (1): Pflichtschulung');
    expect(own.says).to.contain('Der Träger hat Ihrer Buchung Vorrang gegeben.').and.not.to.contain('Pflichtschulung');
    expect((await bookingById(systemActor, second.id)).lifted).to.include({ priority: 1 });
  });

  it('is not there for coordinators of others, nor for a run that is none', async () => {
    const stranger = await signedIn(await aCoordinator({ provider: 'other-provider' }));
    const paths = [`/desk/runs/${runId}/rights`, `/desk/runs/${'f'.repeat(24)}/rights`];

    expect(await Promise.all(paths.map(async (path) => (await stranger.open(path)).status))).to.deep.equal([404, 404]);
  });
});

import { expect } from 'chai';
import request from 'supertest';
import { createApp } from '../../../server/app.ts';
import {
  bookPlaces,
  guestWith,
  listRuns,
  pathOfRun,
  runDetails,
  tokenOfClosedRun,
} from '../../../server/modules/booking/index.ts';
import { anyone, systemActor } from '../../../server/modules/history/index.ts';
import { aCoordinator, aPerson, aProvider, aRun, aSeminar, aSession } from '../../support/builders.ts';
import { freshDatabase } from '../../support/hooks.ts';
import { testConfig, Visitor } from '../../support/page.ts';
import { signedIn } from '../../support/signed-in.ts';

describe('a closed run', () => {
  let runId: string;
  let link: string;
  beforeEach(async () => {
    await freshDatabase();
    runId = (await aRun({ access: 'closed', sessions: [aSession()] })).id;
    link = pathOfRun((await runDetails(systemActor, runId)).run);
  });

  it('is in no catalogue and in no list of the API, and looks like one that is not there', async () => {
    const visitor = new Visitor();
    const api = request(createApp({ config: testConfig() }));

    expect((await listRuns({})).items).to.deep.equal([]);
    expect((await api.get('/api/v1/runs')).body.items).to.deep.equal([]);
    for (const path of [`/runs/${runId}`, `/runs/${runId}/bookings/new`])
      expect((await visitor.open(path)).status).to.equal(404);
    expect(
      (await visitor.post(`/runs/${runId}/bookings`, { 'booker.name': 'A', 'booker.email': 'a@example.org' })).status,
    ).to.equal(404);
    expect((await api.get(`/api/v1/runs/${runId}`)).status).to.equal(404);
    expect((await api.post(`/api/v1/runs/${runId}/bookings`).send({ booker: aPerson() })).status).to.equal(404);
  });

  it('is seen and booked by whoever opened its link, and no other closed run is', async () => {
    const other = (await aRun({ access: 'closed', sessions: [aSession({ inDays: 30 })] })).id;
    const guest = new Visitor();
    const run = await guest.open(link);
    const form = await guest.open(`/runs/${runId}/bookings/new`);
    const booked = await guest.submit(form, 'Verbindlich buchen', {
      'Vor- und Nachname': 'Türkis Probe',
      'E-Mail-Adresse': 'tuerkis.probe@example.org',
    });

    expect([run.status, run.path]).to.deep.equal([200, `/runs/${runId}`]);
    expect(booked.says).to.contain('Ihre Buchung ist bestätigt');
    expect((await guest.open(`/runs/${other}`)).status).to.equal(404);
  });

  it('opens by no link but its own', async () => {
    const open = (await aRun({ sessions: [aSession({ inDays: 30 })] })).id;
    const foreign = tokenOfClosedRun({ id: open });
    const wrong = [
      `${runId}${foreign.slice(24)}`,
      `${tokenOfClosedRun({ id: runId }).slice(0, -1)}!`,
      'x',
      'f'.repeat(46),
    ];

    for (const token of wrong) expect((await new Visitor().open(`/closed/${token}`)).status, token).to.equal(404);
    expect(await guestWith(tokenOfClosedRun({ id: runId }))).to.deep.equal({ kind: 'guest', runId });
  });

  it('refuses places to anyone, and gives them to its guests and to those who plan it', async () => {
    const refusal = await bookPlaces(anyone, { runId, booker: aPerson() }).catch((error: unknown) => error);
    const foreign = await bookPlaces({ kind: 'guest', runId: 'f'.repeat(24) }, { runId, booker: aPerson() }).catch(
      (error: unknown) => error,
    );
    const guest = await bookPlaces({ kind: 'guest', runId }, { runId, booker: aPerson() });
    const planner = await bookPlaces((await aCoordinator()).actor, { runId, booker: aPerson() });

    expect([refusal, foreign].map((error) => (error as { code: string }).code)).to.deep.equal([
      'not-found',
      'not-found',
    ]);
    expect([guest.status, planner.status]).to.deep.equal(['confirmed', 'confirmed']);
  });

  it('shows its coordinator the link, and nobody of another provider anything', async () => {
    await aProvider({ id: 'kargah' });
    const own = await signedIn(await aCoordinator());
    const foreign = await signedIn(await aCoordinator({ provider: 'kargah' }));
    await aSeminar({ provider: 'kargah' });

    expect(
      (await own.open(`/desk/runs/${runId}`))
        .getByRole('link', { name: /Öffentliche Seite|ansehen/ })
        .getAttribute('href'),
    ).to.equal(link);
    expect((await foreign.open(`/runs/${runId}`)).status).to.equal(404);
  });
});

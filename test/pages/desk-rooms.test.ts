import { expect } from 'chai';
import { DateTime } from 'luxon';
import { runDetails } from '../../server/modules/booking/index.ts';
import { eventsAbout, systemActor } from '../../server/modules/history/index.ts';
import { roomToSee, travelTimes, venueToSee } from '../../server/modules/venues/index.ts';
import {
  aCoordinator,
  aDraft,
  aNetworkCoordinator,
  aProvider,
  aRoom,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
  aVenue,
} from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const nowhere = 'f'.repeat(24);

describe('houses and rooms on the desk', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('are added by a coordinator, for the own provider, with opening hours and closed days', async () => {
    const form = await visitor.open('/desk/venues/new');
    const more = await visitor.submit(form, 'Geschlossene Tage hinzufügen', {
      'Name des Hauses': 'Haus am Blauen Turm',
      Ort: 'Hannover',
      'Montag: öffnet': '08:00',
      'Montag: schließt': '24:00',
    });
    const done = await visitor.submit(more, 'Haus anlegen', { 'Erster Tag': '2027-08-02' });
    const venue = await venueToSee(systemActor, done.path.split('/').at(-1)?.split('?')[0] ?? '');

    expect(done.heading).to.equal('Haus am Blauen Turm');
    expect(done.says).to.contain('Tragen Sie jetzt seine Räume ein.').and.to.contain('Montag: 08:00–24:00');
    expect(venue).to.deep.include({
      providerId: 'vhs-hannover',
      openingHours: [{ weekday: 1, from: '08:00', until: '24:00' }],
      closedDays: [{ from: '2027-08-02', until: '2027-08-02' }],
    });
  });

  it('come back with what was typed and every mistake at its field', async () => {
    const form = await visitor.open('/desk/venues/new');
    const page = await visitor.submit(form, 'Haus anlegen', {
      'Name des Hauses': 'x'.repeat(10_000),
      'Montag: öffnet': '18:00',
      'Montag: schließt': '08:00',
      'Dienstag: öffnet': '25:00',
    });

    expect(page.status).to.equal(422);
    expect(page.mistakes).to.deep.equal([
      'Name des Hauses: Das ist zu lang. Bitte schreiben Sie höchstens 100 Zeichen.',
      'Ort: Bitte füllen Sie dieses Feld aus.',
      'Montag: schließt: Das Ende muss nach dem Anfang liegen.',
      'Dienstag: öffnet: Bitte geben Sie eine Uhrzeit an, zum Beispiel 09:30.',
      'Dienstag: schließt: Bitte geben Sie eine Uhrzeit an, zum Beispiel 09:30.',
    ]);
    expect(page.field('Montag: öffnet').value).to.equal('18:00');
  });

  it('have rooms with places by seating, equipment and accessibility', async () => {
    const venueId = await aVenue({ provider: 'vhs-hannover' });
    const form = await visitor.open(`/desk/venues/${venueId}/rooms/new`);
    const venue = await visitor.submit(form, 'Raum hinzufügen', {
      'Name des Raums': 'Raum 7',
      Stuhlkreis: '24',
      Beamer: true,
      'stufenloser Zugang': true,
      'Aufbauen, in Minuten (freiwillig)': '20',
    });
    const link = venue.getByRole('link', { name: 'Raum 7' }).getAttribute('href') ?? '';
    const edit = await visitor.open(`${link}/edit`);
    const done = await visitor.submit(edit, 'Änderungen speichern', { Beamer: false, Tische: '30' });

    expect(venue.says).to.contain('Stuhlkreis: 24').and.to.contain('stufenloser Zugang');
    expect(done.says).to.contain('Der Raum ist geändert.').and.to.contain('20 Minuten davor, 0 Minuten danach');
    const room = await roomToSee(systemActor, link.split('/').at(-1) ?? '');
    expect(room).to.deep.include({ equipment: [], accessibility: ['step-free'], setUpMinutes: 20 });
    expect(room.capacities).to.deep.equal([
      { seating: 'tables', places: 30 },
      { seating: 'circle', places: 24 },
    ]);
  });

  it('say what they hold, and are blocked for a time; sessions that stand in it are named as such', async () => {
    const roomId = await aRoom({ venueId: await aVenue({ provider: 'vhs-hannover' }) });
    const session = aSession({ roomId });
    await aRun({ sessions: [session] });
    const day = DateTime.fromJSDate(session.startsAt, { zone: 'Europe/Berlin' }).toISODate() ?? '';
    const room = await visitor.open(`/desk/rooms/${roomId}`);
    const span = { 'Erster Tag': day, Ab: '12:00', 'Letzter Tag': day, Bis: '13:00' };
    const blocked = await visitor.submit(room, 'Sperren', { ...span, 'Grund (freiwillig)': 'Wasserschaden' });
    const backwards = await visitor.submit(blocked, 'Sperren', { ...span, Bis: '11:00' });
    const open = await visitor.submit(blocked, /^Sperre aufheben/);

    expect(room.says).to.contain('Belegung (1)').and.to.contain('Interkulturelle Kompetenz');
    expect(blocked.says).to.contain('In ihr stehen noch Termine').and.to.contain('Wasserschaden');
    expect([backwards.status, ...backwards.mistakes]).to.deep.equal([
      422,
      'Bis: Das Ende muss nach dem Anfang liegen.',
    ]);
    expect(open.says).to.contain('Keine gesperrten Zeiten.');
  });

  it('of the network are changed by its coordinators only; everybody sees them', async () => {
    const venueId = await aVenue();
    const roomId = await aRoom({ venueId });
    const network = await signedIn(await aNetworkCoordinator());

    expect((await visitor.open(`/desk/venues/${venueId}`)).queryByRole('link', { name: 'Bearbeiten' })).to.equal(null);
    for (const path of [`/desk/venues/${venueId}/edit`, `/desk/rooms/${roomId}/edit`]) {
      expect((await visitor.open(path)).status, path).to.equal(403);
      expect((await network.open(path)).status, path).to.equal(200);
    }
    const _token = tokenOn(await visitor.open('/desk/venues/new'));
    const span = { fromDay: '2027-06-01', from: '08:00', untilDay: '2027-06-01', until: '09:00', _token };
    expect((await visitor.post(`/desk/rooms/${roomId}/blocks`, span)).status).to.equal(403);
  });

  it("make another provider's look like those that are not there, and ask strangers to sign in", async () => {
    await aProvider({ id: 'kargah' });
    const venueId = await aVenue({ provider: 'kargah' });
    const roomId = await aRoom({ venueId });
    const token = tokenOn(await visitor.open('/desk/venues/new'));
    const pages = (venue: string, room: string) => [
      `/desk/venues/${venue}`,
      `/desk/venues/${venue}/edit`,
      `/desk/venues/${venue}/rooms/new`,
      `/desk/rooms/${room}`,
      `/desk/rooms/${room}/edit`,
    ];
    for (const [index, path] of pages(venueId, roomId).entries()) {
      const [foreign, missing] = [await visitor.open(path), await visitor.open(pages(nowhere, nowhere)[index] ?? '')];
      expect([path, foreign.status, foreign.says]).to.deep.equal([path, 404, missing.says]);
      expect((await new Visitor().agent.get(path)).status, path).to.equal(303);
    }
    for (const path of [
      `/desk/venues/${venueId}/edit`,
      `/desk/venues/${venueId}/rooms/new`,
      `/desk/rooms/${roomId}/edit`,
      `/desk/rooms/${roomId}/blocks`,
      `/desk/room-blocks/${nowhere}/removal`,
    ]) {
      expect((await visitor.post(path, { _token: token })).status, path).to.equal(404);
      expect((await new Visitor().agent.post(path).type('form').send({})).status, path).to.equal(303);
    }
  });

  it('lie as far apart as the network says', async () => {
    const [one, other] = [await aVenue({ name: 'Haus A' }), await aVenue({ name: 'Haus B' })];
    const network = await signedIn(await aNetworkCoordinator());
    const page = await network.open('/desk/travel');
    const wrong = await network.submit(page, 'Fahrzeiten speichern', { 'Haus A und Haus B': 'weit' });
    await network.submit(page, 'Fahrzeiten speichern', { 'Sonst immer': '20', 'Haus A und Haus B': '45' });

    const ways = await travelTimes([one, other]);
    expect([ways.usual, ways.between(other, one)]).to.deep.equal([20, 45]);
    expect(wrong.mistakes).to.deep.equal(['Haus A und Haus B: Bitte geben Sie eine ganze Zahl an, zum Beispiel 12.']);
    expect((await visitor.open('/desk/travel')).says).to.contain('Haus A und Haus B: 45');
    expect(
      (await visitor.post('/desk/travel', { usual: '5', _token: tokenOn(await visitor.open('/desk/venues/new')) }))
        .status,
    ).to.equal(403);
  });
});

describe('conflicts in the forms of the desk', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    visitor = await signedIn(await aCoordinator());
  });

  it('are told all at once, each at its field with the way to the other session, and pass with a reason', async () => {
    const [{ person }, roomId] = [await aTrainer(), await aRoom()];
    const first = await aRun({ sessions: [aSession({ roomId, trainers: [person.id] })] });
    const draft = await aDraft();
    const form = await visitor.open(`/desk/sessions/${draft.sessions[0]?.id}/edit`);
    const page = await visitor.submit(form, 'Termin speichern', {
      Raum: roomId,
      'Trainerin oder Trainer (freiwillig)': person.id,
    });
    const done = await visitor.submit(page, 'Termin speichern', { 'Grund (freiwillig)': 'Zwei Gruppen, eine Leitung' });

    expect(page.status).to.equal(409);
    expect(page.mistakes).to.have.lengthOf(2);
    expect(page.mistakes[0]).to.match(/^Raum: Raum 2\.10 ist belegt: .* Uhr, Interkulturelle Kompetenz/);
    expect(page.mistakes[1]).to.contain(`${person.name} hat da einen anderen Termin`);
    expect(page.field('Raum').getAttribute('aria-invalid')).to.equal('true');
    expect(page.field('Trainerin oder Trainer (freiwillig)').getAttribute('aria-invalid')).to.equal('true');
    expect(page.getAllByRole('link', { name: 'Anderen Termin öffnen' })[0]?.getAttribute('href')).to.equal(
      `/desk/sessions/${first.sessions[0]?.id}/edit`,
    );
    expect(done.says).to.contain('Trotz Konflikt geplant: Zwei Gruppen, eine Leitung');
    const [session] = (await runDetails(systemActor, draft.id)).sessions;
    expect(session).to.deep.include({ roomId, trainerIds: [person.id] });
  });

  it('of a new run stand at the session that meets them, and nothing is planned', async () => {
    const roomId = await aRoom();
    const taken = aSession({ roomId, inDays: 30 });
    await aRun({ sessions: [taken] });
    const { seminar } = await runDetails(systemActor, (await aDraft()).id);
    const day = (session: { startsAt: Date }) =>
      DateTime.fromJSDate(session.startsAt, { zone: 'Europe/Berlin' }).toISODate() ?? '';
    const form = await visitor.open(`/desk/runs/new?seminar=${seminar.id}`);
    const fields = (index: number, session: { startsAt: Date }) => ({
      [`sessions[${index}].date`]: day(session),
      [`sessions[${index}].from`]: '09:00',
      [`sessions[${index}].until`]: '16:00',
      [`sessions[${index}].roomId`]: roomId,
    });
    const posted = {
      ...fields(0, aSession({ inDays: 60 })),
      ...fields(1, taken),
      timeZone: 'Europe/Berlin',
      capacity: '12',
      _do: 'draft',
      _token: tokenOn(form),
    };
    const page = await visitor.post(`/desk/runs/new?seminar=${seminar.id}`, posted);

    expect(page.status).to.equal(409);
    expect(page.mistakes).to.have.lengthOf(1);
    expect(page.mistakes[0]).to.match(/^Termin 2, Raum: Raum 2\.10 ist belegt/);
  });

  it("name another provider's session by its provider only, while nobody may know it", async () => {
    await aProvider({ id: 'kargah' });
    const roomId = await aRoom();
    const theirs = await aDraft({
      seminarId: await aSeminar({ provider: 'kargah', title: 'Geheimes Seminar' }),
      sessions: [aSession({ roomId })],
    });
    const draft = await aDraft();
    const form = await visitor.open(`/desk/sessions/${draft.sessions[0]?.id}/edit`);
    const page = await visitor.submit(form, 'Termin speichern', { Raum: roomId });

    expect(page.mistakes[0]).to.contain('ist belegt').and.not.to.contain('Geheimes Seminar');
    expect(page.queryByRole('link', { name: 'Anderen Termin öffnen' })).to.equal(null);
    expect(await eventsAbout({ runId: theirs.id })).to.have.lengthOf(2);
  });
});

function tokenOn({ document }: Page): string {
  return document.querySelector<HTMLInputElement>('[name=_token]')?.value ?? '';
}

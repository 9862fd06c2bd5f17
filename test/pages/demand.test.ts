import { expect } from 'chai';
import mongoose from 'mongoose';
import { relayEvents } from '../../jobs/relay-events.ts';
import { listRuns, queueOfRun } from '../../server/modules/booking/index.ts';
import { linkToken } from '../../server/modules/auth/index.ts';
import { collectInterest, interestListToPlan, interestToTell } from '../../server/modules/demand/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { aCoordinator, aPerson, aProvider, aSeminar, anInterest } from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor, type Page } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

const inMay = `${new Date().getFullYear() + 1}-05-18`;

describe('what people ask for before there is a date', () => {
  let seminarId: string;
  let desk: Visitor;
  let visitor: Visitor;
  beforeEach(async () => {
    await freshDatabase();
    seminarId = await aSeminar({ title: 'Haltung im Team' });
    desk = await signedIn(await aCoordinator());
    visitor = new Visitor();
  });

  const collect = (answer: 'book' | 'ask') =>
    collectInterest(systemActor, { seminar: seminarId, answer, answerDays: 7 });
  const lastIdIn = async (collection: string) =>
    String((await mongoose.connection.db?.collection(collection).find().toArray())?.at(-1)?._id);

  describe('interest', () => {
    it('is collected from the desk on, and registered where the catalogue says that there is no date', async () => {
      const page = await desk.open('/desk/demand');
      const begun = await desk.submit(page, 'Interesse sammeln', { 'Für welches Seminar?': seminarId });
      const seminar = await visitor.open(`/seminars/${seminarId}`);
      const form = await visitor.open(`/seminars/${seminarId}/interest`);
      const noted = await visitor.submit(form, 'Interesse anmelden', {
        'Vor- und Nachname': 'Türkis Probe',
        'E-Mail-Adresse': 'tuerkis.probe@example.org',
        Plätze: '2',
        'Wann passt es Ihnen? (freiwillig)': 'vormittags',
      });
      const interestsOf = async () =>
        (await interestListToPlan(systemActor, await lastIdIn('interestLists'))).interests.map(({ places, times }) => [
          places,
          times,
        ]);
      const unconfirmed = await interestsOf();
      const { interest } = (await interestToTell(await lastIdIn('interests')))!;
      const confirmed = await visitor.submit(await visitor.open(`/interest/${interest.token}`), 'Interesse bestätigen');

      expect(begun.getByRole('status').textContent).to.contain('Das Interesse wird jetzt gesammelt');
      expect((await visitor.open('/')).says).to.contain('Termin noch offen');
      expect(seminar.getByRole('link', { name: 'Interesse anmelden' }).getAttribute('href')).to.equal(form.path);
      expect(noted.says).to.contain('Bitte bestätigen Sie Ihr Interesse');
      expect(unconfirmed).to.deep.equal([]);
      expect(confirmed.heading).to.equal('Sie sind vorgemerkt');
      expect(await interestsOf()).to.deep.equal([[2, 'vormittags']]);
    });

    it('says at its field what is wrong, and keeps the rest', async () => {
      await collect('book');
      const form = await visitor.open(`/seminars/${seminarId}/interest`);
      const page = await visitor.submit(form, 'Interesse anmelden', { 'Vor- und Nachname': 'Türkis', Plätze: 'zwei' });

      expect(page.status).to.equal(422);
      expect(page.mistakes).to.deep.equal([
        'E-Mail-Adresse: Bitte füllen Sie dieses Feld aus.',
        'Plätze: Bitte geben Sie eine ganze Zahl an, zum Beispiel 12.',
      ]);
      expect(page.field('Vor- und Nachname').value).to.equal('Türkis');
    });

    it('is answered by a run that the coordinator plans for the list: first those who asked, then everybody', async () => {
      const listId = await collect('book');
      const person = aPerson();
      await anInterest(seminarId, { ...person, places: 1 });
      const list = await desk.open(`/desk/demand/lists/${listId}`);
      const link = list.getByRole('link', { name: 'Termine planen' }).getAttribute('href') ?? '';
      const run = await planFrom(desk, await desk.open(link), 'Jetzt veröffentlichen');
      const before = (await listRuns({})).items.length;
      await relayEvents();

      expect(list.says).to.contain(person.name);
      expect(run.says).to.contain('Der Durchgang ist veröffentlicht').and.to.contain('Geschlossen');
      expect(before).to.equal(0);
      expect((await listRuns({})).items).to.have.lengthOf(1);
      expect((await queueOfRun(systemActor, idIn(run))).map(({ booker }) => booker.email)).to.deep.equal([
        person.email,
      ]);
    });

    it('is accepted or withdrawn by link', async () => {
      const listId = await collect('ask');
      for (const places of [1, 2]) await anInterest(seminarId, { ...aPerson(), places });
      const link = (await desk.open(`/desk/demand/lists/${listId}`)).getByRole('link', { name: 'Termine planen' });
      await planFrom(desk, await desk.open(link.getAttribute('href') ?? ''), 'Jetzt veröffentlichen');
      await relayEvents();
      const [one, two] = (await interestListToPlan(systemActor, listId)).interests;
      const invited = await visitor.open(`/interest/${one?.token}`);
      const booked = await visitor.submit(invited, 'Ja, Platz buchen');
      const gone = await visitor.submit(await visitor.open(`/interest/${two?.token}`), 'Interesse zurückziehen');

      expect(invited.heading).to.equal('Es gibt Termine');
      expect([booked.heading, gone.heading]).to.deep.equal(['Für Sie ist gebucht', 'Sie haben sich abgemeldet']);
      expect(invited.headers['cache-control']).to.equal('no-store');
    });

    it('is not there for a seminar that collects none, and for nobody’s link', async () => {
      for (const path of [`/seminars/${seminarId}/interest`, '/seminars/x/interest', `/interest/${'f'.repeat(46)}`])
        expect((await visitor.open(path)).status, path).to.equal(404);
      expect((await visitor.post(`/interest/${'f'.repeat(46)}/acceptance`, {})).status).to.equal(404);
    });

    it('ends without a date from the desk', async () => {
      const listId = await collect('book');
      const ended = await desk.submit(await desk.open(`/desk/demand/lists/${listId}`), 'Ohne Termin beenden');

      expect(ended.getByRole('status').textContent).to.contain('Die Liste ist beendet');
      expect((await visitor.open(`/seminars/${seminarId}`)).says).to.not.contain('Termin noch offen');
    });
  });

  describe('an in-house seminar', () => {
    const wish = {
      Thema: 'Gespräche mit Eltern',
      'Größe der Gruppe': '14',
      'Gewünschte Zeiten': 'Im Herbst, freitags',
      Ort: 'Bei uns',
      Einrichtung: 'Gesamtschule am Blauen Turm',
      'Vor- und Nachname': 'Türkis Probe',
      'E-Mail-Adresse': 'tuerkis.probe@example.org',
    };
    async function ask(): Promise<string> {
      const form = await visitor.open(`/in-house/new?seminar=${seminarId}`);
      const asked = await visitor.submit(form, 'Anfrage schicken', wish);
      expect(asked.says).to.contain('Bitte bestätigen Sie Ihre Anfrage');
      return `/in-house/${linkToken('in-house', await lastIdIn('inHouseRequests'), 1)}`;
    }

    it('is asked for, confirmed by link, and planned as a closed run that the institution finds', async () => {
      const own = await ask();
      const opened = await visitor.open(own);
      const unseen = await desk.open('/desk/demand');
      const confirmed = await visitor.submit(opened, 'Anfrage bestätigen');
      const seen = await desk.open('/desk/demand');
      const request = await desk.open(
        seen.getByRole('link', { name: 'Gespräche mit Eltern' }).getAttribute('href') ?? '',
      );
      const series = await desk.submit(request, 'Termine planen');
      const run = await planFrom(desk, series, 'Jetzt veröffentlichen');
      const planned = await visitor.open(own);
      const closed = await visitor.open(
        planned.getByRole('link', { name: 'Termine ansehen und buchen' }).getAttribute('href') ?? '',
      );

      expect(opened.heading).to.equal('Bitte bestätigen Sie Ihre Anfrage');
      expect(unseen.says).to.contain('Zurzeit gibt es keine Anfragen');
      expect(confirmed.heading).to.equal('Ihre Anfrage ist beim Träger');
      expect(series.says).to.contain('Geschlossener Durchgang für eine Einrichtung');
      expect(planned.heading).to.equal('Ihr Seminar ist geplant');
      expect([closed.status, closed.path]).to.deep.equal([200, `/runs/${idIn(run)}`]);
      expect((await listRuns({})).items).to.deep.equal([]);
    });

    it('is declined with a reason that the institution reads', async () => {
      const own = await ask();
      await visitor.submit(await visitor.open(own), 'Anfrage bestätigen');
      const path = `/desk/demand/in-house/${await lastIdIn('inHouseRequests')}`;
      const without = await desk.submit(await desk.open(path), 'Anfrage ablehnen');
      const declined = await desk.submit(without, 'Anfrage ablehnen', { Grund: 'Alle sind ausgebucht.' });

      expect([without.status, without.mistakes]).to.deep.equal([422, ['Grund: Bitte füllen Sie dieses Feld aus.']]);
      expect(declined.getByRole('status').textContent).to.contain('Die Anfrage ist abgelehnt');
      expect((await visitor.open(own)).says).to.contain('Alle sind ausgebucht.');
    });

    it('asks for the provider where no seminar is meant, and says what is missing', async () => {
      const form = await visitor.open('/in-house/new');
      const page = await visitor.submit(form, 'Anfrage schicken', wish);
      const empty = await visitor.submit(
        form,
        'Anfrage schicken',
        Object.fromEntries(Object.keys(wish).map((label) => [label, ''])),
      );

      expect(page.mistakes).to.deep.equal(['Träger: Bitte wählen Sie einen Eintrag aus der Liste.']);
      expect([empty.status, empty.mistakes.length]).to.deep.equal([422, 7]);
    });

    it('changes nothing by being opened, and opens by no other link', async () => {
      const own = await ask();
      await visitor.open(own);
      await visitor.open(own);

      expect((await desk.open('/desk/demand')).says).to.contain('Zurzeit gibt es keine Anfragen');
      expect((await visitor.open(`${own.slice(0, -1)}_`)).status).to.equal(404);
      expect((await visitor.post(`/in-house/${'f'.repeat(46)}/confirmation`, {})).status).to.equal(404);
    });
  });

  it('is shown on the desk to those who plan it, and to nobody else', async () => {
    const listId = await collect('book');
    await aProvider({ id: 'kargah' });
    const foreign = await signedIn(await aCoordinator({ provider: 'kargah' }));
    const _token =
      (await foreign.open('/desk/demand')).document.querySelector<HTMLInputElement>('[name=_token]')?.value ?? '';
    const nowhere = 'f'.repeat(24);

    for (const path of [
      `/desk/demand/lists/${listId}`,
      `/desk/demand/lists/${nowhere}`,
      `/desk/demand/in-house/${nowhere}`,
    ])
      expect((await foreign.open(path)).status, path).to.equal(404);
    for (const path of [`/desk/demand/lists/${listId}/close`, `/desk/demand/in-house/${nowhere}/decline`]) {
      expect((await foreign.post(path, { _token, reason: 'x' })).status, path).to.equal(404);
      expect((await new Visitor().agent.post(path)).status, path).to.equal(303);
    }
    expect((await desk.open(`/desk/runs/new/series?seminar=${seminarId}&interest=${nowhere}`)).status).to.equal(404);
    expect((await new Visitor().agent.get('/desk/demand')).status).to.equal(303);
  });
});

/** One session by rule, then the run with twelve places. */
async function planFrom(desk: Visitor, form: Page, button: string): Promise<Page> {
  const preview = await desk.submit(form, 'Termine ansehen', {
    'Erster Tag': inMay,
    'Zahl der Termine': '1',
    Beginn: '09:00',
    Ende: '12:00',
    'Ort oder Link': 'Lernhaus Mitte',
  });
  return desk.submit(preview, button, { Plätze: '12' });
}

function idIn(page: Page): string {
  return /\/runs\/([0-9a-f]{24})/.exec(page.path)?.[1] ?? '';
}

import { expect } from 'chai';
import { bookingById, bookPlaces, changeRun } from '../../server/modules/booking/index.ts';
import { inviteContact } from '../../server/modules/institutions/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import {
  aBooking,
  aContact,
  aCoordinator,
  anInstitution,
  aPerson,
  aRun,
  aSeminar,
  aTrainer,
} from '../support/builders.ts';
import { freshDatabase } from '../support/hooks.ts';
import { Visitor } from '../support/page.ts';
import { signedIn } from '../support/signed-in.ts';

type Contact = Awaited<ReturnType<typeof aContact>>;

describe('the workspace of an institution', () => {
  beforeEach(freshDatabase);

  const bookedBy = async (contact: Contact, places = 2) => {
    const { id: runId } = await aRun({ seminarId: await aSeminar({ title: 'Haltung im Team' }) });
    const participants = [{ name: 'Indigo Probe', email: 'indigo.probe@example.org' }];
    const { institutionId } = contact;
    return bookPlaces(contact.actor, { runId, booker: aPerson(), participants, places, institutionId });
  };
  const home = ({ institutionId }: Contact) => `/institution/${institutionId}`;

  it('is where a contact comes after signing in, and asks everybody else to sign in first', async () => {
    const contact = await aContact();
    const visitor = await signedIn(contact);

    const page = await visitor.open('/sign-in');

    expect(page.path).to.equal(home(contact));
    expect(page.heading).to.equal('Schule am Türkisen Turm');
    expect(page.getByRole('link', { name: 'Meine Einrichtung' })).not.to.equal(null);
    expect((await new Visitor().open(home(contact))).path).to.contain('/sign-in?next=');
  });

  it('shows bookings with how many are named, what is to be done until when, and every person', async () => {
    const contact = await aContact();
    const { id } = await bookedBy(contact);
    const { runId } = await bookingById(systemActor, id);
    await changeRun(systemActor, { runId, namesUntilOn: '2090-01-01' });
    const visitor = await signedIn(contact);

    const page = await visitor.open(home(contact));
    const people = await visitor.open(`${home(contact)}/people`);

    expect(page.says).to.contain('Haltung im Team').and.contain('1 von 2 mit Namen').and.contain('bestätigt');
    expect(page.says)
      .to.match(/Selbst stornieren bis /)
      .and.match(/Namen eintragen bis /);
    expect(people.says).to.contain('Indigo Probe').and.contain('indigo.probe@example.org');
  });

  it('gives the papers of a booking: confirmation with the billing address, and calendar file', async () => {
    const contact = await aContact();
    const { id } = await bookedBy(contact);
    const visitor = await signedIn(contact);
    await visitor.submit(await visitor.open(`${home(contact)}/billing`), 'Speichern', {
      'Empfänger der Rechnung': 'Schulamt Musterhafen',
      'Straße und Hausnummer': 'Beispielweg 1',
      Postleitzahl: '30159',
      Ort: 'Hannover',
      'Leitweg-ID (freiwillig)': '04011000-1234512345-06',
    });

    const booking = await visitor.open(`${home(contact)}/bookings/${id}`);
    const paper = await visitor.open(`${home(contact)}/bookings/${id}/confirmation`);
    const file = await visitor.agent.get(`${home(contact)}/bookings/${id}/calendar.ics`);

    expect(booking.says).to.contain('1 Platz ohne Namen');
    expect(paper.says).to.contain('2 Plätze').and.contain('Schulamt Musterhafen').and.contain('04011000-1234512345-06');
    expect(file.headers['content-type']).to.contain('text/calendar');
    expect(file.text).to.contain('SUMMARY:Haltung im Team');
  });

  it('says at its field that a Leitweg-ID is wrong, and keeps the rest', async () => {
    const contact = await aContact();
    const visitor = await signedIn(contact);
    const page = await visitor.submit(await visitor.open(`${home(contact)}/billing`), 'Speichern', {
      'Empfänger der Rechnung': 'Schulamt',
      'Leitweg-ID (freiwillig)': '04011000-1234512345-07',
    });

    expect(page.status).to.equal(422);
    expect(page.mistakes).to.include(
      'Leitweg-ID: Bitte prüfen Sie die Leitweg-ID: Aufbau oder Prüfziffer stimmen nicht.',
    );
    expect(page.field('Empfänger der Rechnung').value).to.equal('Schulamt');
  });

  describe('the booking form of a contact', () => {
    it('is filled with what is known, and what is booked belongs to the institution', async () => {
      const contact = await aContact();
      const { id: runId } = await aRun();
      const visitor = await signedIn(contact);

      const form = await visitor.open(`/runs/${runId}/bookings/new`);
      const booked = await visitor.submit(form, 'Verbindlich buchen');

      expect(form.field('Vor- und Nachname').value).to.equal(contact.person.name);
      expect(form.field('E-Mail-Adresse').value).to.equal(contact.person.email);
      expect(booked.says).to.contain('Ihre Buchung ist bestätigt').and.contain('Schule am Türkisen Turm');
      expect((await visitor.open(home(contact))).says).to.contain(`gebucht von ${contact.person.name}`);
    });

    it('books for oneself where no institution is chosen, and never for one that is not the contact’s own', async () => {
      const contact = await aContact();
      const other = await anInstitution('Amt am Teich');
      const { id: runId } = await aRun();
      const visitor = await signedIn(contact);
      const token = (await visitor.open('/')).document.querySelector('input[name=_token]')?.getAttribute('value') ?? '';
      for (const chosen of ['', other, '$ne'])
        await visitor.post(`/runs/${runId}/bookings`, {
          _token: token,
          _institution: chosen,
          'booker.name': `Türkis ${chosen}`,
          'booker.email': 'tuerkis@example.org',
        });

      expect((await visitor.open(home(contact))).says).to.contain('Zurzeit ist nichts gebucht');
    });

    it('asks an onlooker, as anybody else, for the name of an institution only', async () => {
      const { institutionId } = await aContact();
      const { id: runId } = await aRun();
      const form = await (await signedIn(await aContact({ institutionId }))).open(`/runs/${runId}/bookings/new`);

      expect(form.document.querySelector('[name=_institution]')).to.equal(null);
      expect(form.document.querySelector('[name=institution]')).not.to.equal(null);
    });
  });

  describe('a booking that somebody made alone', () => {
    it('is taken in by its link, twice as well as once, and not by a second institution', async () => {
      const contact = await aContact();
      const other = await aContact();
      const { token } = await aBooking();
      const visitor = await signedIn(contact);
      const takeIn = async (who: Visitor, whose: Contact, link: string) =>
        who.submit(await who.open(home(whose)), 'Buchung übernehmen', { 'Link der Buchung': link });

      const taken = await takeIn(visitor, contact, `https://mosaik.example.org/bookings/${token}?lang=de`);
      const again = await takeIn(visitor, contact, token);
      const elsewhere = await takeIn(await signedIn(other), other, token);

      for (const page of [taken, again])
        expect(page.getByRole('status').textContent).to.contain('gehört jetzt zu Ihrer Einrichtung');
      expect(elsewhere.mistakes).to.deep.equal([
        'Link der Buchung: Diese Buchung gehört schon zu einer anderen Einrichtung.',
      ]);
    });

    it('is not taken in by its id, its booker’s address or a made-up link', async () => {
      const contact = await aContact();
      const { id, token } = await aBooking({ booker: { name: 'Ada', email: 'ada.beispiel@example.org' } });
      const visitor = await signedIn(contact);
      for (const link of [id, 'ada.beispiel@example.org', `${token.slice(0, -1)}_`, `/bookings/${id}`, '../..']) {
        const page = await visitor.submit(await visitor.open(home(contact)), 'Buchung übernehmen', {
          'Link der Buchung': link,
        });
        expect(page.mistakes, link).to.have.lengthOf(1);
      }
      expect((await visitor.open(home(contact))).says).to.contain('Zurzeit ist nichts gebucht');
    });
  });

  it('invites, changes and removes contacts, and writes to whoever is invited', async () => {
    const desk = await signedIn(await aCoordinator());
    const created = await desk.submit(await desk.open('/desk/institutions'), 'Anlegen', {
      'Name der Einrichtung': 'Amt am Teich',
      Art: 'administration',
    });
    const invited = await desk.submit(created, 'Einladung schicken', {
      'Vor- und Nachname': 'Lilie Beispiel',
      'E-Mail-Adresse': 'lilie.beispiel@example.org',
    });

    expect(created.heading).to.equal('Amt am Teich');
    expect(invited.says).to.contain('Die Einladung ist unterwegs').and.contain('Lilie Beispiel').and.contain('bucht');
    expect((await desk.open('/desk/institutions')).says).to.contain('1 Ansprechperson');
  });

  it('tells on every route nothing of another institution: as if it were not there', async () => {
    const [own, foreign] = [await aContact(), await aContact()];
    const { id: bookingId } = await bookedBy(foreign);
    const { id: ownBooking } = await bookedBy(own);
    const visitor = await signedIn(own);
    const token = (await visitor.open('/')).document.querySelector('input[name=_token]')?.getAttribute('value') ?? '';
    const nowhere = '0123456789abcdef01234567';
    const routes = (institution: string, booking: string, person: string) =>
      [
        ...['', '/people', '/contacts', '/billing', `/contacts/${person}`].map((part) => `get ${part}`),
        ...['', '/confirmation', '/calendar.ics'].map((part) => `get /bookings/${booking}${part}`),
        ...['/bookings', '/contacts', '/billing', `/contacts/${person}`, `/contacts/${person}/removal`].map(
          (part) => `post ${part}`,
        ),
      ].map((route) => route.replace(' ', ` /institution/${institution}`));
    const answersOf = async (addresses: string[]) => {
      const answers: string[] = [];
      for (const address of addresses) {
        const [method, path = ''] = address.split(' ');
        const answer =
          method === 'get'
            ? await visitor.agent.get(path)
            : await visitor.agent.post(path).type('form').send({ _token: token, book: 'on' });
        const sameForAll = answer.text.replaceAll(/[0-9a-f]{24}/g, ':id').replaceAll(token, '');
        answers.push(`${answer.status} ${sameForAll}`);
      }
      return answers;
    };

    const theirs = await answersOf(routes(foreign.institutionId, bookingId, foreign.person.id));
    const none = await answersOf(routes(nowhere, nowhere, nowhere));
    const mixed = await answersOf([
      `get /institution/${own.institutionId}/bookings/${bookingId}`,
      `get /institution/${own.institutionId}/contacts/${foreign.person.id}`,
      `get /institution/${own.institutionId}/bookings/${nowhere}`,
    ]);

    expect(theirs).to.have.lengthOf(13);
    expect(theirs).to.deep.equal(none);
    expect([...theirs, ...mixed].filter((answer) => !answer.startsWith('404 '))).to.deep.equal([]);
    // A canary: their own they see.
    const seen = await answersOf(routes(own.institutionId, ownBooking, own.person.id).slice(0, 8));
    expect(seen.filter((answer) => !answer.startsWith('200 '))).to.deep.equal([]);
  });

  it('is for its contacts: a trainer is told nothing, a coordinator looks after contacts, yet sees no bookings', async () => {
    const contact = await aContact();
    await bookedBy(contact);
    const trainer = await signedIn(await aTrainer());
    const desk = await signedIn(await aCoordinator());

    expect((await trainer.open('/institution')).status).to.equal(404);
    expect((await trainer.open(home(contact))).status).to.equal(404);
    expect((await trainer.open('/desk/institutions')).status).to.equal(403);
    expect((await desk.open(home(contact))).status).to.equal(404);
    expect((await desk.open(`${home(contact)}/contacts`)).status).to.equal(200);
  });

  it('lets a contact of several institutions choose', async () => {
    const contact = await aContact();
    const institutionId = await anInstitution('Amt am Teich');
    await inviteContact(systemActor, institutionId, { name: 'Aster', email: contact.person.email });
    const visitor = await signedIn(contact);

    const page = await visitor.open('/institution');

    expect(page.heading).to.equal('Ihre Einrichtungen');
    expect(page.getAllByRole('link', { name: /Amt am Teich|Schule am/ })).to.have.lengthOf(2);
  });
});

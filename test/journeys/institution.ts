import { expect } from 'chai';
import { aBooking, aContact, aNetworkCoordinator, aPerson, aRun, aSeminar } from '../support/builders.ts';
import { signIn } from './plan-and-publish.ts';
import { linkIn, type Town } from './town.ts';

/** A school's secretary books for two colleagues, takes a booking in by its link, finds everybody and the papers, and invites her deputy. */
export async function bookForASchool(town: Town, scripting: boolean): Promise<void> {
  const secretary = await aContact();
  const { id: runId } = await aRun({ seminarId: await aSeminar({ title: 'Haltung im Team' }) });
  const alone = aPerson();
  await aBooking({ runId, booker: alone });

  const tab = await signIn(town, scripting, secretary);
  expect(await tab.heading()).to.equal('Schule am Türkisen Turm');
  await tab.open(`/runs/${runId}/bookings/new?for=group`);
  await tab.fillIn({ 'Plätze insgesamt': '2' });
  await tab.fillIn({ 'Name, Person 1': 'Indigo Probe', 'E-Mail, Person 1': 'indigo.probe@example.org' });
  await tab.press('Plätze verbindlich buchen');
  expect(await tab.says())
    .to.include('Ihre Buchung ist bestätigt')
    .and.include('Schule am Türkisen Turm');

  await tab.open('/institution');
  expect(await tab.says()).to.include('1 von 2 mit Namen');
  const mail = await town.mailTo(alone.email, /^Gebucht: /);
  await tab.fillIn({ 'Link der Buchung': linkIn(mail, '/bookings/') });
  await tab.press('Buchung übernehmen');
  expect(await tab.says())
    .to.include('gehört jetzt zu Ihrer Einrichtung')
    .and.include(alone.name);
  await tab.follow('Buchungsbestätigung');
  expect(await tab.says()).to.include('Haltung im Team');

  await tab.open('/institution');
  await tab.follow('Personen', tab.page.getByRole('main'));
  expect(await tab.says())
    .to.include('Indigo Probe')
    .and.include(alone.name);
  await tab.follow('Ansprechpersonen', tab.page.getByRole('main'));
  const deputy = aPerson();
  await tab.fillIn({ 'Vor- und Nachname': deputy.name, 'E-Mail-Adresse': deputy.email });
  await tab.tick('Darf buchen, stornieren und Ansprechpersonen verwalten');
  await tab.press('Einladung schicken');
  const invitation = await town.mailTo(deputy.email, /^Ihr Zugang zu Mosaik/);
  expect(invitation.parsed.text).to.include('Schule am Türkisen Turm');
}

/** Every page of an institution and of the desk that looks after it, in one language. */
export async function seeEveryPageOfAnInstitution(town: Town, spoken: 'de' | 'en'): Promise<void> {
  const secretary = await aContact();
  const own = `/institution/${secretary.institutionId}`;
  const tab = await signIn(town, false, secretary);
  for (const part of ['', '/people', '/contacts', `/contacts/${secretary.person.id}`, '/billing'])
    await tab.open(`${own}${part}?lang=${spoken}`);
  const desk = await signIn(town, false, await aNetworkCoordinator());
  for (const part of ['', `/${secretary.institutionId}`]) await desk.open(`/desk/institutions${part}?lang=${spoken}`);
}

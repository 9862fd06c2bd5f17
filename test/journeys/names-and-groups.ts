import { expect } from 'chai';
import { sendDetailsLinks, setInstitutionLimit, changeRun } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import { cancelByLink } from '../support/booking-facts.ts';
import { aBooking, aNetworkCoordinator, aPerson, aRun, aSeminar, aSession } from '../support/builders.ts';
import { signIn } from './plan-and-publish.ts';
import type { Tab } from './tab.ts';
import { linkIn, type Town } from './town.ts';

/** A school takes six places, pastes four names, sends two links that are filled in, swaps one person, and transfers two. */
export async function bookSixPlacesAndNameThem(town: Town, scripting: boolean): Promise<void> {
  const seminarId = await aSeminar({ title: 'Haltung im Kollegium' });
  const { id: runId } = await aRun({ seminarId, capacity: 6 });
  const { id: laterId } = await aRun({ seminarId, capacity: 3, sessions: [aSession({ inDays: 45 })] });
  const [booker, ...colleagues] = Array.from({ length: 8 }, () => aPerson());
  const [one, two, three, four, byLink, alsoByLink, comesInstead] = colleagues;
  if (!booker || !one || !two || !three || !four || !byLink || !alsoByLink || !comesInstead) throw new Error('Nobody.');

  const tab = await town.visitor(scripting);
  await tab.open(`/runs/${runId}/bookings/new?for=group`);
  await tab.fillIn({ 'Vor- und Nachname': booker.name, 'E-Mail-Adresse': booker.email, 'Plätze insgesamt': '6' });
  await tab.press('Plätze verbindlich buchen');
  await tab.follow('Namen eintragen');
  await tab.fillIn({ Liste: [one, two, three, four].map(({ name, email }) => `${name}; ${email}`).join('\n') });
  await tab.press('Liste prüfen');
  await tab.press('Namen eintragen');
  expect(await tab.says()).to.include('2 Plätze ohne Namen');

  await tab.follow('Namen eintragen');
  await tab.fillIn({ 'E-Mail-Adressen': `${byLink.email}\n${alsoByLink.email}` });
  await tab.press('Links verschicken');
  expect(await tab.says()).to.include(`Link an ${byLink.email} geschickt am`);
  for (const { name, email } of [byLink, alsoByLink])
    await fillInOwnDetails(
      await town.visitor(scripting),
      linkIn(await town.mailTo(email, /^Ihr Platz /), '/details/'),
      name,
    );

  const link = linkIn(await town.mailTo(booker.email, /^Gebucht: /), '/bookings/');
  await tab.open(link);
  expect(await tab.says())
    .to.include(byLink.name)
    .and.not.include('ohne Namen');
  await tab.follow(`${one.name} tauschen`);
  await tab.fillIn({
    'Name der neuen Person': comesInstead.name,
    'E-Mail-Adresse der neuen Person': comesInstead.email,
  });
  await tab.press('Person tauschen');
  await town.mailTo(one.email, /^Storniert: /);
  await tab.follow('Umbuchen');
  for (const { name } of [three, four, byLink, comesInstead]) await tab.page.getByLabel(name).uncheck();
  await tab.page.locator('select[name=toRunId]').selectOption(laterId);
  await tab.press('Umbuchen');
  expect(await tab.says())
    .to.include(two.name)
    .and.include(alsoByLink.name)
    .and.not.include(three.name);
  await tab.open(link);
  expect(await tab.says())
    .to.include(comesInstead.name)
    .and.not.include(two.name);
}

async function fillInOwnDetails(tab: Tab, link: string, name: string): Promise<void> {
  await tab.open(link);
  await tab.fillIn({ 'Ihr Name': name });
  await tab.press('Angaben eintragen');
  expect(await tab.says()).to.include('Sie sind eingetragen');
}

const policies = {
  strict: { group: 'Sie stehen auf der Warteliste, Stelle 1', newcomer: 'Sie stehen auf der Warteliste' },
  fill: { group: 'Sie stehen auf der Warteliste, Stelle 1', newcomer: 'Ihre Buchung ist bestätigt' },
  split: { group: 'Sie stehen auf der Warteliste, Stelle 1', newcomer: 'Sie stehen auf der Warteliste' },
} as const;

/** A group of five waits where two places are free: it blocks, is passed, or is divided, and sits in the end. */
export async function waitAsAGroup(town: Town, order: keyof typeof policies): Promise<void> {
  const seminarId = await aSeminar({ title: 'Fünf auf einmal' });
  const { id: runId } = await aRun({ seminarId, capacity: 6, order, ...(order === 'fill' && { maxPasses: 2 }) });
  const before = await aBooking({ runId, places: 4, participants: [] });
  const [booker, newcomer] = [aPerson(), aPerson()];

  const tab = await town.visitor(false);
  await tab.open(`/runs/${runId}/bookings/new?for=group`);
  await tab.fillIn({ 'Vor- und Nachname': booker.name, 'E-Mail-Adresse': booker.email, 'Plätze insgesamt': '5' });
  await tab.press('Plätze verbindlich buchen');
  const group = tab.page.url();
  expect(await tab.says()).to.include(policies[order].group);
  if (order === 'split') expect(await tab.says()).to.include('2 Plätze: bestätigt');

  const other = await town.visitor(false);
  await other.open(`/runs/${runId}/bookings/new`);
  await other.fillIn({ 'Vor- und Nachname': newcomer.name, 'E-Mail-Adresse': newcomer.email });
  await other.page.locator('form.form .kern-btn--primary').last().focus();
  await other.pressKey('Enter');
  expect(await other.says()).to.include(policies[order].newcomer);
  await tab.open(group);
  if (order === 'fill') expect(await tab.says()).to.include('Einmal ist eine kleinere Buchung vorgegangen');

  await cancelByLink(before);
  await tab.open(group);
  expect(await tab.says()).to.include('Ihre Buchung ist bestätigt');
  await town.mailTo(booker.email, /^Jetzt gebucht: /);
}

/** Every page on which places of a booking change hands, and what somebody without an account is asked, in one language. */
export async function seeEveryPageOfABooking(town: Town, spoken: 'de' | 'en'): Promise<void> {
  const seminarId = await aSeminar();
  const { id: runId } = await aRun({ seminarId, capacity: 6 });
  const { id: fullId } = await aRun({ seminarId, capacity: 1, sessions: [aSession({ inDays: 45 })] });
  await aBooking({ runId: fullId });
  await changeRun(systemActor, { runId, groups: 'head-count', namesUntilOn: '2090-01-01' });
  await setInstitutionLimit(systemActor, { runId, perInstitution: 6 });
  const { id: bookingId, token } = await aBooking({
    runId,
    places: 5,
    participants: [aPerson()],
    institution: 'Probe',
  });
  const emails = [aPerson().email, aPerson().email];
  const { participants, detailsLinks } = await sendDetailsLinks(systemActor, { bookingId, emails });
  const own = `/bookings/${token}`;
  const tab = await town.visitor(false);
  for (const part of [
    '',
    '/names',
    '/reduction',
    '/split',
    '/transfer',
    `/participants/${participants[0]?.id}/substitution`,
  ])
    await tab.open(`${own}${part}?lang=${spoken}`);
  await tab.open(`/details/${detailsLinks?.[0]?.token}?lang=${spoken}`);
  await tab.open(`/runs/${runId}/bookings/new?for=class&lang=${spoken}`);
  await tab.open(`/runs/${fullId}/bookings/new?lang=${spoken}`);
  const desk = await signIn(town, false, await aNetworkCoordinator());
  for (const part of ['', '/rights', '/settings']) await desk.open(`/desk/runs/${runId}${part}?lang=${spoken}`);
}

import { expect } from 'chai';
import ICAL from 'ical.js';
import { aPerson, aRun, aSeminar } from '../support/builders.ts';
import type { Tab } from './tab.ts';
import { linkIn, type Town } from './town.ts';

type Someone = ReturnType<typeof aPerson>;

const title = 'Elterngespräche auf Augenhöhe führen';

/** Two people want the one place: one books, one waits; one cancels, one moves up. */
export async function bookWaitMoveUpAndCancel(town: Town, scripting: boolean): Promise<void> {
  const run = await aRun({ seminarId: await aSeminar({ title }), capacity: 1 });
  await aRun({ seminarId: await aSeminar({ title: 'Rechnen im Verein', kind: 'association-seminar' }) });

  const [first, second] = [aPerson(), aPerson()];
  await bookTheLastPlace(await town.visitor(scripting), first);
  await joinTheWaitingList(await town.visitor(scripting), second, run.id);
  await town.mailTo(second.email, /^Warteliste: /);

  const confirmation = await town.mailTo(first.email, /^Gebucht: /);
  await cancel(await town.visitor(scripting), linkIn(confirmation, '/bookings/'));

  const promotion = await town.mailTo(second.email, /^Jetzt gebucht: /);
  await seeThePlaceAndTakeTheCalendar(await town.visitor(scripting), linkIn(promotion, '/bookings/'));
}

async function bookTheLastPlace(visitor: Tab, { name, email }: Someone): Promise<void> {
  await visitor.open('/');
  expect(await visitor.says()).to.include('Rechnen im Verein');

  await visitor.fillIn({ Suchwort: 'Elterngespräche' });
  await visitor.choose('Art des Angebots', 'Tagesseminar');
  await visitor.press('Seminare anzeigen');
  expect(await visitor.says())
    .to.include(title)
    .and.include('1 Platz frei')
    .and.not.include('Rechnen im Verein');

  await visitor.follow(title);
  expect(await visitor.heading()).to.equal(title);
  await visitor.follow('Platz für mich buchen');
  await visitor.fillIn({ 'Vor- und Nachname': name, 'E-Mail-Adresse': email });
  await visitor.press('Verbindlich buchen');
  expect(await visitor.says()).to.include('Ihre Buchung ist bestätigt');
}

async function joinTheWaitingList(visitor: Tab, { name, email }: Someone, runId: string): Promise<void> {
  await visitor.open(`/runs/${runId}`);
  expect(await visitor.says()).to.include('Der Durchgang ist ausgebucht');

  await visitor.follow('Auf die Warteliste');
  await visitor.fillIn({ 'Vor- und Nachname': name, 'E-Mail-Adresse': email });
  await visitor.press('Auf die Warteliste setzen');
  expect(await visitor.says()).to.include('Sie stehen auf der Warteliste, Stelle 1');
}

async function cancel(visitor: Tab, link: string): Promise<void> {
  await visitor.open(link);
  await visitor.follow('Buchung stornieren');
  expect(await visitor.heading()).to.equal('Buchung stornieren?');

  await visitor.press('Jetzt stornieren');
  expect(await visitor.says()).to.include('Diese Buchung ist storniert');
}

async function seeThePlaceAndTakeTheCalendar(visitor: Tab, link: string): Promise<void> {
  await visitor.open(link);
  expect(await visitor.says())
    .to.include('Ihre Buchung ist bestätigt')
    .and.include('Der Platz gehört Ihnen');

  const calendar = new ICAL.Component(ICAL.parse(await visitor.download('Termine in den Kalender laden')));
  const events = calendar.getAllSubcomponents('vevent');
  expect(events.map((event) => event.getFirstPropertyValue('summary'))).to.deep.equal([title]);
}

import { expect } from 'chai';
import { DateTime } from 'luxon';
import { bookPlaces } from '../../server/modules/booking/index.ts';
import { anyone } from '../../server/modules/history/index.ts';
import { aCoordinator, aPerson, aTrainer, type Signed } from '../support/builders.ts';
import type { Tab } from './tab.ts';
import type { Town } from './town.ts';

type Someone = ReturnType<typeof aPerson>;

const title = 'Vielfalt im Kollegium';
const modules = ['Haltung und Sprache', 'Gespräche führen'];

/** A coordinator brings a course into the catalogue, steers it, and cancels it; its trainer looks on. */
export async function planPublishSteerAndCancel(town: Town, scripting: boolean): Promise<void> {
  const [coordinator, trainer] = [await aCoordinator(), await aTrainer()];
  const [sits, waits] = [aPerson(), aPerson()];

  const desk = await signIn(town, scripting, coordinator);
  await createTheSeminar(desk);
  await planTwoSessions(desk, trainer);
  await publish(desk);
  await bookAndWait(desk.page.url(), sits, waits);
  await raiseTheCapacity(desk);
  await moveTheFirstSession(desk);
  await town.mailTo(sits.email, /^Geändert: /);
  await town.mailTo(trainer.person.email, /^Ihr Einsatz: /);
  await seeOwnSessions(await signIn(town, scripting, trainer), [sits, waits]);
  await cancelTheRun(desk);
  await town.mailTo(sits.email, /^Fällt aus: /);
}

export async function signIn(town: Town, scripting: boolean, { person }: Signed): Promise<Tab> {
  const tab = await town.visitor(scripting);
  await tab.open('/sign-in');
  await tab.fillIn({ 'Ihre E-Mail-Adresse': person.email });
  await tab.press('Code schicken');
  const { parsed } = await town.mailTo(person.email, /Anmeldecode/);
  const [code = ''] = /\b\d{3} ?\d{3}\b/.exec(parsed.text ?? '') ?? [];
  await tab.fillIn({ 'Code aus der E-Mail': code });
  await tab.press('Anmelden');
  return tab;
}

async function createTheSeminar(desk: Tab): Promise<void> {
  expect(await desk.heading()).to.equal('Planung');
  await desk.follow('Seminar anlegen');
  await desk.fillIn({ Titel: title, 'Kurz gesagt': 'Zwei Tage für das ganze Kollegium.' });
  await desk.choose('Art des Angebots', 'Modulkurs');
  for (const [index, module] of modules.entries()) {
    await desk.press('Modul hinzufügen');
    await desk.fillIn({ 'Titel des Moduls': module }, `Modul ${index + 1}`);
  }
  await desk.press('Seminar anlegen');
  expect(await desk.says())
    .to.include('Das Seminar ist angelegt')
    .and.include('2 Module');
}

async function planTwoSessions(desk: Tab, { person: trainer }: Signed): Promise<void> {
  await desk.follow(/^Durchgang planen/);
  await desk.press('Termin hinzufügen');
  for (const [index, module] of modules.entries()) {
    const session = `Termin ${index + 1}`;
    const when = { Tag: dayIn(30 + index * 7), Beginn: '09:00', Ende: '16:00' };
    await desk.fillIn({ ...when, 'Ort oder Link': 'Lernhaus Mitte, Raum 2.10' }, session);
    await desk.choose('Modul', module, session);
    await desk.choose('Trainerin oder Trainer', trainer.name, session);
  }
  await desk.fillIn({ Plätze: '1' });
  await desk.press('Als Entwurf speichern');
  expect(await desk.heading()).to.equal(title);
  expect(await desk.says())
    .to.include('Der Entwurf ist gespeichert')
    .and.include('2 Termine');
}

async function publish(desk: Tab): Promise<void> {
  await desk.press('Veröffentlichen');
  expect(await desk.says()).to.include('Der Durchgang ist veröffentlicht');
}

/** Three in a row: one sits, one waits, and behind them a group that is too large. */
async function bookAndWait(url: string, sits: Someone, waits: Someone): Promise<void> {
  const [, runId = ''] = /\/runs\/([0-9a-f]{24})/.exec(url) ?? [];
  for (const request of [{ booker: sits }, { booker: waits }, { booker: aPerson(), places: 3 }])
    await bookPlaces(anyone, { runId, ...request });
}

async function raiseTheCapacity(desk: Tab): Promise<void> {
  await desk.open(desk.page.url());
  expect(await desk.says())
    .to.include('Warteliste: 4 Plätze')
    .and.include('weil kein Platz frei ist')
    .and.include('weil andere früher an der Reihe sind');

  await desk.fillIn({ 'Neue Zahl der Plätze': '3' });
  await desk.press('Plätze ändern');
  expect(await desk.says())
    .to.include('Der Durchgang hat jetzt 3 Plätze')
    .and.include('von der Warteliste nachgerückt')
    .and.include('weil die Gruppe (3) nicht in die freien Plätze (1) passt');
}

async function moveTheFirstSession(desk: Tab): Promise<void> {
  await desk.follow(/^Ändern oder verschieben/);
  expect(await desk.heading()).to.equal('Termin ändern');
  await desk.fillIn({ Tag: dayIn(31), 'Ort oder Link': 'Stadtteilhaus Nord, Raum 4' });
  await desk.press('Weiter zur Vorschau');
  expect(await desk.says())
    .to.include('Wer benachrichtigt wird')
    .and.include('Stadtteilhaus Nord');
  await desk.press('Jetzt ändern und benachrichtigen');
  expect(await desk.heading()).to.equal('Geändert');
  await desk.follow('Zum Durchgang');
  expect(await desk.says()).to.include('Stadtteilhaus Nord');
}

async function seeOwnSessions(tab: Tab, participants: Someone[]): Promise<void> {
  expect(await tab.heading()).to.equal('Meine Termine');
  expect(await tab.says())
    .to.include('Termin 1 von 2')
    .and.include('Termin 2 von 2');

  await tab.follow(title);
  const said = await tab.says();
  for (const { name } of participants) expect(said).to.include(name);
  expect(said).to.include('2 Teilnehmende').and.include('Stadtteilhaus Nord');
}

async function cancelTheRun(desk: Tab): Promise<void> {
  await desk.follow('Durchgang absagen …');
  expect(await desk.heading()).to.equal('Durchgang absagen');
  await desk.fillIn({ Grund: 'Das Haus ist an beiden Tagen geschlossen.' });
  await desk.press('Weiter zur Vorschau');
  expect(await desk.says()).to.include('Wer benachrichtigt wird');
  await desk.press('Jetzt ändern und benachrichtigen');
  await desk.follow('Zum Durchgang');
  expect(await desk.says())
    .to.include('Dieser Durchgang ist abgesagt')
    .and.include('Das Haus ist an beiden Tagen geschlossen.');
}

function dayIn(days: number): string {
  return DateTime.now().setZone('Europe/Berlin').plus({ days }).toFormat('yyyy-MM-dd');
}

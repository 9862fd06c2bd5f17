import { expect } from 'chai';
import { DateTime } from 'luxon';
import {
  aCoordinator,
  aPerson,
  aBooking,
  aRoom,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
  aVenue,
} from '../support/builders.ts';
import { signIn } from './plan-and-publish.ts';
import { linkIn, type Town } from './town.ts';

const zone = 'Europe/Berlin';
const modules = ['Haltung', 'Sprache', 'Konflikte', 'Öffnung'];

/** A course of four modules every week from the first of May on: that day is a holiday, and a day at the end makes up for it. */
export async function planACourseByRule(town: Town, scripting: boolean): Promise<void> {
  await aSeminar({
    title: 'Öffnung der Verwaltung',
    kind: 'modular-course',
    modules: modules.map((title) => ({ title })),
  });
  const desk = await signIn(town, scripting, await aCoordinator());
  const startsOn = nextFirstOfMay();

  await desk.follow('Seminare');
  await desk.follow(/^Durchgang planen/);
  await desk.follow('Viele Termine? Nach einer Regel planen');
  await desk.choose('Bundesland', 'Niedersachsen');
  await desk.fillIn({ 'Erster Tag': startsOn.toFormat('yyyy-MM-dd'), 'Zahl der Termine': '4' });
  await desk.fillIn({ Beginn: '16:00', Ende: '15:00', 'Ort oder Link': 'Lernhaus Mitte, Raum 2.10' });
  await desk.press('Termine ansehen');
  expect(await desk.says()).to.include('Das Ende liegt nicht nach dem Beginn.');

  await desk.fillIn({ Beginn: '09:00' });
  await desk.press('Termine ansehen');
  expect(await desk.heading()).to.equal('Termine prüfen');
  expect(await desk.says())
    .to.include('4 Termine')
    .and.include('Feiertag: Maifeiertag');

  await desk.fillIn({ Plätze: '12' });
  await desk.press('Jetzt veröffentlichen');
  const said = await desk.says();
  expect(said).to.include('Der Durchgang ist veröffentlicht').and.include('4 Termine');
  for (const module of modules) expect(said).to.include(module);
  const days = await desk.page.locator('.plan').innerText();
  expect(days).not.to.include(startsOn.setLocale('de').toFormat(' d. MMMM yyyy'));
}

/** A room is taken: planned all the same for a reason, and then moved to a room that is free. */
export async function meetAConflictAndSolveIt(town: Town, scripting: boolean): Promise<void> {
  const venueId = await aVenue();
  const [taken] = [await aRoom({ venueId, name: 'Raum 2.10' }), await aRoom({ venueId, name: 'Raum 3.01' })];
  const session = aSession({ inDays: 30, location: '', roomId: taken });
  await aRun({ seminarId: await aSeminar({ title: 'Schreiben fürs Amt' }), sessions: [session] });
  await aSeminar({ title: 'Beraten zu dritt' });

  const desk = await signIn(town, scripting, await aCoordinator());
  await desk.follow('Seminare');
  await desk.follow(/^Durchgang planen Beraten zu dritt/);
  const day = DateTime.fromJSDate(session.startsAt, { zone }).toFormat('yyyy-MM-dd');
  await desk.fillIn({ Tag: day, Beginn: '10:00', Ende: '12:00', Plätze: '8' });
  await desk.choose('Raum', 'Lernhaus Mitte, Raum 2.10 (bis 20 Personen)');
  await desk.press('Als Entwurf speichern');
  expect(await desk.says())
    .to.include('Raum 2.10 ist belegt')
    .and.include('Schreiben fürs Amt');
  const about = await desk.page.getByLabel('Raum', { exact: true }).getAttribute('aria-describedby');
  expect(await desk.page.locator(`#${about?.split(' ').at(-1)}`).innerText()).to.include('ist belegt');

  await desk.fillIn({ Grund: 'Die Trennwand ist zu, beide passen hinein.' });
  await desk.press('Als Entwurf speichern');
  expect(await desk.says())
    .to.include('Der Entwurf ist gespeichert')
    .and.include('Trotz Konflikt geplant: Die Trennwand ist zu, beide passen hinein.')
    .and.include('Raum 2.10 ist belegt');

  await desk.follow(/^Ändern oder verschieben/);
  await desk.follow('Freie Räume zeigen');
  expect(await desk.says()).to.include('Frei und passend (1)');
  await desk.press('Diesen Raum nehmen Raum 3.01');
  expect(await desk.says())
    .to.include('Lernhaus Mitte, Raum 3.01')
    .and.not.include('Raum 2.10 ist belegt');
}

/** A session is dragged to the next day: who would be told is shown before it is so. */
export async function dragASession(town: Town): Promise<void> {
  const inAMonth = DateTime.now().setZone(zone).plus({ months: 1 }).startOf('month');
  const monday = inAMonth.plus({ days: (8 - inAMonth.weekday) % 7 }).set({ hour: 9 });
  const startsAt = monday.toJSDate();
  const endsAt = monday.set({ hour: 16 }).toJSDate();
  const run = await aRun({
    seminarId: await aSeminar({ title: 'Beraten zu dritt' }),
    sessions: [aSession({ startsAt, endsAt })],
  });
  const booker = aPerson();
  await aBooking({ runId: run.id, booker });
  const desk = await signIn(town, true, await aCoordinator());
  await desk.open(`/desk/calendar?view=month&on=${monday.toFormat('yyyy-MM-dd')}`);
  await desk.page.getByRole('button', { name: 'Termine mit der Maus verschieben' }).click();
  const entry = desk.page.locator('.calendar-dragging').getByRole('link', { name: /Beraten zu dritt/ });
  await entry.waitFor();

  await desk.drag(entry, desk.page.locator(`[data-date="${monday.plus({ days: 1 }).toFormat('yyyy-MM-dd')}"]`));
  expect(await desk.heading()).to.equal('Bitte prüfen, bevor es alle erfahren');
  expect(await desk.says()).to.include('Eine E-Mail an eine teilnehmende Person');
  await desk.press('Jetzt ändern und benachrichtigen');
  expect(await desk.heading()).to.equal('Geändert');
  await town.mailTo(booker.email, /^Geändert: /);
}

/** A trainer is asked, and says yes with the link in the mail on a phone. */
export async function acceptToTeachByLink(town: Town, scripting: boolean): Promise<void> {
  const trainer = await aTrainer();
  const sessions = [aSession({ inDays: 30, trainers: [trainer.person.id] })];
  const { id } = await aRun({ seminarId: await aSeminar({ title: 'Beraten zu dritt' }), sessions });
  const participant = aPerson();
  await aBooking({ runId: id, booker: participant });
  const desk = await signIn(town, scripting, await aCoordinator());
  await desk.open(`/desk/runs/${id}`);
  await desk.follow('Anfragen und Ersatz');
  await desk.fillIn({ 'Antwort bis': DateTime.now().setZone(zone).plus({ days: 10 }).toFormat('yyyy-MM-dd') });
  await desk.press('Anfragen');
  expect(await desk.says()).to.include('gefragt, Antwort bis');

  const phone = await town.visitor(scripting);
  await phone.page.setViewportSize({ width: 360, height: 740 });
  await phone.open(linkIn(await town.mailTo(trainer.person.email, /^Anfrage: /), '/teaching/'));
  expect(await phone.says()).to.include('Bitte antworten Sie bis');
  await phone.press('Ich sage zu');
  expect(await phone.says()).to.include('Sie haben zugesagt');
  await phone.follow(/^Wer kommt am/);
  expect(await phone.says()).to.include(participant.name);

  await desk.open(`/desk/runs/${id}/trainers`);
  expect(await desk.says()).to.include('hat zugesagt');
}

/** At least two weeks ahead, so that every day of the series is still to come. */
function nextFirstOfMay(): DateTime {
  const soon = DateTime.now().setZone(zone).plus({ weeks: 2 });
  const thisYear = DateTime.fromObject({ year: soon.year, month: 5, day: 1 }, { zone });
  return thisYear > soon ? thisYear : thisYear.plus({ years: 1 });
}

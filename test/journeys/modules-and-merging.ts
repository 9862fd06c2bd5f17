import { expect } from 'chai';
import { bookPlaces } from '../../server/modules/booking/index.ts';
import { anyone } from '../../server/modules/history/index.ts';
import { aCoordinator, aPerson, aRun, aSeminar, aSession } from '../support/builders.ts';
import { aCourse } from '../support/courses.ts';
import { signIn } from './plan-and-publish.ts';
import { linkIn, type Town } from './town.ts';

/** Somebody with a phone chooses modules, and changes her mind by the link in the mail. */
export async function bookTwoOfFourModules(town: Town, scripting: boolean): Promise<void> {
  const { runId } = await aCourse({ capacity: 2 });
  const { name, email } = aPerson();
  const visitor = await town.visitor(scripting);
  await visitor.page.setViewportSize({ width: 360, height: 740 });

  await visitor.open(`/runs/${runId}`);
  expect(await visitor.says()).to.include('4 von 4 Modulen frei');
  await visitor.follow('Platz für mich buchen');
  await visitor.tick(/^Modul 2:/);
  await visitor.tick(/^Modul 4:/);
  await visitor.fillIn({ 'Vor- und Nachname': name, 'E-Mail-Adresse': email });
  await visitor.press('Verbindlich buchen');
  expect(await visitor.says())
    .to.include('Ihre Buchung ist bestätigt')
    .and.include('Modul 2: Sprache')
    .and.not.include('Modul 3: Konflikte');

  const confirmation = await town.mailTo(email, /^Gebucht: /);
  await visitor.open(linkIn(confirmation, '/bookings/'));
  await visitor.follow('Module ändern');
  await visitor.page.getByLabel(/^Modul 2:/).uncheck();
  await visitor.tick(/^Modul 3:/);
  await visitor.press('Auswahl speichern');
  expect(await visitor.says())
    .to.include('Modul 3: Konflikte')
    .and.include('Ihre weiteren Buchungen in diesem Durchgang');
  await town.mailTo(email, /^Geänderte Buchung: /);
}

/** A coordinator merges a run that too few have booked; whoever booked it hears old and new dates. */
export async function mergeTwoRuns(town: Town, scripting: boolean): Promise<void> {
  const coordinator = await aCoordinator();
  const seminarId = await aSeminar({ title: 'Beraten zu dritt' });
  const from = await aRun({ seminarId, minimum: 6, sessions: [aSession({ inDays: 7 })] });
  await aRun({ seminarId, capacity: 2, sessions: [aSession({ inDays: 42 })] });
  const [fits, fitsNot] = [aPerson(), aPerson()];
  await bookPlaces(anyone, { runId: from.id, booker: fits });
  await bookPlaces(anyone, { runId: from.id, booker: fitsNot, places: 3 });

  const desk = await signIn(town, scripting, coordinator);
  await desk.follow('Entscheidungen');
  expect(await desk.says()).to.include('Beraten zu dritt');
  await desk.follow('Zusammenlegen');
  await desk.page.getByRole('radio').check();
  await desk.fillIn({ Grund: 'Für beide Durchgänge gab es zu wenige Anmeldungen.' });
  await desk.press('Weiter zur Vorschau');
  expect(await desk.says()).to.include('Buchung umgezogen');
  await desk.press('Jetzt ändern und benachrichtigen');

  const moved = await town.mailTo(fits.email, /^Neue Termine: /);
  await town.mailTo(fitsNot.email, /^Fällt aus: /);
  const visitor = await town.visitor(scripting);
  await visitor.open(linkIn(moved, '/bookings/'));
  expect(await visitor.says()).to.include('Ihre Buchung ist bestätigt');
}

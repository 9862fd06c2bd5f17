import type { MailFacts } from '../../facts.ts';
import { brief, list, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
import { BECAUSE_BOOKED, cancelUntilText, on, PERSONAL_LINK, placesIn, sessionParts } from './words.ts';

export function bookingReduced(mail: MailFacts['booking-reduced']): Draft {
  const keeps = mail.waits
    ? `Sie warten jetzt auf ${placesIn(mail.places)}.`
    : `Sie behalten ${placesIn(mail.places)}.`;
  return {
    subject: `${mail.waits ? 'Weniger Plätze' : 'Plätze zurückgegeben'}: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihre Buchung hat weniger Plätze',
    parts: [
      ...paragraphs(
        mail.waits
          ? `In „${mail.seminarTitle}“ warten Sie auf ${placesIn(mail.gaveBack)} weniger. ${keeps} Ihre Stelle auf der Warteliste bleibt.`
          : `In „${mail.seminarTitle}“ haben Sie ${placesIn(mail.gaveBack)} zurückgegeben. ${keeps}`,
      ),
      ...list(
        'Es nehmen nicht mehr teil',
        mail.left.map((text) => ({ text })),
      ),
      ...paragraphs(
        mail.left.length > 0 && !mail.waits && 'Wer eine Kalendereinladung hatte, bekommt dafür eine Absage.',
      ),
      ...list(
        'Es nehmen teil',
        mail.participants.map((text) => ({ text })),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(!mail.waits && cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function bookingSplit(mail: MailFacts['booking-split']): Draft {
  const [those, are] = mail.went === 1 ? ['Ein Platz', 'ist'] : [`${mail.went} Plätze`, 'sind'];
  return {
    subject: `Buchung geteilt: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.takenBy ? 'Ihre Buchung ist geteilt' : 'Sie haben eine eigene Buchung',
    parts: [
      ...paragraphs(
        mail.takenBy
          ? `${those} Ihrer Buchung in „${mail.seminarTitle}“ ${are} jetzt eine eigene Buchung von ${mail.takenBy}. Sie behalten ${placesIn(mail.places)}.`
          : `${those} in „${mail.seminarTitle}“ ${are} jetzt eine eigene Buchung mit eigenem Link. Sie gehört zu Ihrer Adresse.`,
        'Für die Teilnehmenden ändert sich nichts: Termine und Kalendereinladungen gelten weiter.',
      ),
      ...list(
        'In dieser Buchung nehmen teil',
        mail.participants.map((text) => ({ text })),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function namesMissing(mail: MailFacts['names-missing']): Draft {
  const [first] = mail.sessions;
  const missing = mail.unnamed === 1 ? 'Ein Platz hat' : `${mail.unnamed} Plätze haben`;
  const then = mail.unnamed === 1 ? 'Ein Platz' : 'Plätze';
  return {
    subject: `Namen fehlen noch: ${brief(mail.seminarTitle)}, ${on(first)}`,
    heading: 'Bitte tragen Sie die fehlenden Namen ein',
    parts: [
      ...paragraphs(
        `${missing} in Ihrer Buchung von „${mail.seminarTitle}“ noch keinen Namen.`,
        first && `Bitte sagen Sie bis ${deadline(mail.until, first, 'de')}, wer kommt.`,
        mail.thenWaits &&
          `${then} ohne Namen ${mail.unnamed === 1 ? 'geht' : 'gehen'} danach an die Warteliste, wenn dort jemand wartet.`,
        'Nur wer eingetragen ist, bekommt Einladungen für den Kalender und Erinnerungen.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Namen eintragen', url: mail.namesUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function namesLapsed(mail: MailFacts['names-lapsed']): Draft {
  const went = mail.places === 1 ? 'Ein Platz' : `${mail.places} Plätze`;
  return {
    subject: `Plätze ohne Namen: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.places === 1 ? 'Ein Platz ohne Namen wartet jetzt' : 'Plätze ohne Namen warten jetzt',
    parts: [
      ...paragraphs(
        `Die Zeit, Namen einzutragen, ist vorbei. ${went} ohne Namen in „${mail.seminarTitle}“ ${mail.places === 1 ? 'ist' : 'sind'} an andere gegangen, die gewartet haben. Plätze mit Namen behalten Sie.`,
        `Dafür warten Sie jetzt selbst, auf Position ${mail.position}. Wird etwas frei, bekommen Sie eine E-Mail.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Wartelistenplatz ansehen', url: mail.manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function detailsAsked(mail: MailFacts['details-asked']): Draft {
  const [first] = mail.sessions;
  const booker = mail.institution ? `${mail.bookerName} (${mail.institution})` : mail.bookerName;
  return {
    subject: `${mail.again ? 'Noch einmal: ' : ''}Ihr Platz im Seminar ${brief(mail.seminarTitle)}, ${on(first)}`,
    heading: 'Bitte tragen Sie sich ein',
    parts: [
      ...paragraphs(
        mail.waits
          ? `${booker} hat Plätze in „${mail.seminarTitle}“ gebucht, die noch nicht bestätigt sind, und einen davon für Sie vorgesehen.`
          : `${booker} hat in „${mail.seminarTitle}“ einen Platz für Sie vorgesehen.`,
        first && `Bitte sagen Sie bis ${deadline(mail.until, first, 'de')}, wer Sie sind. Dann gehört der Platz Ihnen.`,
        mail.waits
          ? 'Einladungen für den Kalender bekommen Sie, sobald der Platz bestätigt ist.'
          : 'Danach bekommen Sie Einladungen für den Kalender und Erinnerungen.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Angaben eintragen', url: mail.link },
    afterButton: ['Der Link gilt für einen Platz und nur einmal. Bitte geben Sie ihn nicht weiter.'],
    because:
      'Sie erhalten diese E-Mail, weil Ihre Adresse für einen Platz in diesem Seminar angegeben wurde. Möchten Sie nicht teilnehmen, müssen Sie nichts tun.',
  };
}

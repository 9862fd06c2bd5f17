import type { MailFacts } from '../../facts.ts';
import { brief, facts, list, paragraphs, said, type Draft, type LetterPart } from '../../letter.ts';
import {
  BECAUSE_BOOKED,
  cancelUntilText,
  inDays,
  on,
  PERSONAL_LINK,
  placesIn,
  sessionParts,
  wholeSession,
} from './words.ts';
import { deadline } from '../../times.ts';

const POLICY = {
  strict:
    'Freie Plätze gehen streng der Reihe nach an die Warteliste. Sobald Sie an der Reihe sind und Ihre Plätze frei sind, buchen wir für Sie und schreiben Ihnen.',
  fill: 'Freie Plätze gehen der Reihe nach an die Warteliste. Reichen sie für eine Gruppe nicht, kann eine kleinere Buchung vorgehen, aber nicht beliebig oft. Sobald Sie einen Platz haben, schreiben wir Ihnen.',
  split:
    'Freie Plätze gehen der Reihe nach an die Warteliste. Sind weniger frei, als Sie brauchen, bieten wir Ihnen an, was da ist. Wir schreiben Ihnen, sobald Sie an der Reihe sind.',
};

export function bookingConfirmed(mail: MailFacts['booking-confirmed']): Draft {
  return {
    subject: `Gebucht: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihre Buchung ist bestätigt',
    parts: [
      ...paragraphs(`Sie haben ${placesIn(mail.places)} in „${mail.seminarTitle}“.`, nearText(mail.alreadyNear)),
      ...bookedParts(mail),
    ],
    ...bookedEnd(mail),
  };
}

export function promoted(mail: MailFacts['promoted']): Draft {
  const many = mail.places > 1;
  return {
    subject: `Jetzt gebucht: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `Sie haben jetzt ${placesIn(mail.places)}`,
    parts: [
      ...paragraphs(
        `In „${mail.seminarTitle}“ am ${on(mail.sessions[0])} ${many ? 'sind Plätze' : 'ist ein Platz'} für Sie frei geworden. Sie sind von der Warteliste nachgerückt, Ihre Buchung ist jetzt bestätigt.`,
        nearText(mail.alreadyNear),
        'Können Sie doch nicht kommen? Dann stornieren Sie bitte bald, damit andere nachrücken.',
      ),
      ...bookedParts(mail),
    ],
    ...bookedEnd(mail),
  };
}

export function waitingListJoined(mail: MailFacts['waiting-list-joined']): Draft {
  const group = mail.places > 1 ? ` Sie warten auf ${mail.places} Plätze.` : '';
  return {
    subject: `Warteliste: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Sie stehen auf der Warteliste',
    parts: [
      ...paragraphs(
        `Für „${mail.seminarTitle}“ ist zurzeit nicht genug frei. Sie haben noch keine Buchung.`,
        `Auf der Warteliste stehen Sie an Stelle ${mail.position}.${group}`,
        POLICY[mail.policy],
      ),
      ...sessionParts(mail.sessions, mail.providerName),
      ...list(
        'Sie warten auch hier, in Ihrer Reihenfolge',
        (mail.alternatives ?? []).map(({ session, position, url }) => ({
          text: `${on(session)}, Stelle ${position}`,
          url,
        })),
      ),
      ...paragraphs(
        mail.alternatives &&
          'Was zuerst frei wird, bekommen Sie. Im selben Augenblick verlassen Sie die anderen Wartelisten.',
      ),
    ],
    button: { label: 'Wartelistenplatz ansehen', url: mail.manageUrl },
    afterButton: ['Dort können Sie die Warteliste auch verlassen.', PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function bookingCancelled(mail: MailFacts['booking-cancelled']): Draft {
  if (mail.cancelledBy === 'whole-run') return makeUpJoined(mail);
  const who = mail.cancelledBy === 'booker' ? 'Sie haben' : `${mail.providerName} hat`;
  return {
    subject: `Storniert: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihre Buchung ist storniert',
    parts: [
      ...paragraphs(
        `${who} Ihre Buchung für „${mail.seminarTitle}“ storniert. ${mail.places > 1 ? `Die ${mail.places} Plätze sind` : 'Der Platz ist'} wieder frei.`,
        reasonText(mail.reason),
        'Wer eine Kalendereinladung hatte, bekommt dafür eine Absage.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...otherSeminars(mail.catalogueUrl),
    because: BECAUSE_BOOKED,
  };
}

/** The place that made a module up is part of a booking of the whole run now. */
function makeUpJoined(mail: MailFacts['booking-cancelled']): Draft {
  return {
    subject: `Nachholplatz aufgehoben: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihr Nachholplatz ist nicht mehr nötig',
    parts: [
      ...paragraphs(
        `In „${mail.seminarTitle}“ gibt es jetzt einen Platz im ganzen Durchgang. Der Platz, mit dem dort ein einzelnes Modul nachgeholt werden sollte, wird dafür nicht mehr gebraucht und ist wieder frei.`,
        'Am Termin ändert sich nichts: Er gehört zur Buchung des ganzen Durchgangs.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    because: BECAUSE_BOOKED,
  };
}

export function waitingListLeft(mail: MailFacts['waiting-list-left']): Draft {
  const text =
    mail.leftBy === 'booker'
      ? `Sie haben die Warteliste für „${mail.seminarTitle}“ verlassen.`
      : `${mail.providerName} hat Ihre Buchung von der Warteliste für „${mail.seminarTitle}“ genommen.`;
  return {
    subject: `Warteliste verlassen: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Sie stehen nicht mehr auf der Warteliste',
    parts: [
      ...paragraphs(text, reasonText(mail.reason), 'Wir schreiben Ihnen nicht mehr, wenn etwas frei wird.'),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...otherSeminars(mail.catalogueUrl),
    because: BECAUSE_BOOKED,
  };
}

export function alreadyBooked(mail: MailFacts['already-booked']): Draft {
  const state =
    mail.status === 'confirmed'
      ? 'Sie haben dort aber schon einen Platz.'
      : 'Sie stehen dort aber schon auf der Warteliste.';
  return {
    subject: `Sie haben schon gebucht: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Sie haben schon gebucht',
    parts: [
      ...paragraphs(
        `Gerade wurde für Sie noch einmal in „${mail.seminarTitle}“ gebucht. ${state} Dabei bleibt es. Ein zweiter Platz wurde nicht gebucht.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...(mail.manageUrl && { button: { label: 'Buchung ansehen', url: mail.manageUrl } }),
    afterButton: said('Waren Sie das nicht selbst? Dann müssen Sie nichts tun.', mail.manageUrl && PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function sessionMoved(mail: MailFacts['session-moved']): Draft {
  return {
    subject: `Termin geändert: ${brief(mail.seminarTitle)}, jetzt ${on(mail.session)}`,
    heading: 'Ein Termin hat sich geändert',
    parts: [
      ...paragraphs(
        mail.offeredUntil
          ? `In „${mail.seminarTitle}“ gibt es eine Änderung. Unser Angebot an Sie gilt weiter: Bis ${deadline(mail.offeredUntil, mail.session, 'de')} können Sie es annehmen oder ablehnen.`
          : `In „${mail.seminarTitle}“ gibt es eine Änderung. Ihre Buchung gilt weiter. Wer mit eigener Adresse teilnimmt, bekommt die Änderung auch direkt.`,
      ),
      facts(
        mail.session.module !== undefined && { label: 'Modul', value: mail.session.module },
        { label: 'Bisher', value: wholeSession(mail.before) },
        { label: 'Neu', value: wholeSession(mail.session) },
        { label: 'Träger', value: mail.providerName },
      ),
      ...list(
        'Es nehmen teil',
        mail.participants.map((text) => ({ text })),
      ),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(cancelUntilText(mail.cancelUntil, mail.session), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function modulesChanged(mail: MailFacts['modules-changed']): Draft {
  return {
    subject: `Geänderte Buchung: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihre Buchung ist geändert',
    parts: [
      ...paragraphs(
        `Sie haben in „${mail.seminarTitle}“ ${mail.dropped.length === 1 ? 'dieses Modul' : 'diese Module'} abgewählt: ${mail.dropped.join(', ')}. ${mail.places > 1 ? 'Die Plätze dort sind' : 'Der Platz dort ist'} wieder frei.`,
        mail.waits
          ? 'Auf das andere warten Sie weiter. Es geht um diese Termine:'
          : 'Alles andere bleibt gebucht. Diese Termine gelten weiter:',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(!mail.waits && cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function runCancelled(mail: MailFacts['run-cancelled']): Draft {
  return {
    subject: `Fällt aus: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Das Seminar fällt aus',
    parts: [
      ...paragraphs(
        `${mail.providerName} muss „${mail.seminarTitle}“ leider absagen.`,
        reasonText(mail.reason),
        `Ihre Buchung${mail.places > 1 ? ` mit ${mail.places} Plätzen` : ''} ist damit aufgehoben. Sie müssen nichts tun. Wer eine Kalendereinladung hatte, bekommt dafür eine Absage.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...otherSeminars(mail.catalogueUrl),
    because: BECAUSE_BOOKED,
  };
}

/** A group that comes without names. */
function groupIn(mail: MailFacts['booking-confirmed']): string[] {
  return mail.group
    ? [`${mail.group.name}, ${mail.group.heads === 1 ? 'eine Person' : `${mail.group.heads} Personen`}`]
    : [];
}

function bookedParts(mail: MailFacts['booking-confirmed']): LetterPart[] {
  const unnamed = mail.places - mail.participants.length;
  const missing =
    unnamed === 1 ? 'Für einen Platz fehlt noch der Name.' : `Für ${unnamed} Plätze fehlen noch die Namen.`;
  return [
    ...sessionParts(mail.sessions, mail.providerName),
    ...list(
      'Es nehmen teil',
      [...groupIn(mail), ...mail.participants].map((text) => ({ text })),
    ),
    ...paragraphs(
      unnamed > 0 && mail.participants.length > 0 && !mail.group && missing,
      mail.othersEnded && 'Auf die anderen Durchgänge, die Sie genannt hatten, warten Sie damit nicht mehr.',
      mail.rest &&
        `Auf ${mail.rest.places === 1 ? 'einen weiteren Platz' : `${mail.rest.places} weitere Plätze`} warten Sie noch: ${mail.rest.url}`,
    ),
  ];
}

function bookedEnd(mail: MailFacts['booking-confirmed']): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  const attached =
    mail.sessions.length === 1
      ? 'Der Termin liegt dieser E-Mail als Kalenderdatei bei.'
      : 'Alle Termine liegen dieser E-Mail als Kalenderdatei bei.';
  return {
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(
      cancelUntilText(mail.cancelUntil, mail.sessions[0]),
      PERSONAL_LINK,
      mail.calendarAttached && attached,
    ),
    because: BECAUSE_BOOKED,
  };
}

function nearText(days: number | undefined): string | undefined {
  return days === undefined ? undefined : `Bitte merken Sie es sich gleich vor: Es beginnt schon ${inDays(days)}.`;
}

function reasonText(reason: string | undefined): string | undefined {
  return reason && `Der Grund: ${reason}`;
}

function otherSeminars(url: string | undefined): Pick<Draft, 'button'> {
  return url ? { button: { label: 'Andere Seminare ansehen', url } } : {};
}

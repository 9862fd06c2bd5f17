import type { MailFacts, MailSession } from '../../facts.ts';
import { brief, facts, list, paragraphs, said, type Draft } from '../../letter.ts';
import { sessionTime } from '../../times.ts';
import { BECAUSE_BOOKED, cancelUntilText, on, PERSONAL_LINK, placesIn, sessionParts } from './words.ts';

type Transfer = NonNullable<MailFacts['booking-moved']['transfer']>;

export function bookingMoved(mail: MailFacts['booking-moved']): Draft {
  return {
    subject: `Neue Termine: ${brief(mail.seminarTitle)}, jetzt ab ${on(mail.sessions[0])}`,
    heading: 'Ihre Buchung hat neue Termine',
    parts: [
      ...paragraphs(
        mail.transfer && transferred(mail, mail.transfer),
        !mail.transfer &&
          (mail.waited
            ? `Der Durchgang von „${mail.seminarTitle}“, auf den Sie gewartet haben, wird mit einem anderen zusammengelegt. Dort ist Platz für Sie: Ihre Buchung ist jetzt bestätigt.`
            : `Der Durchgang von „${mail.seminarTitle}“, den Sie gebucht hatten, wird mit einem anderen zusammengelegt. Ihre Buchung gilt jetzt dort.`),
        mail.reason && `Der Grund: ${mail.reason}`,
      ),
      ...list('Diese Termine gelten nicht mehr', mail.before.map(lineOf)),
      ...list('Ihre neuen Termine', mail.sessions.map(lineOf)),
      ...list(
        'Es nehmen teil',
        mail.participants.map((text) => ({ text })),
      ),
      ...paragraphs(
        'Wer eine Kalendereinladung hatte, bekommt dafür eine Absage und für jeden neuen Termin eine Einladung.',
      ),
    ],
    button: { label: 'Buchung ansehen', url: mail.manageUrl },
    afterButton: said(
      'Passen die neuen Termine nicht? Dann stornieren Sie bitte.',
      cancelUntilText(mail.cancelUntil, mail.sessions[0]),
      PERSONAL_LINK,
    ),
    because: BECAUSE_BOOKED,
  };
}

function transferred(mail: MailFacts['booking-moved'], { stays, staysUrl }: Transfer): string {
  const moved = stays
    ? `${mail.places === 1 ? 'Ein Platz Ihrer Buchung ist' : `${mail.places} Plätze Ihrer Buchung sind`} jetzt in einem anderen Durchgang von „${mail.seminarTitle}“ bestätigt, mit eigenem Link.`
    : `Ihre Buchung ist jetzt in einem anderen Durchgang von „${mail.seminarTitle}“ bestätigt.`;
  return stays ? `${moved} Im bisherigen Durchgang behalten Sie ${placesIn(stays)}: ${staysUrl}` : moved;
}

export function runMerged(mail: MailFacts['run-merged']): Draft {
  return {
    subject: `Fällt aus: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Dieser Durchgang fällt aus',
    parts: [
      ...paragraphs(
        `${mail.providerName} muss diesen Durchgang von „${mail.seminarTitle}“ leider mit einem anderen zusammenlegen. Dort ist nicht genug Platz für Ihre Buchung.`,
        mail.reason && `Der Grund: ${mail.reason}`,
        `Ihre Buchung${mail.places > 1 ? ` mit ${mail.places} Plätzen` : ''} ist damit aufgehoben. Wer eine Kalendereinladung hatte, bekommt dafür eine Absage.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
      ...list(
        'Andere Durchgänge mit freien Plätzen',
        mail.others.map(({ session, places, url }) => ({
          text: sessionTime(session, 'de'),
          more: `${places} ${places === 1 ? 'Platz' : 'Plätze'} frei · ${session.location}`,
          url,
        })),
      ),
      ...paragraphs(mail.others.length === 0 && 'Zurzeit gibt es keinen anderen Durchgang mit freien Plätzen.'),
    ],
    button: { label: 'Alle Seminare ansehen', url: mail.catalogueUrl },
    because: BECAUSE_BOOKED,
  };
}

export function decisionDue(mail: MailFacts['decision-due']): Draft {
  return {
    subject: `Entscheidung nötig: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'Ein Durchgang braucht Ihre Entscheidung',
    parts: [
      ...paragraphs(`„${mail.seminarTitle}“ am ${on(mail.session)} hat zu wenige Anmeldungen.`),
      facts(
        { label: 'Angemeldet', value: String(mail.held) },
        { label: 'Mindestzahl', value: String(mail.minimum) },
        { label: 'Auf der Warteliste', value: String(mail.waiting) },
      ),
      ...paragraphs(
        'Nichts wird von selbst abgesagt. Sie entscheiden: trotzdem durchführen, mit einem anderen Durchgang zusammenlegen oder absagen.',
      ),
    ],
    button: { label: 'Zu den Entscheidungen', url: mail.link },
    because: 'Sie erhalten diese E-Mail, weil Sie für diesen Träger Seminare planen.',
  };
}

function lineOf(session: MailSession) {
  const more = [session.module, session.location].filter(Boolean).join(' · ');
  return { text: sessionTime(session, 'de'), more, ...(session.onlineUrl && { url: session.onlineUrl }) };
}

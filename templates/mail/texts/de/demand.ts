import type { MailFacts } from '../../facts.ts';
import { brief, facts, list, paragraphs, type Draft } from '../../letter.ts';
import { deadline, sessionTime } from '../../times.ts';
import { on, placesIn } from './words.ts';

const BECAUSE_INTERESTED =
  'Sie erhalten diese E-Mail, weil mit Ihrer Adresse Interesse an diesem Seminar angemeldet wurde.';
const BECAUSE_ASKED = 'Sie erhalten diese E-Mail, weil mit Ihrer Adresse ein Inhouse-Seminar angefragt wurde.';
const NOT_YOU = 'Waren Sie das nicht? Dann müssen Sie nichts tun.';

export function interestConfirm(mail: MailFacts['interest-confirm']): Draft {
  return {
    subject: `Bitte bestätigen Sie Ihr Interesse: ${brief(mail.seminarTitle)}`,
    heading: 'Bitte bestätigen Sie Ihr Interesse',
    parts: paragraphs(
      `Mit dieser Adresse wurde Interesse an „${mail.seminarTitle}“ angemeldet, für ${placesIn(mail.places)}.`,
      'Erst wenn Sie bestätigen, stehen Sie auf der Liste. Das geht drei Tage lang.',
    ),
    button: { label: 'Interesse bestätigen', url: mail.link },
    afterButton: [NOT_YOU],
    because: BECAUSE_INTERESTED,
  };
}

export function interestNoted(mail: MailFacts['interest-noted']): Draft {
  return {
    subject: `Interesse notiert: ${brief(mail.seminarTitle)}`,
    heading: 'Ihr Interesse ist notiert',
    parts: paragraphs(
      `Für „${mail.seminarTitle}“ gibt es noch keinen Termin. Sie haben sich für ${placesIn(mail.places)} vorgemerkt.`,
      'Sobald es Termine gibt, schreiben wir Ihnen. Wer sich früher gemeldet hat, ist früher an der Reihe.',
    ),
    button: { label: 'Vormerkung ansehen oder zurückziehen', url: mail.link },
    afterButton: [NOT_YOU],
    because: BECAUSE_INTERESTED,
  };
}

export function interestInvited(mail: MailFacts['interest-invited']): Draft {
  const [first] = mail.sessions;
  return {
    subject: `Jetzt mit Termin: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Es gibt Termine. Möchten Sie kommen?',
    parts: [
      ...paragraphs(`Sie wollten ${placesIn(mail.places)} in „${mail.seminarTitle}“. Jetzt stehen die Termine fest.`),
      ...list(
        'Die Termine',
        mail.sessions.map((session) => ({ text: sessionTime(session, 'de'), more: session.location })),
      ),
      ...paragraphs(
        first &&
          `Bitte antworten Sie bis ${deadline(mail.answerBy, first, 'de')}. Bis dahin können nur Menschen buchen, die sich wie Sie vorgemerkt haben. Wer zuerst zusagt, bekommt zuerst einen Platz.`,
      ),
    ],
    button: { label: 'Antworten', url: mail.link },
    because: BECAUSE_INTERESTED,
  };
}

export function interestClosed(mail: MailFacts['interest-closed']): Draft {
  return {
    subject: `Kein Termin: ${brief(mail.seminarTitle)}`,
    heading: 'Vorerst gibt es keinen Termin',
    parts: paragraphs(
      `Sie hatten Interesse an „${mail.seminarTitle}“. Leider kommt vorerst kein Durchgang zustande. Ihre Vormerkung endet damit.`,
    ),
    button: { label: 'Vormerkung ansehen', url: mail.link },
    because: BECAUSE_INTERESTED,
  };
}

export function inHouseConfirm(mail: MailFacts['in-house-confirm']): Draft {
  return {
    subject: `Bitte bestätigen Sie Ihre Anfrage: ${brief(mail.topic)}`,
    heading: 'Bitte bestätigen Sie Ihre Anfrage',
    parts: [
      ...paragraphs(`Mit dieser Adresse wurde bei ${mail.providerName} ein Inhouse-Seminar angefragt.`),
      requestFacts(mail),
      ...paragraphs('Erst wenn Sie bestätigen, sieht der Träger die Anfrage. Das geht drei Tage lang.'),
    ],
    button: { label: 'Anfrage ansehen und bestätigen', url: mail.link },
    afterButton: [NOT_YOU],
    because: BECAUSE_ASKED,
  };
}

export function inHouseAsked(mail: MailFacts['in-house-asked']): Draft {
  return {
    subject: `Neue Anfrage für ein Inhouse-Seminar: ${brief(mail.topic)}`,
    heading: 'Eine Einrichtung fragt ein Inhouse-Seminar an',
    parts: [
      ...paragraphs(
        'Die Adresse ist bestätigt, die Anfrage wartet auf Ihre Antwort: als geschlossener Durchgang geplant, oder mit einem Grund abgelehnt.',
      ),
      facts(
        { label: 'Thema', value: mail.topic },
        { label: 'Einrichtung', value: mail.institution },
        { label: 'Gruppe', value: String(mail.groupSize) },
        { label: 'Zeiten', value: mail.periods },
        { label: 'Ort', value: mail.place },
      ),
    ],
    button: { label: 'Anfrage ansehen', url: mail.link },
    because: 'Sie erhalten diese E-Mail, weil Sie für diesen Träger planen.',
  };
}

export function inHousePlanned(mail: MailFacts['in-house-planned']): Draft {
  return {
    subject: `Ihr Seminar hat Termine: ${brief(mail.topic)}, ${on(mail.sessions[0])}`,
    heading: 'Ihr Inhouse-Seminar ist geplant',
    parts: [
      requestFacts(mail),
      ...list(
        'Die Termine',
        mail.sessions.map((session) => ({ text: sessionTime(session, 'de'), more: session.location })),
      ),
      ...paragraphs('Mit dem Link buchen Ihre Leute ihre Plätze. Im Katalog steht das Seminar nicht.'),
    ],
    button: { label: 'Plätze buchen', url: mail.bookingUrl },
    afterButton: ['Geben Sie den Link nur an Menschen weiter, die teilnehmen sollen.'],
    because: BECAUSE_ASKED,
  };
}

export function inHouseDeclined(mail: MailFacts['in-house-declined']): Draft {
  return {
    subject: `Ihre Anfrage: ${brief(mail.topic)}`,
    heading: 'Wir können Ihre Anfrage leider nicht erfüllen',
    parts: [requestFacts(mail), facts({ label: 'Grund', value: mail.reason })],
    button: { label: 'Anfrage ansehen', url: mail.link },
    because: BECAUSE_ASKED,
  };
}

function requestFacts({ topic, institution, providerName }: MailFacts['in-house-confirm']) {
  return facts(
    { label: 'Thema', value: topic },
    { label: 'Einrichtung', value: institution },
    { label: 'Träger', value: providerName },
  );
}

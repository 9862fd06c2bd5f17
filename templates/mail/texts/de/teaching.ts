import { momentOf } from '../../../dates.ts';
import type { MailFacts } from '../../facts.ts';
import { brief, paragraphs, type Draft } from '../../letter.ts';
import { BECAUSE_TRAINER, on, sessionFacts, sessionParts } from './words.ts';

const BECAUSE_PLANNING = 'Sie erhalten diese E-Mail, weil Sie diesen Durchgang planen.';

export function teachingAsked(mail: MailFacts['teaching-asked']): Draft {
  return {
    subject: `Anfrage: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.isReplacement ? 'Können Sie diesen Termin übernehmen?' : 'Möchten Sie diese Termine leiten?',
    parts: [
      ...paragraphs(
        mail.isReplacement
          ? `${mail.providerName} sucht kurzfristig Ersatz für „${mail.seminarTitle}“. Wer zuerst zusagt, bekommt den Termin.`
          : `${mail.providerName} fragt Sie für „${mail.seminarTitle}“ an.`,
        `Bitte antworten Sie bis ${momentOf(mail.answerBy, mail.timeZone, 'de')}.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Zusagen oder absagen', url: mail.link },
    afterButton: ['Der Link ist nur für Sie. Bitte geben Sie ihn nicht weiter.'],
    because: BECAUSE_TRAINER,
  };
}

export function teachingReminder(mail: MailFacts['teaching-reminder']): Draft {
  return {
    ...teachingAsked(mail),
    subject: `Noch offen: Ihre Anfrage für ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihre Antwort fehlt noch',
  };
}

export function teachingWithdrawn(mail: MailFacts['teaching-withdrawn']): Draft {
  return {
    subject: `Erledigt: Anfrage für ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Die Anfrage hat sich erledigt',
    parts: [
      ...paragraphs(
        `Für „${mail.seminarTitle}“ werden Sie nicht mehr gebraucht. Jemand anderes übernimmt, oder der Plan hat sich geändert. Danke, dass wir fragen durften.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Anfrage ansehen', url: mail.link },
    because: BECAUSE_TRAINER,
  };
}

export function teachingAnswered(mail: MailFacts['teaching-answered']): Draft {
  return {
    subject: `${mail.accepted ? 'Zusage' : 'Absage'}: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.accepted ? `${mail.trainerName} hat zugesagt` : `${mail.trainerName} hat abgesagt`,
    parts: [
      ...paragraphs(
        mail.accepted
          ? `${mail.trainerName} leitet „${mail.seminarTitle}“.`
          : `${mail.trainerName} leitet „${mail.seminarTitle}“ nicht. Der Termin braucht jemand anderes.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Durchgang öffnen', url: mail.link },
    because: BECAUSE_PLANNING,
  };
}

export function teachingUnanswered(mail: MailFacts['teaching-unanswered']): Draft {
  return {
    subject: `Keine Antwort: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Eine Anfrage ist ohne Antwort geblieben',
    parts: [
      ...paragraphs(
        `${mail.trainerName} hat auf die Anfrage für „${mail.seminarTitle}“ nicht geantwortet. Der Tag für die Antwort ist vorbei. Fragen Sie nach, oder fragen Sie jemand anderen.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Durchgang öffnen', url: mail.link },
    because: BECAUSE_PLANNING,
  };
}

export function trainerLinksRenewed(mail: MailFacts['trainer-links-renewed']): Draft {
  return {
    subject: `Ihr neuer Link: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Ihr Link ist neu',
    parts: [
      ...paragraphs(
        `Für „${mail.seminarTitle}“ gilt ab jetzt nur noch der Link in dieser E-Mail. Frühere Links öffnen nichts mehr. An Ihren Terminen ändert sich nichts.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Termine öffnen', url: mail.link },
    afterButton: ['Der Link ist nur für Sie. Bitte geben Sie ihn nicht weiter.'],
    because: BECAUSE_TRAINER,
  };
}

export function trainerAbsent(mail: MailFacts['trainer-absent']): Draft {
  return {
    subject: `Ersatz gesucht: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: `${mail.trainerName} kann nicht kommen`,
    parts: [
      ...paragraphs(
        `${mail.trainerName} fällt bei „${mail.seminarTitle}“ aus. Suchen Sie jemanden, der den Termin übernimmt.`,
      ),
      sessionFacts(mail.session, { label: 'Träger', value: mail.providerName }),
    ],
    button: { label: 'Ersatz suchen', url: mail.link },
    because: BECAUSE_PLANNING,
  };
}

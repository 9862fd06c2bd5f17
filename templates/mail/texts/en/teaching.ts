import { momentOf } from '../../../dates.ts';
import type { MailFacts } from '../../facts.ts';
import { brief, paragraphs, type Draft } from '../../letter.ts';
import { BECAUSE_TRAINER, on, sessionFacts, sessionParts } from './words.ts';

const BECAUSE_PLANNING = 'You are getting this email because you plan this run.';

export function teachingAsked(mail: MailFacts['teaching-asked']): Draft {
  return {
    subject: `Request: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.isReplacement ? 'Can you take over this session?' : 'Would you run these sessions?',
    parts: [
      ...paragraphs(
        mail.isReplacement
          ? `${mail.providerName} needs a replacement for “${mail.seminarTitle}” at short notice. Whoever accepts first gets the session.`
          : `${mail.providerName} asks you to run “${mail.seminarTitle}”.`,
        `Please answer by ${momentOf(mail.answerBy, mail.timeZone, 'en')}.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Accept or decline', url: mail.link },
    afterButton: ['The link is only for you. Please do not pass it on.'],
    because: BECAUSE_TRAINER,
  };
}

export function teachingReminder(mail: MailFacts['teaching-reminder']): Draft {
  return {
    ...teachingAsked(mail),
    subject: `Still open: your request for ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Your answer is still missing',
  };
}

export function teachingWithdrawn(mail: MailFacts['teaching-withdrawn']): Draft {
  return {
    subject: `Settled: request for ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'The request is settled',
    parts: [
      ...paragraphs(
        `You are no longer needed for “${mail.seminarTitle}”. Somebody else takes over, or the plan has changed. Thank you for letting us ask.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'See the request', url: mail.link },
    because: BECAUSE_TRAINER,
  };
}

export function teachingAnswered(mail: MailFacts['teaching-answered']): Draft {
  return {
    subject: `${mail.accepted ? 'Accepted' : 'Declined'}: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.accepted ? `${mail.trainerName} has accepted` : `${mail.trainerName} has declined`,
    parts: [
      ...paragraphs(
        mail.accepted
          ? `${mail.trainerName} will run “${mail.seminarTitle}”.`
          : `${mail.trainerName} will not run “${mail.seminarTitle}”. The session needs somebody else.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Open the run', url: mail.link },
    because: BECAUSE_PLANNING,
  };
}

export function teachingUnanswered(mail: MailFacts['teaching-unanswered']): Draft {
  return {
    subject: `No answer: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'A request has stayed without an answer',
    parts: [
      ...paragraphs(
        `${mail.trainerName} has not answered the request for “${mail.seminarTitle}”. The day for the answer has passed. Ask again, or ask somebody else.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Open the run', url: mail.link },
    because: BECAUSE_PLANNING,
  };
}

export function trainerLinksRenewed(mail: MailFacts['trainer-links-renewed']): Draft {
  return {
    subject: `Your new link: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Your link is new',
    parts: [
      ...paragraphs(
        `For “${mail.seminarTitle}”, only the link in this email works from now on. Earlier links no longer open anything. Nothing changes about your sessions.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Open the sessions', url: mail.link },
    afterButton: ['The link is for you only. Please do not pass it on.'],
    because: BECAUSE_TRAINER,
  };
}

export function trainerAbsent(mail: MailFacts['trainer-absent']): Draft {
  return {
    subject: `Replacement needed: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: `${mail.trainerName} cannot come`,
    parts: [
      ...paragraphs(`${mail.trainerName} cannot run “${mail.seminarTitle}”. Find somebody who takes over the session.`),
      sessionFacts(mail.session, { label: 'Provider', value: mail.providerName }),
    ],
    button: { label: 'Find a replacement', url: mail.link },
    because: BECAUSE_PLANNING,
  };
}

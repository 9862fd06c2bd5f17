import type { MailFacts } from '../../facts.ts';
import { brief, paragraphs, said, type Draft } from '../../letter.ts';
import { BECAUSE_BOOKED, BECAUSE_PARTICIPANT, cancelUntilText, on, PERSONAL_LINK, sessionFacts } from './words.ts';

export function calendarDeclined(mail: MailFacts['calendar-declined']): Draft {
  const who = mail.participantName;
  return {
    subject: `Declined? ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: mail.maySubstitute ? 'Cancel, or send somebody else?' : 'Would you like to cancel?',
    parts: [
      ...paragraphs(
        who
          ? `The session of “${mail.seminarTitle}” was declined in the calendar of ${who}.`
          : `The session of “${mail.seminarTitle}” was declined in your calendar.`,
        'Nothing has changed yet: the place stays booked.',
      ),
      sessionFacts(mail.session, { label: 'Provider', value: mail.providerName }),
      ...paragraphs(
        mail.maySubstitute
          ? 'Please tell us what it means: cancel the place, so that others move up, or send somebody else.'
          : 'If nobody comes, please cancel the place, so that others move up.',
        who
          ? `If ${who} comes after all, or only declined the calendar entry, you need not do anything.`
          : 'If you come after all, or only wanted to be rid of the calendar entry, you need not do anything.',
      ),
    ],
    button: {
      label: mail.maySubstitute ? 'Cancel or send somebody else' : 'See the booking',
      url: mail.manageUrl,
    },
    afterButton: said(
      'Opening the page does not change anything yet.',
      cancelUntilText(mail.cancelUntil, mail.session),
      PERSONAL_LINK,
    ),
    because: BECAUSE_BOOKED,
  };
}

export function calendarCountered(mail: MailFacts['calendar-countered']): Draft {
  return {
    subject: `Your proposed time: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'The session stays as it is',
    parts: [
      ...paragraphs(
        `Through your calendar you proposed another time for “${mail.seminarTitle}”. Thank you. The session is for the whole group, so we cannot move it for one person.`,
        'Nothing changes about your place.',
      ),
      sessionFacts(mail.session, { label: 'Provider', value: mail.providerName }),
      ...paragraphs('If you cannot come, please tell whoever booked for you, or the provider.'),
    ],
    ...(mail.detailsUrl && { button: { label: 'See the seminar', url: mail.detailsUrl } }),
    because: BECAUSE_PARTICIPANT,
  };
}

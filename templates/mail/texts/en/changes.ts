import type { MailFacts } from '../../facts.ts';
import { brief, facts, list, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
import { BECAUSE_BOOKED, on, PERSONAL_LINK, sessionFacts, sessionParts, wholeSession } from './words.ts';

export function sessionAdded(mail: MailFacts['session-added']): Draft {
  return {
    subject: `New session: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'There is one more session',
    parts: [
      ...paragraphs(
        `“${mail.seminarTitle}” has one more session. Your booking is valid for it too. Participants with their own address get an invitation for their calendar.`,
      ),
      sessionFacts(mail.session, { label: 'Provider', value: mail.providerName }),
      ...takingPart(mail),
    ],
    ...yourBooking(mail),
  };
}

export function sessionCancelled(mail: MailFacts['session-cancelled']): Draft {
  return {
    subject: `Session cancelled: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'A session is cancelled',
    parts: [
      ...paragraphs(
        `One session of “${mail.seminarTitle}” will not take place. All other sessions stay, and so does your booking. Participants with their own address get a cancellation for their calendar.`,
        mail.reason && `The reason: ${mail.reason}`,
      ),
      facts(
        mail.session.module !== undefined && { label: 'Module', value: mail.session.module },
        { label: 'Cancelled', value: wholeSession(mail.session) },
        { label: 'Provider', value: mail.providerName },
      ),
      ...takingPart(mail),
    ],
    ...yourBooking(mail),
  };
}

export function runPostponed(mail: MailFacts['run-postponed']): Draft {
  const stays = mail.waiting
    ? 'You keep your place on the waiting list.'
    : `You keep your ${mail.places > 1 ? 'places' : 'place'}. Whoever had a calendar invitation gets a cancellation for it.`;
  return {
    subject: `Postponed: ${brief(mail.seminarTitle)}, formerly ${on(mail.freed[0])}`,
    heading: 'The seminar is postponed',
    parts: [
      ...paragraphs(
        `“${mail.seminarTitle}” cannot take place as planned. There are no new dates yet. We will write to you as soon as they are fixed.`,
        stays,
        mail.reason && `The reason: ${mail.reason}`,
      ),
      ...list(
        'These dates are no longer valid',
        mail.freed.map((session) => ({ text: wholeSession(session) })),
      ),
    ],
    button: { label: 'View your booking', url: mail.manageUrl },
    afterButton: said('You do not want to wait? You can cancel there at any time.', PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function runRescheduled(mail: MailFacts['run-rescheduled']): Draft {
  const stays = mail.waiting
    ? 'You are still on the waiting list.'
    : `Your booking${mail.places > 1 ? ` of ${mail.places} places` : ''} stays valid. Participants with their own address get new invitations for their calendar.`;
  return {
    subject: `New date: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'The new dates are fixed',
    parts: [
      ...paragraphs(`“${mail.seminarTitle}” takes place, on new dates. ${stays}`),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...yourBooking({ ...mail, session: mail.sessions[0] }),
  };
}

function takingPart({ participants }: { participants: string[] }) {
  return list(
    'Taking part',
    participants.map((text) => ({ text })),
  );
}

type Booked = Pick<MailFacts['session-added'], 'manageUrl' | 'cancelUntil'> & {
  session: MailFacts['session-added']['session'] | undefined;
};

function yourBooking({ manageUrl, cancelUntil, session }: Booked): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  const until =
    cancelUntil &&
    session &&
    `Does it no longer suit you? You can cancel there until ${deadline(cancelUntil, session, 'en')}.`;
  return {
    button: { label: 'View your booking', url: manageUrl },
    afterButton: said(until, PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

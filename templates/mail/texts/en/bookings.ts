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
    'Free places go to the waiting list strictly in order. As soon as it is your turn and your places are free, we book them for you and write to you.',
  fill: 'Free places go to the waiting list in order. When there are too few for a group, a smaller booking may go ahead, but only a limited number of times. We write to you as soon as you have a place.',
  split:
    'Free places go to the waiting list in order. When fewer are free than you need, we offer you those that are. We write to you as soon as it is your turn.',
};

export function bookingConfirmed(mail: MailFacts['booking-confirmed']): Draft {
  return {
    subject: `Booked: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Your booking is confirmed',
    parts: [
      ...paragraphs(`You have ${placesIn(mail.places)} in “${mail.seminarTitle}”.`, nearText(mail.alreadyNear)),
      ...bookedParts(mail),
    ],
    ...bookedEnd(mail),
  };
}

export function promoted(mail: MailFacts['promoted']): Draft {
  const many = mail.places > 1;
  return {
    subject: `Now booked: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `You now have ${placesIn(mail.places)}`,
    parts: [
      ...paragraphs(
        `In “${mail.seminarTitle}” on ${on(mail.sessions[0])} ${many ? 'places have' : 'a place has'} become free for you. You have moved up from the waiting list, and your booking is now confirmed.`,
        nearText(mail.alreadyNear),
        'You cannot come after all? Then please cancel soon, so that others can move up.',
      ),
      ...bookedParts(mail),
    ],
    ...bookedEnd(mail),
  };
}

export function waitingListJoined(mail: MailFacts['waiting-list-joined']): Draft {
  const group = mail.places > 1 ? ` You are waiting for ${mail.places} places.` : '';
  return {
    subject: `Waiting list: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'You are on the waiting list',
    parts: [
      ...paragraphs(
        `There is not enough room in “${mail.seminarTitle}” at the moment. You do not have a booking yet.`,
        `You are number ${mail.position} on the waiting list.${group}`,
        POLICY[mail.policy],
      ),
      ...sessionParts(mail.sessions, mail.providerName),
      ...list(
        'You are waiting here too, in your order',
        (mail.alternatives ?? []).map(({ session, position, url }) => ({
          text: `${on(session)}, number ${position}`,
          url,
        })),
      ),
      ...paragraphs(
        mail.alternatives &&
          'You get whatever becomes free first. At the same moment you leave the other waiting lists.',
      ),
    ],
    button: { label: 'View your waiting list place', url: mail.manageUrl },
    afterButton: ['You can also leave the waiting list there.', PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function bookingCancelled(mail: MailFacts['booking-cancelled']): Draft {
  if (mail.cancelledBy === 'whole-run') return makeUpJoined(mail);
  const who = mail.cancelledBy === 'booker' ? 'You have' : `${mail.providerName} has`;
  return {
    subject: `Cancelled: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Your booking is cancelled',
    parts: [
      ...paragraphs(
        `${who} cancelled your booking for “${mail.seminarTitle}”. ${mail.places > 1 ? `The ${mail.places} places are` : 'The place is'} free again.`,
        reasonText(mail.reason),
        'Everybody who had a calendar invitation gets a cancellation for it.',
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
    subject: `Make-up place ended: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Your make-up place is no longer needed',
    parts: [
      ...paragraphs(
        `There is now a place in the whole run of “${mail.seminarTitle}”. The place for making up a single module there is not needed for that any more, and is free again.`,
        'Nothing changes about the session: it belongs to the booking of the whole run.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    because: BECAUSE_BOOKED,
  };
}

export function waitingListLeft(mail: MailFacts['waiting-list-left']): Draft {
  const text =
    mail.leftBy === 'booker'
      ? `You have left the waiting list for “${mail.seminarTitle}”.`
      : `${mail.providerName} has taken your booking off the waiting list for “${mail.seminarTitle}”.`;
  return {
    subject: `Waiting list left: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'You are no longer on the waiting list',
    parts: [
      ...paragraphs(text, reasonText(mail.reason), 'We will not write to you any more when a place becomes free.'),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...otherSeminars(mail.catalogueUrl),
    because: BECAUSE_BOOKED,
  };
}

export function alreadyBooked(mail: MailFacts['already-booked']): Draft {
  const state =
    mail.status === 'confirmed' ? 'But you already have a place there.' : 'But you are already on its waiting list.';
  return {
    subject: `You have already booked: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'You have already booked',
    parts: [
      ...paragraphs(
        `A place in “${mail.seminarTitle}” has just been booked for you once more. ${state} That stands as it is. No second place was booked.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...(mail.manageUrl && { button: { label: 'View your booking', url: mail.manageUrl } }),
    afterButton: said('That was not you? Then you need not do anything.', mail.manageUrl && PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function sessionMoved(mail: MailFacts['session-moved']): Draft {
  return {
    subject: `Session changed: ${brief(mail.seminarTitle)}, now ${on(mail.session)}`,
    heading: 'A session has changed',
    parts: [
      ...paragraphs(
        mail.offeredUntil
          ? `Something has changed in “${mail.seminarTitle}”. Our offer to you still stands: you can accept or decline it until ${deadline(mail.offeredUntil, mail.session, 'en')}.`
          : `Something has changed in “${mail.seminarTitle}”. Your booking stays valid. Participants with their own address are told directly as well.`,
      ),
      facts(
        mail.session.module !== undefined && { label: 'Module', value: mail.session.module },
        { label: 'Before', value: wholeSession(mail.before) },
        { label: 'Now', value: wholeSession(mail.session) },
        { label: 'Provider', value: mail.providerName },
      ),
      ...list(
        'Taking part',
        mail.participants.map((text) => ({ text })),
      ),
    ],
    button: { label: 'View your booking', url: mail.manageUrl },
    afterButton: said(cancelUntilText(mail.cancelUntil, mail.session), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function modulesChanged(mail: MailFacts['modules-changed']): Draft {
  return {
    subject: `Booking changed: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Your booking has changed',
    parts: [
      ...paragraphs(
        `In “${mail.seminarTitle}” you gave up ${mail.dropped.length === 1 ? 'this module' : 'these modules'}: ${mail.dropped.join(', ')}. ${mail.places > 1 ? 'The places there are' : 'The place there is'} free again.`,
        mail.waits
          ? 'You go on waiting for the rest. It is about these dates:'
          : 'Everything else stays booked. These dates still apply:',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'View your booking', url: mail.manageUrl },
    afterButton: said(!mail.waits && cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function runCancelled(mail: MailFacts['run-cancelled']): Draft {
  return {
    subject: `Not taking place: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'The seminar will not take place',
    parts: [
      ...paragraphs(
        `We are sorry: ${mail.providerName} has had to cancel “${mail.seminarTitle}”.`,
        reasonText(mail.reason),
        `Your booking${mail.places > 1 ? ` of ${mail.places} places` : ''} has ended with it. You need not do anything. Everybody who had a calendar invitation gets a cancellation for it.`,
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
    ? [`${mail.group.name}, ${mail.group.heads === 1 ? 'one person' : `${mail.group.heads} people`}`]
    : [];
}

function bookedParts(mail: MailFacts['booking-confirmed']): LetterPart[] {
  const unnamed = mail.places - mail.participants.length;
  const missing =
    unnamed === 1 ? 'The name for one place is still missing.' : `The names for ${unnamed} places are still missing.`;
  return [
    ...sessionParts(mail.sessions, mail.providerName),
    ...list(
      'Taking part',
      [...groupIn(mail), ...mail.participants].map((text) => ({ text })),
    ),
    ...paragraphs(
      unnamed > 0 && mail.participants.length > 0 && !mail.group && missing,
      mail.othersEnded && 'So you no longer wait for the other dates that you named.',
      mail.rest &&
        `You are still waiting for ${mail.rest.places === 1 ? 'one more place' : `${mail.rest.places} more places`}: ${mail.rest.url}`,
    ),
  ];
}

function bookedEnd(mail: MailFacts['booking-confirmed']): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  const attached =
    mail.sessions.length === 1
      ? 'The session is attached to this email as a calendar file.'
      : 'All sessions are attached to this email as a calendar file.';
  return {
    button: { label: 'View your booking', url: mail.manageUrl },
    afterButton: said(
      cancelUntilText(mail.cancelUntil, mail.sessions[0]),
      PERSONAL_LINK,
      mail.calendarAttached && attached,
    ),
    because: BECAUSE_BOOKED,
  };
}

function nearText(days: number | undefined): string | undefined {
  return days === undefined
    ? undefined
    : `Please note it down right away: it begins ${days > 1 ? 'already ' : ''}${inDays(days)}.`;
}

function reasonText(reason: string | undefined): string | undefined {
  return reason && `The reason: ${reason}`;
}

function otherSeminars(url: string | undefined): Pick<Draft, 'button'> {
  return url ? { button: { label: 'View other seminars', url } } : {};
}

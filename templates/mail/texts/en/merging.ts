import type { MailFacts, MailSession } from '../../facts.ts';
import { brief, facts, list, paragraphs, said, type Draft } from '../../letter.ts';
import { sessionTime } from '../../times.ts';
import { BECAUSE_BOOKED, cancelUntilText, on, PERSONAL_LINK, placesIn, sessionParts } from './words.ts';

type Transfer = NonNullable<MailFacts['booking-moved']['transfer']>;

export function bookingMoved(mail: MailFacts['booking-moved']): Draft {
  return {
    subject: `New dates: ${brief(mail.seminarTitle)}, now from ${on(mail.sessions[0])}`,
    heading: 'Your booking has new dates',
    parts: [
      ...paragraphs(
        mail.transfer && transferred(mail, mail.transfer),
        !mail.transfer &&
          (mail.waited
            ? `The run of “${mail.seminarTitle}” that you were waiting for is being merged with another one. There is room for you there: your booking is now confirmed.`
            : `The run of “${mail.seminarTitle}” that you booked is being merged with another one. Your booking is now valid there.`),
        mail.reason && `The reason: ${mail.reason}`,
      ),
      ...list('These dates no longer apply', mail.before.map(lineOf)),
      ...list('Your new dates', mail.sessions.map(lineOf)),
      ...list(
        'Taking part',
        mail.participants.map((text) => ({ text })),
      ),
      ...paragraphs(
        'Everybody who had a calendar invitation gets a cancellation for it, and an invitation for each new date.',
      ),
    ],
    button: { label: 'View your booking', url: mail.manageUrl },
    afterButton: said(
      'Do the new dates not suit you? Then please cancel.',
      cancelUntilText(mail.cancelUntil, mail.sessions[0]),
      PERSONAL_LINK,
    ),
    because: BECAUSE_BOOKED,
  };
}

function transferred(mail: MailFacts['booking-moved'], { stays, staysUrl }: Transfer): string {
  const moved = stays
    ? `${mail.places === 1 ? 'One place of your booking is' : `${mail.places} places of your booking are`} now confirmed in another run of “${mail.seminarTitle}”, with a link of ${mail.places === 1 ? 'its' : 'their'} own.`
    : `Your booking is now confirmed in another run of “${mail.seminarTitle}”.`;
  return stays ? `${moved} In the former run you keep ${placesIn(stays)}: ${staysUrl}` : moved;
}

export function runMerged(mail: MailFacts['run-merged']): Draft {
  return {
    subject: `Cancelled: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'This run will not take place',
    parts: [
      ...paragraphs(
        `Unfortunately ${mail.providerName} has to merge this run of “${mail.seminarTitle}” with another one. There is not enough room there for your booking.`,
        mail.reason && `The reason: ${mail.reason}`,
        `Your booking${mail.places > 1 ? ` of ${mail.places} places` : ''} is therefore cancelled. Everybody who had a calendar invitation gets a cancellation for it.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
      ...list(
        'Other runs with free places',
        mail.others.map(({ session, places, url }) => ({
          text: sessionTime(session, 'en'),
          more: `${places} ${places === 1 ? 'place' : 'places'} free · ${session.location}`,
          url,
        })),
      ),
      ...paragraphs(mail.others.length === 0 && 'At the moment there is no other run with free places.'),
    ],
    button: { label: 'See all seminars', url: mail.catalogueUrl },
    because: BECAUSE_BOOKED,
  };
}

export function decisionDue(mail: MailFacts['decision-due']): Draft {
  return {
    subject: `Decision needed: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'A run needs your decision',
    parts: [
      ...paragraphs(`“${mail.seminarTitle}” on ${on(mail.session)} has too few bookings.`),
      facts(
        { label: 'Booked', value: String(mail.held) },
        { label: 'Minimum', value: String(mail.minimum) },
        { label: 'On the waiting list', value: String(mail.waiting) },
      ),
      ...paragraphs(
        'Nothing is cancelled by itself. You decide: hold it anyway, merge it with another run, or cancel it.',
      ),
    ],
    button: { label: 'Go to the decisions', url: mail.link },
    because: 'You are getting this email because you plan seminars for this provider.',
  };
}

function lineOf(session: MailSession) {
  const more = [session.module, session.location].filter(Boolean).join(' · ');
  return { text: sessionTime(session, 'en'), more, ...(session.onlineUrl && { url: session.onlineUrl }) };
}

import type { MailFacts } from '../../facts.ts';
import { brief, list, paragraphs, said, type Draft } from '../../letter.ts';
import { BECAUSE_BOOKED, cancelUntilText, on, PERSONAL_LINK, placesIn, sessionParts } from './words.ts';

export function bookingReduced(mail: MailFacts['booking-reduced']): Draft {
  const keeps = mail.waits ? `You now wait for ${placesIn(mail.places)}.` : `You keep ${placesIn(mail.places)}.`;
  return {
    subject: `${mail.waits ? 'Fewer places' : 'Places given back'}: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Your booking has fewer places',
    parts: [
      ...paragraphs(
        mail.waits
          ? `In “${mail.seminarTitle}” you no longer wait for ${placesIn(mail.gaveBack)}. ${keeps} Your position on the waiting list stays.`
          : `In “${mail.seminarTitle}” you gave back ${placesIn(mail.gaveBack)}. ${keeps}`,
      ),
      ...list(
        'No longer taking part',
        mail.left.map((text) => ({ text })),
      ),
      ...paragraphs(
        mail.left.length > 0 && !mail.waits && 'Everybody who had a calendar invitation gets a cancellation for it.',
      ),
      ...list(
        'Taking part',
        mail.participants.map((text) => ({ text })),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'View your booking', url: mail.manageUrl },
    afterButton: said(!mail.waits && cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

export function bookingSplit(mail: MailFacts['booking-split']): Draft {
  const [those, are] = mail.went === 1 ? ['One place', 'is'] : [`${mail.went} places`, 'are'];
  const own = mail.went === 1 ? 'a booking of its own' : 'a booking of their own';
  return {
    subject: `Booking split: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.takenBy ? 'Your booking has been split' : 'You have a separate booking',
    parts: [
      ...paragraphs(
        mail.takenBy
          ? `${those} of your booking in “${mail.seminarTitle}” ${are} now ${own}, made out to ${mail.takenBy}. You keep ${placesIn(mail.places)}.`
          : `${those} in “${mail.seminarTitle}” ${are} now ${own} with its own link. It belongs to your address.`,
        'Nothing changes for those who take part: dates and calendar invitations still apply.',
      ),
      ...list(
        'Taking part in this booking',
        mail.participants.map((text) => ({ text })),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'View your booking', url: mail.manageUrl },
    afterButton: said(cancelUntilText(mail.cancelUntil, mail.sessions[0]), PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

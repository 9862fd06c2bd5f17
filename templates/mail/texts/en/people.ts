import type { MailFacts } from '../../facts.ts';
import { brief, list, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
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

export function namesMissing(mail: MailFacts['names-missing']): Draft {
  const [first] = mail.sessions;
  const missing = mail.unnamed === 1 ? 'One place has' : `${mail.unnamed} places have`;
  const then = mail.unnamed === 1 ? 'A place without a name goes' : 'Places without a name go';
  return {
    subject: `Names still missing: ${brief(mail.seminarTitle)}, ${on(first)}`,
    heading: 'Please fill in the missing names',
    parts: [
      ...paragraphs(
        `${missing} no name yet in your booking of “${mail.seminarTitle}”.`,
        first && `Please say who is coming by ${deadline(mail.until, first, 'en')}.`,
        mail.thenWaits && `${then} to the waiting list after that, if anybody waits there.`,
        'Only those who are named get calendar invitations and reminders.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Fill in names', url: mail.namesUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function namesLapsed(mail: MailFacts['names-lapsed']): Draft {
  const went = mail.places === 1 ? 'One place' : `${mail.places} places`;
  return {
    subject: `Places without a name: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: mail.places === 1 ? 'A place without a name is waiting now' : 'Places without a name are waiting now',
    parts: [
      ...paragraphs(
        `The time to fill in names is over. ${went} without a name in “${mail.seminarTitle}” went to others who were waiting. You keep the places with names.`,
        `Instead you wait now, at position ${mail.position}. If something becomes free, you will get an email.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'View your place on the waiting list', url: mail.manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function detailsAsked(mail: MailFacts['details-asked']): Draft {
  const [first] = mail.sessions;
  const booker = mail.institution ? `${mail.bookerName} (${mail.institution})` : mail.bookerName;
  return {
    subject: `${mail.again ? 'Once more: ' : ''}Your place in ${brief(mail.seminarTitle)}, ${on(first)}`,
    heading: 'Please enter your details',
    parts: [
      ...paragraphs(
        mail.waits
          ? `${booker} booked places in “${mail.seminarTitle}” that are not confirmed yet, and one of them is meant for you.`
          : `${booker} booked a place in “${mail.seminarTitle}” that is meant for you.`,
        first && `Please say who you are by ${deadline(mail.until, first, 'en')}. Then the place is yours.`,
        mail.waits
          ? 'You will get calendar invitations as soon as the place is confirmed.'
          : 'You will get calendar invitations and reminders after that.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'Enter your details', url: mail.link },
    afterButton: ['The link is for one place and works once. Please do not pass it on.'],
    because:
      'You are getting this email because your address was given for a place in this seminar. If you do not want to take part, you need not do anything.',
  };
}

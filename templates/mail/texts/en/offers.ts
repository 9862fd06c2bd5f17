import type { MailFacts } from '../../facts.ts';
import { brief, facts, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
import { BECAUSE_BOOKED, on, PERSONAL_LINK, placesIn, sessionFacts, sessionParts } from './words.ts';

export function placeOffered(mail: MailFacts['place-offered']): Draft {
  return {
    subject: `A place is free: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `We are holding ${placesIn(mail.places)} for you`,
    parts: [
      ...paragraphs(
        `It is your turn in “${mail.seminarTitle}”. Nothing is booked yet: please accept or decline by ${untilText(mail)}.`,
      ),
      facts({ label: 'Answer by', value: untilText(mail) }),
      ...sessionParts(mail.sessions, mail.providerName),
      ...paragraphs(afterText(mail)),
    ],
    ...answerButton(mail),
  };
}

export function offerReminder(mail: MailFacts['offer-reminder']): Draft {
  return {
    subject: `Still open: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `Would you like ${placesIn(mail.places)}?`,
    parts: [
      ...paragraphs(
        `In “${mail.seminarTitle}” we are holding ${placesIn(mail.places)} for you, but only until ${untilText(mail)}. Please accept or decline, so that others can move up.`,
        afterText(mail),
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...answerButton(mail),
  };
}

export function offerLapsed(mail: MailFacts['offer-lapsed']): Draft {
  return {
    subject: `Offer over: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'The time to accept is over',
    parts: [
      ...paragraphs(
        `For “${mail.seminarTitle}” we were holding ${placesIn(mail.places)} for you. The time to accept is over, and ${mail.places > 1 ? 'the places go' : 'the place goes'} to others.`,
        mail.waitsOn
          ? 'You are still on the waiting list, now at its end.'
          : 'You are no longer on the waiting list. If you would still like to take part, please book again.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'View booking', url: mail.manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function offerDeclined(mail: MailFacts['offer-declined']): Draft {
  return {
    subject: `Declined: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'You have declined the offer',
    parts: [
      ...paragraphs(
        `Thank you for your answer. ${mail.places > 1 ? `The ${mail.places} places` : 'The place'} in “${mail.seminarTitle}” ${mail.places > 1 ? 'go' : 'goes'} to others. You are no longer on the waiting list there.`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'View other seminars', url: mail.catalogueUrl },
    because: BECAUSE_BOOKED,
  };
}

export function placesFreeLate(mail: MailFacts['places-free-late']): Draft {
  return {
    subject: `Free shortly before the start: ${brief(mail.seminarTitle)}, ${on(mail.session)}`,
    heading: 'There are free places, but nobody moves up any more',
    parts: [
      ...paragraphs(
        `In “${mail.seminarTitle}” something has become free shortly before the start. So late, nobody moves up by themselves. You can ring those who wait.`,
      ),
      sessionFacts(
        mail.session,
        { label: 'Free', value: String(mail.free) },
        { label: 'On the waiting list', value: String(mail.waiting) },
      ),
    ],
    button: { label: 'View the waiting list', url: mail.link },
    because: 'You are getting this email because you plan seminars for this provider.',
  };
}

type Open = MailFacts['place-offered'];

function untilText({ until, sessions }: Open): string {
  const [first] = sessions;
  return first ? deadline(until, first, 'en') : '';
}

function afterText({ waitsOn }: Open): string {
  return waitsOn
    ? 'If you do not answer, you move to the end of the waiting list.'
    : 'If you do not answer, we take that as a no and you leave the waiting list.';
}

function answerButton({ offerUrl }: Open): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  return {
    button: { label: 'Accept or decline', url: offerUrl },
    afterButton: said('Opening the page changes nothing yet.', PERSONAL_LINK),
    because: BECAUSE_BOOKED,
  };
}

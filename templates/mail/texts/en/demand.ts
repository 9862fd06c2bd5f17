import type { MailFacts } from '../../facts.ts';
import { brief, facts, list, paragraphs, type Draft } from '../../letter.ts';
import { deadline, sessionTime } from '../../times.ts';
import { on, placesIn } from './words.ts';

const BECAUSE_INTERESTED =
  'You are getting this email because somebody registered interest in this seminar with your address.';
const BECAUSE_ASKED = 'You are getting this email because somebody asked for an in-house seminar with your address.';
const NOT_YOU = 'Was it not you? Then you need not do anything.';

export function interestConfirm(mail: MailFacts['interest-confirm']): Draft {
  return {
    subject: `Please confirm your interest: ${brief(mail.seminarTitle)}`,
    heading: 'Please confirm your interest',
    parts: paragraphs(
      `With this address somebody registered interest in “${mail.seminarTitle}”, for ${placesIn(mail.places)}.`,
      'You are on the list only once you confirm. That is possible for three days.',
    ),
    button: { label: 'Confirm interest', url: mail.link },
    afterButton: [NOT_YOU],
    because: BECAUSE_INTERESTED,
  };
}

export function interestNoted(mail: MailFacts['interest-noted']): Draft {
  return {
    subject: `Interest noted: ${brief(mail.seminarTitle)}`,
    heading: 'Your interest is noted',
    parts: paragraphs(
      `There is no date for “${mail.seminarTitle}” yet. You are noted for ${placesIn(mail.places)}.`,
      'As soon as there are dates, we write to you. Whoever asked earlier comes earlier.',
    ),
    button: { label: 'See or withdraw your interest', url: mail.link },
    afterButton: [NOT_YOU],
    because: BECAUSE_INTERESTED,
  };
}

export function interestInvited(mail: MailFacts['interest-invited']): Draft {
  const [first] = mail.sessions;
  return {
    subject: `Now with dates: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'There are dates. Would you like to come?',
    parts: [
      ...paragraphs(`You wanted ${placesIn(mail.places)} in “${mail.seminarTitle}”. Now the dates are fixed.`),
      ...list(
        'The sessions',
        mail.sessions.map((session) => ({ text: sessionTime(session, 'en'), more: session.location })),
      ),
      ...paragraphs(
        first &&
          `Please answer by ${deadline(mail.answerBy, first, 'en')}. Until then only people who asked, like you, can book. Whoever says yes first gets a place first.`,
      ),
    ],
    button: { label: 'Answer', url: mail.link },
    because: BECAUSE_INTERESTED,
  };
}

export function interestClosed(mail: MailFacts['interest-closed']): Draft {
  return {
    subject: `No date: ${brief(mail.seminarTitle)}`,
    heading: 'For now there will be no date',
    parts: paragraphs(
      `You were interested in “${mail.seminarTitle}”. Unfortunately no run comes about for now. Your interest ends with this.`,
    ),
    button: { label: 'See your interest', url: mail.link },
    because: BECAUSE_INTERESTED,
  };
}

export function inHouseConfirm(mail: MailFacts['in-house-confirm']): Draft {
  return {
    subject: `Please confirm your request: ${brief(mail.topic)}`,
    heading: 'Please confirm your request',
    parts: [
      ...paragraphs(`Somebody asked ${mail.providerName} for an in-house seminar with this address.`),
      requestFacts(mail),
      ...paragraphs('The provider sees the request only after you have confirmed it. You have three days.'),
    ],
    button: { label: 'See and confirm the request', url: mail.link },
    afterButton: [NOT_YOU],
    because: BECAUSE_ASKED,
  };
}

export function inHouseAsked(mail: MailFacts['in-house-asked']): Draft {
  return {
    subject: `New request for an in-house seminar: ${brief(mail.topic)}`,
    heading: 'An institution asks for an in-house seminar',
    parts: [
      ...paragraphs(
        'The address is confirmed, and the request waits for your answer: planned as a closed run, or declined with a reason.',
      ),
      facts(
        { label: 'Topic', value: mail.topic },
        { label: 'Institution', value: mail.institution },
        { label: 'Group', value: String(mail.groupSize) },
        { label: 'Times', value: mail.periods },
        { label: 'Place', value: mail.place },
      ),
    ],
    button: { label: 'View the request', url: mail.link },
    because: 'You are getting this email because you plan for this provider.',
  };
}

export function inHousePlanned(mail: MailFacts['in-house-planned']): Draft {
  return {
    subject: `Your seminar has dates: ${brief(mail.topic)}, ${on(mail.sessions[0])}`,
    heading: 'Your in-house seminar is planned',
    parts: [
      requestFacts(mail),
      ...list(
        'The sessions',
        mail.sessions.map((session) => ({ text: sessionTime(session, 'en'), more: session.location })),
      ),
      ...paragraphs('Your people book their places with the link. The seminar is not in the catalogue.'),
    ],
    button: { label: 'Book places', url: mail.bookingUrl },
    afterButton: ['Please pass the link on only to people who are to take part.'],
    because: BECAUSE_ASKED,
  };
}

export function inHouseDeclined(mail: MailFacts['in-house-declined']): Draft {
  return {
    subject: `Your request: ${brief(mail.topic)}`,
    heading: 'Unfortunately we cannot meet your request',
    parts: [requestFacts(mail), facts({ label: 'Reason', value: mail.reason })],
    button: { label: 'See the request', url: mail.link },
    because: BECAUSE_ASKED,
  };
}

function requestFacts({ topic, institution, providerName }: MailFacts['in-house-confirm']) {
  return facts(
    { label: 'Topic', value: topic },
    { label: 'Institution', value: institution },
    { label: 'Provider', value: providerName },
  );
}

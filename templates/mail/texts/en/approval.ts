import type { MailFacts } from '../../facts.ts';
import { brief, facts, list, paragraphs, said, type Draft } from '../../letter.ts';
import { deadline } from '../../times.ts';
import { BECAUSE_BOOKED, BECAUSE_PARTICIPANT, on, PERSONAL_LINK, placesIn, sessionParts } from './words.ts';

const BECAUSE_ASKED =
  'You are getting this email because you are named with a booking as the superior, or as somebody who approves.';

export function approvalAsked(mail: MailFacts['approval-asked']): Draft {
  return {
    subject: `Please approve: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'Do you approve this booking?',
    parts: [
      ...paragraphs(
        mail.asDeputy && 'We are asking you as a deputy.',
        `${mail.bookerName} has booked ${placesIn(mail.places)} in “${mail.seminarTitle}”. It only counts once you, or somebody else who may, have approved it.`,
      ),
      ...request(mail),
    ],
    ...answerButton(mail),
  };
}

export function approvalReminder(mail: MailFacts['approval-reminder']): Draft {
  return {
    subject: `Not approved yet: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'This booking is waiting for your approval',
    parts: [
      ...paragraphs(
        `${mail.bookerName} has booked ${placesIn(mail.places)} in “${mail.seminarTitle}”. We are holding ${mail.places > 1 ? 'the places' : 'the place'} only until ${untilText(mail)}.`,
      ),
      ...request(mail),
    ],
    ...answerButton(mail),
  };
}

export function approvalEnded(mail: MailFacts['approval-ended']): Draft {
  return {
    subject: `${ENDED[mail.outcome]}: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: endedHeading(mail),
    parts: [
      ...paragraphs(
        `This is about ${placesIn(mail.places)} in “${mail.seminarTitle}”, booked by ${mail.bookerName}.`,
        mail.outcome === 'expired' && AFTER_FOR_APPROVER[mail.afterExpiry],
        mail.reason && `Reason: ${mail.reason}`,
        'There is nothing left for you to do.',
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    button: { label: 'View the request', url: mail.approvalUrl },
    because: BECAUSE_ASKED,
  };
}

export function approvalPending(mail: MailFacts['approval-pending']): Draft {
  const who = mail.approvers.length > 0 ? mail.approvers.join(' and ') : 'your institution';
  return {
    subject: `Waiting for approval: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: `We are holding ${placesIn(mail.places)} for you`,
    parts: [
      ...paragraphs(`Your booking in “${mail.seminarTitle}” still has to be approved. We have asked ${who} by email.`),
      facts({ label: 'Approval by', value: untilText(mail) }),
      ...sessionParts(mail.sessions, mail.providerName),
      ...paragraphs(AFTER[mail.afterExpiry], 'We will write to you as soon as it is decided.'),
    ],
    button: { label: 'View booking', url: mail.manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

export function approvalRefused(mail: MailFacts['approval-refused']): Draft {
  return {
    subject: `Not approved: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'The booking was not approved',
    parts: [
      ...paragraphs(
        `${whose(mail)} in “${mail.seminarTitle}” was not approved. ${mail.places > 1 ? 'The places go' : 'The place goes'} to others.`,
        mail.reason && `Reason: ${mail.reason}`,
      ),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...bookingButton(mail),
  };
}

export function approvalExpired(mail: MailFacts['approval-expired']): Draft {
  return {
    subject: `No approval: ${brief(mail.seminarTitle)}, ${on(mail.sessions[0])}`,
    heading: 'The time to approve is over',
    parts: [
      ...paragraphs(`${whose(mail)} in “${mail.seminarTitle}” was not approved in time.`, EXPIRED[mail.afterExpiry]),
      ...sessionParts(mail.sessions, mail.providerName),
    ],
    ...bookingButton(mail),
  };
}

const ENDED = {
  approved: 'Approved',
  refused: 'Not approved',
  expired: 'Time to approve over',
  cancelled: 'Approval no longer needed',
} as const;

const AFTER = {
  out: 'If nobody approves by then, the booking ends and the place goes to others.',
  end: 'If nobody approves by then, the booking moves to the end of the waiting list.',
  confirm: 'If nobody answers by then, the booking counts as approved.',
} as const;

const AFTER_FOR_APPROVER = {
  out: 'The booking has ended, and the place goes to others.',
  end: 'The booking is now at the end of the waiting list. If its turn comes again, we will ask once more.',
  confirm: 'By the rule of this run, the booking now counts as approved.',
} as const;

const EXPIRED = {
  out: 'The booking has ended with that, and the place goes to others.',
  end: 'The booking is now at the end of the waiting list. If its turn comes again, we will ask for approval once more.',
  confirm: 'By the rule of this run, it counts all the same. The confirmation comes in an email of its own.',
} as const;

type Asked = MailFacts['approval-asked'];

function endedHeading({ outcome, byYou }: MailFacts['approval-ended']): string {
  if (outcome === 'approved') return byYou ? 'You have approved the booking' : 'The booking is approved';
  if (outcome === 'refused') return byYou ? 'You have refused the booking' : 'The booking is refused';
  return outcome === 'expired' ? 'The time to approve is over' : 'The booking needs no approval any more';
}

function whose({ bookerName }: { bookerName?: string }): string {
  return bookerName ? `The booking that ${bookerName} made for you too` : 'Your booking';
}

function request(mail: Asked) {
  return [
    facts(
      { label: 'Answer by', value: untilText(mail) },
      { label: 'Booked by', value: mail.bookerName },
      mail.institution !== undefined && { label: 'Institution', value: mail.institution },
    ),
    ...list(
      'Taking part',
      mail.participants.map((text) => ({ text })),
    ),
    ...sessionParts(mail.sessions, mail.providerName),
    ...paragraphs(AFTER[mail.afterExpiry]),
  ];
}

function untilText({ until, sessions }: Pick<Asked, 'until' | 'sessions'>): string {
  const [first] = sessions;
  return first ? deadline(until, first, 'en') : '';
}

function answerButton({ approvalUrl }: Asked): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  return {
    button: { label: 'Approve or refuse', url: approvalUrl },
    afterButton: said(
      'Opening the page changes nothing yet. You need no account.',
      'The link is yours. Please do not pass it on.',
    ),
    because: BECAUSE_ASKED,
  };
}

function bookingButton({
  manageUrl,
  catalogueUrl,
}: MailFacts['approval-expired'] | MailFacts['approval-refused']): Pick<Draft, 'button' | 'afterButton' | 'because'> {
  if (!manageUrl) return { button: { label: 'View other seminars', url: catalogueUrl }, because: BECAUSE_PARTICIPANT };
  return {
    button: { label: 'View booking', url: manageUrl },
    afterButton: [PERSONAL_LINK],
    because: BECAUSE_BOOKED,
  };
}

import { cancellation, contentFingerprint, invitation } from '../server/modules/calendar/index.ts';
import {
  replyAddress,
  reserveInvitation,
  returnAddress,
  type ClaimedMessage,
  type OutgoingMail,
} from '../server/modules/mail/index.ts';
import { renderMail } from '../templates/mail/index.ts';
import { toApprover } from './mails/approval-mails.ts';
import { toBooker } from './mails/booker-mails.ts';
import { toInstitution, toInterested } from './mails/demand-mails.ts';
import { noLongerTrue, type CalendarPart, type Held, type MailContent, type Sender } from './mails/mail-draft.ts';
import { toInvited } from './mails/details-mails.ts';
import { toParticipant } from './mails/participant-mails.ts';
import { signInCode, toPerson } from './mails/person-mails.ts';
import { wordingTrial, wordsFor } from './mails/wording-trial.ts';

export type { Sender } from './mails/mail-draft.ts';

export type Draft = { kind: 'mail'; mail: OutgoingMail } | Held;

/** Makes the mail of a claimed message from what is true at this moment; or says why it is not sent. */
export async function composeMail(message: ClaimedMessage, sender: Sender): Promise<Draft> {
  if (message.kind === 'wording-trial') return trialMail(message, sender);
  const content = await contentFor(message, sender);
  if ('state' in content || 'dueAt' in content) return content;

  const calendar = content.calendar && (await calendarFile(message, content, content.calendar, sender));
  if (content.calendar && !calendar) return noLongerTrue('The calendar says so already.');
  const plan = content.plan && { method: 'PUBLISH' as const, content: content.plan, filename: 'mosaik.ics' };
  const attached = calendar ?? plan;
  const mail: OutgoingMail = {
    ...envelopeOf(message, sender),
    to: content.to,
    ...renderMail(content.kind, content.language, content.facts, await wordsFor(message, content)),
    ...(attached && { calendar: { method: attached.method, content: attached.content, filename: attached.filename } }),
    ...(sender.inbox && { returnTo: returnAddress(sender.inbox.address, message.id) }),
    ...(calendar?.organiser && { replyTo: calendar.organiser }),
  };
  return { kind: 'mail', mail };
}

async function trialMail(message: ClaimedMessage, sender: Sender): Promise<Draft> {
  const trial = await wordingTrial(message);
  return 'subject' in trial ? { kind: 'mail', mail: { ...envelopeOf(message, sender), ...trial } } : trial;
}

function envelopeOf({ id, firstTriedAt, dueAt }: ClaimedMessage, { mailFrom }: Sender) {
  return { messageId: `<${id}@${domainOf(mailFrom.email)}>`, date: firstTriedAt ?? dueAt, from: mailFrom };
}

/** What a message says, and to whom, from what is true at this moment. */
export function contentFor(message: ClaimedMessage, sender: Sender): Promise<MailContent | Held> {
  const { to } = message;
  if ('signInId' in to) return signInCode(to.signInId, sender);
  if ('personId' in to) return toPerson(message, to.personId, sender);
  if ('interestId' in to) return toInterested(message, to.interestId, sender);
  if ('inHouseId' in to) return toInstitution(message, to.inHouseId, sender);
  if ('approverId' in to) return toApprover(message, to, sender);
  const { bookingId, participantId, linkId } = to;
  if (linkId) return toInvited(bookingId, linkId, sender);
  return participantId
    ? toParticipant(message, { bookingId, participantId }, sender)
    : toBooker(message, bookingId, sender);
}

/** The iTIP object, under a SEQUENCE of its own; nothing when the attendee's calendar says the same already. */
async function calendarFile(message: ClaimedMessage, { to, facts }: MailContent, part: CalendarPart, sender: Sender) {
  const { method, entry } = part;
  const stampedAt = message.firstTriedAt ?? message.dueAt;
  const again = message.facts['again'] === true;
  const organiser = sender.inbox && replyAddress(sender.inbox.address, entry.uid);
  const fingerprint = contentFingerprint(entry);
  const wish = { uid: entry.uid, method, fingerprint, stampedAt, again, ...(organiser && { organiser }) };
  const reserved = await reserveInvitation(message, wish);
  if (!reserved) return undefined;

  const organiserName = 'providerName' in facts && facts.providerName ? facts.providerName : sender.mailFrom.name;
  const input = {
    session: { ...entry, sequence: reserved.sequence },
    organiser: { name: organiserName, email: reserved.organiser ?? sender.mailFrom.email },
    attendee: to,
    stampedAt: reserved.stampedAt,
  };
  const content = method === 'REQUEST' ? invitation(input) : cancellation(input);
  const filename = method === 'REQUEST' ? 'invitation.ics' : 'cancellation.ics';
  return { method, content, filename, ...(reserved.organiser && { organiser: reserved.organiser }) };
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

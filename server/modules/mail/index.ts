/**
 * Mail: one row for every mail and person, from the decision to the server's acceptance.
 *
 * Promises: no mail is lost; a mail is sent twice only if its sender dies or stands still between the SMTP server's
 * acceptance and our note of it, and then with the same Message-ID; what is no longer true is not sent.
 */
export {
  postMessage,
  postOnce,
  withdrawMessages,
  withdrawAllDue,
  replaceMessages,
  messagesAbout,
  messagesOfChange,
  messagesById,
} from './messages.ts';
export type { MessagesOfChange, NewMessage } from './messages.ts';
export {
  claimMessage,
  dueMessageIds,
  isStillOurs,
  markSent,
  markNotSent,
  markPostponed,
  markTriedInVain,
  markFailed,
  oldestDueAge,
} from './deliveries.ts';
export type { ClaimedMessage } from './deliveries.ts';
export { failedMessages, lastFailedMessages, failedMessage, sendAgain, giveUp } from './failed-messages.ts';
export type { FailedMessage } from './failed-messages.ts';
export { holdMail, releaseMail, mailHold, mailsDue } from './mail-hold.ts';
export type { MailHold } from './mail-hold.ts';
export { reminderKinds } from './message.model.ts';
export { reserveInvitation, lastInvitations, noteAnswer, saysSo } from './invitations.ts';
export type { GivenAnswer, LastInvitation } from './invitations.ts';
export { replyAddress, returnAddress, messageReturnedTo } from './mail-tags.ts';
export { readIncomingMail } from './incoming-mail.ts';
export type { IncomingMail } from './incoming-mail.ts';
export { markReturned } from './returned-mail.ts';
export { openInbox } from './inbox.ts';
export type { InboxPlace } from './inbox.ts';
export type { MessageKind, Recipient, SentCalendar } from './message.model.ts';
export { parseAddress } from './address.ts';
export { openTransport } from './transport.ts';
export { listDiskMails, readDiskMail } from './transport-disk-reading.ts';
export type { MailTransport, OutgoingMail, DeliveryOutcome } from './transport.types.ts';

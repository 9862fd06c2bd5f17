import { createHash } from 'node:crypto';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { MailAttachment, MailCalendar, Mailbox, OutgoingMail } from './transport.types.ts';

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/**
 * A mail in nodemailer's terms: recipients only as objects and in an explicit envelope, since a string would be parsed
 * into several; boundaries drawn from the message id, so that a repeat has the same bytes.
 */
export function messageOptions(mail: OutgoingMail): SendMailOptions {
  return {
    envelope: { from: mail.returnTo ?? mail.from.email, to: [mail.to.email] },
    from: mailboxOf(mail.from),
    ...(mail.replyTo && { replyTo: mailboxOf({ name: mail.from.name, email: mail.replyTo }) }),
    to: mailboxOf(mail.to),
    subject: headerText(mail.subject),
    messageId: `<${bareMessageId(mail.messageId)}>`,
    date: mail.date,
    text: mail.text,
    html: mail.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [...(mail.attachments ?? []), ...publishedFile(mail.calendar)].map(attachmentOf),
    ...invitationOf(mail.calendar),
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The whole message as it would go over the wire. */
export async function composeMessage(mail: OutgoingMail): Promise<Buffer> {
  const { message } = await composer.sendMail(messageOptions(mail));
  if (!Buffer.isBuffer(message)) throw new TypeError('The composed message is not at hand.');
  return message;
}

/** A message id without its angle brackets, and without anything that would end the header. */
export function bareMessageId(messageId: string): string {
  return messageId.replace(/[<>\s\p{Cc}]/gu, '');
}

/** REQUEST and CANCEL become a part of the alternative and an attachment, as calendar programs look for them. */
function invitationOf(calendar: MailCalendar | undefined): SendMailOptions {
  if (!calendar || calendar.method === 'PUBLISH') return {};
  return {
    icalEvent: { method: calendar.method, content: calendar.content, filename: headerText(calendar.filename) },
  };
}

function publishedFile(calendar: MailCalendar | undefined): MailAttachment[] {
  if (calendar?.method !== 'PUBLISH') return [];
  return [{ filename: calendar.filename, contentType: 'text/calendar; charset=utf-8', content: calendar.content }];
}

function attachmentOf({ filename, contentType, content }: MailAttachment): MailAttachment {
  return { filename: headerText(filename), contentType: headerText(contentType), content };
}

function mailboxOf({ name, email }: Mailbox): { name: string; address: string } {
  return { name: headerText(name), address: email };
}

function headerText(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

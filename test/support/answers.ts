import type { MailTransport, OutgoingMail } from '../../server/modules/mail/index.ts';

/** Takes every mail, and keeps it. */
export class KeptMail implements MailTransport {
  readonly mails: OutgoingMail[] = [];

  async send(mail: OutgoingMail): ReturnType<MailTransport['send']> {
    this.mails.push(mail);
    return { kind: 'accepted' };
  }

  async close(): Promise<void> {}

  /** The last invitation to an address. */
  invitationOf(email: string): OutgoingMail {
    const found = this.mails.findLast(({ to, calendar }) => to.email === email && calendar?.method === 'REQUEST');
    if (!found) throw new Error(`${email} was not invited.`);
    return found;
  }
}

type Answering = {
  says?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE';
  method?: string;
  to?: string;
  from?: string;
  uid?: string;
  sequence?: number;
  stampedAt?: string;
  headers?: string[];
  /** Whether the calendar object is a part in the body, as Google and Apple do it, or the whole body. */
  form?: 'alternative' | 'alone';
};

/** The mail with which a calendar program answers an invitation; a test names what is unusual about it. */
export function answerTo(invitation: OutgoingMail, how: Answering = {}): Buffer {
  const { method = 'REPLY', form = 'alternative', headers = [] } = how;
  const { to = invitation.replyTo ?? '', from = invitation.to.email } = how;
  const head = [`From: <${from}>`, `To: <${to}>`, 'Subject: Re: invitation', 'MIME-Version: 1.0', ...headers];
  const type = `text/calendar; charset="UTF-8"; method=${method}`;
  const object = Buffer.from(answerObject(invitation, how, method))
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  const part = [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', '', object];
  if (form === 'alone') return mailOf([...head, ...part]);
  return mailOf([
    ...head,
    'Content-Type: multipart/alternative; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'An answer from a calendar.',
    '--b1',
    ...part,
    '--b1--',
    '',
  ]);
}

function answerObject({ calendar, to }: OutgoingMail, how: Answering, method: string): string {
  const sent = (calendar?.content ?? '').replace(/\r\n /g, '');
  const uid = how.uid ?? /^UID:(.*)$/m.exec(sent)?.[1]?.trim() ?? '';
  const sequence = how.sequence ?? Number(/^SEQUENCE:(\d+)/m.exec(sent)?.[1]);
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//Calendar//EN',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${how.stampedAt ?? '20260302T120000Z'}`,
    `ATTENDEE;PARTSTAT=${how.says ?? 'ACCEPTED'}:mailto:${to.email}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

type Report = { action?: string; status?: string; to?: string };

/** What a mail server writes when it cannot deliver a mail (RFC 3464). */
export function deliveryReport(mail: OutgoingMail, { action = 'failed', status = '5.1.1', to }: Report = {}): Buffer {
  return mailOf([
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@mail.example.org>',
    `To: <${to ?? mail.returnTo ?? ''}>`,
    'Auto-Submitted: auto-replied',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="r1"',
    '',
    '--r1',
    'Content-Type: text/plain',
    '',
    'This mail could not be delivered.',
    '--r1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example.org',
    '',
    `Final-Recipient: rfc822; ${mail.to.email}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} <${mail.to.email}>:`,
    '    no such user here',
    '',
    '--r1',
    'Content-Type: message/rfc822',
    '',
    'Subject: the mail itself',
    '',
    'Hello.',
    '--r1--',
    '',
  ]);
}

export function mailOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

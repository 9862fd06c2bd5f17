export type Mailbox = { name: string; email: string };

/** An iCalendar object to travel with a mail. REQUEST and CANCEL go as iMIP parts, PUBLISH as a file to open. */
export type MailCalendar = { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string; filename: string };

export type MailAttachment = { filename: string; contentType: string; content: string | Buffer };

/** One finished mail to one person. The same message id and date give the same bytes again, however often it is sent. */
export type OutgoingMail = {
  /** Made from the message row, so that a repeat is recognisable; with or without angle brackets. */
  messageId: string;
  date: Date;
  from: Mailbox;
  to: Mailbox;
  /** Where the mail comes back to when it cannot be delivered, and where answers go; without them, `from`. */
  returnTo?: string;
  replyTo?: string;
  subject: string;
  text: string;
  html: string;
  calendar?: MailCalendar;
  attachments?: MailAttachment[];
};

/**
 * What became of an attempt: `later` may be tried again, `never` must not be, `pause` means that no mail at all can go out
 * until somebody mends the settings. Reasons are one line for an administrator and carry no addresses.
 */
export type DeliveryOutcome =
  | { kind: 'accepted' }
  | { kind: 'later'; reason: string }
  | { kind: 'never'; reason: string }
  | { kind: 'pause'; reason: string };

/** Where mail leaves Mosaik. `send` never throws; `close` lets mails under way finish. */
export type MailTransport = {
  send(mail: OutgoingMail): Promise<DeliveryOutcome>;
  close(): Promise<void>;
};

import type { MailFacts, MailKind } from '../../templates/mail/facts.ts';
import type { Language } from '../../server/modules/people/index.ts';
import type { SentCalendar } from '../../server/modules/mail/index.ts';
import type { CalendarSession } from '../../server/modules/calendar/index.ts';

export type Mailbox = { name: string; email: string };

/** From whom mail goes out, where its links lead, and the inbox that reads answers to it, if there is one. */
export type Sender = { mailFrom: Mailbox; baseUrl: string; inbox?: { address: string } };

/** What an attendee's calendar is to say of a session: still without its SEQUENCE. */
export type CalendarPart = { method: SentCalendar['method']; entry: CalendarSession };

type Attached = {
  /** The one session that this mail invites to or cancels. */
  calendar?: CalendarPart;
  /** All sessions as a file to open. */
  plan?: string;
};

/** What a mail says, and what it does to the calendar. */
export type MailSaid = { [Kind in MailKind]: { kind: Kind; facts: MailFacts[Kind] } & Attached }[MailKind];

/** A mail as it stands now, with whom it goes to. */
export type MailContent = MailSaid & { to: Mailbox; language: Language };

/** Why a message is not sent after all, or not yet. */
export type Held =
  { kind: 'not-sent'; state: 'withdrawn' | 'missed'; reason: string } | { kind: 'postponed'; dueAt: Date };

export function noLongerTrue(reason: string): Held {
  return { kind: 'not-sent', state: 'withdrawn', reason };
}

import type { Misfit } from '../../server/modules/booking/index.ts';
import type { HistoryEvent } from '../../server/modules/history/index.ts';
import type { MessageKind } from '../../server/modules/mail/index.ts';
import type { Session } from '../../server/modules/scheduling/index.ts';

export type RecipientRole = 'participants' | 'bookers' | 'trainers';

/** The mails of one kind about one session: who gets one, and how the first of them reads. */
export type RehearsedMails = {
  kind: MessageKind;
  role: RecipientRole;
  session?: Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>;
  names: string[];
  example?: { subject: string; text: string };
};

/** What a change would do, found out by doing it and taking it back. */
export type Rehearsal = {
  events: HistoryEvent[];
  mails: RehearsedMails[];
  /** How many reminders would be planned at new times. */
  reminders: number;
  misfits: Misfit[];
  /** The same as long as the same would happen. */
  fingerprint: string;
};

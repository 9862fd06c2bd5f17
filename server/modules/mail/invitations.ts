import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { InvitationModel, type CalendarAnswer, type InvitationRow } from './invitation.model.ts';
import { MessageModel, type SentCalendar } from './message.model.ts';
import type { ClaimedMessage } from './deliveries.ts';

/** What an attendee's calendar ought to say of a session now. */
export type CalendarWish = {
  uid: string;
  method: 'REQUEST' | 'CANCEL';
  fingerprint: string;
  stampedAt: Date;
  /** Said once more although it was said: somebody does not find it in the calendar. */
  again?: boolean;
  /** Whom a new entry names as its organiser; an entry that is there keeps its own. */
  organiser?: string;
};
export type ReservedInvitation = SentCalendar & { organiser?: string };
/** What an attendee's calendar was last told, and by which message. */
export type LastInvitation = Omit<InvitationRow, '_id'>;

/**
 * Settles the SEQUENCE of a calendar mail before it is sent: one more than the last for this UID. A further attempt at
 * the same message gets the same again. Nothing when the calendar already says so, has nothing to cancel, or when a
 * later message has overtaken this one (RFC 5546 2.1.4).
 */
export function reserveInvitation(
  message: ClaimedMessage,
  wish: CalendarWish,
): Promise<ReservedInvitation | undefined> {
  return inTransaction(async () => {
    const last = await InvitationModel.findById(wish.uid).lean();
    const organiser = last ? last.organiser : wish.organiser;
    const known = organiser === undefined ? {} : { organiser };
    if (message.calendar) return last?.messageId === message.id ? { ...message.calendar, ...known } : undefined;
    if (!last && wish.method === 'CANCEL') return undefined;
    if (last && !wish.again && saysSo(last, wish)) return undefined;

    const sequence = last ? last.sequence + 1 : 0;
    const { uid, method, fingerprint, stampedAt } = wish;
    const entry = { sequence, method, fingerprint, messageId: message.id };
    if (last) await InvitationModel.updateOne({ _id: uid, sequence: last.sequence }, { $set: entry });
    else await InvitationModel.create([{ _id: uid, ...entry, ...known }]);
    const calendar = { method, uid, sequence, stampedAt };
    await MessageModel.updateOne({ _id: message.id }, { $set: { calendar } });
    return { ...calendar, ...known };
  });
}

/** Whether a calendar that was told `last` shows what is wished. A cancelled entry shows nothing that could differ. */
export function saysSo(
  last: LastInvitation,
  { method, fingerprint }: Pick<CalendarWish, 'method' | 'fingerprint'>,
): boolean {
  return last.method === method && (method === 'CANCEL' || last.fingerprint === fingerprint);
}

/** What was last sent for each of these UIDs; those never sent are left out. */
export async function lastInvitations(uids: readonly string[]): Promise<Map<string, LastInvitation>> {
  const rows = await InvitationModel.find({ _id: { $in: [...uids] } }).lean();
  return new Map(rows.map(({ _id, ...last }) => [_id, last]));
}

/** An answer from a calendar, with the tagged addresses it came to. */
export type GivenAnswer = Pick<CalendarAnswer, 'answer' | 'sequence'> & { uid: string; to: string[]; stampedAt?: Date };

/**
 * Notes what a calendar answers, and gives the message it answers to; nothing for whoever does not know the address that
 * only the invited calendar was told, answers to dates that have changed since, or said something newer already.
 */
export function noteAnswer({ uid, to, ...given }: GivenAnswer): Promise<{ messageId: string } | undefined> {
  return inTransaction(async () => {
    const last = await InvitationModel.findById(uid).lean();
    const { organiser, sequence, method, answer } = last ?? {};
    if (!last || !organiser || !to.includes(organiser.toLowerCase())) return undefined;
    if (method !== 'REQUEST' || given.sequence !== sequence) return undefined;
    const at = now();
    const stampedAt = given.stampedAt && given.stampedAt < at ? given.stampedAt : at;
    if (answer?.sequence === sequence && answer.stampedAt >= stampedAt) return undefined;

    const noted = { answer: given.answer, sequence: given.sequence, stampedAt, at };
    await InvitationModel.updateOne({ _id: uid, sequence: given.sequence }, { $set: { answer: noted } });
    return { messageId: last.messageId };
  });
}

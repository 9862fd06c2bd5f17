import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { insertAtCommit, inTransaction, tellAfterCommit } from '../../platform/database.ts';
import { MessageModel, type MessageAbout, type MessageKind, type MessageRow, type Recipient } from './message.model.ts';

/** A mail to one person, by ids: rendered when it is sent, from what is true then. */
export type NewMessage = {
  key: string;
  kind: MessageKind;
  to: Recipient;
  about: MessageAbout;
  facts?: Record<string, unknown>;
  /** Now, when not given. */
  dueAt?: Date;
};

/** Posts a message inside the transaction of what it tells. Its key must be new: for keys made with a new id. */
export function postMessage(message: NewMessage): void {
  const _id = new Types.ObjectId();
  const { facts = {}, dueAt = now(), ...rest } = message;
  insertAtCommit(MessageModel, { _id, ...rest, facts, dueAt, state: 'due', attempts: 0 });
  tellAfterCommit({ topic: 'message', id: String(_id), at: dueAt });
}

/** Posts the messages whose keys are not there yet: for whoever may tell the same thing twice. */
export async function postOnce(messages: readonly NewMessage[]): Promise<void> {
  const known = await MessageModel.find({ key: { $in: messages.map(({ key }) => key) } }, { key: 1 }).lean();
  const keys = new Set(known.map(({ key }) => key));
  for (const message of messages) if (!keys.has(message.key)) postMessage(message);
}

/** Takes back what is not sent yet and no longer true. What a sender holds right now is checked again as it is sent. */
export async function withdrawMessages(
  { bookingId }: { bookingId: string },
  kinds: readonly MessageKind[],
  reason: string,
): Promise<void> {
  await MessageModel.updateMany(
    { 'about.bookingId': bookingId, state: 'due', kind: { $in: [...kinds] } },
    { $set: { state: 'withdrawn', reason, settledAt: now() } },
  );
}

/** Withdraws everything that is due by now: what seeding would otherwise send to people who do not exist. */
export async function withdrawAllDue(reason: string): Promise<void> {
  await inTransaction(() =>
    MessageModel.updateMany(
      { state: 'due', dueAt: { $lte: now() } },
      { $set: { state: 'withdrawn', reason, settledAt: now() } },
    ),
  );
}

/** All messages about a booking, the earliest due first: who was told what, and when. */
export async function messagesAbout(bookingId: string): Promise<(Omit<MessageRow, '_id'> & { id: string })[]> {
  const rows = await MessageModel.find({ 'about.bookingId': bookingId }).sort({ dueAt: 1 }).limit(500).lean();
  return rows.map(({ _id, ...row }) => ({ id: String(_id), ...row }));
}

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
  { bookingId, participantId }: { bookingId: string; participantId?: string },
  kinds: readonly MessageKind[],
  reason: string,
): Promise<void> {
  await MessageModel.updateMany(
    {
      'about.bookingId': bookingId,
      state: 'due',
      kind: { $in: [...kinds] },
      ...(participantId && { 'to.participantId': participantId }),
    },
    { $set: { state: 'withdrawn', reason, settledAt: now() } },
  );
}

/**
 * Makes the messages of some kinds about a booking, or to those who teach in a run, those that are wanted, by their keys: what is not wanted any more is
 * taken back, what was taken back and is wanted again is due again. Doing it twice changes nothing.
 */
export async function replaceMessages(
  whose: { bookingId: string } | { trainersOf: string },
  kinds: readonly MessageKind[],
  wanted: readonly NewMessage[],
  reason: string,
): Promise<void> {
  const concerned = { ...ownedBy(whose), kind: { $in: [...kinds] } };
  const known = await MessageModel.find(concerned, { key: 1, state: 1 }).lean();
  const keys = new Set(wanted.map(({ key }) => key));
  const gone = known.filter(({ key, state }) => state === 'due' && !keys.has(key));
  const back = known.filter(({ key, state }) => state === 'withdrawn' && keys.has(key));
  await MessageModel.updateMany(
    { _id: { $in: gone.map(({ _id }) => _id) }, state: 'due' },
    { $set: { state: 'withdrawn', reason, settledAt: now() } },
  );
  await MessageModel.updateMany(
    { _id: { $in: back.map(({ _id }) => _id) }, state: 'withdrawn' },
    { $set: { state: 'due' }, $unset: { reason: 1, settledAt: 1 } },
  );
  const kept = new Set(known.map(({ key }) => key));
  for (const message of wanted) if (!kept.has(message.key)) postMessage(message);
}

function ownedBy(whose: { bookingId: string } | { trainersOf: string }) {
  return 'bookingId' in whose
    ? { 'about.bookingId': whose.bookingId }
    : { 'about.runId': whose.trainersOf, 'to.personId': { $exists: true } };
}

/** What became of the messages of one act of planning: how many are still to be sent, sent, failed, or no longer needed. */
export async function messagesOfChange(changeId: string): Promise<MessagesOfChange> {
  const rows = await MessageModel.aggregate<{ _id: MessageRow['state']; count: number }>([
    { $match: { 'about.changeId': changeId } },
    { $group: { _id: '$state', count: { $sum: 1 } } },
  ]);
  const inState = (...states: MessageRow['state'][]) =>
    rows.filter(({ _id }) => states.includes(_id)).reduce((sum, { count }) => sum + count, 0);
  return {
    due: inState('due', 'claimed'),
    sent: inState('sent'),
    failed: inState('failed'),
    needless: inState('withdrawn', 'missed'),
  };
}
export type MessagesOfChange = { due: number; sent: number; failed: number; needless: number };

/** Messages by their ids, as they stand now. */
export async function messagesById(ids: readonly string[]): Promise<(Omit<MessageRow, '_id'> & { id: string })[]> {
  const rows = await MessageModel.find({ _id: { $in: [...ids] } }).lean();
  return rows.map(({ _id, ...row }) => ({ id: String(_id), ...row }));
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

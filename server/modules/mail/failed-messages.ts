import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction, tellAfterCommit } from '../../platform/database.ts';
import { MessageModel, type MessageRow } from './message.model.ts';

/** As the reason says it when the server refused for good at RCPT, or by a code about the mailbox (RFC 3463 3.2). */
const refusedRecipient = /, RCPT TO$|\b5\.1\.[0-9]+\b/;

/** How many messages failed for good and want a human. */
export async function failedMessages(): Promise<number> {
  return MessageModel.countDocuments({ state: 'failed' });
}

/** A mail that failed for good. `reason`: what the mail server said, without addresses. */
export type FailedMessage = Pick<MessageRow, 'kind' | 'to' | 'about' | 'attempts'> & {
  id: string;
  failedAt: Date;
  reason: string;
  /** It came back, or its server would not take it for this recipient. */
  addressFails: boolean;
};

/** The mails that failed last, at most `limit`. Asks for no permission: for those inside. */
export async function lastFailedMessages(limit: number): Promise<FailedMessage[]> {
  const rows = await MessageModel.find({ state: 'failed' }).sort({ dueAt: -1 }).limit(limit).lean();
  return rows.map(failedOf);
}

export async function failedMessage(id: string): Promise<FailedMessage | undefined> {
  const row = Types.ObjectId.isValid(id) ? await MessageModel.findOne({ _id: id, state: 'failed' }).lean() : null;
  return row ? failedOf(row) : undefined;
}

/** Tries a failed mail anew, from its first attempt: for when the cause is mended. Twice does what once does. */
export function sendAgain(id: string): Promise<void> {
  return inTransaction(async () => {
    const row = await MessageModel.findOneAndUpdate(
      { _id: id, state: 'failed' },
      { $set: { state: 'due', dueAt: now(), attempts: 0 }, $unset: { settledAt: 1, returnedAt: 1, reason: 1 } },
    ).lean();
    if (row) tellAfterCommit({ topic: 'message', id, at: now() });
  });
}

/** Leaves a failed mail unsent: whoever it was for knows by other ways. */
export async function giveUp(id: string): Promise<void> {
  await MessageModel.updateOne({ _id: id, state: 'failed' }, { $set: { state: 'withdrawn', settledAt: now() } });
}

function failedOf(row: MessageRow): FailedMessage {
  const { _id, kind, to, about, attempts, settledAt, dueAt, returnedAt, reason = '' } = row;
  const addressFails = returnedAt !== undefined || refusedRecipient.test(reason);
  return { id: String(_id), kind, to, about, attempts, failedAt: settledAt ?? dueAt, reason, addressFails };
}

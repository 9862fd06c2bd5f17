import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { mailHold } from './mail-hold.ts';
import { mostAttempts, nextAttemptAt, usualLeaseSeconds } from './delivery.rules.ts';
import { MessageModel, type MessageRow } from './message.model.ts';

/** A message that this process holds and nobody else sends, until the lease ends. */
export type ClaimedMessage = Omit<MessageRow, '_id'> & { id: string };

const claimable = (at: Date) => ({
  $or: [
    { state: 'due' as const, dueAt: { $lte: at } },
    { state: 'claimed' as const, leaseUntil: { $lt: at } },
  ],
});

/** While mail is held back, only the codes go out: without one nobody could sign in and release it. */
const evenIfHeld = { kind: 'sign-in-code' as const };

/** Takes a due message for one attempt of at most `leaseSeconds`; nothing when it is not due, settled, held back, or held by another. */
export async function claimMessage(id: string, leaseSeconds = usualLeaseSeconds): Promise<ClaimedMessage | undefined> {
  const at = now();
  const row = await MessageModel.findOneAndUpdate(
    { _id: new Types.ObjectId(id), ...claimable(at), ...((await mailHold()) && evenIfHeld) },
    {
      $set: { state: 'claimed', leaseUntil: new Date(at.getTime() + leaseSeconds * 1_000) },
      $inc: { attempts: 1 },
      $min: { firstTriedAt: at },
    },
    { returnDocument: 'after' },
  ).lean();
  if (!row) return undefined;
  const { _id, ...rest } = row;
  return { id: String(_id), ...rest };
}

/** The ids of up to `limit` messages nobody holds: those whose sender stood still, then those that are due, oldest first. */
export async function dueMessageIds(limit: number): Promise<string[]> {
  const at = now();
  const kinds = (await mailHold()) && evenIfHeld;
  // Two reads along the index, where one with $or would read every message there ever was.
  const abandoned = await MessageModel.find({ state: 'claimed', leaseUntil: { $lt: at }, ...kinds }, { _id: 1 })
    .limit(limit)
    .lean();
  const due = await MessageModel.find({ state: 'due', dueAt: { $lte: at }, ...kinds }, { _id: 1 })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean();
  return [...abandoned, ...due].slice(0, limit).map(({ _id }) => String(_id));
}

/** Whether the attempt may still go on: after its lease, another may be sending the same. */
export function isStillOurs({ leaseUntil }: ClaimedMessage): boolean {
  return leaseUntil !== undefined && now() < leaseUntil;
}

export async function markSent(message: ClaimedMessage): Promise<void> {
  await settle(message, { $set: { state: 'sent', settledAt: now() }, $unset: { leaseUntil: 1, reason: 1 } });
}

/** Not sent because it is no longer true, or too late to be of use. */
export async function markNotSent(
  message: ClaimedMessage,
  state: 'withdrawn' | 'missed',
  reason: string,
): Promise<void> {
  await settle(message, { $set: { state, reason, settledAt: now() }, $unset: { leaseUntil: 1 } });
}

/** To be sent at another time than it was written for, without having been tried. */
export async function markPostponed(message: ClaimedMessage, dueAt: Date): Promise<void> {
  await settle(message, {
    $set: { state: 'due', dueAt },
    $unset: { leaseUntil: 1, firstTriedAt: 1 },
    $inc: { attempts: -1 },
  });
}

/** Tried in vain: again later, or failed once it was tried often enough. */
export async function markTriedInVain(message: ClaimedMessage, reason: string): Promise<void> {
  const change =
    message.attempts >= mostAttempts
      ? { state: 'failed', reason, settledAt: now() }
      : { state: 'due', reason, dueAt: nextAttemptAt(message.attempts, now(), Math.random()) };
  await settle(message, { $set: change, $unset: { leaseUntil: 1 } });
}

/** Refused for good: never again, and a task for a human. */
export async function markFailed(message: ClaimedMessage, reason: string): Promise<void> {
  await settle(message, { $set: { state: 'failed', reason, settledAt: now() }, $unset: { leaseUntil: 1 } });
}

/** Age in milliseconds of the oldest message that is due and not sent; 0 when there is none. */
export async function oldestDueAge(): Promise<number> {
  const oldest = await MessageModel.findOne({ state: 'due', dueAt: { $lte: now() } })
    .sort({ dueAt: 1 })
    .lean();
  return oldest ? now().getTime() - oldest.dueAt.getTime() : 0;
}

// Only the attempt that holds the message may settle it: one that outlived its lease changes nothing.
async function settle(message: ClaimedMessage, change: object): Promise<void> {
  await MessageModel.updateOne({ _id: message.id, state: 'claimed', attempts: message.attempts }, change);
}

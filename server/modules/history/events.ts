import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { insertAtCommit, inTransaction, tellAfterCommit } from '../../platform/database.ts';
import type { Actor } from './actor.ts';
import { EventModel, type EventAbout, type EventRow } from './event.model.ts';

const leaseMilliseconds = 30_000;

export type HistoryEvent = {
  id: string;
  type: string;
  at: Date;
  by: { kind: string; id?: string };
  about: EventAbout;
  facts: Record<string, unknown>;
  cursor?: string;
};

/**
 * Records what happened, inside the transaction that made it happen. Ids and facts only, never a name or an address.
 * `tells`: whether others must hear of it, through a reaction.
 */
export function recordEvent(
  actor: Actor,
  event: { type: string; about: EventAbout; facts?: Record<string, unknown>; tells?: boolean },
): string {
  const _id = new Types.ObjectId();
  insertAtCommit(EventModel, {
    _id,
    type: event.type,
    at: now(),
    by: referenceTo(actor),
    about: event.about,
    facts: event.facts ?? {},
    ...(event.tells && { pending: true }),
  });
  if (event.tells) tellAfterCommit({ topic: 'event', id: String(_id) });
  return String(_id);
}

/** Who acted, without a name: what is kept with every change. */
export function referenceTo(actor: Actor): { kind: string; id?: string } {
  if (actor.kind === 'person') return { kind: 'person', id: actor.personId };
  if (actor.kind === 'holder') return { kind: 'holder', id: actor.bookingId };
  return { kind: actor.kind };
}

/** Takes the oldest event that still has to be told, or the one named, for 30 s; nothing when another worker has it. */
export async function takePendingEvent(id?: string): Promise<HistoryEvent | undefined> {
  const at = now();
  const row = await EventModel.findOneAndUpdate(
    {
      ...(id && { _id: id }),
      pending: true,
      $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lt: at } }],
    },
    { $set: { leaseUntil: new Date(at.getTime() + leaseMilliseconds) } },
    { sort: { at: 1 }, returnDocument: 'after' },
  ).lean();
  return row ? eventOf(row) : undefined;
}

/** Notes, in the transaction that posted a page of messages, how far the telling came; without a cursor it is done. */
export async function markTold(id: string, cursor?: string): Promise<void> {
  const change = cursor
    ? { $set: { cursor, leaseUntil: new Date(now().getTime() + leaseMilliseconds) } }
    : { $unset: { pending: 1, leaseUntil: 1, cursor: 1 } };
  await inTransaction(() => EventModel.updateOne({ _id: id }, change));
}

/** Age in milliseconds of the oldest event nobody has been told of; 0 when there is none. */
export async function oldestPendingAge(): Promise<number> {
  const oldest = await EventModel.findOne({ pending: true }).sort({ at: 1 }).lean();
  return oldest ? now().getTime() - oldest.at.getTime() : 0;
}

/** What happened in a run or with a booking, oldest first, at most 500. */
export async function eventsAbout(about: { runId: string } | { bookingId: string }): Promise<HistoryEvent[]> {
  const filter = 'runId' in about ? { 'about.runId': about.runId } : { 'about.bookingId': about.bookingId };
  const rows = await EventModel.find(filter).sort({ at: 1 }).limit(500).lean();
  return rows.map(eventOf);
}

function eventOf(row: EventRow): HistoryEvent {
  const { _id, type, at, by, about, facts, cursor } = row;
  return { id: String(_id), type, at, by, about, facts, ...(cursor && { cursor }) };
}

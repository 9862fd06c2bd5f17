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
  if (actor.kind === 'invited') return { kind: 'invited', id: actor.linkId };
  if (actor.kind === 'approver') return { kind: 'approver', id: actor.approverId };
  return { kind: actor.kind };
}

/** The ids of events that still have to be told and nobody is telling, the oldest first. */
export async function pendingEventIds(limit: number): Promise<string[]> {
  const rows = await EventModel.find({ pending: true, ...untaken(now()) }, { _id: 1 })
    .sort({ at: 1 })
    .limit(limit)
    .lean();
  return rows.map(({ _id }) => String(_id));
}

/** Takes an event that still has to be told, for 30 s; nothing when it is told, or another worker has it. */
export async function takePendingEvent(id: string): Promise<HistoryEvent | undefined> {
  const at = now();
  const row = await EventModel.findOneAndUpdate(
    { _id: id, pending: true, ...untaken(at) },
    { $set: { leaseUntil: new Date(at.getTime() + leaseMilliseconds) } },
    { returnDocument: 'after' },
  ).lean();
  return row ? eventOf(row) : undefined;
}

/**
 * Tells the next page of an event, once: what `tell` writes and how far it came are one transaction. `tell` gives the
 * cursor of the page after, or nothing when everybody was told. Gives whether there is more to tell.
 */
export function tellPage(
  { id, cursor }: HistoryEvent,
  tell: (event: HistoryEvent) => Promise<string | undefined>,
): Promise<HistoryEvent | undefined> {
  return inTransaction(async () => {
    const row = await EventModel.findOne({ _id: id, pending: true }).lean();
    if (!row || row.cursor !== cursor) return undefined;

    const next = await tell(eventOf(row));
    await EventModel.updateOne(
      { _id: id },
      next ? stillPending(next) : { $unset: { pending: 1, leaseUntil: 1, cursor: 1 } },
    );
    return next ? { ...eventOf(row), cursor: next } : undefined;
  });
}

/** Has nobody told of anything that is pending: for data that were seeded. */
export async function markAllTold(): Promise<void> {
  await EventModel.updateMany({ pending: true }, { $unset: { pending: 1, leaseUntil: 1, cursor: 1 } });
}

function stillPending(cursor: string) {
  return { $set: { cursor, leaseUntil: new Date(now().getTime() + leaseMilliseconds) } };
}

/** Age in milliseconds of the oldest event nobody has been told of; 0 when there is none. */
export async function oldestPendingAge(): Promise<number> {
  const oldest = await EventModel.findOne({ pending: true }).sort({ at: 1 }).lean();
  return oldest ? now().getTime() - oldest.at.getTime() : 0;
}

/** Events by their ids, oldest first. */
export async function eventsById(ids: readonly string[]): Promise<HistoryEvent[]> {
  return (
    await EventModel.find({ _id: { $in: [...ids] } })
      .sort({ at: 1, _id: 1 })
      .lean()
  ).map(eventOf);
}

/** What one act of planning did, and whether somebody still has to be told of it. */
export async function eventsOfChange(changeId: string): Promise<(HistoryEvent & { isPending: boolean })[]> {
  const rows = await EventModel.find({ 'about.changeId': changeId }).sort({ at: 1, _id: 1 }).limit(500).lean();
  return rows.map((row) => ({ ...eventOf(row), isPending: row.pending === true }));
}

/** What happened in a run or with a booking, oldest first, at most 500. */
export async function eventsAbout(about: { runId: string } | { bookingId: string }): Promise<HistoryEvent[]> {
  const filter = 'runId' in about ? { 'about.runId': about.runId } : { 'about.bookingId': about.bookingId };
  const rows = await EventModel.find(filter).sort({ at: 1 }).limit(500).lean();
  return rows.map(eventOf);
}

/** Whether something of this kind has ever happened to a run. */
export async function hasHappened(runId: string, type: string): Promise<boolean> {
  return (await EventModel.exists({ 'about.runId': runId, type })) !== null;
}

function untaken(at: Date) {
  return { $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lt: at } }] };
}

function eventOf(row: EventRow): HistoryEvent {
  const { _id, type, at, by, about, facts, cursor } = row;
  return { id: String(_id), type, at, by, about, facts, ...(cursor && { cursor }) };
}

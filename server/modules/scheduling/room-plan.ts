import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { seminarsByIds } from '../catalogue/index.ts';
import { recordEvent, scopeOf, type Actor } from '../history/index.ts';
import {
  deleteRoomBlock,
  insertRoomBlock,
  roomBlockById,
  roomToFurnish,
  roomToSee,
  type Room,
} from '../venues/index.ts';
import { takeDays } from './resource-days.ts';
import { resourceDays } from './resource-days.rules.ts';
import { RunModel } from './run.model.ts';
import type { RoomBlockInput } from './scheduling.input.ts';
import { SessionModel } from './session.model.ts';
import { sessionOf, type Session } from './session.ts';
import { longestSession } from './scheduling.rules.ts';

/** A session as those see it who share its room: `title` only where they may know it. */
export type Seen<Sitting> = Sitting & {
  providerId: string;
  isOwn: boolean;
  title?: { text: string; language: string };
};
export type RoomSession = Seen<Session>;

const longestBlock = 366 * 86_400_000;

/**
 * Keeps a room free from everybody. Sessions that stand there stay until somebody moves them: gives those.
 * @throws not-found, not-allowed, ends-before-it-starts, block-too-long
 */
export function blockRoom(actor: Actor, roomId: string, input: RoomBlockInput): Promise<Session[]> {
  return inTransaction(async () => {
    const room = await roomToFurnish(actor, roomId);
    const length = input.endsAt.getTime() - input.startsAt.getTime();
    if (length <= 0) throw new AppError('block-ends-before-it-starts', 'invalid', 'The time ends before it starts.');
    if (length > longestBlock) throw new AppError('block-too-long', 'invalid', 'The time is longer than a year.');

    // The same guard as for sessions: of a session and a blocked time saved at once, the second sees the first.
    const days = resourceDays({ ...input, roomId, trainerIds: [] });
    await takeDays(days);
    await insertRoomBlock({ roomId, reason: '', ...input });
    recordEvent(actor, { type: 'room-blocked', about: aboutRoom(room), facts: spanOf(input) });
    const rows = await SessionModel.find({ resourceDays: { $in: days }, endsAt: { $gt: input.startsAt } }).lean();
    return rows.map(sessionOf).filter(({ startsAt }) => startsAt < input.endsAt);
  });
}

/** @throws not-found, not-allowed */
export function unblockRoom(actor: Actor, blockId: string): Promise<string> {
  return inTransaction(async () => {
    const block = await roomBlockById(blockId);
    const room = await roomToFurnish(actor, block.roomId);
    await deleteRoomBlock(blockId);
    recordEvent(actor, { type: 'room-unblocked', about: aboutRoom(room), facts: spanOf(block) });
    return block.roomId;
  });
}

/** What a room holds from now on, at most 200 sessions: other providers' as far as one may know. @throws not-found */
export async function sessionsInRoom(actor: Actor, roomId: string): Promise<RoomSession[]> {
  await roomToSee(actor, roomId);
  const rows = await SessionModel.find({
    roomId: new Types.ObjectId(roomId),
    // No session is longer, so the index on the start says where to look.
    startsAt: { $gt: new Date(now().getTime() - longestSession) },
    endsAt: { $gte: now() },
  })
    .sort({ startsAt: 1 })
    .limit(200)
    .lean();
  return sessionsAsSeenBy(actor, rows.map(sessionOf));
}

/** Sessions with whose they are, and of which seminar for those who may know: their planners, and everybody once it is public. */
export async function sessionsAsSeenBy<Sitting extends { runId: string }>(
  actor: Actor,
  sessions: readonly Sitting[],
): Promise<Seen<Sitting>[]> {
  const scope = scopeOf(actor);
  const runIds = [...new Set(sessions.map(({ runId }) => runId))];
  const runs = await RunModel.find({ _id: { $in: runIds }, status: { $ne: 'cancelled' } }).lean();
  const seminars = await seminarsByIds(runs.map(({ seminarId }) => String(seminarId)));
  const byId = new Map(runs.map((run) => [String(run._id), run]));
  return sessions.flatMap((session) => {
    const run = byId.get(session.runId);
    if (!run) return [];
    const isOwn = scope === 'everything' || scope.includes(run.providerId);
    const seminar = isOwn || run.status === 'published' ? seminars.get(String(run.seminarId)) : undefined;
    const title = seminar && { text: seminar.title, language: seminar.language };
    return [{ ...session, providerId: run.providerId, isOwn, ...(title && { title }) }];
  });
}

function aboutRoom({ id: roomId, venue }: Room) {
  return { roomId, venueId: venue.id, ...(venue.providerId !== undefined && { providerId: venue.providerId }) };
}

function spanOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) {
  return { startsAt, endsAt };
}

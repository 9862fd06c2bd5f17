import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { systemActor } from '../history/index.ts';
import { roomsByIds, roomsOfVenue, venueById, type Room } from '../venues/index.ts';
import { sittingOf } from './change-session.ts';
import { locationIn } from './conflicts.ts';
import { recordPlanEvent, writePlan } from './plan-changes.ts';
import { runById } from './runs.ts';
import { SessionModel } from './session.model.ts';
import { sessionOf, type Session } from './session.ts';
import { sessionsOfRun } from './sessions.ts';

const pageSize = 25;

/** A house or a room that has another name or address now, and the act that the moves belong to. */
export type Renamed = { venueId?: string | undefined; roomId?: string | undefined; changeId: string };

/**
 * Has the next sessions to come say where they are now, in the open transaction; whoever sits there is told as of any
 * move. Gives the session to go on after, if there may be more.
 */
export async function relocateSessions(renamed: Renamed, after?: string): Promise<string | undefined> {
  const rooms = await roomsOf(renamed);
  const rows = await SessionModel.find({
    roomId: { $in: [...rooms.keys()].map((id) => new Types.ObjectId(id)) },
    endsAt: { $gt: now() },
    ...(after && { _id: { $gt: new Types.ObjectId(after) } }),
  })
    .sort({ _id: 1 })
    .limit(pageSize)
    .lean();
  for (const session of rows.map(sessionOf)) {
    const room = rooms.get(session.roomId ?? '');
    if (room) await relocate(session, locationIn(room), renamed.changeId);
  }
  return rows.length === pageSize ? String(rows.at(-1)?._id) : undefined;
}

async function relocate(before: Session, location: string, changeId: string): Promise<void> {
  const run = await runById(before.runId);
  if (!run || run.status === 'cancelled' || before.location === location) return;
  await SessionModel.updateOne({ _id: before.id }, { $set: { location } });
  await writePlan(run, await sessionsOfRun(run.id));
  const facts = { before: sittingOf(before), after: sittingOf({ ...before, location }) };
  recordPlanEvent(systemActor, run, { type: 'session-moved', changeId, sessionId: before.id, facts });
}

/** One room, or every room of a house. */
async function roomsOf({ venueId = '', roomId }: Renamed): Promise<ReadonlyMap<string, Room>> {
  if (roomId !== undefined) return roomsByIds([roomId]);
  const venue = await venueById(venueId);
  return new Map((venue ? await roomsOfVenue(venue) : []).map((room) => [room.id, room]));
}

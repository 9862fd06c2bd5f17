import { Types } from 'mongoose';
import {
  locationOf,
  longestTravelMinutes,
  mostIn,
  roomBlocks,
  roomsByIds,
  travelTimes,
  whyShut,
} from '../venues/index.ts';
import type { Room } from '../venues/index.ts';
import { conflictsOf, type Conflict, type ConflictFacts, type Occupied, type RoomFacts } from './conflicts.rules.ts';
import { RunModel } from './run.model.ts';
import { trainersTime } from './trainer-times.ts';
import { isOnline } from './scheduling.rules.ts';
import { resourceDays } from './resource-days.rules.ts';
import { SessionModel } from './session.model.ts';
import { sessionOf, type Session } from './session.ts';

/** Sessions as they are to be, and what is known of those who come to them. */
export type Plan = Pick<ConflictFacts, 'capacity' | 'needs' | 'declared'> & { sessions: readonly Occupied[] };

/**
 * Everything that speaks against a plan, by one read for each kind of thing, however many sessions it has. Asks for no
 * permission, and of itself keeps nobody from taking the room a moment later: `occupy` does.
 */
export async function conflictsIn({ sessions, ...coming }: Plan): Promise<Conflict[]> {
  const rooms = await roomsByIds(sessions.flatMap(({ roomId }) => roomId ?? []));
  return conflictsAmong({ sessions, ...coming }, rooms);
}

/** The same where the rooms are known. */
export async function conflictsAmong(
  { sessions, ...coming }: Plan,
  rooms: ReadonlyMap<string, Room>,
): Promise<Conflict[]> {
  const busy = sessions.filter(({ roomId, trainerIds }) => roomId !== undefined || trainerIds.length > 0);
  if (busy.length === 0) return [];

  const others = await neighboursOf(busy, rooms);
  const theirRooms = await roomsByIds(
    others.flatMap(({ roomId }) => (roomId === undefined || rooms.has(roomId) ? [] : roomId)),
  );
  const known = new Map([...rooms, ...theirRooms]);
  // One session alone has no way to go.
  const travel =
    others.length + busy.length > 1 ? await travelTimes([...known.values()].map(({ venue }) => venue.id)) : undefined;
  const { from, until } = spanOf(busy);
  return conflictsOf(sessions, {
    ...coming,
    others,
    rooms: new Map([...known].map(([id, room]) => [id, factsOf(room)])),
    roomBlocks: await roomBlocks([...rooms.keys()], from, until),
    trainersAway: await trainersTime([...new Set(busy.flatMap(({ trainerIds }) => trainerIds))], from, until),
    whyShut: (roomId, span) => {
      const room = known.get(roomId);
      return room && whyShut(room.venue, span);
    },
    travelMinutes: (one, other) =>
      one === undefined || other === undefined ? (travel?.usual ?? 0) : (travel?.between(one, other) ?? 0),
    isOnline,
  });
}

/** The days that a plan takes, as far around as something may be in its way. */
export function daysOf(sessions: readonly Occupied[], rooms: ReadonlyMap<string, Room>): string[] {
  return sessions.flatMap((session) => {
    const room = session.roomId === undefined ? undefined : rooms.get(session.roomId);
    const roomMinutes = room ? room.setUpMinutes + room.clearUpMinutes : 0;
    return resourceDays(session, { roomMinutes, trainerMinutes: longestTravelMinutes });
  });
}

/** A room of a session in words. */
export function locationIn(room: Room): string {
  return locationOf(room.venue, room);
}

/** Sessions of runs that take place, on the days around the planned ones; those are not among them. */
async function neighboursOf(planned: readonly Occupied[], rooms: ReadonlyMap<string, Room>): Promise<Session[]> {
  const own = planned.map(({ id }) => id).filter((id) => Types.ObjectId.isValid(id));
  const rows = await SessionModel.find({ resourceDays: { $in: daysOf(planned, rooms) }, _id: { $nin: own } }).lean();
  if (rows.length === 0) return [];
  const runIds = [...new Set(rows.map(({ runId }) => String(runId)))];
  const gone = await RunModel.find({ _id: { $in: runIds }, status: 'cancelled' }, { _id: 1 }).lean();
  const goneIds = new Set(gone.map(({ _id }) => String(_id)));
  return rows.map(sessionOf).filter(({ runId }) => !goneIds.has(runId));
}

function factsOf({ venue, capacities, ...room }: Room): RoomFacts {
  return { ...room, venueId: venue.id, most: mostIn(capacities), capacities };
}

function spanOf(sessions: readonly Occupied[]): { from: Date; until: Date } {
  return {
    from: new Date(Math.min(...sessions.map(({ startsAt }) => startsAt.getTime()))),
    until: new Date(Math.max(...sessions.map(({ endsAt }) => endsAt.getTime()))),
  };
}

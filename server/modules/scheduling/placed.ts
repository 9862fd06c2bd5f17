import { isFor, roomsByIds, type Room } from '../venues/index.ts';
import { locationIn } from './conflicts.ts';
import { locationMissing, unknownRoom } from './scheduling.errors.ts';

type Placed = { location: string; roomId?: string | undefined };

/** Sessions that say where they are, and the rooms they are in by id. */
type InPlace<Sitting> = { sessions: Sitting[]; rooms: ReadonlyMap<string, Room> };

/**
 * Sessions with the place they are in as words: their room's, or their own. A room of another provider's house is one
 * that is not there. @throws unknown-room, location-missing
 */
export async function placed<Sitting extends Placed>(
  providerId: string,
  sessions: readonly Sitting[],
): Promise<InPlace<Sitting>> {
  const rooms = await roomsByIds(sessions.flatMap(({ roomId }) => roomId ?? []));
  const inPlace = sessions.map((session, index) => ({
    ...session,
    location: placeOf(session, rooms, providerId, index),
  }));
  return { sessions: inPlace, rooms };
}

function placeOf(
  { roomId, location }: Placed,
  rooms: ReadonlyMap<string, Room>,
  providerId: string,
  session: number,
): string {
  if (roomId === undefined) {
    if (location === '') throw locationMissing(session);
    return location;
  }
  const room = rooms.get(roomId);
  if (!room || !isFor(providerId, room.venue)) throw unknownRoom(session);
  return locationIn(room);
}

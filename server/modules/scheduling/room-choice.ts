import type { Actor } from '../history/index.ts';
import { isFor, roomsFor, type Room } from '../venues/index.ts';
import { conflictsIn, type Plan } from './conflicts.ts';
import type { Conflict } from './conflicts.rules.ts';

/** A room at a certain time: free and fitting where nothing speaks against it. */
export type RoomChoice = { room: Room; conflicts: Conflict[] };
/** When, and for whom: `session` is one that is there already, so that it is not in its own way. */
export type RoomWish = Omit<Plan, 'sessions'> & {
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  session?: { id: string; runId: string };
  providerId?: string;
};

/** Every room one plans in with what speaks against it at that time: the best first. */
export async function roomsAt(actor: Actor, wish: RoomWish): Promise<RoomChoice[]> {
  const { startsAt, endsAt, timeZone, session, providerId, ...coming } = wish;
  const rooms = (await roomsFor(actor)).filter(({ venue }) => providerId === undefined || isFor(providerId, venue));
  const { id, runId } = session ?? { id: 'new', runId: '' };
  const sitting = { id, runId, startsAt, endsAt, timeZone, location: '', trainerIds: [] };
  const found = await conflictsIn({ ...coming, sessions: rooms.map((room) => ({ ...sitting, roomId: room.id })) });
  const choices = rooms.map((room) => ({ room, conflicts: found.filter(({ roomId }) => roomId === room.id) }));
  return choices.toSorted((one, other) => burden(one) - burden(other));
}

function burden({ conflicts }: RoomChoice): number {
  return conflicts.reduce((sum, { isHard }) => sum + (isHard ? 100 : 1), 0);
}

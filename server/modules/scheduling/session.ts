import type { SessionRow } from './session.model.ts';

/** One sitting of a run: instants, IANA zone, a place in words or an https link, and who teaches. */
export type Session = {
  id: string;
  runId: string;
  moduleId?: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  /** The room it is in, where it is in one of the network's: then `location` says that room in words. */
  roomId?: string;
  trainerIds: string[];
};

export function sessionOf(row: SessionRow): Session {
  const { _id, runId, moduleId, roomId, trainerIds, startsAt, endsAt, timeZone, location } = row;
  return {
    id: String(_id),
    runId: String(runId),
    ...(moduleId && { moduleId: String(moduleId) }),
    startsAt,
    endsAt,
    timeZone,
    location,
    ...(roomId && { roomId: String(roomId) }),
    trainerIds: trainerIds.map(String),
  };
}

import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { referenceTo, type Actor } from '../history/index.ts';
import { occupy } from './occupy.ts';
import { placed } from './placed.ts';
import type { Run } from './run.ts';
import type { Override } from './scheduling.input.ts';
import { SessionModel, type SessionRow } from './session.model.ts';
import { sessionOf, type Session } from './sessions.ts';
import { SetAsideModel, type SetAsideRow, type WhySetAside } from './set-aside.model.ts';

type Sitting = Pick<Session, 'startsAt' | 'endsAt' | 'timeZone' | 'location'> & { roomId?: string | undefined };

/** A session as it was when it left the plan, and why it did. */
export type SetAsideSession = Session & { why: WhySetAside };

/** The sessions of a run that left its plan, in the order of the times they had. */
export async function sessionsSetAside(runId: string): Promise<SetAsideSession[]> {
  const rows = await SetAsideModel.find({ runId: new Types.ObjectId(runId) }).lean();
  return rows.map(setAsideOf).toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

export async function sessionSetAside(id: string): Promise<SetAsideSession | undefined> {
  const row = Types.ObjectId.isValid(id) ? await SetAsideModel.findById(id).lean() : null;
  return row ? setAsideOf(row) : undefined;
}

/** Takes sessions out of the plan and keeps them with the reason: rooms and trainers are free, their calendars are told. */
export async function setAside(
  actor: Actor,
  ids: readonly string[],
  why: Pick<WhySetAside, 'because' | 'reason'>,
): Promise<void> {
  const rows = await SessionModel.find({ _id: { $in: [...ids] } }).lean();
  const because = { ...why, at: now(), by: referenceTo(actor) };
  await SetAsideModel.insertMany(rows.map((row) => ({ _id: row._id, runId: row.runId, session: row, why: because })));
  await SessionModel.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } });
}

/** Puts a session back into the plan under its old id, so that calendars know it again; it takes its room and trainers anew. @throws not-found, unknown-room, plan-conflicts */
export async function bringBack(
  actor: Actor,
  run: Run,
  id: string,
  { sitting, override }: { sitting: Sitting; override?: Override | undefined },
): Promise<void> {
  const row = await SetAsideModel.findByIdAndDelete(id).lean();
  if (!row) throw notFound('session');
  const { sessions, rooms } = await placed(run.providerId, [within(row.session, sitting)]);
  const [after] = sessions;
  if (!after) return;
  const taken = await occupy(actor, { run, sessions, rooms, override });
  const { startsAt, endsAt, timeZone, location, roomId } = after;
  const { roomId: _before, ...rest } = row.session;
  const room = roomId === undefined ? {} : { roomId: new Types.ObjectId(roomId) };
  await SessionModel.create([{ ...rest, startsAt, endsAt, timeZone, location, ...room, ...taken.get(id) }]);
}

function within(row: SessionRow, { roomId, ...sitting }: Sitting): Session {
  const { roomId: _left, ...session } = sessionOf(row);
  return { ...session, ...sitting, ...(roomId !== undefined && { roomId }) };
}

/** Says of postponed sessions that they will not come back. */
export async function giveUp(actor: Actor, ids: readonly string[]): Promise<void> {
  const set = { 'why.because': 'cancelled' as const, 'why.at': now(), 'why.by': referenceTo(actor) };
  await SetAsideModel.updateMany({ _id: { $in: [...ids] } }, { $set: set });
}

function setAsideOf({ session, why }: SetAsideRow): SetAsideSession {
  return { ...sessionOf(session), why };
}

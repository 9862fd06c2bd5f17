import { Types } from 'mongoose';
import { AppError } from '../../platform/errors.ts';
import type { Seminar } from '../catalogue/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { trainersAmong } from '../people/index.ts';
import type { SessionInput } from './scheduling.input.ts';
import { SessionModel, type SessionRow } from './session.model.ts';

/** One sitting of a run: instants, IANA zone, a place in words or an https link, and who teaches. */
export type Session = {
  id: string;
  runId: string;
  moduleId?: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string;
  trainerIds: string[];
};

/** The sessions of a run in the order of time. */
export async function sessionsOfRun(runId: string): Promise<Session[]> {
  return (await SessionModel.find({ runId }).sort({ startsAt: 1 }).lean()).map(sessionOf);
}

export async function sessionById(id: string): Promise<Session | undefined> {
  if (!Types.ObjectId.isValid(id)) return undefined;
  const row = await SessionModel.findById(id).lean();
  return row ? sessionOf(row) : undefined;
}

/** Inserts the planned sessions of a run and gives their ids in the same order. `module` names a module of the seminar by id or title. @throws unknown-module, unknown-trainer */
export async function insertSessions(
  actor: Actor,
  plan: { runId: Types.ObjectId; seminar: Seminar; sessions: readonly SessionInput[] },
): Promise<string[]> {
  await checkTrainers([...new Set(plan.sessions.flatMap(({ trainers = [] }) => trainers))]);
  const rows = plan.sessions.map((session) => rowOf(plan.runId, plan.seminar, session));
  await SessionModel.insertMany(rows);
  for (const row of rows) {
    const about = { runId: String(plan.runId), sessionId: String(row._id), providerId: plan.seminar.providerId };
    recordEvent(actor, { type: 'session-planned', about, facts: { startsAt: row.startsAt, location: row.location } });
  }
  return rows.map(({ _id }) => String(_id));
}

/** @throws unknown-trainer */
export async function checkTrainers(ids: readonly string[]): Promise<void> {
  const known = await trainersAmong(ids);
  if (!ids.every((id) => known.has(id))) throw new AppError('unknown-trainer', 'invalid', 'There is no such trainer.');
}

function rowOf(runId: Types.ObjectId, seminar: Seminar, input: SessionInput) {
  const { module, trainers = [], ...sitting } = input;
  const moduleId = module && moduleOf(seminar, module);
  return {
    _id: new Types.ObjectId(),
    runId,
    ...sitting,
    ...(moduleId && { moduleId: new Types.ObjectId(moduleId) }),
    trainerIds: trainers.map((id) => new Types.ObjectId(id)),
  };
}

function moduleOf(seminar: Seminar, wanted: string): string {
  const module = seminar.modules.find(({ id, title }) => id === wanted || title === wanted);
  if (!module) throw new AppError('unknown-module', 'invalid', 'The seminar has no such module.');
  return module.id;
}

export function sessionOf({ _id, runId, moduleId, trainerIds, ...row }: SessionRow): Session {
  return {
    id: String(_id),
    runId: String(runId),
    ...(moduleId && { moduleId: String(moduleId) }),
    ...row,
    trainerIds: trainerIds.map(String),
  };
}

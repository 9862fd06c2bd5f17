import { Types } from 'mongoose';
import { AppError } from '../../platform/errors.ts';
import type { Seminar } from '../catalogue/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { trainersAmong } from '../people/index.ts';
import { occupy } from './occupy.ts';
import { placed } from './placed.ts';
import type { Override, SessionInput } from './scheduling.input.ts';
import { SessionModel, type SessionRow } from './session.model.ts';
import { sessionOf, type Session } from './session.ts';

export type { Session } from './session.ts';
export { sessionOf } from './session.ts';

/** The sessions of a run in the order of time. */
export async function sessionsOfRun(runId: string): Promise<Session[]> {
  return (await SessionModel.find({ runId }).sort({ startsAt: 1 }).lean()).map(sessionOf);
}

/** Which of these modules any session is of. */
export async function modulesWithSessions(moduleIds: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>();
  for (const id of moduleIds) if (await SessionModel.exists({ moduleId: new Types.ObjectId(id) })) used.add(id);
  return used;
}

export async function sessionById(id: string): Promise<Session | undefined> {
  if (!Types.ObjectId.isValid(id)) return undefined;
  const row = await SessionModel.findById(id).lean();
  return row ? sessionOf(row) : undefined;
}

/**
 * Inserts the planned sessions of a run, with their rooms and trainers taken, and gives them in the same order.
 * `module` names a module of the seminar by id or title.
 * @throws unknown-module, unknown-trainer, unknown-room, location-missing, plan-conflicts
 */
export async function insertSessions(
  actor: Actor,
  plan: {
    runId: Types.ObjectId;
    seminar: Seminar;
    sessions: readonly SessionInput[];
    override?: Override | undefined;
  },
): Promise<Session[]> {
  const { runId, seminar, override } = plan;
  await checkTrainers([...new Set(plan.sessions.flatMap(({ trainers = [] }) => trainers))]);
  const { sessions, rooms } = await placed(seminar.providerId, plan.sessions);
  const blank = sessions.map((session) => rowOf(runId, seminar, session));
  const run = { id: String(runId), providerId: seminar.providerId };
  const taken = await occupy(actor, { run, sessions: blank.map(sessionOf), rooms, override });
  const rows = blank.map((row) => ({ ...row, ...taken.get(String(row._id)) }));
  await SessionModel.insertMany(rows);
  for (const row of rows) {
    const about = { runId: String(plan.runId), sessionId: String(row._id), providerId: plan.seminar.providerId };
    recordEvent(actor, { type: 'session-planned', about, facts: { startsAt: row.startsAt, location: row.location } });
  }
  return rows.map(sessionOf);
}

/** @throws unknown-trainer */
export async function checkTrainers(ids: readonly string[]): Promise<void> {
  const known = await trainersAmong(ids);
  if (!ids.every((id) => known.has(id))) throw new AppError('unknown-trainer', 'invalid', 'There is no such trainer.');
}

function rowOf(runId: Types.ObjectId, seminar: Seminar, input: SessionInput): SessionRow {
  const { module, trainers = [], roomId, ...sitting } = input;
  const moduleId = module && moduleOf(seminar, module);
  return {
    _id: new Types.ObjectId(),
    runId,
    ...sitting,
    ...(moduleId && { moduleId: new Types.ObjectId(moduleId) }),
    ...(roomId && { roomId: new Types.ObjectId(roomId) }),
    trainerIds: trainers.map((id) => new Types.ObjectId(id)),
    resourceDays: [],
    overrides: [],
  };
}

function moduleOf(seminar: Seminar, wanted: string): string {
  const module = seminar.modules.find(({ id, title }) => id === wanted || title === wanted);
  if (!module) throw new AppError('unknown-module', 'invalid', 'The seminar has no such module.');
  return module.id;
}

import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { Actor } from '../history/index.ts';
import { occupy, type Occupancy } from './occupy.ts';
import { placed } from './placed.ts';
import { freeUntil, named, recordPlanEvent, refuseUnlessPlanned, writePlan, type PlanAct } from './plan-changes.ts';
import type { Run } from './run.ts';
import { runToPlan } from './runs.ts';
import type { SessionChange } from './scheduling.input.ts';
import { checkPlan } from './scheduling.rules.ts';
import { SessionModel } from './session.model.ts';
import { checkTrainers, sessionById, sessionsOfRun, type Session } from './sessions.ts';

type Changed = { before: Session; after: Session };

/**
 * Moves a session, changes its room or its trainers. Everybody concerned is told through the events it records.
 * @throws not-found, run-cancelled, session-over, sessions-overlap, session-ends-before-it-starts, unknown-trainer,
 * unknown-room, plan-conflicts
 */
export async function changeSession(
  actor: Actor,
  sessionId: string,
  change: SessionChange,
  act: PlanAct = {},
): Promise<Session> {
  const known = await sessionById(sessionId);
  if (!known) throw notFound('session');
  const [session] = await changeSessions(actor, known.runId, [{ sessionId, change }], act);
  return session ?? known;
}

/**
 * Changes several sessions of a run in one act, all or none: what counts is the plan that comes out.
 * @throws as changeSession, plan-changed, run-postponed, run-completed
 */
export function changeSessions(
  actor: Actor,
  runId: string,
  changes: readonly { sessionId: string; change: SessionChange }[],
  act: PlanAct = {},
): Promise<Session[]> {
  return inTransaction(async () => {
    const run = await runToPlan(actor, runId);
    refuseUnlessPlanned(run, act);
    const sessions = await sessionsOfRun(runId);
    const wanted = changes.map(({ sessionId, change }) => changedIn(sessions, sessionId, change));
    const { sessions: moved, rooms } = await placed(
      run.providerId,
      wanted.map(({ after }) => after),
    );
    const changed = wanted.map((one, index) => ({ ...one, after: moved[index] ?? one.after }));
    await checkTrainers(changes.flatMap(({ change }) => change.trainers ?? []));

    const taken = await occupy(actor, { run, sessions: moved, rooms, override: act.override });
    const plan = await savePlan(run, sessions, changed, taken);
    const changeId = named(act);
    for (const one of changed) recordChanges(actor, run, { ...one, changeId, plan });
    return changed.map(({ after }) => after);
  });
}

function changedIn(sessions: readonly Session[], sessionId: string, change: SessionChange): Changed {
  const before = sessions.find(({ id }) => id === sessionId);
  if (!before) throw notFound('session');
  if (before.endsAt <= now()) throw new AppError('session-over', 'conflict', 'The session is over.');

  const { trainers, ...rest } = change;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const { roomId, ...elsewhere } = before;
  const stays = change.location === undefined && roomId !== undefined && { roomId };
  return { before, after: { ...elsewhere, ...stays, ...given, ...(trainers && { trainerIds: trainers }) } };
}

async function savePlan(
  run: Run,
  sessions: readonly Session[],
  changed: readonly Changed[],
  taken: ReadonlyMap<string, Occupancy>,
): Promise<Session[]> {
  const after = new Map(changed.map((one) => [one.after.id, one.after]));
  const plan = sessions.map((one) => after.get(one.id) ?? one);
  checkPlan(plan);

  for (const { id, startsAt, endsAt, timeZone, location, roomId, trainerIds } of after.values()) {
    const teachers = trainerIds.map((one) => new Types.ObjectId(one));
    const sitting = { startsAt, endsAt, timeZone, location, trainerIds: teachers, ...taken.get(id) };
    await SessionModel.updateOne(
      { _id: id },
      roomId ? { $set: { ...sitting, roomId: new Types.ObjectId(roomId) } } : { $set: sitting, $unset: { roomId: 1 } },
    );
  }
  await writePlan(run, plan);
  return plan;
}

function recordChanges(
  actor: Actor,
  run: Run,
  { before, after, changeId, plan }: Changed & { changeId: string; plan: Session[] },
): void {
  const event = { changeId, sessionId: after.id };
  if (JSON.stringify(sittingOf(before)) !== JSON.stringify(sittingOf(after))) {
    const otherTime = [before, after].map(({ startsAt, endsAt }) => `${startsAt.getTime()} ${endsAt.getTime()}`);
    const facts = {
      before: sittingOf(before),
      after: sittingOf(after),
      ...(otherTime[0] !== otherTime[1] && freeUntil(plan)),
    };
    recordPlanEvent(actor, run, { ...event, type: 'session-moved', facts });
  }

  const assigned = after.trainerIds.filter((id) => !before.trainerIds.includes(id));
  const released = before.trainerIds.filter((id) => !after.trainerIds.includes(id));
  if (assigned.length + released.length > 0)
    recordPlanEvent(actor, run, { ...event, type: 'trainers-changed', facts: { assigned, released } });
}

export function sittingOf({ startsAt, endsAt, timeZone, location }: Session) {
  return { startsAt, endsAt, timeZone, location };
}

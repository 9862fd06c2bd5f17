import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { seminarById } from '../catalogue/index.ts';
import { referenceTo, type Actor } from '../history/index.ts';
import { sittingOf } from './change-session.ts';
import { freeUntil, named, recordPlanEvent, refuseUnlessPlanned, writePlan, type PlanAct } from './plan-changes.ts';
import type { Run } from './run.ts';
import type { SessionInput } from './scheduling.input.ts';
import { checkPlan } from './scheduling.rules.ts';
import { insertSessions, sessionsOfRun, type Session } from './sessions.ts';
import { bringBack, giveUp, sessionsSetAside, setAside } from './set-aside.ts';

/** A date of a run that gets new ones: of a session that was postponed, under its old id, or of a new one. */
export type NewDate = SessionInput & { sessionId?: string };

/**
 * Takes everything that is still to come out of a public run's plan: new dates will follow. Inside the open transaction.
 * @throws not-published, nothing-to-postpone, run-cancelled, run-postponed, run-completed, plan-changed
 */
export async function markPostponed(actor: Actor, run: Run, reason: string, act: PlanAct): Promise<void> {
  refuseUnlessPlanned(run, act);
  if (run.status !== 'published') throw new AppError('not-published', 'conflict', 'Only a public run is postponed.');
  const sessions = await sessionsOfRun(run.id);
  const coming = sessions.filter(({ startsAt }) => startsAt > now());
  if (coming.length === 0) throw new AppError('nothing-to-postpone', 'conflict', 'No session is still to come.');

  await setAside(
    actor,
    coming.map(({ id }) => id),
    { because: 'postponed', reason },
  );
  const postponement = { at: now(), by: referenceTo(actor), reason };
  await writePlan(
    run,
    sessions.filter((one) => !coming.includes(one)),
    { status: 'postponed', postponement },
  );
  const facts = { sessions: coming.map(({ id, trainerIds }) => ({ id, trainers: trainerIds })) };
  recordPlanEvent(actor, run, { type: 'run-postponed', changeId: named(act), facts });
}

/**
 * Gives a postponed run its new dates, inside the open transaction: kept sessions come back under their ids, those left
 * out will not take place. Gives the plan. @throws not-postponed, plan-changed, run-already-started, sessions-overlap, no-session, unknown-module
 */
export async function markRescheduled(
  actor: Actor,
  run: Run,
  dates: readonly NewDate[],
  act: PlanAct,
): Promise<Session[]> {
  if (run.status !== 'postponed') throw new AppError('not-postponed', 'conflict', 'The run has its dates.');
  refuseUnlessPlanned({ ...run, status: 'published' }, act);
  if (dates.some(({ startsAt }) => startsAt <= now()))
    throw new AppError('run-already-started', 'conflict', 'The first session has already begun.');
  const postponed = (await sessionsSetAside(run.id)).filter(({ why }) => why.because === 'postponed');
  checkPlan([...(await sessionsOfRun(run.id)), ...dates]);
  if (dates.length === 0) throw new AppError('no-session', 'invalid', 'A run needs at least one session.');

  const kept = dates.filter(({ sessionId }) => sessionId !== undefined);
  for (const { sessionId = '', startsAt, endsAt, timeZone, location, roomId } of kept) {
    const sitting = { startsAt, endsAt, timeZone, location, roomId };
    await bringBack(actor, run, sessionId, { sitting, override: act.override });
  }
  await giveUp(
    actor,
    postponed.filter(({ id }) => !kept.some(({ sessionId }) => sessionId === id)).map(({ id }) => id),
  );
  const added = await addNew(
    actor,
    run,
    dates.filter(({ sessionId }) => sessionId === undefined),
    act,
  );

  const plan = await sessionsOfRun(run.id);
  await writePlan(run, plan, { status: 'published' });
  const before = postponed.filter(({ id }) => kept.some(({ sessionId }) => sessionId === id));
  const facts = { kept: before.map((one) => ({ id: one.id, before: sittingOf(one) })), added, ...freeUntil(plan) };
  recordPlanEvent(actor, run, { type: 'run-rescheduled', changeId: named(act), facts });
  return plan;
}

async function addNew(actor: Actor, run: Run, dates: readonly NewDate[], { override }: PlanAct): Promise<string[]> {
  if (dates.length === 0) return [];
  const seminar = await seminarById(run.seminarId);
  if (!seminar) throw notFound('seminar');
  const sessions = dates.map(({ sessionId: _none, ...date }) => date);
  const added = await insertSessions(actor, { runId: new Types.ObjectId(run.id), seminar, sessions, override });
  return added.map(({ id }) => id);
}

import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { seminarById } from '../catalogue/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { sittingOf } from './change-session.ts';
import { freeUntil, named, recordPlanEvent, refuseUnlessPlanned, writePlan, type PlanAct } from './plan-changes.ts';
import type { Run } from './run.ts';
import { runToPlan } from './runs.ts';
import type { SessionInput } from './scheduling.input.ts';
import { checkPlan } from './scheduling.rules.ts';
import { SessionModel } from './session.model.ts';
import { insertSessions, sessionById, sessionsOfRun, type Session } from './sessions.ts';
import { setAside } from './set-aside.ts';

/**
 * Adds a session to a run. Once the run is public, everybody who sits in it is invited.
 * @throws not-found, sessions-overlap, unknown-module, session-over, run-cancelled, run-postponed, run-completed, plan-changed
 */
export function addSession(actor: Actor, runId: string, input: SessionInput, act: PlanAct = {}): Promise<string> {
  return inTransaction(async () => {
    const run = await runToPlan(actor, runId);
    refuseUnlessPlanned(run, act);
    const seminar = await seminarById(run.seminarId);
    if (!seminar) throw notFound('seminar');
    if (run.status !== 'draft' && input.startsAt <= now()) throw sessionOver();
    checkPlan([...(await sessionsOfRun(runId)), input]);

    const [added] = await insertSessions(actor, {
      runId: new Types.ObjectId(runId),
      seminar,
      sessions: [input],
      override: act.override,
    });
    const id = added?.id ?? '';
    const plan = await sessionsOfRun(runId);
    await writePlan(run, plan);
    if (run.status !== 'draft')
      recordPlanEvent(actor, run, {
        type: 'session-added',
        changeId: named(act),
        sessionId: id,
        facts: freeUntil(plan) ?? {},
      });
    return id;
  });
}

/** Takes a session out of a draft. @throws not-found, not-a-draft, no-session */
export function removeSession(actor: Actor, sessionId: string): Promise<void> {
  return inTransaction(async () => {
    const { run } = await planned(actor, sessionId);
    if (run.status !== 'draft')
      throw new AppError('not-a-draft', 'conflict', 'Only the plan of a draft can be changed so.');
    const rest = await planWithout(run, sessionId);

    await SessionModel.deleteOne({ _id: sessionId });
    await writePlan(run, rest);
    recordEvent(actor, { type: 'session-removed', about: { runId: run.id, sessionId, providerId: run.providerId } });
  });
}

/**
 * Cancels a single session of a run that is public: it leaves the plan, and everybody's calendar. The last one is no
 * single one: then the run is cancelled or postponed.
 * @throws not-found, session-over, only-session, run-cancelled, run-postponed, run-completed, plan-changed
 */
export function cancelSession(
  actor: Actor,
  { sessionId, reason }: { sessionId: string; reason: string },
  act: PlanAct = {},
): Promise<void> {
  return inTransaction(async () => {
    const { run, session } = await planned(actor, sessionId);
    refuseUnlessPlanned(run, act);
    if (session.endsAt <= now()) throw sessionOver();
    const rest = await planWithout(run, sessionId);

    await setAside(actor, [sessionId], { because: 'cancelled', reason });
    await writePlan(run, rest);
    const facts = { before: sittingOf(session), trainers: session.trainerIds, ...freeUntil(rest) };
    recordPlanEvent(actor, run, { type: 'session-cancelled', changeId: named(act), sessionId, facts });
  });
}

/** The run of a session in somebody's plan. @throws not-found */
export async function runIdOfSession(actor: Actor, sessionId: string): Promise<string> {
  return (await planned(actor, sessionId)).run.id;
}

async function planned(actor: Actor, sessionId: string): Promise<{ run: Run; session: Session }> {
  const session = await sessionById(sessionId);
  if (!session) throw notFound('session');
  return { run: await runToPlan(actor, session.runId), session };
}

async function planWithout(run: Run, sessionId: string): Promise<Session[]> {
  const rest = (await sessionsOfRun(run.id)).filter(({ id }) => id !== sessionId);
  if (rest.length === 0 && run.status !== 'draft')
    throw new AppError('only-session', 'conflict', 'The run has no other session.');
  checkPlan(rest);
  return rest;
}

function sessionOver(): AppError {
  return new AppError('session-over', 'conflict', 'The session is over.');
}

import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { RunModel } from './run.model.ts';
import type { Run } from './run.ts';
import type { Override } from './scheduling.input.ts';
import { freeCancellationUntil, moduleStartsOf, summaryOf } from './scheduling.rules.ts';
import type { Session } from './sessions.ts';

/** One act of a coordinator that may change several sessions. `planSeen`: the plan's version on which it was decided. */
export type PlanAct = { changeId?: string; planSeen?: number; override?: Override | undefined };

/** The id under which everything that an act tells is counted. */
export function named({ changeId = newChangeId() }: PlanAct): string {
  return changeId;
}

export function newChangeId(): string {
  return String(new Types.ObjectId());
}

/** Refuses what was decided on another plan than the one there is, and what has no plan to change. @throws plan-changed, run-cancelled, run-postponed, run-completed */
export function refuseUnlessPlanned(run: Run, { planSeen }: PlanAct): void {
  if (planSeen !== undefined && planSeen !== planVersionOf(run))
    throw new AppError('plan-changed', 'conflict', 'Somebody else has changed the plan in the meantime.');
  if (run.status === 'cancelled') throw new AppError('run-cancelled', 'conflict', 'The run is cancelled.');
  if (run.status === 'postponed') throw new AppError('run-postponed', 'conflict', 'The run has no dates now.');
  if (run.status === 'completed') throw new AppError('run-completed', 'conflict', 'The run is over.');
}

export function planVersionOf({ planVersion = 0 }: Run): number {
  return planVersion;
}

/** Writes what the run shows of its sessions. The version is part of the filter: of two who change a plan, one starts again. */
export async function writePlan(run: Run, sessions: readonly Session[], more: object = {}): Promise<void> {
  const version = run.planVersion === undefined ? { $exists: false } : run.planVersion;
  await RunModel.updateOne(
    { _id: run.id, planVersion: version },
    { $set: { ...shownOf(run, sessions), ...more }, $inc: { planVersion: 1 } },
  );
}

function shownOf({ booking }: Run, sessions: readonly Session[]): object {
  if (sessions.length === 0) return {};
  return { ...summaryOf(sessions), ...(booking && { moduleStarts: moduleStartsOf(sessions) }) };
}

/** Records what happened to a session of the plan; everybody concerned hears of it once the run is public. */
export function recordPlanEvent(
  actor: Actor,
  run: Run,
  event: { type: string; changeId: string; sessionId?: string; facts?: Record<string, unknown> },
): void {
  const { type, changeId, sessionId, facts } = event;
  recordEvent(actor, {
    type,
    about: {
      runId: run.id,
      ...(sessionId && { sessionId }),
      seminarId: run.seminarId,
      providerId: run.providerId,
      changeId,
    },
    ...(facts && { facts }),
    tells: run.status === 'published' || run.status === 'postponed',
  });
}

/** Until when whoever booked before new dates may cancel whatever the deadline says. */
export function freeUntil(sessions: readonly Session[]): { freeUntil: Date } | undefined {
  const at = now();
  const next = sessions.find(({ startsAt }) => startsAt > at);
  return next && { freeUntil: freeCancellationUntil(at, next) };
}

import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { RunModel } from './run.model.ts';
import type { Run } from './run.ts';
import { runToPlan } from './runs.ts';
import type { SessionChange } from './scheduling.input.ts';
import { checkPlan, summaryOf } from './scheduling.rules.ts';
import { SessionModel } from './session.model.ts';
import { checkTrainers, sessionById, sessionsOfRun, type Session } from './sessions.ts';

/**
 * Moves a session, changes its room or its trainers. Everybody concerned is told through the events it records.
 * @throws not-found, run-cancelled, session-over, sessions-overlap, session-ends-before-it-starts, unknown-trainer
 */
export function changeSession(actor: Actor, sessionId: string, change: SessionChange): Promise<Session> {
  return inTransaction(async () => {
    const before = await sessionById(sessionId);
    if (!before) throw notFound('session');
    const run = await runToPlan(actor, before.runId);
    refuseLate(run, before);

    const after = changed(before, change);
    await checkTrainers(change.trainers ?? []);
    await savePlan(run, after);
    recordChanges(actor, run, before, after);
    return after;
  });
}

function refuseLate(run: Run, session: Session): void {
  if (run.status === 'cancelled') throw new AppError('run-cancelled', 'conflict', 'The run is cancelled.');
  if (session.endsAt <= now()) throw new AppError('session-over', 'conflict', 'The session is over.');
}

function changed(session: Session, { trainers, ...change }: SessionChange): Session {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...session, ...given, ...(trainers && { trainerIds: trainers }) };
}

async function savePlan(run: Run, changedSession: Session): Promise<void> {
  const sessions = (await sessionsOfRun(run.id)).map((one) => (one.id === changedSession.id ? changedSession : one));
  checkPlan(sessions);

  const { startsAt, endsAt, timeZone, location, trainerIds } = changedSession;
  await SessionModel.updateOne(
    { _id: changedSession.id },
    { $set: { startsAt, endsAt, timeZone, location, trainerIds: trainerIds.map((id) => new Types.ObjectId(id)) } },
  );
  await RunModel.updateOne({ _id: run.id }, { $set: summaryOf(sessions) });
}

function recordChanges(actor: Actor, run: Run, before: Session, after: Session): void {
  const about = { runId: run.id, sessionId: after.id, seminarId: run.seminarId, providerId: run.providerId };
  const tells = run.status === 'published';
  if (JSON.stringify(sittingOf(before)) !== JSON.stringify(sittingOf(after)))
    recordEvent(actor, {
      type: 'session-moved',
      about,
      facts: { before: sittingOf(before), after: sittingOf(after) },
      tells,
    });

  const assigned = after.trainerIds.filter((id) => !before.trainerIds.includes(id));
  const released = before.trainerIds.filter((id) => !after.trainerIds.includes(id));
  if (assigned.length + released.length > 0)
    recordEvent(actor, { type: 'trainers-changed', about, facts: { assigned, released }, tells });
}

function sittingOf({ startsAt, endsAt, timeZone, location }: Session) {
  return { startsAt, endsAt, timeZone, location };
}

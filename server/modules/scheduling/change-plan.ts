import { Types } from 'mongoose';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { seminarById } from '../catalogue/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { RunModel } from './run.model.ts';
import { runToPlan } from './runs.ts';
import type { SessionInput } from './scheduling.input.ts';
import { checkPlan, summaryOf } from './scheduling.rules.ts';
import { SessionModel } from './session.model.ts';
import { insertSessions, sessionById, sessionsOfRun } from './sessions.ts';

/** Adds a session to a draft. @throws not-found, not-a-draft, sessions-overlap, unknown-module */
export function addSession(actor: Actor, runId: string, input: SessionInput): Promise<void> {
  return inTransaction(async () => {
    const run = await draft(actor, runId);
    const seminar = await seminarById(run.seminarId);
    if (!seminar) throw notFound('seminar');
    checkPlan([...(await sessionsOfRun(runId)), input]);

    await insertSessions(actor, { runId: new Types.ObjectId(runId), seminar, sessions: [input] });
    await RunModel.updateOne({ _id: runId }, { $set: summaryOf(await sessionsOfRun(runId)) });
  });
}

/** Takes a session out of a draft. @throws not-found, not-a-draft, no-session */
export function removeSession(actor: Actor, sessionId: string): Promise<void> {
  return inTransaction(async () => {
    const session = await sessionById(sessionId);
    if (!session) throw notFound('session');
    const run = await draft(actor, session.runId);
    const rest = (await sessionsOfRun(run.id)).filter(({ id }) => id !== sessionId);
    checkPlan(rest);

    await SessionModel.deleteOne({ _id: sessionId });
    await RunModel.updateOne({ _id: run.id }, { $set: summaryOf(rest) });
    recordEvent(actor, { type: 'session-removed', about: { runId: run.id, sessionId, providerId: run.providerId } });
  });
}

async function draft(actor: Actor, runId: string) {
  const run = await runToPlan(actor, runId);
  if (run.status !== 'draft')
    throw new AppError('not-a-draft', 'conflict', 'Only the plan of a draft can be changed so.');
  return run;
}

import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { recordEvent, referenceTo, scopeOf, type Actor } from '../history/index.ts';
import { AppError } from '../../platform/errors.ts';
import { RunModel } from './run.model.ts';
import { runOf, type Run } from './run.ts';

const most = 500;

/** Public runs with a minimum that have not begun, the next one first: those a decision may be due for. */
export async function runsWithMinimum(actor: Actor): Promise<Run[]> {
  const scope = scopeOf(actor);
  const own = scope === 'everything' ? {} : { providerId: { $in: [...scope] } };
  const rows = await RunModel.find({ ...own, status: 'published', startsAt: { $gt: now() }, minimum: { $gt: 0 } })
    .sort({ startsAt: 1 })
    .limit(most)
    .lean();
  return rows.map(runOf);
}

/** Runs of a seminar that took place or were cancelled, the latest first. */
export async function pastRunsOf(seminarId: string, limit: number): Promise<Run[]> {
  const rows = await RunModel.find({
    seminarId: new Types.ObjectId(seminarId),
    status: { $in: ['published', 'completed', 'cancelled'] },
    startsAt: { $lte: now() },
  })
    .sort({ startsAt: -1 })
    .limit(limit)
    .lean();
  return rows.map(runOf);
}

/** Notes that a run is held although it is below its minimum. @throws not-published, run-already-started */
export async function markHeld(actor: Actor, run: Run): Promise<void> {
  if (run.status !== 'published') throw new AppError('not-published', 'conflict', 'The run is not public.');
  if (run.startsAt <= now())
    throw new AppError('run-already-started', 'conflict', 'The first session has already begun.');
  if (run.holding) return;
  await RunModel.updateOne(
    { _id: run.id, status: 'published' },
    { $set: { holding: { at: now(), by: referenceTo(actor) } } },
  );
  const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
  recordEvent(actor, { type: 'run-held-anyway', about, facts: { minimum: run.minimum ?? 0 } });
}

/** Notes that its coordinators were asked; gives whether this was the first time. */
export async function markDecisionAsked(run: Run): Promise<boolean> {
  const { matchedCount } = await RunModel.updateOne(
    { _id: run.id, decisionAskedAt: { $exists: false } },
    { $set: { decisionAskedAt: now() } },
  );
  return matchedCount === 1;
}

/** Notes where the bookings of a cancelled run go. */
export async function markMerged(runId: string, intoRunId: string): Promise<void> {
  await RunModel.updateOne({ _id: runId }, { $set: { mergedInto: intoRunId } });
}

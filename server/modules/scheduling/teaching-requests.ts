import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { idInToken, isTokenFor, linkToken } from '../auth/index.ts';
import { runToPlan } from './runs.ts';
import type { Actor } from '../history/index.ts';
import { TeachingRequestModel, type RequestStatus, type TeachingRequestRow } from './teaching-request.model.ts';
import { AbsenceModel } from './absence.model.ts';

/** A request as everybody inside sees it. `isOverdue`: nobody has answered, and the day has passed; `token`: of its link. */
export type TeachingRequest = {
  id: string;
  runId: string;
  providerId: string;
  sessionIds: string[];
  trainerId: string;
  status: RequestStatus;
  answerBy: Date;
  isOverdue: boolean;
  replaces?: string;
  token: string;
};

export type Absence = { sessionId: string; trainerId: string; at: Date };

/** The request of a link: the only key of somebody without an account. @throws not-found for any token but the present one */
export async function requestBehind(token: string): Promise<TeachingRequest> {
  const id = idInToken(token);
  const row = id && (await TeachingRequestModel.findById(id).lean());
  if (!row || !isTokenFor('teaching', token, row.linkGeneration)) throw notFound('request');
  return requestOf(row);
}

export async function teachingRequestById(id: string): Promise<TeachingRequest | undefined> {
  const row = Types.ObjectId.isValid(id) ? await TeachingRequestModel.findById(id).lean() : null;
  return row ? requestOf(row) : undefined;
}

/** Every request of a run, the oldest first, for whoever plans it. @throws not-found */
export async function requestsOfRun(actor: Actor, runId: string): Promise<TeachingRequest[]> {
  await runToPlan(actor, runId);
  return (await TeachingRequestModel.find({ runId }).sort({ askedAt: 1, _id: 1 }).lean()).map(requestOf);
}

/** What a trainer has still to answer, the most urgent first. */
export async function openRequestsOf(trainerId: string): Promise<TeachingRequest[]> {
  const rows = await TeachingRequestModel.find({ trainerId, status: 'asked' }).sort({ answerBy: 1 }).limit(100).lean();
  return rows.map(requestOf);
}

/** Which of these runs wait for an answer of their trainers: how many requests are open, and how many are overdue. */
export async function openRequestsByRun(
  runIds: readonly string[],
): Promise<Map<string, { open: number; overdue: number }>> {
  const rows = await TeachingRequestModel.find({ runId: { $in: [...runIds] }, status: 'asked' }).lean();
  const byRun = new Map<string, { open: number; overdue: number }>();
  for (const { runId, isOverdue } of rows.map(requestOf)) {
    const { open, overdue } = byRun.get(runId) ?? { open: 0, overdue: 0 };
    byRun.set(runId, { open: open + 1, overdue: overdue + (isOverdue ? 1 : 0) });
  }
  return byRun;
}

/** Whether this trainer still has to say yes to this session: nothing is in their calendar before. */
export async function isAskedFor(trainerId: string, sessionId: string): Promise<boolean> {
  return (await TeachingRequestModel.exists({ trainerId, status: 'asked', sessionIds: sessionId })) !== null;
}

/** Who has said that they cannot teach a session of this run, and is still planned there or not. */
export async function absencesIn(runId: string): Promise<Absence[]> {
  const rows = await AbsenceModel.find({ runId }).lean();
  return rows.map(({ sessionId, trainerId, at }) => ({ sessionId, trainerId, at }));
}

export function requestOf(row: TeachingRequestRow): TeachingRequest {
  const { _id, runId, providerId, sessionIds, trainerId, status, answerBy, replaces, linkGeneration } = row;
  return {
    id: String(_id),
    runId,
    providerId,
    sessionIds,
    trainerId,
    status,
    answerBy,
    isOverdue: status === 'asked' && answerBy <= now(),
    ...(replaces && { replaces }),
    token: linkToken('teaching', String(_id), linkGeneration),
  };
}

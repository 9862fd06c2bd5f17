import { Types, type QueryFilter } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { isTrainer, recordEvent, referenceTo, systemActor, type Actor } from '../history/index.ts';
import { AbsenceModel } from './absence.model.ts';
import { changeSession } from './change-session.ts';
import { runToPlan } from './runs.ts';
import type { Run } from './run.ts';
import { checkTrainers, sessionById, sessionsOfRun } from './sessions.ts';
import { TeachingRequestModel, type TeachingRequestRow } from './teaching-request.model.ts';
import { requestOf, type TeachingRequest } from './teaching-requests.ts';

/**
 * Asks a trainer of a run whether they will teach what they are planned for and have not agreed to. Asking again while
 * they are asked only sets another day. @throws not-found, answer-by-past, nothing-to-ask, run-cancelled
 */
export function askTrainer(
  actor: Actor,
  { runId, trainerId, answerBy }: { runId: string; trainerId: string; answerBy: Date },
): Promise<TeachingRequest> {
  return inTransaction(async () => {
    const run = await runToAsk(actor, runId, answerBy);
    const coming = (await sessionsOfRun(runId)).filter(({ endsAt }) => endsAt > now());
    const sessionIds = coming.filter(({ trainerIds }) => trainerIds.includes(trainerId)).map(({ id }) => id);
    if (sessionIds.length === 0) throw new AppError('nothing-to-ask', 'conflict', 'There is nothing to ask for.');
    await withdraw({ runId, trainerId, status: 'asked' });
    return ask(actor, run, { sessionIds, trainerId, answerBy });
  });
}

/**
 * Asks several trainers for one session of somebody who cannot: the first who accepts gets it.
 * @throws not-found, answer-by-past, nobody-to-ask, unknown-trainer, session-over
 */
export function askForReplacement(
  actor: Actor,
  wish: { sessionId: string; replaces: string; trainerIds: readonly string[]; answerBy: Date },
): Promise<TeachingRequest[]> {
  const { sessionId, replaces, answerBy } = wish;
  return inTransaction(async () => {
    const session = await sessionById(sessionId);
    if (!session?.trainerIds.includes(replaces)) throw notFound('session');
    const run = await runToAsk(actor, session.runId, answerBy);
    if (session.startsAt <= now()) throw new AppError('session-over', 'conflict', 'The session has begun.');
    const trainerIds = [...new Set(wish.trainerIds)].filter((id) => !session.trainerIds.includes(id));
    if (trainerIds.length === 0) throw new AppError('nobody-to-ask', 'invalid', 'Choose somebody to ask.');
    await checkTrainers(trainerIds);

    await withdraw({ runId: run.id, sessionIds: sessionId, replaces, trainerId: { $in: trainerIds }, status: 'asked' });
    const groupId = `${sessionId}:${replaces}`;
    const asked: TeachingRequest[] = [];
    for (const trainerId of trainerIds)
      asked.push(await ask(actor, run, { sessionIds: [sessionId], trainerId, answerBy, groupId, replaces }));
    return asked;
  });
}

/** A trainer says that they cannot teach a session of theirs; its coordinators are told. @throws not-found, session-over */
export function reportAbsence(actor: Actor, sessionId: string): Promise<void> {
  return inTransaction(async () => {
    const session = await sessionById(sessionId);
    const trainerId = actor.kind === 'person' && isTrainer(actor) ? actor.personId : '';
    if (!session?.trainerIds.includes(trainerId)) throw notFound('session');
    if (session.startsAt <= now()) throw new AppError('session-over', 'conflict', 'The session has begun.');
    const _id = `${sessionId}:${trainerId}`;
    if (await AbsenceModel.exists({ _id })) return;

    const { runId } = session;
    await AbsenceModel.create([{ _id, sessionId, runId, trainerId, at: now() }]);
    const run = await runToPlan(systemActor, runId);
    const about = { runId, sessionId, providerId: run.providerId, personId: trainerId };
    recordEvent(actor, { type: 'trainer-absent', about, tells: true });
  });
}

/**
 * The answer of whoever was asked, and of nobody else. Accepting keeps the place, or takes it from the one it replaces: of several who are
 * asked for it, exactly one gets it. Declining frees it. @throws request-answered, request-taken, plan-conflicts, not-found
 */
export function answerRequest(actor: Actor, id: string, answer: 'accepted' | 'declined'): Promise<void> {
  return inTransaction(async () => {
    const row = Types.ObjectId.isValid(id) ? await TeachingRequestModel.findById(id).lean() : null;
    if (!row || actor.kind !== 'person' || actor.personId !== row.trainerId) throw notFound('request');
    if (row.status === answer) return;
    if (row.status === 'withdrawn') throw new AppError('request-taken', 'gone', 'This is no longer asked for.');
    if (row.status !== 'asked') throw new AppError('request-answered', 'conflict', 'You have answered already.');

    // The status is part of the filter: two answers at once meet here, and the second starts again with the first one's.
    await TeachingRequestModel.updateOne(
      { _id: row._id, status: 'asked' },
      { $set: { status: answer, answeredAt: now() } },
    );
    if (answer === 'accepted') await takeOver(row);
    else await stepBack(row);
    const about = { runId: row.runId, providerId: row.providerId, personId: row.trainerId };
    recordEvent(actor, { type: `teaching-${answer}`, about, facts: { requestId: id }, tells: true });
  });
}

/** Takes back what a trainer was asked, who is told; twice is once. @throws not-found, request-settled */
export function withdrawRequest(actor: Actor, id: string): Promise<TeachingRequest> {
  return inTransaction(async () => {
    const row = Types.ObjectId.isValid(id) ? await TeachingRequestModel.findById(id).lean() : null;
    if (!row) throw notFound('request');
    await runToPlan(actor, row.runId);
    if (row.status === 'accepted' || row.status === 'declined')
      throw new AppError('request-settled', 'conflict', 'The trainer has answered.');
    await withdraw({ _id: row._id, status: 'asked' }, actor);
    return requestOf({ ...row, status: 'withdrawn' });
  });
}

async function runToAsk(actor: Actor, runId: string, answerBy: Date): Promise<Run> {
  const run = await runToPlan(actor, runId);
  if (run.status === 'cancelled') throw new AppError('run-cancelled', 'conflict', 'The run is cancelled.');
  if (answerBy <= now()) throw new AppError('answer-by-past', 'invalid', 'The day for the answer has passed.');
  return run;
}

async function ask(
  actor: Actor,
  run: Run,
  wish: Pick<TeachingRequestRow, 'sessionIds' | 'trainerId' | 'answerBy' | 'groupId' | 'replaces'>,
): Promise<TeachingRequest> {
  const row: TeachingRequestRow = {
    _id: new Types.ObjectId(),
    runId: run.id,
    providerId: run.providerId,
    ...wish,
    status: 'asked',
    askedAt: now(),
    askedBy: referenceTo(actor),
    linkGeneration: 1,
  };
  await TeachingRequestModel.create([row]);
  const about = { runId: run.id, providerId: run.providerId, personId: wish.trainerId };
  recordEvent(actor, { type: 'teaching-asked', about, facts: { requestId: String(row._id) }, tells: true });
  return requestOf(row);
}

/** Of several who were asked for one place the others are told that it is taken. */
async function takeOver({ groupId, replaces, trainerId, sessionIds, _id }: TeachingRequestRow): Promise<void> {
  if (!groupId || !replaces) return;
  for (const sessionId of sessionIds) {
    const session = await sessionById(sessionId);
    if (!session?.trainerIds.includes(replaces))
      throw new AppError('request-taken', 'gone', 'This is no longer asked for.');
    const trainers = session.trainerIds.map((id) => (id === replaces ? trainerId : id));
    await changeSession(systemActor, sessionId, { trainers });
    await AbsenceModel.deleteOne({ _id: `${sessionId}:${replaces}` });
  }
  await withdraw({ groupId, status: 'asked', _id: { $ne: _id } });
}

async function stepBack({ replaces, trainerId, sessionIds }: TeachingRequestRow): Promise<void> {
  if (replaces) return;
  for (const sessionId of sessionIds) {
    const session = await sessionById(sessionId);
    if (!session?.trainerIds.includes(trainerId) || session.endsAt <= now()) continue;
    await changeSession(systemActor, sessionId, { trainers: session.trainerIds.filter((id) => id !== trainerId) });
  }
}

async function withdraw(filter: QueryFilter<TeachingRequestRow>, actor: Actor = systemActor): Promise<void> {
  const rows = await TeachingRequestModel.find(filter).lean();
  await TeachingRequestModel.updateMany(
    { _id: { $in: rows.map(({ _id }) => _id) }, status: 'asked' },
    { $set: { status: 'withdrawn', answeredAt: now() } },
  );
  for (const { _id, runId, providerId, trainerId } of rows)
    recordEvent(actor, {
      type: 'teaching-withdrawn',
      about: { runId, providerId, personId: trainerId },
      facts: { requestId: String(_id) },
      tells: true,
    });
}

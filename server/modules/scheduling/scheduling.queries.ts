import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { scopeOf, type Actor } from '../history/index.ts';
import { RunModel, type RunRow } from './run.model.ts';
import { runOf, type Run } from './run.ts';
import { SessionModel, type SessionRow } from './session.model.ts';
import { longestSession } from './scheduling.rules.ts';
import { sessionOf, type Session } from './sessions.ts';

export type PublicRunFilter = {
  seminarIds?: readonly string[];
  provider?: string;
  /** Runs that start at this instant or later, and before the other. */
  startsFrom: Date;
  startsBefore?: Date;
  /** The last run of the page before: its start and id. */
  after?: { startsAt: Date; id: string };
  /** It is known that no run booked by module is under way: then nobody asks for one. */
  noneUnderWay?: boolean;
  limit: number;
};

/**
 * Published runs in the order of their start: first those booked by module that have begun and have modules to come. The
 * page after a run is found by its start and id, never by counting.
 */
export async function publicRuns(filter: PublicRunFilter): Promise<Run[]> {
  const { after, startsFrom, startsBefore, noneUnderWay, limit } = filter;
  const from = after && after.startsAt > startsFrom ? after.startsAt : startsFrom;
  const begun = noneUnderWay || (after && after.startsAt >= startsFrom) ? [] : await begunByModule(filter);
  if (begun.length >= limit) return begun;
  const rows = await RunModel.find({
    ...publicOnes(filter),
    startsAt: { $gte: from, ...(startsBefore && { $lt: startsBefore }) },
    ...afterwards(filter),
  })
    .sort({ startsAt: 1, _id: 1 })
    .limit(limit - begun.length)
    .lean();
  return [...begun, ...rows.map(runOf)];
}

/** Whether a public run that is booked by module is under way, or will be before `until`. */
export async function isAnyUnderWay(until: Date): Promise<boolean> {
  return (await begunByModule({ startsFrom: now(), limit: 1 }, until)).length > 0;
}

async function begunByModule(filter: PublicRunFilter, at = filter.startsFrom): Promise<Run[]> {
  const { startsFrom, startsBefore, limit } = filter;
  const before = startsBefore && startsBefore < at ? startsBefore : at;
  const rows = await RunModel.find({
    ...publicOnes(filter),
    booking: 'by-module' as const,
    'moduleStarts.at': { $gt: startsFrom },
    startsAt: { $lt: before },
    ...afterwards(filter),
  })
    .sort({ startsAt: 1, _id: 1 })
    .limit(limit)
    .lean();
  return rows.map(runOf);
}

function publicOnes({ seminarIds, provider }: PublicRunFilter) {
  return {
    status: 'published' as const,
    access: { $exists: false },
    ...(seminarIds && { seminarId: { $in: seminarIds.map((id) => new Types.ObjectId(id)) } }),
    ...(provider && { providerId: provider }),
  };
}

function afterwards({ after }: PublicRunFilter) {
  if (!after) return {};
  const { startsAt, id } = after;
  return { $or: [{ startsAt: { $gt: startsAt } }, { startsAt, _id: { $gt: new Types.ObjectId(id) } }] };
}

/** A run and its sessions in the order of time, in one read: every booking needs both. */
export async function runWithSessions(id: string): Promise<{ run: Run; sessions: Session[] } | undefined> {
  if (!Types.ObjectId.isValid(id)) return undefined;
  const [found] = await RunModel.aggregate<RunRow & { sessions: SessionRow[] }>([
    { $match: { _id: new Types.ObjectId(id) } },
    { $lookup: { from: 'sessions', localField: '_id', foreignField: 'runId', as: 'sessions' } },
  ]);
  if (!found) return undefined;
  const { sessions, ...row } = found;
  const inOrder = sessions.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  return { run: runOf(row), sessions: inOrder.map(sessionOf) };
}

/** The runs a coordinator plans, by their start, at most `limit`; those without dates stay until they have some. */
export async function runsToPlan(actor: Actor, filter: { from: Date; limit: number }): Promise<Run[]> {
  const scope = scopeOf(actor);
  const own = scope !== 'everything' && { providerId: { $in: [...scope] } };
  const { from, limit } = filter;
  // By their end, for which there is an index; those that began long before are few.
  const dated = await RunModel.find({ ...own, endsAt: { $gte: from } })
    .sort({ endsAt: 1 })
    .limit(limit)
    .lean();
  const undated = await RunModel.find({ ...own, status: 'postponed', endsAt: { $lt: from } })
    .sort({ endsAt: 1 })
    .limit(limit)
    .lean();
  return [undated, dated].flatMap((rows) => rows.toSorted(byStart)).map(runOf);
}

const byStart = (one: { startsAt: Date }, other: { startsAt: Date }): number =>
  one.startsAt.getTime() - other.startsAt.getTime();

/** Public runs whose last session is over, at most `limit`. */
export async function runsToComplete(at: Date, limit: number): Promise<Run[]> {
  const rows = await RunModel.find({ status: 'published', endsAt: { $lte: at } })
    .limit(limit)
    .lean();
  return rows.map(runOf);
}

/** Runs by id; ids of none are left out. Asks for no permission: for those inside. */
export async function runsByIds(ids: readonly string[]): Promise<Map<string, Run>> {
  if (ids.length === 0) return new Map();
  const rows = await RunModel.find({ _id: { $in: [...new Set(ids)] } }).lean();
  return new Map(rows.map((row) => [String(row._id), runOf(row)]));
}

/** Published runs with a cut-off that begin between now and `before`, the next one first: at most 500. */
export async function runsAboutToBegin(before: Date): Promise<Run[]> {
  const rows = await RunModel.find({
    status: 'published',
    startsAt: { $gt: now(), $lt: before },
    'policy.cutOffHours': { $gt: 0 },
  })
    .sort({ startsAt: 1 })
    .limit(500)
    .lean();
  return rows.map(runOf);
}

/** The sessions somebody teaches that end after `from`, the next one first. */
export async function sessionsOfTrainer(personId: string, from: Date): Promise<Session[]> {
  const startsAt = { $gt: new Date(from.getTime() - longestSession) };
  const rows = await SessionModel.find({
    trainerIds: new Types.ObjectId(personId),
    startsAt,
    endsAt: { $gte: from },
  })
    .sort({ startsAt: 1 })
    .limit(200)
    .lean();
  return rows.map(sessionOf);
}

/** The sessions of any run that overlap this one in time and take place, at most 500. */
export async function sessionsDuring({ startsAt, endsAt }: Pick<Session, 'startsAt' | 'endsAt'>): Promise<Session[]> {
  // No session is longer than a week, so the index on the start says where to look.
  const earliest = new Date(startsAt.getTime() - longestSession);
  const rows = await SessionModel.find({ startsAt: { $gt: earliest, $lt: endsAt }, endsAt: { $gt: startsAt } })
    .limit(500)
    .lean();
  const runs = await RunModel.find({ _id: { $in: rows.map(({ runId }) => runId) }, status: 'published' }, { _id: 1 });
  const taking = new Set(runs.map(({ _id }) => String(_id)));
  return rows.map(sessionOf).filter(({ runId }) => taking.has(runId));
}

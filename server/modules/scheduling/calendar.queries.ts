import { Types } from 'mongoose';
import { seminarsByIds } from '../catalogue/index.ts';
import { scopeOf, type Actor } from '../history/index.ts';
import { RunModel, type RunRow, type RunStatus } from './run.model.ts';
import { longestSession } from './scheduling.rules.ts';
import { SessionModel, type SessionRow } from './session.model.ts';
import { sessionOf, type Session } from './session.ts';
import { sessionsAsSeenBy, type Seen } from './room-plan.ts';

type Span = { from: Date; to: Date };

/** A session as a calendar shows it. `isOverridden`: somebody planned it although something speaks against it. */
export type CalendarEntry = Session & {
  title: string;
  language: string;
  providerId: string;
  status: RunStatus;
  isOverridden: boolean;
};

const most = 2_000;

/** The sessions that overlap the span, of the runs that the actor plans, at most 2,000; `provider`: of that one only. */
export async function plannedDuring(
  actor: Actor,
  { from, to, provider }: Span & { provider?: string },
): Promise<CalendarEntry[]> {
  const scope = scopeOf(actor);
  const providers =
    scope === 'everything' ? provider && [provider] : provider ? scope.filter((id) => id === provider) : scope;
  const runs = await RunModel.find(
    { ...(providers && { providerId: { $in: [...providers] } }), startsAt: { $lt: to }, endsAt: { $gt: from } },
    { seminarId: 1, providerId: 1, status: 1 },
  )
    .limit(most)
    .lean<RunFacts[]>();
  const rows = await SessionModel.find({ runId: { $in: runs.map(({ _id }) => _id) }, ...starting({ from, to }) })
    .sort({ startsAt: 1 })
    .limit(most)
    .lean();
  return entriesOf(
    rows.filter(({ endsAt }) => endsAt > from),
    runs,
  );
}

/** The sessions of a trainer that overlap the span; nothing of drafts. Asks for no permission: for the trainer's own pages. */
export async function taughtDuring(trainerId: string, { from, to }: Span): Promise<CalendarEntry[]> {
  const rows = await SessionModel.find({ trainerIds: new Types.ObjectId(trainerId), ...starting({ from, to }) })
    .sort({ startsAt: 1 })
    .limit(most)
    .lean();
  const runs = await RunModel.find(
    { _id: { $in: rows.map(({ runId }) => runId) }, status: { $ne: 'draft' } },
    { seminarId: 1, providerId: 1, status: 1 },
  ).lean<RunFacts[]>();
  return entriesOf(
    rows.filter(({ endsAt }) => endsAt > from),
    runs,
  );
}

/** What stands in these rooms during the span: other providers' sessions as far as one may know. */
export async function inRoomsDuring(
  actor: Actor,
  roomIds: readonly string[],
  { from, to }: Span,
): Promise<Seen<Session & { isOverridden: boolean }>[]> {
  const rows = await SessionModel.find({
    roomId: { $in: roomIds.map((id) => new Types.ObjectId(id)) },
    ...starting({ from, to }),
  })
    .sort({ startsAt: 1 })
    .limit(most)
    .lean();
  const sessions = rows
    .filter(({ endsAt }) => endsAt > from)
    .map((row) => ({ ...sessionOf(row), isOverridden: isOverridden(row) }));
  return sessionsAsSeenBy(actor, sessions);
}

type RunFacts = Pick<RunRow, '_id' | 'seminarId' | 'providerId' | 'status'>;

/** No session is longer than `longestSession`, so the index on the start says where to look. */
function starting({ from, to }: Span) {
  return { startsAt: { $gt: new Date(from.getTime() - longestSession), $lt: to } };
}

async function entriesOf(rows: readonly SessionRow[], runs: readonly RunFacts[]): Promise<CalendarEntry[]> {
  const byId = new Map(runs.map((run) => [String(run._id), run]));
  const seminars = await seminarsByIds([...new Set(runs.map(({ seminarId }) => String(seminarId)))]);
  return rows.flatMap((row) => {
    const run = byId.get(String(row.runId));
    const seminar = run && seminars.get(String(run.seminarId));
    if (!run || !seminar) return [];
    const { providerId, status } = run;
    const { title, language } = seminar;
    // Made longer in place: a month has hundreds, and a copy of each is what the page would spend most of its time on.
    return [Object.assign(sessionOf(row), { title, language, providerId, status, isOverridden: isOverridden(row) })];
  });
}

function isOverridden({ overrides = [] }: SessionRow): boolean {
  return overrides.length > 0;
}

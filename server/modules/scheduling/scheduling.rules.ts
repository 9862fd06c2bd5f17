import { DateTime } from 'luxon';
import { AppError } from '../../platform/errors.ts';

type Sitting = { startsAt: Date; endsAt: Date };
type PlannedSitting = Sitting & { timeZone: string; location: string };

/** A sitting may go on over night, and over several days. In milliseconds. */
export const longestSession = 7 * 24 * 3_600_000;

/** What the catalogue sorts and filters by, read off a run's sessions. */
export function summaryOf(sessions: readonly PlannedSitting[]): PlannedSitting {
  const inOrder = sessions.toSorted(byStart);
  const first = inOrder[0];
  if (!first) throw noSession();
  const endsAt = new Date(Math.max(...inOrder.map((session) => session.endsAt.getTime())));
  return { startsAt: first.startsAt, endsAt, timeZone: first.timeZone, location: first.location };
}

/** When the first session of each module begins, the next one first. */
export function moduleStartsOf(
  sessions: readonly { moduleId?: string; startsAt: Date }[],
): { moduleId: string; at: Date }[] {
  const starts = new Map<string, Date>();
  for (const { moduleId, startsAt } of sessions) {
    const known = moduleId === undefined ? undefined : starts.get(moduleId);
    if (moduleId !== undefined && (!known || startsAt < known)) starts.set(moduleId, startsAt);
  }
  return [...starts]
    .map(([moduleId, at]) => ({ moduleId, at }))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** Refuses a plan nobody could sit through. @throws session-ends-before-it-starts, session-too-long, sessions-overlap, no-session */
export function checkPlan(sessions: readonly Sitting[]): void {
  if (sessions.length === 0) throw noSession();
  sessions.forEach((session, index) => checkSitting(session, index));

  sessions.toSorted(byStart).forEach((session, index, inOrder) => {
    const next = inOrder[index + 1];
    if (next && next.startsAt < session.endsAt)
      throw new AppError('sessions-overlap', 'invalid', 'Two sessions of the run overlap.', {
        session: sessions.indexOf(next),
      });
  });
}

/**
 * Until when whoever booked before a change of dates may cancel whatever the run's deadline says: the end of the seventh
 * day, on the clock of the next session's place, at the latest when that begins.
 */
export function freeCancellationUntil(at: Date, next: { startsAt: Date; timeZone: string }): Date {
  const endOfDay = DateTime.fromJSDate(at, { zone: next.timeZone }).plus({ days: 7 }).endOf('day').startOf('minute');
  return new Date(Math.min(endOfDay.toMillis(), next.startsAt.getTime()));
}

/** A link opens the online room, so only those who sit in the run are shown it. */
export function isOnline(location: string): boolean {
  return /^https:\/\//i.test(location);
}

function checkSitting({ startsAt, endsAt }: Sitting, session: number): void {
  const duration = endsAt.getTime() - startsAt.getTime();
  if (duration <= 0)
    throw new AppError('session-ends-before-it-starts', 'invalid', 'A session ends before it starts.', { session });
  if (duration > longestSession)
    throw new AppError('session-too-long', 'invalid', 'A session lasts longer than a week.', { session });
}

function noSession(): AppError {
  return new AppError('no-session', 'invalid', 'A run needs at least one session.');
}

function byStart(one: Sitting, other: Sitting): number {
  return one.startsAt.getTime() - other.startsAt.getTime();
}

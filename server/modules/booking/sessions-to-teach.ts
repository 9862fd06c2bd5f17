import { DateTime } from 'luxon';
import { now } from '../../platform/clock.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { isTrainer, type Actor } from '../history/index.ts';
import {
  absencesIn,
  runById,
  sessionById,
  sessionsOfRun,
  sessionsOfTrainer,
  type Session,
} from '../scheduling/index.ts';
import { accessNeedsIn, type AccessNeed } from './access-needs.ts';
import { detailsOf } from './booking.queries.ts';
import { heldIn } from './booking.rules.ts';
import type { RunListing } from './booking.types.ts';
import { confirmedBookings } from './bookings.ts';
import { headCountOf, namesWanted, type HeadCount } from './head-count.rules.ts';
import { seatedInSession, sitsIn } from './units.rules.ts';

/** A session as its trainer sees it: names and numbers, never an address. `expected`: places held in it; `unnamed`: places held for nobody named yet. */
export type SessionToTeach = RunListing & { session: Session; number: number; of: number; expected: number };
export type SessionWithParticipants = SessionToTeach & {
  participants: string[];
  unnamed: number;
  /** Groups that come by the number of heads. */
  groups: HeadCount[];
  /** What participants need; only around the date. */
  needs: AccessNeed[];
  /** The trainer has said that they cannot come, and nobody has taken over yet. */
  isAbsent: boolean;
};

const longestRun = 10_000;

/** The sessions of a trainer from the beginning of today on, the next one first; nothing of drafts. @throws not-allowed */
export async function sessionsToTeach(actor: Actor): Promise<SessionToTeach[]> {
  const trainer = trainerIn(actor);
  const sessions = await sessionsOfTrainer(trainer, new Date(now().getTime() - 86_400_000));
  const shown = await Promise.all(sessions.filter(isStillToday).map(withRun));
  return shown.filter(({ run }) => run.status !== 'draft');
}

/** One session with its participants, for whoever teaches it. @throws not-allowed, not-found also when somebody else teaches it */
export async function sessionToTeach(actor: Actor, sessionId: string): Promise<SessionWithParticipants> {
  const trainer = trainerIn(actor);
  const session = await sessionById(sessionId);
  if (!session?.trainerIds.includes(trainer)) throw notFound('session');
  const shown = await withRun(session);
  if (shown.run.status === 'draft') throw notFound('session');

  const bookings = await confirmedBookings(session.runId, 0, longestRun);
  const concerned = bookings.filter(({ units }) => sitsIn(units, session));
  const named = concerned.flatMap((booking) => seatedInSession(booking, session));
  return {
    ...shown,
    participants: named.map(({ name }) => name).toSorted((one, other) => one.localeCompare(other, 'de')),
    needs: isNear(session) ? await accessNeedsIn(session.runId) : [],
    isAbsent: (await absencesIn(session.runId)).some(
      (one) => one.sessionId === session.id && one.trainerId === trainer,
    ),
    unnamed: concerned.reduce((sum, booking) => sum + (booking.group ? 0 : namesWanted(booking)), 0),
    groups: concerned.flatMap((booking) => headCountOf(booking) ?? []),
  };
}

function trainerIn(actor: Actor): string {
  if (actor.kind !== 'person') throw new AppError('not-signed-in', 'not-signed-in', 'Sign in first.');
  if (!isTrainer(actor)) throw new AppError('not-allowed', 'not-allowed', 'Only trainers have sessions.');
  return actor.personId;
}

/** From a week before the session to a day after it: who prepares it needs to know, nobody else and no longer. */
function isNear({ startsAt, endsAt }: Session): boolean {
  const at = now().getTime();
  return startsAt.getTime() - 7 * 86_400_000 <= at && at <= endsAt.getTime() + 86_400_000;
}

/** What ended this morning is still part of the day. */
function isStillToday({ endsAt, timeZone }: Session): boolean {
  return endsAt >= DateTime.fromJSDate(now(), { zone: timeZone }).startOf('day').toJSDate();
}

async function withRun(session: Session): Promise<SessionToTeach> {
  const run = await runById(session.runId);
  if (!run) throw notFound('run');
  const [{ sessions: _all, ...listing }, sessions] = [await detailsOf(run), await sessionsOfRun(run.id)];
  const number = sessions.findIndex(({ id }) => id === session.id) + 1;
  return { ...listing, session, number, of: sessions.length, expected: heldIn(listing.places, session) };
}

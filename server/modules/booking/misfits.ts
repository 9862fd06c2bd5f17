import { now } from '../../platform/clock.ts';
import { coordinates, type Actor } from '../history/index.ts';
import { runById, sessionsDuring, sessionsOfRun, type Session } from '../scheduling/index.ts';
import { seminarById } from '../catalogue/index.ts';
import { BookingModel } from './booking.model.ts';
import { mayCancelUntil } from './booking.rules.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf, bookingsOfRun } from './bookings.ts';
import { seatedInSession, sessionsOfUnits } from './units.rules.ts';

/**
 * What no longer fits with the plan as it is: somebody sits in two places at once (`title` of the other seminar only for
 * those who plan it), or the deadline for cancelling is past for somebody who is not given a later one.
 */
export type Misfit =
  | { kind: 'two-places'; name: string; session: Session; other: Session; title?: string }
  | { kind: 'deadline-past'; bookings: number; freeUntil?: Date };

/** Looks at the people in these sessions of a run. Asks for no permission: for rehearsals of what was permitted. */
export async function misfitsIn(actor: Actor, runId: string, sessionIds: readonly string[]): Promise<Misfit[]> {
  const changed = (await sessionsOfRun(runId)).filter(({ id }) => sessionIds.includes(id));
  const bookings = (await bookingsOfRun(runId)).filter(({ status }) => status === 'confirmed');
  const twice: Misfit[] = [];
  for (const session of changed) twice.push(...(await sittingTwice(actor, session, bookings)));
  return [...twice, ...(await pastDeadline(runId, bookings, changed))];
}

async function sittingTwice(actor: Actor, session: Session, bookings: readonly Booking[]): Promise<Misfit[]> {
  const names = new Map(bookings.flatMap((one) => seatedInSession(one, session)).map(({ key, name }) => [key, name]));
  const others = (await sessionsDuring(session)).filter(({ runId }) => runId !== session.runId);
  if (names.size === 0 || others.length === 0) return [];

  const rows = await BookingModel.find({
    runId: { $in: [...new Set(others.map(({ runId }) => runId))] },
    status: 'confirmed',
    'participants.key': { $in: [...names.keys()] },
  }).lean();
  const found: Misfit[] = [];
  for (const other of others)
    for (const booking of rows.filter(({ runId }) => runId === other.runId).map(bookingOf))
      for (const { key } of seatedInSession(booking, other)) {
        const name = names.get(key);
        if (name !== undefined)
          found.push({ kind: 'two-places', name, session, other, ...(await titleFor(actor, other)) });
      }
  return found;
}

async function titleFor(actor: Actor, { runId }: Session): Promise<{ title?: string }> {
  const run = await runById(runId);
  if (!run || !coordinates(actor, run.providerId)) return {};
  const title = (await seminarById(run.seminarId))?.title;
  return title === undefined ? {} : { title };
}

/** Those whose own deadline would be past already: they are free to cancel until the time that the mails name. */
async function pastDeadline(
  runId: string,
  bookings: readonly Booking[],
  changed: readonly Session[],
): Promise<Misfit[]> {
  const run = await runById(runId);
  if (!run || changed.length === 0) return [];
  const sessions = await sessionsOfRun(runId);
  const late = bookings.filter(({ units }) => {
    const startsAt = sessionsOfUnits(units, sessions)[0]?.startsAt ?? run.startsAt;
    return mayCancelUntil({ ...run, startsAt }) <= now();
  });
  if (late.length === 0) return [];
  const until = Math.min(...late.map(({ freeCancellationUntil }) => freeCancellationUntil?.getTime() ?? 0));
  return [
    { kind: 'deadline-past', bookings: late.length, ...(until > now().getTime() && { freeUntil: new Date(until) }) },
  ];
}

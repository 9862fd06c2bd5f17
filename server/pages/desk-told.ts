import type { Told } from '../../templates/desk/session-form.tsx';
import { seatedInSession, sitsIn, type QueueEntry } from '../modules/booking/index.ts';
import type { Session } from '../modules/scheduling/index.ts';

/** Who hears that a session moved: those who sit, bookers who do not sit themselves, and who teaches it. */
export function toldOfMove(queue: readonly QueueEntry[], session?: Session): Told {
  const seated = queue.filter(({ status, units }) => status === 'confirmed' && (!session || sitsIn(units, session)));
  const participants = session
    ? seated.reduce((sum, booking) => sum + seatedInSession(booking, session).length, 0)
    : participantsIn(seated);
  return {
    participants,
    bookers: seated.filter(sitsNotAlong).length,
    trainers: session?.trainerIds.length ?? 0,
  };
}

/** Who hears that a run is cancelled: everybody in an active booking, also those who wait, and all its trainers. */
export function toldOfCancellation(queue: readonly QueueEntry[], sessions: readonly Session[]): Told {
  return {
    participants: participantsIn(queue.filter(({ status }) => status === 'confirmed')),
    bookers: activeIn(queue).length,
    trainers: new Set(sessions.flatMap(({ trainerIds }) => trainerIds)).size,
  };
}

export function activeIn(queue: readonly QueueEntry[]): QueueEntry[] {
  return queue.filter(({ status }) => ['requested', 'waiting', 'offered', 'confirmed'].includes(status));
}

function participantsIn(bookings: readonly QueueEntry[]): number {
  return bookings.reduce((sum, { participants }) => sum + participants.filter((one) => !one.sitsElsewhere).length, 0);
}

function sitsNotAlong({ booker, participants }: QueueEntry): boolean {
  return !participants.some(({ email }) => email.toLowerCase() === booker.email.toLowerCase());
}

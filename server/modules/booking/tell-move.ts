import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { postOnce, withdrawMessages, type NewMessage } from '../mail/index.ts';
import { runWithSessions } from '../scheduling/index.ts';
import { confirmedBookings } from './bookings.ts';
import { seated } from './booking.rules.ts';
import type { Booking } from './booking.types.ts';
import { remindersToCome, type PlannedReminder } from './reminders.rules.ts';
import { messageKey } from './tell-booking.ts';

const pageSize = 25;

/** A move to be told: `before` is the sitting as it was, `eventId` makes the messages' keys this move's own. */
export type Move = { eventId: string; runId: string; sessionId: string; before: unknown };

/**
 * Tells the next page of a run's bookings that a session moved: participants get the update for their calendar, bookers
 * who do not sit in it a note, and the reminders are written anew. Gives the number to go on after, if there are more.
 */
export async function tellMove(move: Move, afterNumber: number): Promise<number | undefined> {
  const page = await confirmedBookings(move.runId, afterNumber, pageSize);
  const reminders = await remindersNow(move.runId);
  for (const booking of page) {
    await withdrawMessages({ bookingId: booking.id }, ['reminder'], 'session-moved');
    await postOnce([...updatesOf(move, booking), ...remindersAnew(move, booking, reminders)]);
  }
  return page.length === pageSize ? page.at(-1)?.number : undefined;
}

function updatesOf(move: Move, booking: Booking): NewMessage[] {
  const about = { runId: move.runId, sessionId: move.sessionId, bookingId: booking.id };
  const facts = { before: move.before };
  const updates = seated(booking).map((participant): NewMessage => {
    const key = messageKey('invitation-updated', participant.id, move.eventId);
    return {
      key,
      kind: 'invitation-updated',
      to: { bookingId: booking.id, participantId: participant.id },
      about,
      facts,
    };
  });
  const sitsThere = booking.participants.some(
    ({ email }) => email.toLowerCase() === booking.booker.email.toLowerCase(),
  );
  if (sitsThere) return updates;
  const key = `session-moved:${booking.id}:${move.eventId}`;
  return [...updates, { key, kind: 'session-moved', to: { bookingId: booking.id }, about, facts }];
}

/** What the plan says since the move, the same for everybody in the run. */
async function remindersNow(runId: string): Promise<PlannedReminder[]> {
  const found = await runWithSessions(runId);
  if (!found) throw notFound('run');
  return remindersToCome(found.run.reminders, found.sessions, now());
}

function remindersAnew(move: Move, booking: Booking, reminders: readonly PlannedReminder[]): NewMessage[] {
  return seated(booking).flatMap((participant) =>
    reminders.map(({ sessionId, ruleId, dueAt }): NewMessage => {
      const key = messageKey('reminder', participant.id, `${sessionId}:${ruleId}:${move.eventId}`);
      const about = { runId: move.runId, sessionId, bookingId: booking.id };
      const to = { bookingId: booking.id, participantId: participant.id };
      return { key, kind: 'reminder', to, about, facts: { ruleId }, dueAt };
    }),
  );
}

import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { postOnce, withdrawMessages, type NewMessage } from '../mail/index.ts';
import { runById, sessionsOfRun } from '../scheduling/index.ts';
import { confirmedBookings } from './bookings.ts';
import type { Booking, Participant } from './booking.types.ts';
import { remindersToCome } from './reminders.rules.ts';
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
  for (const booking of page) {
    await withdrawMessages({ bookingId: booking.id }, ['reminder'], 'session-moved');
    await postOnce([...updatesOf(move, booking), ...(await remindersAnew(move, booking))]);
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

async function remindersAnew(move: Move, booking: Booking): Promise<NewMessage[]> {
  const run = await runById(move.runId);
  if (!run) throw notFound('run');
  const reminders = remindersToCome(run.reminders, await sessionsOfRun(move.runId), now());
  return seated(booking).flatMap((participant) =>
    reminders.map(({ sessionId, ruleId, dueAt }): NewMessage => {
      const key = messageKey('reminder', participant.id, `${sessionId}:${ruleId}:${move.eventId}`);
      const about = { runId: move.runId, sessionId, bookingId: booking.id };
      const to = { bookingId: booking.id, participantId: participant.id };
      return { key, kind: 'reminder', to, about, facts: { ruleId }, dueAt };
    }),
  );
}

function seated(booking: Booking): Participant[] {
  return booking.participants.filter(({ sitsElsewhere }) => !sitsElsewhere);
}

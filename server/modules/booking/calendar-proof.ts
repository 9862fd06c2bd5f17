import { Types } from 'mongoose';
import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { contentFingerprint, sessionUid } from '../calendar/index.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import {
  lastInvitations,
  messagesAbout,
  messagesById,
  postMessage,
  saysSo,
  type LastInvitation,
  type MessageKind,
} from '../mail/index.ts';
import { calendarEntry, runToPlan, sessionsSetAside, type Session } from '../scheduling/index.ts';
import { bookingById } from './bookings.ts';
import { runDetails } from './booking.queries.ts';
import type { Booking, Participant, RunDetails } from './booking.types.ts';
import { seatedInSession } from './units.rules.ts';

/**
 * How an entry stands: `right`: the mail server took what is true now; `on-its-way`: a mail is waiting or being sent;
 * `not-delivered`: the mail that said it failed; `behind`: nothing of it was sent yet, or not what is true now.
 */
export type CalendarState = 'right' | 'on-its-way' | 'not-delivered' | 'behind';

/** One session in the calendar of one person. `ought`: what the calendar should show; `last`: what was sent last. */
export type ProvenEntry = {
  session: Pick<Session, 'id' | 'startsAt' | 'endsAt' | 'timeZone' | 'location'>;
  ought: 'shown' | 'not-shown';
  last?: { method: 'REQUEST' | 'CANCEL'; sequence: number; at: Date };
  /** What the calendar answered to the last invitation. */
  answer?: NonNullable<LastInvitation['answer']>['answer'];
  state: CalendarState;
  isOver: boolean;
};
export type CalendarProof = { participant: Participant; entries: ProvenEntry[]; mayBeSentAgain: boolean };

const calendarKinds: readonly MessageKind[] = ['invitation', 'invitation-updated', 'invitation-cancelled'];

/** What the calendar of everybody in a booking was told, and whether it is right. @throws not-found also for whoever may not see it */
export async function calendarProof(actor: Actor, bookingId: string): Promise<CalendarProof[]> {
  const booking = await bookingById(actor, bookingId);
  return proofOf(booking, await runDetails(actor, booking.runId));
}

/**
 * Sends one person the present state of every entry that is not over: invitations to what they sit in, cancellations of
 * what they do not. An entry on its way already is not sent twice. Gives how many mails go out. @throws not-found
 */
export function sendCalendarAgain(actor: Actor, bookingId: string, participantId: string): Promise<number> {
  return inTransaction(async () => {
    const booking = await bookingById(actor, bookingId);
    const run = await runToPlan(actor, booking.runId);
    const proofs = await proofOf(booking, await runDetails(actor, booking.runId));
    const proof = proofs.find(({ participant }) => participant.id === participantId);
    if (!proof) throw notFound('participant');

    const entries = proof.entries.filter(isToBeSent);
    const act = String(new Types.ObjectId());
    for (const { session, ought } of entries)
      postMessage({
        key: `calendar-again:${act}:${session.id}`,
        kind: ought === 'shown' ? 'invitation' : 'invitation-cancelled',
        to: { bookingId, participantId },
        about: { runId: run.id, sessionId: session.id, bookingId },
        facts: { again: true },
      });
    const about = { runId: run.id, bookingId, providerId: run.providerId };
    const facts = { participantId, mails: entries.length };
    if (entries.length > 0) recordEvent(actor, { type: 'calendar-sent-again', about, facts });
    return entries.length;
  });
}

async function proofOf(booking: Booking, course: RunDetails): Promise<CalendarProof[]> {
  const sessions = [...course.sessions, ...(await sessionsSetAside(booking.runId))];
  const uids = booking.participants.flatMap(({ key }) => sessions.map(({ id }) => sessionUid(id, key)));
  const last = await lastInvitations(uids);
  const sent = new Map(
    (await messagesById([...last.values()].map(({ messageId }) => messageId))).map((one) => [one.id, one]),
  );
  const waiting = (await messagesAbout(booking.id)).filter(
    ({ kind, state }) => calendarKinds.includes(kind) && (state === 'due' || state === 'claimed'),
  );
  return booking.participants.map((participant) => {
    const entries = sessions.flatMap((session): ProvenEntry[] => {
      const isDue = waiting.some(
        ({ to, about }) =>
          'participantId' in to && to.participantId === participant.id && about.sessionId === session.id,
      );
      const told = last.get(sessionUid(session.id, participant.key));
      const isShown = isShownTo(participant, session, booking, course);
      if (!isShown && !told) return [];
      const wish = wishOf(participant, session, course, isShown);
      const message = told && sent.get(told.messageId);
      const { id, startsAt, endsAt, timeZone, location } = session;
      return [
        {
          session: { id, startsAt, endsAt, timeZone, location },
          ought: isShown ? 'shown' : 'not-shown',
          ...(told && { last: { method: told.method, sequence: told.sequence, at: message?.settledAt ?? now() } }),
          ...(told?.answer?.sequence === told?.sequence && told?.answer && { answer: told.answer.answer }),
          state: stateOf(told, wish, { isDue, outcome: message?.state }),
          isOver: session.endsAt <= now(),
        },
      ];
    });
    return { participant, entries, mayBeSentAgain: entries.some(isToBeSent) };
  });
}

function isShownTo(participant: Participant, session: Session, booking: Booking, course: RunDetails): boolean {
  return (
    booking.status === 'confirmed' &&
    course.run.status === 'published' &&
    course.sessions.some(({ id }) => id === session.id) &&
    seatedInSession(booking, session).some(({ id }) => id === participant.id)
  );
}

function wishOf(participant: Participant, session: Session, course: RunDetails, isShown: boolean) {
  const entry = calendarEntry(course, session, { key: participant.key, sequence: 0 });
  return { method: isShown ? ('REQUEST' as const) : ('CANCEL' as const), fingerprint: contentFingerprint(entry) };
}

function stateOf(
  told: LastInvitation | undefined,
  wish: ReturnType<typeof wishOf>,
  { isDue, outcome }: { isDue: boolean; outcome: string | undefined },
): CalendarState {
  if (isDue) return 'on-its-way';
  if (outcome === 'failed') return 'not-delivered';
  return told && saysSo(told, wish) ? 'right' : 'behind';
}

function isToBeSent({ isOver, state, ought, last }: ProvenEntry): boolean {
  return !isOver && state !== 'on-its-way' && (ought === 'shown' || last !== undefined);
}

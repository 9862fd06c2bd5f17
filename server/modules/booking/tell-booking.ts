import { postMessage, withdrawMessages, type MessageKind, type Recipient } from '../mail/index.ts';
import type { BookingRow, ParticipantRow } from './booking.model.ts';
import { seated } from './booking.rules.ts';
import { remindersToCome } from './reminders.rules.ts';
import type { OpenRun } from './lane.ts';

type Telling = Pick<OpenRun, 'run' | 'sessions' | 'at'>;

/** The booker is told at once, every participant is invited to each session, and the reminders are written down. */
export function tellConfirmed(open: Telling, row: BookingRow): void {
  if (!isOnlyTheirOwn(row)) toBooker(open, row, 'booking-confirmed');
  tellSittingElsewhere(open, row);
  inviteAndRemind(open, row);
}

export function tellPromoted(open: Telling, row: BookingRow): void {
  if (!isOnlyTheirOwn(row)) toBooker(open, row, 'promoted');
  inviteAndRemind(open, row);
}

export function tellWaiting(open: Telling, row: BookingRow): void {
  if (!isOnlyTheirOwn(row)) toBooker(open, row, 'waiting-list-joined');
  tellSittingElsewhere(open, row);
}

/** What was not sent yet is taken back; what was sent is cancelled in every calendar. */
export async function tellCancelled(open: Telling, row: BookingRow, kind: MessageKind): Promise<void> {
  await withdrawMessages({ bookingId: String(row._id) }, notYetSent, 'booking-cancelled');
  toBooker(open, row, kind);
  if (row.status !== 'confirmed') return;
  for (const participant of seated(row))
    for (const session of open.sessions.filter(({ endsAt }) => endsAt > open.at))
      toParticipant(open, row, participant, { kind: 'invitation-cancelled', sessionId: session.id, key: session.id });
}

const notYetSent: readonly MessageKind[] = [
  'booking-confirmed',
  'waiting-list-joined',
  'promoted',
  'invitation',
  'invitation-updated',
  'reminder',
];

function inviteAndRemind(open: Telling, row: BookingRow): void {
  for (const participant of seated(row)) {
    for (const session of open.sessions.filter(({ startsAt }) => startsAt > open.at))
      toParticipant(open, row, participant, { kind: 'invitation', sessionId: session.id, key: session.id });
    for (const reminder of remindersToCome(open.run.reminders, open.sessions, open.at))
      toParticipant(open, row, participant, {
        kind: 'reminder',
        sessionId: reminder.sessionId,
        key: `${reminder.sessionId}:${reminder.ruleId}`,
        dueAt: reminder.dueAt,
        facts: { ruleId: reminder.ruleId },
      });
  }
}

/** Whoever sits in the run already learns by a mail of their own that they were named again; nobody else learns it. */
function tellSittingElsewhere(open: Telling, row: BookingRow): void {
  for (const participant of row.participants.filter(({ sitsElsewhere }) => sitsElsewhere))
    toParticipant(open, row, participant, { kind: 'already-booked', key: String(row._id) });
}

/** Bookers who booked nothing but the place they have already are told that, instead of what a stranger is told. */
function isOnlyTheirOwn(row: BookingRow): boolean {
  const [first] = row.participants;
  return row.placesTaken === 0 && row.participants.length === 1 && first?.email === row.booker.email;
}

function toBooker(open: Telling, row: BookingRow, kind: MessageKind): void {
  const bookingId = String(row._id);
  postMessage({ key: `${kind}:${bookingId}`, kind, to: { bookingId }, about: { runId: open.run.id, bookingId } });
}

function toParticipant(
  open: Telling,
  row: BookingRow,
  participant: ParticipantRow,
  message: { kind: MessageKind; sessionId?: string; key: string; dueAt?: Date; facts?: Record<string, unknown> },
): void {
  const bookingId = String(row._id);
  const participantId = String(participant._id);
  const { kind, sessionId, key, dueAt, facts } = message;
  const to: Recipient = { bookingId, participantId };
  postMessage({
    key: messageKey(kind, participantId, key),
    kind,
    to,
    about: { runId: open.run.id, ...(sessionId && { sessionId }), bookingId },
    ...(dueAt && { dueAt }),
    ...(facts && { facts }),
  });
}

/** The unique key of a participant's message: `what` names the session, and the rule of a reminder. */
export function messageKey(kind: MessageKind, participantId: string, what: string): string {
  return `${kind}:${participantId}:${what}`;
}

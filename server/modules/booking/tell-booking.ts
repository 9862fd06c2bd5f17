import {
  postMessage,
  reminderKinds,
  replaceMessages,
  withdrawMessages,
  type MessageKind,
  type Recipient,
} from '../mail/index.ts';
import type { BookingRow, ParticipantRow } from './booking.model.ts';
import { seated } from './booking.rules.ts';
import { remindedOf, remindersOfBooking, remindersToParticipants } from './reminder-messages.ts';
import type { OpenRun } from './lane.ts';
import { sessionsSetAside, type Session } from '../scheduling/index.ts';
import { seatedInSession } from './units.rules.ts';

type Telling = Pick<OpenRun, 'run' | 'sessions' | 'daysOff' | 'at'>;

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

/** Who approves has done so: the booker is told at once, and everybody who sits there is invited. */
export function tellApproved(open: Telling, row: BookingRow): void {
  if (!isOnlyTheirOwn(row)) toBooker(open, row, 'booking-confirmed');
  inviteAndRemind(open, row);
}

/** A booking came over from another run: its old sessions leave the calendars, its new ones come in, and the booker hears both. */
export async function tellMoved(
  { from, into }: { from: Telling; into: Telling },
  before: BookingRow,
  after: BookingRow,
  { changeId, transfer }: { changeId?: string | undefined; transfer?: { stays?: string } } = {},
): Promise<void> {
  const bookingId = String(after._id);
  await withdrawMessages({ bookingId }, notYetSent, transfer ? 'transferred' : 'run-merged');
  const because = transfer && { because: 'transferred' };
  if (before.status === 'confirmed') cancelInCalendars(from, before, from.sessions, { changeId, ...because });
  // That the places are held there, and until when, the booker hears with the question whether they are approved.
  if (after.status === 'requested') return tellSittingElsewhere(into, after);
  postMessage({
    // A booking may come into the same run again, each time under another number.
    key: `booking-moved:${bookingId}:${into.run.id}:${after.number}`,
    kind: 'booking-moved',
    to: { bookingId },
    about: { runId: into.run.id, bookingId, ...(changeId && { changeId }) },
    facts: {
      fromRunId: from.run.id,
      units: before.units,
      waited: before.status !== 'confirmed',
      ...because,
      ...transfer,
    },
  });
  tellSittingElsewhere(into, after);
  inviteAndRemind(into, after);
}

export function tellWaiting(open: Telling, row: BookingRow): void {
  // Of several runs that were wished for, the mail about the first one names the others.
  const isNamedElsewhere = row.wish !== undefined && row.wish.rank > 1;
  if (!isOnlyTheirOwn(row) && !isNamedElsewhere) toBooker(open, row, 'waiting-list-joined');
  tellSittingElsewhere(open, row);
}

/** What was not sent yet is taken back; what was sent is cancelled in every calendar. */
export async function tellCancelled(
  open: Telling,
  row: BookingRow,
  kind: MessageKind,
  changeId?: string,
): Promise<void> {
  await withdrawMessages({ bookingId: String(row._id) }, notYetSent, 'booking-cancelled');
  toBooker(open, row, kind, changeId);
  if (row.status !== 'confirmed') return;
  // What left the plan a moment ago may not have been told yet, and whoever leaves now is not told of it later.
  const sessions = [...open.sessions, ...(await sessionsSetAside(open.run.id))];
  cancelInCalendars(open, row, sessions, { changeId });
}

type TakenBack = { changeId?: string | undefined; people?: readonly ParticipantRow[]; because?: string };

/** Takes the sessions of a booking out of the calendars of those who sit in it, or of some of them. */
export function cancelInCalendars(
  open: Telling,
  row: BookingRow,
  sessions: Session[],
  { changeId, people = row.participants, because }: TakenBack = {},
): void {
  for (const participant of seated({ participants: people }))
    for (const { id } of sessionsFor({ ...open, sessions }, row, participant).filter(({ endsAt }) => endsAt > open.at))
      toParticipant(open, row, participant, {
        kind: 'invitation-cancelled',
        sessionId: id,
        key: id,
        ...(changeId && { changeId }),
        ...(because && { facts: { because } }),
      });
}

/** Modules left a booking: their sessions leave the calendars, reminders follow what is left, and the booker is told. */
export async function tellModulesDropped(
  open: Telling,
  after: BookingRow,
  before: BookingRow,
  dropped: readonly string[],
): Promise<void> {
  const bookingId = String(after._id);
  // Units only become fewer, so their number names this change.
  const key = `modules-changed:${bookingId}:${after.units.length}`;
  const about = { runId: open.run.id, bookingId };
  postMessage({ key, kind: 'modules-changed', to: { bookingId }, about, facts: { dropped } });
  if (after.status !== 'confirmed') return;

  for (const participant of seated(before)) {
    const left = sessionsFor(open, before, participant).filter(
      (session) =>
        session.endsAt > open.at && !seatedInSession(after, session).some(({ key: who }) => who === participant.key),
    );
    for (const { id } of left)
      toParticipant(open, after, participant, { kind: 'invitation-cancelled', sessionId: id, key: id });
  }
  const reminders = remindersOfBooking(open, remindedOf(after), open.at);
  await replaceMessages({ bookingId }, reminderKinds, reminders, 'modules-changed');
}

const notYetSent: readonly MessageKind[] = [
  'booking-confirmed',
  'waiting-list-joined',
  'promoted',
  'place-offered',
  'offer-reminder',
  'offer-lapsed',
  'approval-pending',
  'invitation',
  'invitation-updated',
  ...reminderKinds,
];

/** Every participant to each session, and everybody whom the plan reminds of it. */
export function inviteAndRemind(open: Telling, row: BookingRow): void {
  invite(open, row, row.participants);
  for (const reminder of remindersOfBooking(open, remindedOf(row), open.at)) postMessage(reminder);
}

/** Those who came into a booking that its booker is reminded of already. */
export function inviteAndRemindPeople(open: Telling, row: BookingRow, people: readonly ParticipantRow[]): void {
  invite(open, row, people);
  const came = remindedOf(row, people);
  for (const reminder of remindersToParticipants(open, came, open.at)) postMessage(reminder);
}

function invite(open: Telling, row: BookingRow, people: readonly ParticipantRow[]): void {
  for (const participant of seated({ participants: people }))
    for (const session of sessionsFor(open, row, participant).filter(({ startsAt }) => startsAt > open.at))
      toParticipant(open, row, participant, { kind: 'invitation', sessionId: session.id, key: session.id });
}

/** The sessions in which this person sits through this booking. */
function sessionsFor(open: Telling, row: BookingRow, participant: ParticipantRow): Session[] {
  return open.sessions.filter((session) => seatedInSession(row, session).includes(participant));
}

/** Whoever sits in the run already learns by a mail of their own that they were named again; nobody else learns it. */
export function tellSittingElsewhere(open: Telling, row: BookingRow, people = row.participants): void {
  for (const participant of people.filter(({ sitsElsewhere, elsewhere }) => sitsElsewhere || elsewhere))
    toParticipant(open, row, participant, { kind: 'already-booked', key: `${String(row._id)}:${open.run.id}` });
}

/** Bookers who booked nothing but the place they have already are told that, instead of what a stranger is told. */
function isOnlyTheirOwn(row: BookingRow): boolean {
  const [first] = row.participants;
  return row.placesTaken === 0 && row.participants.length === 1 && first?.email === row.booker.email;
}

function toBooker(open: Telling, row: BookingRow, kind: MessageKind, changeId?: string): void {
  const bookingId = String(row._id);
  const about = { runId: open.run.id, bookingId, ...(changeId && { changeId }) };
  postMessage({ key: `${kind}:${bookingId}`, kind, to: { bookingId }, about });
}

function toParticipant(
  open: Telling,
  row: BookingRow,
  participant: ParticipantRow,
  message: {
    kind: MessageKind;
    sessionId?: string;
    key: string;
    dueAt?: Date;
    facts?: Record<string, unknown>;
    changeId?: string;
  },
): void {
  const bookingId = String(row._id);
  const participantId = String(participant._id);
  const { kind, sessionId, key, dueAt, facts, changeId } = message;
  const to: Recipient = { bookingId, participantId };
  postMessage({
    key: messageKey(kind, participantId, key),
    kind,
    to,
    about: { runId: open.run.id, ...(sessionId && { sessionId }), bookingId, ...(changeId && { changeId }) },
    ...(dueAt && { dueAt }),
    ...(facts && { facts }),
  });
}

/** The unique key of a participant's message: `what` names the session. */
function messageKey(kind: MessageKind, participantId: string, what: string): string {
  return `${kind}:${participantId}:${what}`;
}

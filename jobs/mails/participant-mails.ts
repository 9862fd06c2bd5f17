import { now } from '../../server/platform/clock.ts';
import {
  pathOfRun,
  bookingsSeating,
  bookingToTell,
  courseOfBooking,
  seatedInSession,
  sitsIn,
  type Booking,
  type Participant,
  type RunDetails,
} from '../../server/modules/booking/index.ts';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import { calendarEntry, sessionSetAside, type Session } from '../../server/modules/scheduling/index.ts';
import { notApprovedFor } from './approval-mails.ts';
import { noLongerTrue, type Held, type MailContent, type MailSaid, type Sender } from './mail-draft.ts';
import { isReminderKind, participantReminder } from './reminder-mails.ts';
import {
  courseOf,
  formerSession,
  seminarFacts,
  sessionsToTell,
  sessionToJoin,
  sessionToTell,
} from './seminar-facts.ts';

type Telling = {
  message: ClaimedMessage;
  booking: Booking;
  participant: Participant;
  course: RunDetails;
  session: Session;
  sender: Sender;
};
type Content = MailSaid;

/** What a participant is told of one session, from what is true now. */
export async function toParticipant(
  message: ClaimedMessage,
  { bookingId, participantId }: { bookingId: string; participantId: string },
  sender: Sender,
): Promise<MailContent | Held> {
  const { booking } = (await bookingToTell(bookingId)) ?? {};
  // A cancelled entry may be of a session or a person that the booking has no more, or of a run that it has left.
  const isGone = message.kind === 'invitation-cancelled';
  const people = [...(booking?.participants ?? []), ...((isGone && booking?.former) || [])];
  const participant = people.find(({ id }) => id === participantId);
  if (!booking || !participant) return noLongerTrue('The participant is no longer in the booking.');

  const whole = await courseOf((isGone && message.about.runId) || booking.runId);
  const course = isGone ? whole : courseOfBooking(whole, booking);
  const content =
    message.kind === 'already-booked'
      ? await seatedAlready(booking, participant, course, sender)
      : isOfApproval(message)
        ? notApprovedFor({ message, booking, course }, participant.name, sender)
        : await contentOf({ message, booking, participant, course, sender });
  if ('state' in content || 'dueAt' in content) return content;
  const language = participant.language ?? booking.booker.language;
  return { ...content, to: { name: participant.name, email: participant.email }, language };
}

function isOfApproval({ kind }: ClaimedMessage): boolean {
  return kind === 'approval-refused' || kind === 'approval-expired';
}

async function contentOf(telling: Omit<Telling, 'session'>): Promise<Content | Held> {
  const { kind, about } = telling.message;
  if (isReminderKind(kind)) return participantReminder(telling, telling);
  const session = telling.course.sessions.find(({ id }) => id === about.sessionId);
  if (!session) return kind === 'invitation-cancelled' ? leftPlan(telling) : noLongerTrue('The session is gone.');
  const complete = { ...telling, session };
  if (kind === 'invitation-cancelled') return takenBack(complete);
  if (telling.booking.status !== 'confirmed' || telling.course.run.status !== 'published')
    return noLongerTrue('The booking is no longer confirmed.');
  if (kind === 'invitation') return invitation(complete);
  if (kind === 'invitation-updated') return update(complete);
  if (kind === 'calendar-countered') return counterAnswered(complete);
  throw new Error(`No mail of kind ${kind} goes to a participant.`);
}

function invitation(telling: Telling): Content | Held {
  const { booking, participant, course, session } = telling;
  if (session.startsAt <= now()) return noLongerTrue('The session has begun.');
  const number = course.sessions.findIndex(({ id }) => id === session.id) + 1;
  const facts = {
    ...sessionFacts(telling),
    ...(booking.booker.email !== participant.email && { bookerName: booking.booker.name }),
    ...(course.sessions.length > 1 && { part: { number, of: course.sessions.length } }),
    ...(telling.message.facts['added'] === true && { added: true, ...freeCancellation(telling) }),
    ...(telling.message.facts['again'] === true && { again: true }),
  };
  return { kind: 'invitation', facts, calendar: { method: 'REQUEST', entry: entryOf(telling) } };
}

function update(telling: Telling): Content {
  const { message, course, session } = telling;
  const before = formerSession(course, session, message.facts['before']);
  const facts = { ...sessionFacts(telling), before, ...freeCancellation(telling) };
  return { kind: 'invitation-updated', facts, calendar: { method: 'REQUEST', entry: entryOf(telling) } };
}

async function takenBack(telling: Telling): Promise<Content | Held> {
  const { participant, course } = telling;
  const seating = await bookingsSeating(course.run.id, participant.key);
  const sitsThere = (booking: Booking) =>
    booking.status === 'confirmed' &&
    seatedInSession(booking, telling.session).some(({ key }) => key === participant.key);
  if (seating.some(sitsThere)) return noLongerTrue('The participant sits in the session again.');

  const { cancellation, mergedInto } = course.run;
  const withRun = mergedInto ? ('run-merged' as const) : ('run-cancelled' as const);
  const because = cancellation ? withRun : ownReason(telling);
  const session = sessionToTell(course, telling.session);
  const facts = { ...sessionFacts(telling), session, because, ...(cancellation && { reason: cancellation.reason }) };
  return { kind: 'invitation-cancelled', facts, calendar: { method: 'CANCEL', entry: entryOf(telling) } };
}

/** To somebody whose calendar proposed another time. */
function counterAnswered(telling: Telling): Content | Held {
  if (telling.session.startsAt <= now()) return noLongerTrue('The session has begun.');
  return { kind: 'calendar-countered', facts: sessionFacts(telling) };
}

/** Why somebody alone is no longer expected: their booking was cancelled or is in another run, or another came in their place. */
function ownReason({ message }: { message: ClaimedMessage }) {
  const { because } = message.facts;
  if (because === 'replaced') return 'replaced' as const;
  return because === 'transferred' ? ('transferred' as const) : ('booking-cancelled' as const);
}

/** The session is not in the plan any more: cancelled alone, or without a date like the whole run. */
async function leftPlan(telling: Omit<Telling, 'session'>): Promise<Content | Held> {
  const { course, message } = telling;
  const gone = await sessionSetAside(message.about.sessionId ?? '');
  if (!gone) return noLongerTrue('The session is gone.');
  const { cancellation } = course.run;
  const because =
    course.run.status === 'cancelled'
      ? ('run-cancelled' as const)
      : gone.why.because === 'postponed'
        ? ('run-postponed' as const)
        : ('session-cancelled' as const);
  const reason = cancellation?.reason ?? gone.why.reason;
  const complete = { ...telling, session: gone };
  const facts = {
    ...sessionFacts(complete),
    session: sessionToTell(course, gone),
    because: telling.booking.status === 'confirmed' ? because : ('booking-cancelled' as const),
    ...(reason && { reason }),
  };
  return { kind: 'invitation-cancelled', facts, calendar: { method: 'CANCEL', entry: entryOf(complete) } };
}

/** Whom new dates do not suit may still cancel; the link is for whoever booked. */
function freeCancellation({ booking, participant, sender }: Telling) {
  const { freeCancellationUntil: until, booker } = booking;
  if (!until || until <= now()) return {};
  const isTheirs = booker.email.toLowerCase() === participant.email.toLowerCase();
  const link = isTheirs ? { manageUrl: `${sender.baseUrl}/bookings/${booking.token}` } : { bookerName: booker.name };
  return { freeCancellation: { until, ...link } };
}

async function seatedAlready(
  booking: Booking,
  participant: Participant,
  course: RunDetails,
  { baseUrl }: Sender,
): Promise<Content | Held> {
  const others = await bookingsSeating(course.run.id, participant.key);
  const seating = others.find(
    ({ id, units }) => id !== booking.id && units.some((unit) => booking.units.includes(unit)),
  );
  if (!seating) return noLongerTrue('The other booking is gone.');
  const both = course.sessions.filter((session) => sitsIn(seating.units, session));
  const isTheirs = seating.booker.email.toLowerCase() === participant.email.toLowerCase();
  const facts = {
    ...seminarFacts(course, participant.name),
    sessions: sessionsToTell({ ...course, sessions: both }),
    status: seating.status === 'confirmed' ? ('confirmed' as const) : ('waiting' as const),
    ...(isTheirs && { manageUrl: `${baseUrl}/bookings/${seating.token}` }),
  };
  return { kind: 'already-booked', facts };
}

function sessionFacts({ participant, course, session, sender }: Telling) {
  return {
    ...seminarFacts(course, participant.name),
    session: sessionToJoin(course, session),
    detailsUrl: `${sender.baseUrl}${pathOfRun(course.run)}`,
  };
}

function entryOf({ course, session, participant }: Telling) {
  return calendarEntry(course, session, { key: participant.key, sequence: 0 });
}

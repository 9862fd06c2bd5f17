import {
  afterExpiryOf,
  approvalOutcome,
  approverToTell,
  bookingToTell,
  courseOfBooking,
  type AfterExpiry,
  type Booking,
} from '../../server/modules/booking/index.ts';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import { now } from '../../server/platform/clock.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import { noLongerTrue, type Held, type MailContent, type MailSaid, type Sender } from './mail-draft.ts';
import { courseOf, seminarFacts, sessionsToTell } from './seminar-facts.ts';

type Told = Pick<Telling, 'message' | 'booking' | 'course'>;

/** To whoever is asked to approve a booking: the question, once more, and what came of it. */
export async function toApprover(
  message: ClaimedMessage,
  { bookingId, approverId }: { bookingId: string; approverId: string },
  sender: Sender,
): Promise<MailContent | Held> {
  const approver = await approverToTell(bookingId, approverId);
  const found = await bookingToTell(bookingId);
  if (!approver || !found) return noLongerTrue('They approve nothing here any more.');
  const { booking } = found;
  const course = courseOfBooking(await courseOf(message.about.runId ?? booking.runId), booking);
  const said =
    message.kind === 'approval-ended'
      ? endedRequest({ message, booking, course }, approver, sender)
      : question({ message, booking, course }, approver, sender);
  if ('state' in said || 'dueAt' in said) return said;
  return { ...said, to: { name: approver.name, email: approver.email }, language: approver.language };
}

function question(
  { message, booking, course }: Told,
  { name, token, deputy }: { name: string; token: string; deputy: boolean },
  { baseUrl }: Sender,
): MailSaid | Held {
  const until = openUntil(booking);
  const kind = message.kind === 'approval-reminder' ? 'approval-reminder' : 'approval-asked';
  if (!until) return noLongerTrue('The booking no longer waits for approval.');
  const facts = {
    ...seminarFacts(course, name),
    sessions: sessionsToTell(course),
    places: booking.places,
    until,
    afterExpiry: afterExpiryOf(course.run, booking),
    asDeputy: deputy,
    ...peopleIn(booking),
    approvalUrl: `${baseUrl}/approvals/${token}`,
  };
  return { kind, facts };
}

function endedRequest(
  { message, booking, course }: Told,
  { name, token }: { name: string; token: string },
  { baseUrl }: Sender,
): MailSaid {
  const { outcome, afterExpiry, byYou } = message.facts;
  const reason =
    outcome === 'refused' ? booking.states.findLast(({ status }) => status === 'declined')?.reason : undefined;
  const facts = {
    ...seminarFacts(course, name),
    sessions: sessionsToTell(course),
    places: booking.places,
    ...peopleIn(booking),
    outcome: outcomeIn(outcome),
    afterExpiry: afterExpiryIn(afterExpiry),
    byYou: byYou === true,
    approvalUrl: `${baseUrl}/approvals/${token}`,
    ...(reason && { reason }),
  };
  return { kind: 'approval-ended', facts };
}

/** To the booker: the places are held until somebody has approved. */
export function pendingApproval(telling: Telling): MailSaid | Held {
  const { booking, course } = telling;
  const until = openUntil(booking);
  if (!until) return noLongerTrue('The booking no longer waits for approval.');
  const facts = {
    ...bookingFacts(telling),
    sessions: sessionsToTell(course),
    until,
    afterExpiry: afterExpiryOf(course.run, booking),
    approvers: (booking.approval?.superiors ?? []).map(({ name }) => name),
  };
  return { kind: 'approval-pending', facts };
}

/** To the booker: refused, or not answered in time. */
export function notApproved(telling: Telling): MailSaid | Held {
  const { booking, course, message, sender } = telling;
  return newsOf({ message, booking, course }, bookingFacts(telling), sender);
}

/** The same to somebody who was to sit there. */
export function notApprovedFor({ message, booking, course }: Told, name: string, sender: Sender): MailSaid | Held {
  const facts = { ...seminarFacts(course, name), places: booking.places, bookerName: booking.booker.name };
  return newsOf({ message, booking, course }, facts, sender);
}

function newsOf(
  { message, booking, course }: Told,
  facts: ReturnType<typeof seminarFacts> & { places: number; manageUrl?: string; bookerName?: string },
  { baseUrl }: Sender,
): MailSaid | Held {
  const said = { ...facts, sessions: sessionsToTell(course), catalogueUrl: `${baseUrl}/` };
  if (message.kind === 'approval-expired')
    return { kind: 'approval-expired', facts: { ...said, afterExpiry: afterExpiryIn(message.facts['afterExpiry']) } };
  if (approvalOutcome(booking.states) !== 'refused') return noLongerTrue('Something else came of the booking.');
  const { reason } = booking.states.findLast(({ status }) => status === 'declined') ?? {};
  return { kind: 'approval-refused', facts: { ...said, ...(reason && { reason }) } };
}

function openUntil({ status, approval }: Booking): Date | undefined {
  const until = approval?.until;
  return status === 'requested' && until && until > now() ? until : undefined;
}

function peopleIn({ booker, participants, institution }: Booking) {
  return {
    bookerName: booker.name,
    participants: participants.map(({ name }) => name),
    ...(institution && { institution }),
  };
}

function outcomeIn(said: unknown): 'approved' | 'refused' | 'expired' | 'cancelled' {
  return said === 'approved' || said === 'refused' || said === 'expired' ? said : 'cancelled';
}

function afterExpiryIn(said: unknown): AfterExpiry {
  return said === 'end' || said === 'confirm' ? said : 'out';
}

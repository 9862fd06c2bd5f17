import {
  bookingToTell,
  calendarOfBooking,
  courseOfBooking,
  headCountOf,
  isActive,
  mayCancelUntil,
  sitsInWholeRun,
  wishesOf,
  type Booking,
  type RunDetails,
} from '../../server/modules/booking/index.ts';
import { now } from '../../server/platform/clock.ts';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import { declinedInCalendar } from './answer-mails.ts';
import { notApproved, pendingApproval } from './approval-mails.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import { newDates, postponement, sessionNews } from './change-mails.ts';
import { declinedOffer, lapsedOffer, openOffer } from './offer-mails.ts';
import { mergedNotice, modulesNotice, movedNotice } from './merging-mails.ts';
import { lapsedNames, missingNames, reducedNotice, splitNotice } from './people-mails.ts';
import { noLongerTrue, type Held, type MailContent, type MailSaid, type Sender } from './mail-draft.ts';
import { bookerReminder, isReminderKind } from './reminder-mails.ts';
import { courseOf, daysUntil, sessionsToJoin, sessionsToTell } from './seminar-facts.ts';

/** What the booker of a booking is told, from what is true now. */
export async function toBooker(
  message: ClaimedMessage,
  bookingId: string,
  sender: Sender,
): Promise<MailContent | Held> {
  const found = await bookingToTell(bookingId);
  if (!found) return noLongerTrue('There is no such booking any more.');
  const { booking, position = 0 } = found;
  const course = courseOfBooking(await courseOf(booking.runId), booking);
  const content = await contentOf({ message, booking, position, course, sender });
  if ('state' in content || 'dueAt' in content) return content;
  return {
    ...content,
    to: { name: booking.booker.name, email: booking.booker.email },
    language: booking.booker.language,
  };
}

type Content = MailSaid;

async function contentOf(telling: Telling): Promise<Content | Held> {
  const { message, booking } = telling;
  if (isReminderKind(message.kind)) return bookerReminder(telling, booking);
  switch (message.kind) {
    case 'booking-confirmed':
    case 'promoted':
      if (booking.status !== 'confirmed') return noLongerTrue('The booking is no longer confirmed.');
      return confirmation(telling, message.kind);
    case 'waiting-list-joined':
      if (booking.status !== 'waiting') return noLongerTrue('The booking no longer waits.');
      return waitingNotice(telling);
    case 'place-offered':
    case 'offer-reminder':
      if (booking.status !== 'offered' || !booking.offeredUntil || booking.offeredUntil <= now())
        return noLongerTrue('There is no open offer for this booking any more.');
      return openOffer(telling, message.kind, booking.offeredUntil);
    case 'offer-lapsed':
      if (booking.status !== 'lapsed' && booking.status !== 'waiting')
        return noLongerTrue('Something else came of the booking.');
      return lapsedOffer(telling);
    case 'offer-declined':
      if (booking.status !== 'declined') return noLongerTrue('The offer is not declined.');
      return declinedOffer(telling);
    case 'approval-pending':
      return pendingApproval(telling);
    case 'approval-refused':
    case 'approval-expired':
      return notApproved(telling);
    case 'booking-cancelled':
    case 'waiting-list-left':
    case 'run-cancelled':
      if (booking.status !== 'cancelled') return noLongerTrue('The booking is not cancelled.');
      return goodbye(telling, message.kind);
    case 'booking-moved':
      if (booking.status !== 'confirmed') return noLongerTrue('The booking is no longer confirmed.');
      return movedNotice(telling);
    case 'run-merged':
      if (booking.status !== 'cancelled') return noLongerTrue('The booking is not cancelled.');
      return mergedNotice(telling);
    case 'modules-changed':
      if (booking.status === 'cancelled') return noLongerTrue('The booking is cancelled.');
      return modulesNotice(telling);
    case 'booking-reduced':
      if (!isActive(booking.status)) return noLongerTrue('The booking is cancelled.');
      return reducedNotice(telling);
    case 'booking-split':
      if (booking.status !== 'confirmed') return noLongerTrue('The booking is no longer confirmed.');
      return splitNotice(telling);
    case 'names-missing':
      if (booking.status !== 'confirmed') return noLongerTrue('The booking is no longer confirmed.');
      return missingNames(telling);
    case 'names-lapsed':
      if (booking.status !== 'waiting') return noLongerTrue('The booking no longer waits.');
      return lapsedNames(telling);
    case 'session-moved':
      if (!isActive(booking.status) || booking.status === 'waiting')
        return noLongerTrue('The booking has no places any more, and none are held for it.');
      return sessionNews(telling, message.kind);
    case 'calendar-declined':
      if (booking.status !== 'confirmed') return noLongerTrue('The booking is no longer confirmed.');
      return declinedInCalendar(telling);
    case 'session-added':
    case 'session-cancelled':
      if (booking.status !== 'confirmed') return noLongerTrue('The booking is no longer confirmed.');
      return sessionNews(telling, message.kind);
    case 'run-postponed':
    case 'run-rescheduled':
      if (!isActive(booking.status)) return noLongerTrue('The booking is cancelled.');
      return message.kind === 'run-postponed' ? postponement(telling) : newDates(telling);
    default:
      throw new Error(`No mail of kind ${message.kind} goes to a booker.`);
  }
}

async function confirmation(telling: Telling, kind: 'booking-confirmed' | 'promoted'): Promise<Content> {
  const { booking, course, sender } = telling;
  const alreadyNear = daysUntil(course.run);
  const group = headCountOf(booking);
  const facts = {
    ...bookingFacts(telling),
    sessions: sessionsToJoin(course),
    participants: booking.participants.map(({ name }) => name),
    ...(group && { group }),
    cancelUntil: mayCancelUntil(course.run, booking),
    calendarAttached: true,
    ...(alreadyNear <= 7 && { alreadyNear }),
    ...(await restOf(telling)),
    ...(booking.wish && (await hasEndedElsewhere(booking)) && { othersEnded: true as const }),
  };
  return { kind, facts, plan: await calendarOfBooking(booking, course, organiserOf(course, sender)) };
}

async function hasEndedElsewhere(booking: Booking): Promise<boolean> {
  return (await wishesOf(booking)).length > 1;
}

/** Of a group that was divided: what it still waits for. */
async function restOf({ booking, sender }: Telling): Promise<{ rest?: { places: number; url: string } }> {
  const rest = booking.partOf && (await bookingToTell(booking.partOf))?.booking;
  const isOwn = rest && rest.runId === booking.runId && rest.booker.email === booking.booker.email;
  if (!isOwn || rest.status !== 'waiting') return {};
  return { rest: { places: rest.places, url: `${sender.baseUrl}/bookings/${rest.token}` } };
}

async function waitingNotice(telling: Telling): Promise<Content> {
  const { booking, position, course, sender } = telling;
  const others = (await wishesOf(booking)).filter(({ id, status }) => id !== booking.id && status === 'waiting');
  const alternatives = others.map(({ run, token, position: at = 0 }) => ({
    session: { startsAt: run.startsAt, endsAt: run.endsAt, timeZone: run.timeZone, location: run.location },
    position: at,
    url: `${sender.baseUrl}/bookings/${token}`,
  }));
  const facts = {
    ...bookingFacts(telling),
    sessions: sessionsToTell(course),
    position,
    policy: course.run.policy.order,
    ...(alternatives.length > 0 && { alternatives }),
  };
  return { kind: 'waiting-list-joined', facts };
}

function goodbye(telling: Telling, kind: 'booking-cancelled' | 'waiting-list-left' | 'run-cancelled'): Content {
  const { booking, course, sender } = telling;
  const { by, reason } = booking.states.at(-1) ?? {};
  const doer = by?.kind === 'holder' ? ('booker' as const) : ('coordinator' as const);
  const facts = { ...bookingFacts(telling), sessions: sessionsToTell(course), catalogueUrl: `${sender.baseUrl}/` };
  if (kind === 'run-cancelled') return { kind, facts: { ...facts, ...why(course.run.cancellation?.reason) } };
  if (kind === 'waiting-list-left') return { kind, facts: { ...facts, leftBy: doer, ...why(reason) } };
  if (reason === sitsInWholeRun) return { kind, facts: { ...facts, cancelledBy: 'whole-run' } };
  return { kind, facts: { ...facts, cancelledBy: doer, ...why(reason) } };
}

export function organiserOf({ provider }: RunDetails, sender: Sender) {
  return { name: provider.name, email: sender.mailFrom.email };
}

function why(reason: string | undefined) {
  return reason ? { reason } : {};
}

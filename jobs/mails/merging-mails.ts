import { z } from 'zod';
import {
  bookingToTell,
  courseOfBooking,
  isActive,
  mayCancelUntil,
  otherRuns,
} from '../../server/modules/booking/index.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import { noLongerTrue, type Held, type MailSaid, type Sender } from './mail-draft.ts';
import { courseOf, sessionsToJoin, sessionsToTell, sessionToTell } from './seminar-facts.ts';

const move = z.object({
  fromRunId: z.string(),
  units: z.array(z.string()),
  waited: z.boolean(),
  because: z.string().optional(),
  stays: z.string().optional(),
});

/** To the booker of a booking that came over from a run that was merged: old dates and new ones. */
export async function movedNotice(telling: Telling): Promise<MailSaid | Held> {
  const { message, booking, course, sender } = telling;
  if (message.about.runId !== booking.runId) return noLongerTrue('The booking has moved on since.');
  const { fromRunId, units, waited, because, stays } = move.parse(message.facts);
  const former = await courseOf(fromRunId);
  const facts = {
    ...bookingFacts(telling),
    before: sessionsToTell(courseOfBooking(former, { units })),
    sessions: sessionsToJoin(course),
    participants: booking.participants.map(({ name }) => name),
    waited,
    ...(because === 'transferred' && { transfer: await rest(stays, sender) }),
    cancelUntil: mayCancelUntil(course.run, booking),
    ...why(former.run.cancellation?.reason),
  };
  return { kind: 'booking-moved', facts };
}

async function rest(stays: string | undefined, { baseUrl }: Sender) {
  const booking = stays === undefined ? undefined : (await bookingToTell(stays))?.booking;
  if (!booking || !isActive(booking.status)) return {};
  return { stays: booking.places, staysUrl: `${baseUrl}/bookings/${booking.token}` };
}

/** To the booker of a booking that found no room in the other run: what else there is. */
export async function mergedNotice(telling: Telling): Promise<MailSaid> {
  const { course, sender } = telling;
  const others = (await otherRuns(course.run)).map((listing) => ({
    session: sessionToTell(course, { ...listing.run, runId: listing.run.id, trainerIds: [] }),
    places: listing.places.left,
    url: `${sender.baseUrl}/runs/${listing.run.id}`,
  }));
  const reason = why(course.run.cancellation?.reason);
  const catalogueUrl = `${sender.baseUrl}/`;
  return {
    kind: 'run-merged',
    facts: { ...bookingFacts(telling), sessions: sessionsToTell(course), others, ...reason, catalogueUrl },
  };
}

/** To the booker who gave up modules: what stays. */
export function modulesNotice(telling: Telling): MailSaid {
  const { message, booking, course } = telling;
  const dropped = z.array(z.string()).catch([]).parse(message.facts['dropped']);
  const facts = {
    ...bookingFacts(telling),
    sessions: booking.status === 'confirmed' ? sessionsToJoin(course) : sessionsToTell(course),
    dropped: course.seminar.modules.filter(({ id }) => dropped.includes(id)).map(({ title }) => title),
    waits: booking.status === 'waiting',
    cancelUntil: mayCancelUntil(course.run, booking),
  };
  return { kind: 'modules-changed', facts };
}

function why(reason: string | undefined) {
  return reason ? { reason } : {};
}

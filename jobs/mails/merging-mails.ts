import { z } from 'zod';
import { courseOfBooking, mayCancelUntil, otherRuns } from '../../server/modules/booking/index.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import type { MailSaid } from './mail-draft.ts';
import { courseOf, sessionsToJoin, sessionsToTell, sessionToTell } from './seminar-facts.ts';

const move = z.object({ fromRunId: z.string(), units: z.array(z.string()), waited: z.boolean() });

/** To the booker of a booking that came over from a run that was merged: old dates and new ones. */
export async function movedNotice(telling: Telling): Promise<MailSaid> {
  const { message, booking, course } = telling;
  const { fromRunId, units, waited } = move.parse(message.facts);
  const former = await courseOf(fromRunId);
  const facts = {
    ...bookingFacts(telling),
    before: sessionsToTell(courseOfBooking(former, { units })),
    sessions: sessionsToJoin(course),
    participants: booking.participants.map(({ name }) => name),
    waited,
    cancelUntil: mayCancelUntil(course.run, booking),
    ...why(former.run.cancellation?.reason),
  };
  return { kind: 'booking-moved', facts };
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

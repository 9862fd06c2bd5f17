import { z } from 'zod';
import { bookingToTell, mayCancelUntil, namesUntil, namesWanted } from '../../server/modules/booking/index.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import { now } from '../../server/platform/clock.ts';
import { noLongerTrue, type Held, type MailSaid } from './mail-draft.ts';
import { sessionsToJoin, sessionsToTell } from './seminar-facts.ts';

const division = z.object({ partId: z.string(), places: z.number() });
const reduction = z.object({ left: z.array(z.string()), gaveBack: z.number(), places: z.number() });

/** To the booker who gave back places: which, and what stays. */
export function reducedNotice(telling: Telling): MailSaid {
  const { message, booking, course } = telling;
  const { left, gaveBack, places } = reduction.parse(message.facts);
  const sits = booking.status === 'confirmed';
  const facts = {
    ...bookingFacts(telling),
    places,
    gaveBack,
    sessions: sits ? sessionsToJoin(course) : sessionsToTell(course),
    left: (booking.former ?? []).filter(({ id }) => left.includes(id)).map(({ name }) => name),
    participants: booking.participants.map(({ name }) => name),
    waits: !sits,
    cancelUntil: mayCancelUntil(course.run, booking),
  };
  return { kind: 'booking-reduced', facts };
}

/** Places became a booking of their own: to its booker, and to whoever had them before where that is somebody else. */
export async function splitNotice(telling: Telling): Promise<MailSaid> {
  const { message, booking, course } = telling;
  const { partId, places: went } = division.parse(message.facts);
  const takenBy = partId === booking.id ? undefined : (await bookingToTell(partId))?.booking.booker.name;
  const facts = {
    ...bookingFacts(telling),
    went,
    sessions: sessionsToJoin(course),
    participants: booking.participants.map(({ name }) => name),
    ...(takenBy && { takenBy }),
    cancelUntil: mayCancelUntil(course.run, booking),
  };
  return { kind: 'booking-split', facts };
}

/** To the booker of places without names, as long as there are some and time for them. */
export function missingNames(telling: Telling): MailSaid | Held {
  const { booking, course, sender } = telling;
  const until = namesUntil(course.run);
  const unnamed = namesWanted(booking);
  if (unnamed === 0 || booking.group) return noLongerTrue('All places have names.');
  if (!until || until <= now() || course.run.status !== 'published')
    return noLongerTrue('Names are no longer asked for.');
  const facts = {
    ...bookingFacts(telling),
    sessions: sessionsToJoin(course),
    unnamed,
    // The last minute of the day says it better than the first of the next one.
    until: new Date(until.getTime() - 60_000),
    thenWaits: course.run.afterNames === 'wait',
    namesUrl: `${sender.baseUrl}/bookings/${booking.token}/names`,
  };
  return { kind: 'names-missing', facts };
}

/** To the booker whose places without names went to others. */
export function lapsedNames(telling: Telling): MailSaid {
  const { course, position } = telling;
  return { kind: 'names-lapsed', facts: { ...bookingFacts(telling), sessions: sessionsToTell(course), position } };
}

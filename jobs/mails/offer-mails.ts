import { usualPolicy } from '../../server/modules/scheduling/index.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import type { MailSaid } from './mail-draft.ts';
import { sessionsToTell } from './seminar-facts.ts';

/** To the booker for whom places are held: until when, and where to answer. */
export function openOffer(telling: Telling, kind: 'place-offered' | 'offer-reminder', until: Date): MailSaid {
  const { booking, course, sender } = telling;
  const lapses = booking.states.filter(({ status }) => status === 'lapsed').length;
  const { afterLapse = usualPolicy.afterLapse } = course.run.policy;
  const facts = {
    ...bookingFacts(telling),
    sessions: sessionsToTell(course),
    until,
    waitsOn: afterLapse === 'end' && lapses === 0,
    offerUrl: `${sender.baseUrl}/bookings/${booking.token}/offer`,
  };
  return { kind, facts };
}

export function lapsedOffer(telling: Telling): MailSaid {
  const { booking, course } = telling;
  const waitsOn = booking.status === 'waiting';
  return { kind: 'offer-lapsed', facts: { ...bookingFacts(telling), sessions: sessionsToTell(course), waitsOn } };
}

export function declinedOffer(telling: Telling): MailSaid {
  const { course, sender } = telling;
  const facts = { ...bookingFacts(telling), sessions: sessionsToTell(course), catalogueUrl: `${sender.baseUrl}/` };
  return { kind: 'offer-declined', facts };
}

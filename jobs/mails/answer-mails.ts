import { mayCancelUntil, substituteUntil } from '../../server/modules/booking/index.ts';
import { sessionUid } from '../../server/modules/calendar/index.ts';
import { lastInvitations } from '../../server/modules/mail/index.ts';
import { now } from '../../server/platform/clock.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import { noLongerTrue, type Held, type MailSaid } from './mail-draft.ts';
import { sessionToTell } from './seminar-facts.ts';

/** To the booker: somebody's calendar declined. Only while it stands: whoever accepted since, or was replaced, comes after all. */
export async function declinedInCalendar(telling: Telling): Promise<MailSaid | Held> {
  const { message, booking, course } = telling;
  const participant = booking.participants.find(({ id }) => id === message.facts['participantId']);
  const session = course.sessions.find(({ id }) => id === message.about.sessionId);
  if (!participant || !session || session.startsAt <= now()) return noLongerTrue('Nobody is expected any more.');
  const uid = sessionUid(session.id, participant.key);
  const last = (await lastInvitations([uid])).get(uid);
  if (last?.answer?.answer !== 'declined' || last.answer.sequence !== last.sequence)
    return noLongerTrue('The answer does not stand any more.');

  const isBooker = booking.booker.email.toLowerCase() === participant.email.toLowerCase();
  const facts = {
    ...bookingFacts(telling),
    session: sessionToTell(course, session),
    ...(!isBooker && { participantName: participant.name }),
    maySubstitute: now() < substituteUntil(course.run),
    cancelUntil: mayCancelUntil(course.run, booking),
  };
  return { kind: 'calendar-declined', facts };
}

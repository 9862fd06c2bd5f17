import { mayCancelUntil, sitsIn } from '../../server/modules/booking/index.ts';
import { sessionSetAside, sessionsSetAside } from '../../server/modules/scheduling/index.ts';
import { bookingFacts, type Telling } from './booker-facts.ts';
import { noLongerTrue, type Held, type MailSaid } from './mail-draft.ts';
import { formerSession, sessionsToJoin, sessionsToTell, sessionToJoin, sessionToTell } from './seminar-facts.ts';

type Content = MailSaid;

/** A session of the booking moved, came into the plan, or left it. */
export function sessionNews(
  telling: Telling,
  kind: 'session-moved' | 'session-added' | 'session-cancelled',
): Promise<Content | Held> | Content | Held {
  if (kind === 'session-cancelled') return cancelledSession(telling);
  const { message, booking, course } = telling;
  const session = course.sessions.find(({ id }) => id === message.about.sessionId);
  if (!session) return noLongerTrue('The session is gone.');
  const facts = {
    ...newsFacts(telling),
    session: sessionToJoin(course, session),
    cancelUntil: mayCancelUntil(course.run, booking),
  };
  if (kind === 'session-added') return { kind, facts };
  const { offeredUntil } = booking;
  const before = formerSession(course, session, message.facts['before']);
  if (!offeredUntil) return { kind, facts: { ...facts, before } };
  const { cancelUntil: _none, ...asked } = facts;
  return { kind, facts: { ...asked, before, offeredUntil } };
}

async function cancelledSession(telling: Telling): Promise<Content | Held> {
  const { message, booking, course } = telling;
  const gone = await sessionSetAside(message.about.sessionId ?? '');
  if (!gone || course.run.status !== 'published') return noLongerTrue('The plan has changed again since.');
  const { reason } = gone.why;
  const facts = {
    ...newsFacts(telling),
    session: sessionToTell(course, gone),
    cancelUntil: mayCancelUntil(course.run, booking),
    ...(reason && { reason }),
  };
  return { kind: 'session-cancelled', facts };
}

/** The run has no dates now. */
export async function postponement(telling: Telling): Promise<Content | Held> {
  const { booking, course } = telling;
  const { status, postponement: why } = course.run;
  if (status !== 'postponed') return noLongerTrue('The run has its dates again.');
  const freed = (await sessionsSetAside(course.run.id)).filter((session) => sitsIn(booking.units, session));
  const facts = {
    ...bookingFacts(telling),
    freed: freed.filter((one) => one.why.because === 'postponed').map((session) => sessionToTell(course, session)),
    waiting: booking.status !== 'confirmed',
    ...(why?.reason && { reason: why.reason }),
  };
  return { kind: 'run-postponed', facts };
}

/** The run has dates again: with the online rooms for those who sit there, without them for those who wait. */
export function newDates(telling: Telling): Content | Held {
  const { booking, course } = telling;
  if (course.run.status !== 'published') return noLongerTrue('The run has no dates now.');
  const waiting = booking.status !== 'confirmed';
  const facts = {
    ...bookingFacts(telling),
    sessions: waiting ? sessionsToTell(course) : sessionsToJoin(course),
    waiting,
    ...(!waiting && { cancelUntil: mayCancelUntil(course.run, booking) }),
  };
  return { kind: 'run-rescheduled', facts };
}

function newsFacts(telling: Telling) {
  return { ...bookingFacts(telling), participants: telling.booking.participants.map(({ name }) => name) };
}

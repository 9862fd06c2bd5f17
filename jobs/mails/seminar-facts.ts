import { DateTime } from 'luxon';
import { z } from 'zod';
import { now } from '../../server/platform/clock.ts';
import { isOnline, type Session } from '../../server/modules/scheduling/index.ts';
import { runDetails, type RunDetails } from '../../server/modules/booking/index.ts';
import { systemActor } from '../../server/modules/history/index.ts';
import type { MailSession } from '../../templates/mail/facts.ts';

/** A sitting as an event keeps it. */
const sitting = z.object({
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  timeZone: z.string(),
  location: z.string(),
});

/** A run with everything mails say of it. @throws not-found */
export function courseOf(runId: string | undefined): Promise<RunDetails> {
  return runDetails(systemActor, runId ?? '');
}

export function seminarFacts({ seminar, provider }: RunDetails, recipientName: string) {
  return { recipientName, seminarTitle: seminar.title, providerName: provider.name, providerEmail: provider.email };
}

/** The sessions as anybody may know them: an online room without its link. */
export function sessionsToTell(course: RunDetails): MailSession[] {
  return course.sessions.map((session) => sessionToTell(course, session));
}

export function sessionToTell(course: RunDetails, session: Session): MailSession {
  const { onlineUrl: _forThoseWhoSitThere, ...told } = sessionToJoin(course, session);
  return told;
}

/** The sessions for those who sit in them or teach them, with the link of an online room. */
export function sessionsToJoin(course: RunDetails): MailSession[] {
  return course.sessions.map((session) => sessionToJoin(course, session));
}

export function sessionToJoin({ seminar }: RunDetails, session: Session): MailSession {
  const module = seminar.modules.find(({ id }) => id === session.moduleId);
  return { ...sittingToTell(session), ...(module && { module: module.title }) };
}

/** The sitting as it was before a move, from the facts of the event. */
export function formerSession(course: RunDetails, session: Session, before: unknown): MailSession {
  return sessionToTell(course, { ...session, ...sitting.parse(before) });
}

function sittingToTell({ startsAt, endsAt, timeZone, location }: Session): MailSession {
  const place = isOnline(location) ? { location: 'Online', onlineUrl: location } : { location };
  return { startsAt, endsAt, timeZone, ...place };
}

/** How many midnights lie between now and the start, on the clock of its place. */
export function daysUntil({ startsAt, timeZone }: { startsAt: Date; timeZone: string }): number {
  const dayOf = (instant: Date) => DateTime.fromJSDate(instant, { zone: timeZone }).startOf('day');
  return Math.round(dayOf(startsAt).diff(dayOf(now()), 'days').days);
}

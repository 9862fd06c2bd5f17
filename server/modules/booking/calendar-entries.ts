import { coursePlan, sessionUid, type CalendarPerson } from '../calendar/index.ts';
import { lastInvitations } from '../mail/index.ts';
import { calendarEntry } from '../scheduling/index.ts';
import { now } from '../../platform/clock.ts';
import type { Booking, RunDetails } from './booking.types.ts';
import { sessionsOfUnits } from './units.rules.ts';

type Course = Pick<RunDetails, 'seminar' | 'sessions' | 'run'>;

/** The sessions of a booking as one .ics to look at or import (METHOD:PUBLISH). */
export async function calendarOfBooking(booking: Booking, whole: Course, organiser: CalendarPerson): Promise<string> {
  const course = { ...whole, sessions: sessionsOfUnits(booking.units, whole.sessions) };
  const key = keyInCalendar(booking);
  const sent = await lastInvitations(course.sessions.map(({ id }) => sessionUid(id, key)));
  const sessions = course.sessions.map((session) =>
    calendarEntry(course, session, { key, sequence: sent.get(sessionUid(session.id, key))?.sequence ?? 0 }),
  );
  const cancelled = booking.status === 'cancelled' && { cancelled: true };
  // The link of an online room is for those who sit in it.
  const withoutLink = booking.status !== 'confirmed' && { url: undefined };
  return coursePlan({
    name: course.seminar.title,
    sessions: sessions.map((session) => ({ ...session, ...cancelled, ...withoutLink })),
    stampedAt: now(),
    organiser,
  });
}

/** What somebody teaches in a run as one .ics, under the entries that their mails keep. */
export async function calendarOfTeaching(
  course: Course,
  { trainerId, organiser }: { trainerId: string; organiser: CalendarPerson },
): Promise<string> {
  const key = `trainer:${trainerId}`;
  const sent = await lastInvitations(course.sessions.map(({ id }) => sessionUid(id, key)));
  const sessions = course.sessions.map((session) =>
    calendarEntry(course, session, { key, sequence: sent.get(sessionUid(session.id, key))?.sequence ?? 0 }),
  );
  return coursePlan({ name: course.seminar.title, sessions, stampedAt: now(), organiser });
}

/** Who books alone for one person reads that person's entries; who books for several has entries of the booking's own. */
function keyInCalendar({ id, participants }: Booking): string {
  const [only, ...others] = participants;
  return only && others.length === 0 ? only.key : `booking:${id}`;
}

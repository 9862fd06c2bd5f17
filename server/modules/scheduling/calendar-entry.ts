import { sessionUid, type CalendarSession } from '../calendar/index.ts';
import type { Seminar } from '../catalogue/index.ts';
import type { Run } from './run.ts';
import { isOnline } from './scheduling.rules.ts';
import type { Session } from './session.ts';

/**
 * A session as it stands in the calendar of one attendee, the same in every mail, download and feed.
 * `key`: who the attendee is in the run; `sequence`: of the message that carries it.
 */
export function calendarEntry(
  { seminar, run }: { seminar: Pick<Seminar, 'title' | 'modules'>; run: Pick<Run, 'status'> },
  session: Session,
  { key, sequence }: { key: string; sequence: number },
): CalendarSession {
  const module = seminar.modules.find(({ id }) => id === session.moduleId);
  const { startsAt, endsAt, timeZone, location } = session;
  return {
    uid: sessionUid(session.id, key),
    sequence,
    title: module ? `${seminar.title}: ${module.title}` : seminar.title,
    startsAt,
    endsAt,
    timeZone,
    ...(isOnline(location) ? { location: 'Online', url: location } : { location }),
    ...(run.status === 'cancelled' && { cancelled: true }),
  };
}

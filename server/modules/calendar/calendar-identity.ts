import { createHash } from 'node:crypto';
import { oneLine } from './calendar-text.ts';
import type { CalendarSession } from './calendar.types.ts';

/**
 * The UID of one session in one person's calendar: the same for ever, in every mail, download and feed.
 * A hash, so it says nothing about the person; no host name, so a new BASE_URL changes nothing.
 */
export function sessionUid(sessionId: string, participantKey: string): string {
  return `${digestOf([sessionId, participantKey])}@mosaik`;
}

/** Equal for two states of a session that look the same in a calendar; a mail goes out only when it differs. */
export function contentFingerprint(session: CalendarSession): string {
  return digestOf([
    session.startsAt.toISOString(),
    session.endsAt.toISOString(),
    session.timeZone,
    oneLine(session.location ?? ''),
    session.url ?? '',
    session.cancelled ? 'cancelled' : 'confirmed',
    oneLine(session.title),
  ]);
}

function digestOf(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

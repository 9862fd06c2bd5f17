import { coursePlan, invitation } from '../../../server/modules/calendar/index.ts';
import { SPANS } from './spans.ts';

const stampedAt = new Date('2026-09-01T10:11:12Z');
const organiser = { name: 'Koordinierungsstelle', email: 'kurse@example.org' };
const attendee = { name: 'Mina Muster', email: 'mina.muster@example.org' };
const sessions = SPANS.map(({ timeZone, startsAt, endsAt }, index) => ({
  uid: `session-${index}@mosaik`,
  sequence: 0,
  title: 'Grundlagen',
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  timeZone,
}));

/** The invitation to each span's session, and last the plan of all of them. */
export function objects(): string[] {
  const invitations = sessions.map((session) => invitation({ session, organiser, attendee, stampedAt }));
  return [...invitations, coursePlan({ name: 'Plan', sessions, stampedAt })];
}

/** As a process of its own it prints them, so that the test can give it another time zone. */
if (process.argv[1] === import.meta.filename) {
  process.stdout.write(JSON.stringify({ hour: new Date(0).getHours(), objects: objects() }));
}

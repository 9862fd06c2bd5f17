import { coursePlan, invitation } from '../../../server/modules/calendar/index.ts';
import { SPANS } from './spans.ts';

/** Prints one object of each kind as JSON lines; the test runs this under several server time zones. */
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

const invitations = sessions.map((session) => invitation({ session, organiser, attendee, stampedAt }));
const objects = [...invitations, coursePlan({ name: 'Plan', sessions, stampedAt })];
process.stdout.write(JSON.stringify({ hour: new Date(0).getHours(), objects }));

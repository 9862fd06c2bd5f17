import { prepareDelivery } from '../../jobs/deliver-mail.ts';
import { relayEvents } from '../../jobs/relay-events.ts';
import { bookPlaces, cancelBooking, holderOf, planRun } from '../../server/modules/booking/index.ts';
import { createSeminar } from '../../server/modules/catalogue/index.ts';
import { anyone, systemActor } from '../../server/modules/history/index.ts';
import { openTransport } from '../../server/modules/mail/index.ts';
import { changeSession } from '../../server/modules/scheduling/index.ts';
import { setClock } from '../../server/platform/clock.ts';
import { connectDatabase, disconnectDatabase } from '../../server/platform/database.ts';
import { useSecret } from '../../server/platform/secrets.ts';
import { aProvider } from '../support/builders.ts';
import { testSecret } from '../support/hooks.ts';

/**
 * A process with a time zone of its own: books a course of two sessions, moves one across a clock change, changes its room,
 * cancels, and sends each mail as it comes. node … calendar-journey.ts <database> <smtp> <email>
 */
const [databaseUri = '', smtpUrl = '', email = ''] = process.argv.slice(2);
useSecret(testSecret);
await connectDatabase(databaseUri);
const transport = openTransport({ smtpUrl, directory: '' });
const { sendDueMail } = prepareDelivery(transport, {
  mailFrom: { name: 'Mosaik', email: 'mosaik@example.org' },
  baseUrl: 'https://mosaik.example.org',
});
let time = new Date('2026-09-01T08:00:00Z').getTime();
setClock(() => new Date(time));

async function sendAll(): Promise<void> {
  await relayEvents();
  await sendDueMail({});
  time += 60_000;
}

const session = (startsAt: string, endsAt: string) => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  timeZone: 'Europe/Berlin',
  location: 'Lernhaus Mitte, Raum 2.10',
});
const provider = (await aProvider()).id;
const seminar = {
  title: 'Übersetzen; verstehen, „fragen“',
  summary: 'Kurs.',
  kind: 'modular-course',
  language: 'de',
  provider,
} as const;
const sessions = [
  session('2026-10-23T09:00+02:00', '2026-10-23T16:00+02:00'),
  session('2026-11-20T09:00+01:00', '2026-11-20T16:00+01:00'),
];
const run = await planRun(systemActor, {
  seminarId: await createSeminar(systemActor, seminar),
  capacity: 5,
  sessions,
  published: true,
});
const first = run.sessions[0]?.id ?? '';
const booking = await bookPlaces(anyone, { runId: run.id, booker: { name: 'Amsel "Max" Probe', email } });
await sendAll();
await changeSession(systemActor, first, {
  startsAt: new Date('2026-10-26T09:00+01:00'),
  endsAt: new Date('2026-10-26T16:00+01:00'),
});
await sendAll();
await changeSession(systemActor, first, { location: 'Stadtteilzentrum Nord, Saal' });
await sendAll();
await cancelBooking(await holderOf(booking.token), { bookingId: booking.id });
await sendAll();
await transport.close();
await disconnectDatabase();

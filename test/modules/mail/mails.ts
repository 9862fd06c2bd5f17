import type { OutgoingMail } from '../../../server/modules/mail/transport.types.ts';

/** A complete mail; a test names only what matters to it. */
export function aMail(change: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    messageId: '<665f000000000000000000aa@mosaik>',
    date: new Date('2026-09-01T10:11:12Z'),
    from: { name: 'Koordinierungsstelle', email: 'kurse@example.org' },
    to: { name: 'Mina Muster', email: 'mina.muster@example.org' },
    subject: 'Einladung: Grundlagen am 20. Oktober',
    text: 'Guten Tag, Mina Muster,\n\nschön, dass Sie kommen.\n',
    html: '<!doctype html><html lang="de"><body><p>Schön, dass Sie kommen.</p></body></html>',
    ...change,
  };
}

export const INVITATION = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'SUMMARY:Übung für Çağla',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

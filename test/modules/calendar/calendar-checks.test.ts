import { expect } from 'chai';
import { validateCalendarObject } from '../../support/calendar-checks.ts';

const SOUND = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Example//Example//EN',
  'METHOD:REQUEST',
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'DTSTART:19700329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:abc@mosaik',
  'SEQUENCE:3',
  'DTSTAMP:20260901T101112Z',
  'DTSTART;TZID=Europe/Berlin:20261020T090000',
  'DTEND;TZID=Europe/Berlin:20261020T120000',
  'SUMMARY:Grundlagen',
  'ORGANIZER;CN="K":mailto:kurse@example.org',
  'ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION',
  ' ;RSVP=TRUE:mailto:mina@example.org',
  'STATUS:CONFIRMED',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

const EXPECTED = {
  method: 'REQUEST' as const,
  mimeMethod: 'request',
  stampedAt: new Date('2026-09-01T10:11:12.900Z'),
  recipient: 'mina@example.org',
  organiser: 'kurse@example.org',
  previous: SOUND.replace('SEQUENCE:3', 'SEQUENCE:2').replace('101112Z', '101012Z'),
  events: [
    {
      uid: 'abc@mosaik',
      sequence: 3,
      startsAt: new Date('2026-10-20T07:00Z'),
      endsAt: new Date('2026-10-20T10:00Z'),
      status: 'CONFIRMED' as const,
      title: 'Grundlagen',
    },
  ],
};

describe('validateCalendarObject', () => {
  it('finds nothing wrong with a sound object', () => {
    expect(validateCalendarObject(SOUND, EXPECTED)).to.deep.equal([]);
  });

  const faults: [string, string, (ics: string) => string | Buffer][] = [
    ['B1', 'bare line feeds', (ics) => ics.replaceAll('\r\n', '\n')],
    ['B1', 'no line break at the end', (ics) => ics.trimEnd()],
    ['B1', 'a byte order mark', (ics) => `\uFEFF${ics}`],
    ['B1', 'Latin-1 bytes', (ics) => Buffer.from(ics.replace('Grundlagen', 'Gründe'), 'latin1')],
    ['B17', 'a control character', (ics) => ics.replace('Grund', 'Grund\0')],
    ['B2', 'a long line', (ics) => ics.replace('\r\n ;RSVP', ';RSVP')],
    ['B2', 'another title', (ics) => ics.replace('Grundlagen', 'Grundlage')],
    [
      'B3',
      'another start',
      (ics) => ics.replace('DTSTART;TZID=Europe/Berlin:20261020T09', 'DTSTART;TZID=Europe/Berlin:20261020T08'),
    ],
    ['B3', 'another end', (ics) => ics.replace('T120000', 'T120001')],
    ['B4', 'a local time stamp', (ics) => ics.replace('101112Z', '101112')],
    ['B4', 'a stamp of another moment', (ics) => ics.replace('101112Z', '101113Z')],
    ['B5', 'no VTIMEZONE', (ics) => ics.replace(/BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n/s, '')],
    ['B5', 'a VTIMEZONE twice', (ics) => ics.replace(/(BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n)/s, '$1$1')],
    ['B5', 'a VTIMEZONE without a rule', (ics) => ics.replace('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n', '')],
    ['B5', 'a VTIMEZONE of later years', (ics) => ics.replaceAll(/DTSTART:1970/g, 'DTSTART:2030')],
    ['B6', 'no METHOD', (ics) => ics.replace('METHOD:REQUEST\r\n', '')],
    ['B6', 'another METHOD', (ics) => ics.replace('METHOD:REQUEST', 'METHOD:PUBLISH')],
    [
      'B6',
      'METHOD after the event',
      (ics) => ics.replace('METHOD:REQUEST\r\n', '').replace('END:VCAL', 'METHOD:REQUEST\r\nEND:VCAL'),
    ],
    ['B7', 'no VERSION', (ics) => ics.replace('VERSION:2.0\r\n', '')],
    [
      'B7',
      'a to-do beside the event',
      (ics) => ics.replace('END:VCAL', 'BEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nEND:VCAL'),
    ],
    ['B8', 'another UID', (ics) => ics.replace('UID:abc', 'UID:abd')],
    [
      'B9',
      'two events',
      (ics) => ics.replace(/(BEGIN:VEVENT.*END:VEVENT\r\n)/s, (event) => event + event.replace('abc', 'xyz')),
    ],
    ['B10', 'the sequence of before', (ics) => ics.replace('SEQUENCE:3', 'SEQUENCE:2')],
    ['B10', 'the stamp of before', (ics) => ics.replace('101112Z', '101012Z')],
    ['B11', 'no RSVP', (ics) => ics.replace(';RSVP=TRUE', '')],
    ['B11', 'a second attendee', (ics) => ics.replace('STATUS', 'ATTENDEE:mailto:other@example.org\r\nSTATUS')],
    ['B12', 'another status', (ics) => ics.replace('STATUS:CONFIRMED', 'STATUS:TENTATIVE')],
    ['B13', 'another organiser', (ics) => ics.replace('kurse@', 'andere@')],
    ['B14', 'an end before the start', (ics) => ics.replace('T120000', 'T080000')],
    ['B14', 'a duration beside the end', (ics) => ics.replace('STATUS', 'DURATION:PT1H\r\nSTATUS')],
  ];

  for (const [bar, fault, spoil] of faults) {
    it(`reports ${bar}: ${fault}`, () => {
      expect(validateCalendarObject(spoil(SOUND), EXPECTED).join('\n')).to.match(new RegExp(`^${bar} `, 'm'));
    });
  }

  it('reports B12: a CANCEL that leaves the event confirmed', () => {
    const cancel = SOUND.replace('METHOD:REQUEST', 'METHOD:CANCEL');

    const breaches = validateCalendarObject(cancel, { ...EXPECTED, method: 'CANCEL', mimeMethod: 'cancel' });

    expect(breaches.join('\n')).to.contain('B12 STATUS CONFIRMED in a CANCEL');
  });
});

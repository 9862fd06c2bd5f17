import ICAL from 'ical.js';

export type ExpectedEvent = {
  uid: string;
  sequence: number;
  startsAt: Date;
  endsAt: Date;
  status: 'CONFIRMED' | 'CANCELLED';
  title?: string;
  location?: string;
  description?: string;
};

export type CalendarExpectations = {
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  /** The `method=` parameter of the MIME part that carried the object. */
  mimeMethod?: string;
  stampedAt?: Date;
  /** The one address that may stand as ATTENDEE. */
  recipient?: string;
  organiser?: string;
  events: ExpectedEvent[];
  /** The object that the same person got before: this one must supersede it. */
  previous?: string;
};

type Breach = string;
type Parsed = { text: string; lines: string[]; calendar: ICAL.Component; events: ICAL.Component[] };

/**
 * Checks one iCalendar object against bars B1 to B14, read by a parser that Mosaik does not use.
 * Gives one line per breach, each beginning with the bar's number; an empty list is a sound object.
 */
export function validateCalendarObject(ics: string | Buffer, expected: CalendarExpectations): Breach[] {
  const bytes = Buffer.isBuffer(ics) ? ics : Buffer.from(ics, 'utf8');
  const text = bytes.toString('utf8');
  const physical = [...checkBytes(bytes, text), ...checkFolding(text)];
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const parsed = { text, lines: unfold(text), calendar, events: calendar.getAllSubcomponents('vevent') };
    return [...physical, ...CHECKS.flatMap((check) => check(parsed, expected))];
  } catch (error) {
    return [...physical, `unreadable: ${String(error)}`];
  }
}

/** The names of all properties and components in order: what an injected line would change. */
export function shapeOf(ics: string): string[] {
  return namesIn(new ICAL.Component(ICAL.parse(ics)));
}

/** The instants at which an object's events begin and end, by the independent parser. */
export function instantsOf(ics: string): { startsAt: string; endsAt: string }[] {
  return new ICAL.Component(ICAL.parse(ics))
    .getAllSubcomponents('vevent')
    .map((event) => ({ startsAt: instantOf(event, 'dtstart'), endsAt: instantOf(event, 'dtend') }));
}

const CHECKS = [checkInstants, checkUtcStamps, checkZones, checkMethod, checkHead, checkUids, checkSequence].concat([
  checkRequest,
  checkCancel,
  checkPeople,
  checkEnds,
  checkTexts,
]);

function checkBytes(bytes: Buffer, text: string): Breach[] {
  return [
    ...when(!Buffer.from(text, 'utf8').equals(bytes), 'B1 not valid UTF-8'),
    ...when(/[^\r]\n|\r[^\n]|\r$/.test(text), 'B1 a bare CR or LF'),
    ...when(!text.endsWith('\r\n'), 'B1 no CRLF at the end'),
    ...when(text.startsWith('\uFEFF'), 'B1 a byte order mark'),
    ...when(/(?![\t\r\n])\p{Cc}/u.test(text), 'B17 a control character'),
  ];
}

function checkFolding(text: string): Breach[] {
  const lines = text.split('\r\n');
  return [
    ...when(
      lines.some((line) => Buffer.byteLength(line) > 75),
      'B2 a line of more than 75 octets',
    ),
    ...when(/\r\n[ \t]\r\n/.test(text), 'B2 an empty folded line'),
    ...when(
      lines.some((line) => /[\uD800-\uDBFF]$|^ ?[\uDC00-\uDFFF]/.test(line)),
      'B2 a character cut in two',
    ),
  ];
}

function checkInstants({ events }: Parsed, expected: CalendarExpectations): Breach[] {
  if (events.length !== expected.events.length) return [`B3 ${events.length} events`];
  return expected.events.flatMap((session, index) => [
    ...same('B3 DTSTART', instantOf(events[index], 'dtstart'), session.startsAt.toISOString()),
    ...same('B3 DTEND', instantOf(events[index], 'dtend'), session.endsAt.toISOString()),
  ]);
}

function checkUtcStamps({ lines, events }: Parsed, { stampedAt }: CalendarExpectations): Breach[] {
  const stamps = lines.filter((line) => /^(DTSTAMP|CREATED|LAST-MODIFIED|COMPLETED)\b/.test(line));
  return [
    ...stamps.filter((line) => !/^[A-Z-]+:\d{8}T\d{6}Z$/.test(line)).map((line) => `B4 not in UTC: ${line}`),
    ...events.flatMap((event) => same('B4 DTSTAMP count', event.getAllProperties('dtstamp').length, 1)),
    ...events.flatMap((event) =>
      stampedAt ? same('B4 DTSTAMP', instantOf(event, 'dtstamp'), toSeconds(stampedAt)) : [],
    ),
  ];
}

function checkZones({ calendar, events, lines }: Parsed): Breach[] {
  const used = new Set(
    events.flatMap((event) => ['dtstart', 'dtend'].map((name) => tzidOf(event, name)).filter(Boolean)),
  );
  const blocks = calendar.getAllSubcomponents('vtimezone');
  const named = blocks.map((block) => String(block.getFirstPropertyValue('tzid')));
  return [
    ...same('B5 VTIMEZONEs', inOrder(named), inOrder(used)),
    ...when(
      lines.some((line) => /TZID=(Etc\/)?UTC/.test(line)),
      'B5 TZID=UTC',
    ),
    ...when(
      lines.some((line) => /^DT(START|END);.*TZID=.*Z$/.test(line)),
      'B5 a TZID on a time in UTC',
    ),
    ...blocks.flatMap((block) => checkZoneRules(block, events)),
  ];
}

function checkZoneRules(block: ICAL.Component, events: ICAL.Component[]): Breach[] {
  const parts = [...block.getAllSubcomponents('standard'), ...block.getAllSubcomponents('daylight')];
  const changes = parts.length > 1;
  const since = Math.min(...parts.map((part) => Number(String(part.getFirstPropertyValue('dtstart')).slice(0, 4))));
  const first = Math.min(...events.map((event) => Number(String(event.getFirstPropertyValue('dtstart')).slice(0, 4))));
  return [
    ...when(parts.length === 0, 'B5 a VTIMEZONE without rules'),
    ...when(changes && parts.some((part) => !part.hasProperty('rrule')), 'B5 a VTIMEZONE without RRULE'),
    ...when(
      parts.some((part) => part.hasProperty('rdate')),
      'B5 a VTIMEZONE made of dates',
    ),
    ...when(since > first, 'B5 a VTIMEZONE that begins after the event'),
  ];
}

function checkMethod({ calendar, lines }: Parsed, expected: CalendarExpectations): Breach[] {
  const methods = lines.filter((line) => line.startsWith('METHOD'));
  const [method = ''] = methods;
  return [
    ...same('B6 METHOD', methods.join(), `METHOD:${expected.method}`),
    ...same('B6 METHOD in the calendar', calendar.getFirstPropertyValue('method'), expected.method),
    ...when(lines.indexOf(method) > lines.indexOf('BEGIN:VEVENT'), 'B6 METHOD after a component'),
    ...(expected.mimeMethod ? same('B6 method=', expected.mimeMethod.toUpperCase(), expected.method) : []),
  ];
}

function checkHead({ calendar }: Parsed): Breach[] {
  const kinds = new Set(calendar.getAllSubcomponents().map((component) => component.name));
  return [
    ...same('B7 VERSION', calendar.getFirstPropertyValue('version'), '2.0'),
    ...same('B7 PRODID count', calendar.getAllProperties('prodid').length, 1),
    ...same('B7 CALSCALE', calendar.getFirstPropertyValue('calscale') ?? 'GREGORIAN', 'GREGORIAN'),
    ...when(
      [...kinds].some((kind) => kind !== 'vevent' && kind !== 'vtimezone'),
      `B7 components ${[...kinds].join()}`,
    ),
  ];
}

function checkUids({ events }: Parsed, expected: CalendarExpectations): Breach[] {
  const uids = events.map((event) => String(event.getFirstPropertyValue('uid')));
  return [
    ...same('B8 UID', uids.join(), expected.events.map((event) => event.uid).join()),
    ...when(
      uids.some((uid) => !/^[!-~]{1,255}$/.test(uid)),
      'B8 a UID that is not short plain ASCII',
    ),
    ...when(
      Boolean(expected.recipient) && uids.some((uid) => uid.includes(String(expected.recipient))),
      'B8 a person in a UID',
    ),
    ...when(new Set(uids).size !== uids.length, 'B8 a UID twice'),
    ...when(expected.method !== 'PUBLISH' && uids.length !== 1, `B9 ${uids.length} UIDs in one ${expected.method}`),
  ];
}

function checkSequence({ events }: Parsed, expected: CalendarExpectations): Breach[] {
  const found = events.map((event) => event.getFirstPropertyValue('sequence'));
  const before = expected.previous && firstEventOf(expected.previous);
  return [
    ...same('B10 SEQUENCE', found.join(), expected.events.map((event) => event.sequence).join()),
    ...(before
      ? same('B8 UID as before', events[0]?.getFirstPropertyValue('uid'), before.getFirstPropertyValue('uid'))
      : []),
    ...(before
      ? when(Number(found[0]) <= Number(before.getFirstPropertyValue('sequence')), 'B10 SEQUENCE does not rise')
      : []),
    ...(before
      ? when(instantOf(events[0], 'dtstamp') <= instantOf(before, 'dtstamp'), 'B10 DTSTAMP does not rise')
      : []),
    ...(before
      ? same('B12 ORGANIZER as before', addressIn(events[0], 'organizer'), addressIn(before, 'organizer'))
      : []),
  ];
}

function checkRequest({ events }: Parsed, expected: CalendarExpectations): Breach[] {
  if (expected.method !== 'REQUEST') return [];
  const attendee = events[0]?.getFirstProperty('attendee');
  return [
    ...same('B11 RSVP', attendee?.getParameter('rsvp'), 'TRUE'),
    ...same('B11 PARTSTAT', attendee?.getParameter('partstat'), 'NEEDS-ACTION'),
    ...same('B11 ROLE', attendee?.getParameter('role'), 'REQ-PARTICIPANT'),
    ...same('B11 CUTYPE', attendee?.getParameter('cutype'), 'INDIVIDUAL'),
  ];
}

function checkCancel({ events }: Parsed, expected: CalendarExpectations): Breach[] {
  const statuses = events.map((event) => event.getFirstPropertyValue('status')).join();
  return [
    ...same('B12 STATUS', statuses, expected.events.map((event) => event.status).join()),
    ...when(expected.method === 'CANCEL' && statuses !== 'CANCELLED', `B12 STATUS ${statuses} in a CANCEL`),
  ];
}

function checkPeople({ events }: Parsed, expected: CalendarExpectations): Breach[] {
  return events.flatMap((event) => [
    ...same('B11 ATTENDEEs', addressesIn(event, 'attendee').join(), [expected.recipient].filter(Boolean).join()),
    ...same('B13 ORGANIZER', addressesIn(event, 'organizer').join(), [expected.organiser].filter(Boolean).join()),
  ]);
}

function checkEnds({ events }: Parsed): Breach[] {
  return events.flatMap((event) => [
    ...when(instantOf(event, 'dtend') <= instantOf(event, 'dtstart'), 'B14 DTEND not after DTSTART'),
    ...when(event.hasProperty('duration'), 'B14 DURATION beside DTEND'),
  ]);
}

function checkTexts({ events }: Parsed, expected: CalendarExpectations): Breach[] {
  return expected.events.flatMap(({ title, location, description }, index) => [
    ...(title === undefined ? [] : same('B2 SUMMARY', events[index]?.getFirstPropertyValue('summary'), title)),
    ...(location === undefined ? [] : same('B2 LOCATION', events[index]?.getFirstPropertyValue('location'), location)),
    ...(description === undefined
      ? []
      : same('B2 DESCRIPTION', events[index]?.getFirstPropertyValue('description'), description)),
  ]);
}

function firstEventOf(ics: string): ICAL.Component {
  const event = new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent('vevent');
  if (!event) throw new Error('No event in the object before.');
  return event;
}

function instantOf(event: ICAL.Component | undefined, name: string): string {
  const value = event?.getFirstPropertyValue(name);
  return value instanceof ICAL.Time ? new Date(value.toUnixTime() * 1000).toISOString() : `no ${name}`;
}

function tzidOf(event: ICAL.Component, name: string): string | undefined {
  return event.getFirstProperty(name)?.getFirstParameter('tzid');
}

function addressIn(event: ICAL.Component | undefined, name: string): string | undefined {
  return event && addressesIn(event, name)[0];
}

function addressesIn(event: ICAL.Component, name: string): string[] {
  return event
    .getAllProperties(name)
    .map((property) => decodeURIComponent(String(property.getFirstValue()).replace(/^mailto:/i, '')));
}

function namesIn(component: ICAL.Component): string[] {
  return [
    `BEGIN ${component.name}`,
    ...component.getAllProperties().map((property) => `${component.name}.${property.name}`),
    ...component.getAllSubcomponents().flatMap(namesIn),
  ];
}

function inOrder(names: Iterable<string | undefined>): string {
  return [...names]
    .map(String)
    .toSorted((one, other) => one.localeCompare(other))
    .join();
}

function unfold(text: string): string[] {
  return text.replace(/\r\n[ \t]/g, '').split('\r\n');
}

function toSeconds(instant: Date): string {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000).toISOString();
}

function same(what: string, found: unknown, wanted: unknown): Breach[] {
  return found === wanted ? [] : [`${what} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`];
}

function when(broken: boolean, breach: Breach): Breach[] {
  return broken ? [breach] : [];
}

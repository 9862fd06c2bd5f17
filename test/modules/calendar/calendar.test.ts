import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  cancellation,
  contentFingerprint,
  coursePlan,
  invitation,
  sessionUid,
} from '../../../server/modules/calendar/index.ts';
import type { CalendarSession, InvitationInput } from '../../../server/modules/calendar/index.ts';
import { shapeOf, validateCalendarObject } from '../../support/calendar-checks.ts';
import type { CalendarExpectations, ExpectedEvent } from '../../support/calendar-checks.ts';
import { SPANS } from './spans.ts';

const stampedAt = new Date('2026-09-01T10:11:12.345Z');
const organiser = { name: 'Koordinierungsstelle', email: 'kurse@example.org' };
const attendee = { name: 'Mina Muster', email: 'mina.muster@example.org' };

const HOSTILE = [
  '\r',
  '\n',
  '\r\n',
  '\u0085',
  '\u2028',
  '\0',
  '\x0b',
  '\x1b',
  ';',
  ',',
  ':',
  '"',
  '^',
  '\\',
  '\\n',
  '\ud800',
  '=',
  '\t',
];
const INJECTION = 'x\r\nATTENDEE:mailto:evil@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT\nX-A:1\u0085X-B:2\u2028X-C:3\0';

describe('invitation', () => {
  it('is a sound REQUEST for its recipient alone', () => {
    const session = aSession();

    const ics = invitation({ session, organiser, attendee, stampedAt });

    expect(validateCalendarObject(ics, expectationsOf('REQUEST', session))).to.deep.equal([]);
    expect(ics).to.contain('DTSTART;TZID=Europe/Berlin:20261020T090000\r\n');
    expect(ics).to.contain('URL;VALUE=URI:https://example.org/room?a=1%2C2%3B3\r\n');
  });

  it('supersedes the one before when the session has moved', () => {
    const before = aSession();
    const after = aSession({
      sequence: 1,
      startsAt: new Date('2026-10-27T08:00Z'),
      endsAt: new Date('2026-10-27T11:00Z'),
    });

    const first = invitation({ session: before, organiser, attendee, stampedAt });
    const second = invitation({ session: after, organiser, attendee, stampedAt: later(stampedAt) });

    const expected = { ...expectationsOf('REQUEST', after), stampedAt: later(stampedAt), previous: first };
    expect(validateCalendarObject(second, expected)).to.deep.equal([]);
  });

  it('carries generated names, titles and places unharmed', () => {
    fc.assert(
      fc.property(sessions(), anybody(), (session, person) => {
        const ics = invitation({ session, organiser: person, attendee, stampedAt });

        const expected = { ...expectationsOf('REQUEST', session), organiser: person.email };
        expect(validateCalendarObject(ics, { ...expected, events: [withTexts(session)] })).to.deep.equal([]);
      }),
      { numRuns: 200, examples: [[aSession(), { name: '\\n :', email: organiser.email }]] },
    );
  });

  it('gives no text a property of its own, whatever the field', () => {
    const harmless = shapeOf(invitation(inputWith('harmless')));

    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(shapeOf(invitation(inputWith(text)))).to.deep.equal(harmless);
      }),
      { numRuns: 200, examples: [[INJECTION], ...HOSTILE.map((text): [string] => [`a${text}b`])] },
    );
  });

  it('lets only https and mailto links through', () => {
    const links = [
      'javascript:alert(1)',
      'http://example.org/',
      'data:text/html,x',
      'file:///etc/passwd',
      'no link',
      '',
    ];

    const written = links.map((url) => invitation({ session: aSession({ url }), organiser, attendee, stampedAt }));

    for (const ics of written) expect(ics).not.to.match(/^URL/m);
    const mail = invitation({ session: aSession({ url: 'mailto:kurse@example.org' }), organiser, attendee, stampedAt });
    expect(mail).to.contain('URL;VALUE=URI:mailto:kurse@example.org\r\n');
  });

  it('refuses a session that ends before it starts', () => {
    const backwards = aSession({ endsAt: new Date('2026-10-20T06:00Z') });

    expect(() => invitation({ session: backwards, organiser, attendee, stampedAt })).to.throw(
      'A session ends after it starts.',
    );
  });
});

describe('invitation across clock changes', () => {
  for (const { what, timeZone, startsAt, endsAt } of SPANS) {
    it(`means the same instants: ${what}`, () => {
      const session = aSession({ timeZone, startsAt: new Date(startsAt), endsAt: new Date(endsAt) });

      const ics = invitation({ session, organiser, attendee, stampedAt });

      expect(validateCalendarObject(ics, expectationsOf('REQUEST', session))).to.deep.equal([]);
    });
  }
});

describe('cancellation', () => {
  it('takes back the invitation of the same UID', () => {
    const invited = invitation({ session: aSession(), organiser, attendee, stampedAt });
    const session = aSession({ sequence: 1 });

    const ics = cancellation({ session, organiser, attendee, stampedAt: later(stampedAt) });

    const expected = expectationsOf('CANCEL', { ...session, cancelled: true });
    expect(validateCalendarObject(ics, { ...expected, stampedAt: later(stampedAt), previous: invited })).to.deep.equal(
      [],
    );
  });

  it('stays sound with generated sessions', () => {
    fc.assert(
      fc.property(sessions(), (session) => {
        const ics = cancellation({ session, organiser, attendee, stampedAt });

        expect(validateCalendarObject(ics, expectationsOf('CANCEL', { ...session, cancelled: true }))).to.deep.equal(
          [],
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('coursePlan', () => {
  it('publishes all sessions, keeps the cancelled ones and names nobody', () => {
    const plan = [
      aSession({ uid: 'one@mosaik' }),
      aSession({ uid: 'two@mosaik', startsAt: new Date('2026-10-27T08:00Z'), endsAt: new Date('2026-10-27T10:00Z') }),
      aSession({ uid: 'three@mosaik', timeZone: 'America/New_York', cancelled: true, sequence: 2 }),
    ];

    const ics = coursePlan({ name: 'Interkulturelle Öffnung; Teil 1, Grundlagen', sessions: plan, stampedAt });

    const expected = { method: 'PUBLISH' as const, stampedAt, events: plan.map(expectedEvent) };
    expect(validateCalendarObject(ics, expected)).to.deep.equal([]);
    expect(ics).to.contain('X-WR-CALNAME:Interkulturelle Öffnung\\; Teil 1\\, Grundlagen\r\n');
  });

  it('names the organiser when there is one', () => {
    const ics = coursePlan({ name: 'Plan', sessions: [aSession()], stampedAt, organiser });

    const expected = { method: 'PUBLISH' as const, organiser: organiser.email, events: [expectedEvent(aSession())] };
    expect(validateCalendarObject(ics, expected)).to.deep.equal([]);
  });

  it('gives no name a property of its own', () => {
    const shape = shapeOf(coursePlan({ name: 'harmless', sessions: [aSession()], stampedAt }));

    fc.assert(
      fc.property(hostileText(), (text) => {
        const uid = `u${text}`;
        expect(shapeOf(coursePlan({ name: `n${text}`, sessions: [aSession({ uid })], stampedAt }))).to.deep.equal(
          shape,
        );
      }),
      { numRuns: 100, examples: [[INJECTION]] },
    );
  });
});

describe('sessionUid', () => {
  it('is the same for ever, short, plain, and silent about the person', () => {
    const uid = sessionUid('665f00000000000000000001', 'mina.muster@example.org|mina muster');

    expect(uid).to.equal('6f6502d72b6d48b9a4d977920cc3622d399cbb82@mosaik');
    expect(uid).to.match(/^[0-9a-f]{40}@mosaik$/);
  });

  it('differs by session and by person, however the parts are cut', () => {
    const uids = [
      sessionUid('a', 'b'),
      sessionUid('a', 'c'),
      sessionUid('b', 'b'),
      sessionUid('ab', ''),
      sessionUid('', 'ab'),
    ];

    expect(new Set(uids)).to.have.lengthOf(5);
  });
});

describe('contentFingerprint', () => {
  it('changes with what a calendar shows', () => {
    const changes: Partial<CalendarSession>[] = [
      { startsAt: new Date('2026-10-20T07:01Z') },
      { endsAt: new Date('2026-10-20T10:01Z') },
      { timeZone: 'Europe/Vienna' },
      { location: 'Raum 2' },
      { title: 'Anderes' },
      { cancelled: true },
      { url: 'https://example.org/other' },
    ];

    const fingerprints = [{}, ...changes].map((change) => contentFingerprint(aSession(change)));

    expect(new Set(fingerprints)).to.have.lengthOf(changes.length + 1);
  });

  it('stays when only the numbering or the description differs', () => {
    const other = aSession({ sequence: 7, uid: 'other@mosaik', description: 'Anderer Text' });

    expect(contentFingerprint(other)).to.equal(contentFingerprint(aSession()));
  });
});

function aSession(change: Partial<CalendarSession> = {}): CalendarSession {
  return {
    uid: 'f0f0@mosaik',
    sequence: 0,
    title: 'Interkulturelle Kompetenz: Grundlagen',
    description: 'Bitte bringen Sie eigene Beispiele mit.',
    startsAt: new Date('2026-10-20T07:00Z'),
    endsAt: new Date('2026-10-20T10:00Z'),
    timeZone: 'Europe/Berlin',
    location: 'Raum 1, Musterhaus',
    url: 'https://example.org/room?a=1,2;3',
    ...change,
  };
}

function inputWith(text: string): InvitationInput {
  return {
    session: aSession({
      uid: `u${text}`,
      title: `t${text}`,
      description: `d${text}`,
      location: `l${text}`,
      url: `https://example.org/${text}`,
      timeZone: 'Europe/Berlin',
    }),
    organiser: { name: `n${text}`, email: `kurse${text}@example.org` },
    attendee: { name: `n${text}`, email: `mina${text}@example.org` },
    stampedAt,
  };
}

function expectationsOf(method: 'REQUEST' | 'CANCEL', session: CalendarSession): CalendarExpectations {
  const people = { recipient: attendee.email, organiser: organiser.email };
  return { method, stampedAt, ...people, events: [expectedEvent(session)] };
}

function expectedEvent(session: CalendarSession): ExpectedEvent {
  const { uid, sequence, startsAt, endsAt } = session;
  return { uid, sequence, startsAt, endsAt, status: session.cancelled ? 'CANCELLED' : 'CONFIRMED' };
}

function withTexts(session: CalendarSession): ExpectedEvent {
  const { title, location = '', description = '' } = session;
  return { ...expectedEvent(session), title, location, description };
}

/** Texts as they come out again: on one line, no control characters, no spaces to trim. */
function printableText(): fc.Arbitrary<string> {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.constantFrom(';', ',', ':', '"', '^', '\\', '\\n', '👩‍🏫', 'Čağrı', 'العربية', 'Đặng', 'a\u0301'),
  );
  return fc
    .array(word, { minLength: 1, maxLength: 12 })
    .map((words) =>
      words
        .join(' ')
        .replace(/[\p{Cc}\u2028\u2029]|\p{Cs}/gu, '')
        .replace(/ {2,}/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '');
}

function hostileText(): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...HOSTILE, INJECTION), fc.string({ unit: 'binary', maxLength: 10 }));
  return fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
}

function anybody(): fc.Arbitrary<{ name: string; email: string }> {
  return fc.record({ name: printableText(), email: fc.constantFrom('kurse@example.org', "o'neil+a&b=c@example.org") });
}

function sessions(): fc.Arbitrary<CalendarSession> {
  return fc
    .record({
      minute: fc.integer({ min: Date.UTC(2026, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 }),
      minutes: fc.integer({ min: 1, max: 3 * 24 * 60 }),
      timeZone: fc.constantFrom(
        'Europe/Berlin',
        'America/New_York',
        'Asia/Kathmandu',
        'America/Vancouver',
        'Africa/Casablanca',
      ),
      title: printableText(),
      location: printableText(),
      description: printableText(),
      sequence: fc.nat(50),
      nearClockChange: fc.boolean(),
    })
    .map(({ minute, minutes, nearClockChange, ...rest }) => {
      const start = nearClockChange ? Date.UTC(2026, 9, 24, 22) / 60_000 + (minute % 360) : minute;
      return aSession({ ...rest, startsAt: new Date(start * 60_000), endsAt: new Date((start + minutes) * 60_000) });
    });
}

function later(instant: Date): Date {
  return new Date(instant.getTime() + 60_000);
}

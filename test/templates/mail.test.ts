import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { JSDOM } from 'jsdom';
import { projectRoot } from '../../server/platform/root.ts';
import { previewFacts, renderMail } from '../../templates/mail/index.ts';
import type { MailFacts, MailKind, MailLanguage, MailSession } from '../../templates/mail/index.ts';

const LANGUAGES: MailLanguage[] = ['de', 'en'];
const KINDS: MailKind[] = [
  'booking-confirmed',
  'waiting-list-joined',
  'promoted',
  'place-offered',
  'offer-reminder',
  'offer-lapsed',
  'offer-declined',
  'places-free-late',
  'approval-asked',
  'approval-reminder',
  'approval-ended',
  'approval-pending',
  'approval-refused',
  'approval-expired',
  'booking-cancelled',
  'waiting-list-left',
  'already-booked',
  'session-moved',
  'session-added',
  'session-cancelled',
  'run-postponed',
  'run-rescheduled',
  'modules-changed',
  'booking-reduced',
  'booking-split',
  'names-missing',
  'details-asked',
  'names-lapsed',
  'booking-moved',
  'run-merged',
  'decision-due',
  'run-cancelled',
  'invitation',
  'invitation-updated',
  'invitation-cancelled',
  'calendar-declined',
  'calendar-countered',
  'reminder',
  'follow-up',
  'trainer-assigned',
  'trainer-released',
  'teaching-asked',
  'teaching-reminder',
  'teaching-withdrawn',
  'teaching-answered',
  'teaching-unanswered',
  'trainer-links-renewed',
  'trainer-absent',
  'interest-confirm',
  'interest-noted',
  'interest-invited',
  'interest-closed',
  'in-house-confirm',
  'in-house-asked',
  'in-house-planned',
  'in-house-declined',
  'sign-in-code',
  'person-invited',
];
/** There is no date yet, or none will come. */
const WITHOUT_DAY: MailKind[] = [
  'interest-confirm',
  'interest-noted',
  'interest-closed',
  'in-house-confirm',
  'in-house-asked',
  'in-house-declined',
];
const WITHOUT_SEMINAR: MailKind[] = ['sign-in-code', 'person-invited'];
const HOSTILE = '<script>alert(1)</script>"\'&{{ x }}{% raw %}\r\nBcc: x@example.org\u2028<img src=x onerror=y>';

before(() => promisify(execFile)(process.execPath, [join(projectRoot, 'scripts', 'build-mail.mjs')]));

describe('renderMail', () => {
  it('knows every kind of mail', () => {
    expect(Object.keys(previewFacts)).to.have.members(KINDS);
  });

  for (const language of LANGUAGES) {
    for (const kind of KINDS) {
      describe(`${kind} (${language})`, () => {
        it('says in plain text all that the HTML says', () => {
          const { html, text } = render(kind, language);

          const document = documentOf(html);
          const told = plain(text);
          const said = [...document.querySelectorAll('p, li, th, td > a, h2')].map((part) =>
            plain(part.textContent ?? ''),
          );
          expect(said.filter((words) => !told.includes(words.replace(/:$/, '')))).to.deep.equal([]);
          for (const { href } of linksIn(document)) expect(text).to.contain(href);
        });

        it('names the seminar and the day in its subject', () => {
          const { subject } = render(kind, language);

          if (WITHOUT_SEMINAR.includes(kind)) return expect(subject).to.contain('Mosaik');
          expect(subject).to.contain(
            kind.startsWith('in-house') ? 'Gespräche mit Eltern' : 'Interkulturelle Kompetenz in der Beratung',
          );
          if (WITHOUT_DAY.includes(kind)) return undefined;
          return expect(subject).to.match(language === 'de' ? /\d+\. \p{L}+ 2026/u : /\d+ \p{L}+ 2026/u);
        });

        it('is a sound document: language, one heading, one button, no outside resource', () => {
          const { html } = render(kind, language);

          const document = documentOf(html);
          expect(document.documentElement.lang).to.equal(language);
          expect(document.querySelectorAll('h1')).to.have.lengthOf(1);
          expect(document.title).to.equal(render(kind, language).subject);
          expect(
            document.querySelectorAll('img, script, link, iframe, object, form, base, video, audio'),
          ).to.have.lengthOf(0);
          expect(html).not.to.match(/@import|@font-face|url\(|src=|background=/i);
          expect(document.querySelectorAll('td[bgcolor] > a')).to.have.lengthOf(1);
        });

        it('leaves nothing unfilled', () => {
          const { subject, html, text } = render(kind, language);

          for (const part of [subject, html, text])
            expect(part).not.to.match(/undefined|null|NaN|Invalid|\[object|{{|{%|}}/);
        });

        it('keeps hostile names inert', () => {
          const { subject, html, text } = renderMail(kind, language, hostile(previewFacts[kind]));

          const document = documentOf(html);
          expect(document.querySelectorAll('script, img, iframe, [onerror]')).to.have.lengthOf(0);
          expect(document.body.textContent).to.contain('<script>alert(1)</script>');
          expect(subject).not.to.match(/[\r\n\u2028]/);
          expect(text).not.to.match(/^Bcc:/m);
          for (const { protocol } of linksIn(document)) expect(protocol).to.be.oneOf(['https:', 'http:']);
        });

        it('says why it comes', () => {
          const { text } = render(kind, language);

          expect(text.split('\n-- \n')[1]).to.match(
            language === 'de' ? /^Sie erhalten diese E-Mail, weil / : /^You are getting this email because /,
          );
        });
      });
    }
  }

  it('is a function of its facts alone', () => {
    expect(render('promoted', 'de')).to.deep.equal(render('promoted', 'de'));
  });
});

describe('what mails say', () => {
  it('tells the time on the clock of the place, with its zone, whatever the server is', () => {
    const session = aSession({
      startsAt: new Date('2026-07-01T12:00Z'),
      endsAt: new Date('2026-07-01T14:30Z'),
      timeZone: 'America/New_York',
    });
    const mail = { ...previewFacts.reminder, session };

    expect(renderMail('reminder', 'de', mail).text).to.contain(
      'Wann: Mittwoch, 1. Juli 2026, 08:00 bis 10:30 Uhr, Nordamerikanische Ostküstenzeit',
    );
    expect(plain(renderMail('reminder', 'en', mail).text)).to.match(
      /When: Wednesday,? 1 July 2026, 08:00 to 10:30, Eastern Time/,
    );
  });

  it('names both days when a session ends on another', () => {
    const session = aSession({ startsAt: new Date('2026-10-24T20:00Z'), endsAt: new Date('2026-10-25T02:00Z') });

    const { text } = renderMail('invitation', 'de', { ...previewFacts.invitation, session });

    expect(text).to.contain(
      'Samstag, 24. Oktober 2026, 22:00 Uhr bis Sonntag, 25. Oktober 2026, 03:00 Uhr, Mitteleuropäische Zeit',
    );
  });

  it('carries the reminder for those who book late, and only for them', () => {
    const near = [0, 1, 3].map(
      (alreadyNear) =>
        renderMail('booking-confirmed', 'de', { ...previewFacts['booking-confirmed'], alreadyNear }).text,
    );
    const { alreadyNear: _, ...calm } = previewFacts['booking-confirmed'];

    expect(near.map((text) => /Es beginnt schon (.*)\./.exec(text)?.[1])).to.deep.equal([
      'heute',
      'morgen',
      'in 3 Tagen',
    ]);
    expect(renderMail('booking-confirmed', 'de', calm).text).not.to.contain('beginnt schon');
  });

  it('lists all sessions of a course with their modules and places', () => {
    const { text, html } = render('booking-confirmed', 'de');

    for (const said of [
      'Modul 1: Wahrnehmen und verstehen',
      'Modul 2: Gespräche führen',
      'Seminarraum 2',
      'https://meet.example.org/grundlagen',
    ]) {
      expect(text).to.contain(said);
      expect(documentOf(html).body.textContent).to.contain(said);
    }
  });

  it('never calls somebody booked who only waits', () => {
    const { subject, text } = render('waiting-list-joined', 'de');

    expect(subject).to.match(/^Warteliste: /);
    expect(text).to.contain('Sie haben noch keine Buchung.').and.contain('an Stelle 4').and.contain('auf 2 Plätze');
    expect(text).not.to.contain('bestätigt');
  });

  it('tells somebody registered twice what stands, and gives the link to nobody else', () => {
    const { manageUrl: _, ...facts } = previewFacts['already-booked'];
    const { text, html } = renderMail('already-booked', 'de', { ...facts, status: 'waiting' });

    expect(text).to.contain('Sie stehen dort aber schon auf der Warteliste.').and.not.contain('Der Link gehört');
    expect(linksIn(documentOf(html))).to.deep.equal([]);
    expect(render('already-booked', 'de').text)
      .to.contain('Sie haben dort aber schon einen Platz.')
      .and.contain('/bookings/');
  });

  it('has a sentence of its own for each policy', () => {
    const policies = ['strict', 'fill', 'split'] as const;
    const texts = policies.map(
      (policy) => renderMail('waiting-list-joined', 'en', { ...previewFacts['waiting-list-joined'], policy }).text,
    );

    expect(new Set(texts)).to.have.lengthOf(3);
  });

  it('says which seminar and which day somebody was promoted to', () => {
    const { text } = render('promoted', 'en');

    expect(text).to.contain(
      'In “Interkulturelle Kompetenz in der Beratung” on 20 October 2026 a place has become free for you.',
    );
  });

  it('tells an update from old to new, and only what changed', () => {
    const before = aSession();
    const moved = renderMail('invitation-updated', 'de', {
      ...updated(),
      before,
      session: aSession({ endsAt: new Date('2026-10-20T13:00Z') }),
    });
    const rehoused = renderMail('invitation-updated', 'de', {
      ...updated(),
      before,
      session: aSession({ location: 'Raum 7' }),
    });

    expect(moved.text)
      .to.contain('Bisher: Dienstag, 20. Oktober 2026, 09:00 bis 12:00 Uhr')
      .and.contain('Neu: Dienstag, 20. Oktober 2026, 09:00 bis 15:00 Uhr');
    expect(moved.text).to.contain('Wo (wie bisher): Raum 1').and.not.contain('Neuer Ort');
    expect(rehoused.text)
      .to.contain('Der Ort hat sich geändert'.toLocaleUpperCase('de'))
      .and.contain('Bisher am Ort: Raum 1')
      .and.contain('Neuer Ort: Raum 7');
    expect(rehoused.text).to.contain('Wann (wie bisher): Dienstag').and.contain('Ihr Platz bleibt Ihnen');
    expect(renderMail('invitation-updated', 'de', { ...updated(), teaches: true }).text)
      .to.contain('Sie leiten diesen Termin.')
      .and.not.contain('Ihr Platz bleibt Ihnen');
  });

  it('leaves out what is not known instead of leaving a gap', () => {
    const { seminarTitle, providerName, session } = previewFacts.reminder;
    const { text, html } = renderMail('reminder', 'de', {
      recipientName: '',
      seminarTitle,
      providerName,
      session: aSession(session),
      days: 7,
    });

    expect(text).to.contain('Guten Tag,\n').and.not.contain('Haben Sie Fragen?');
    expect(html).not.to.contain('kurse@example.org');
  });

  it('uses no link that is not one to the web', () => {
    const session = aSession({ onlineUrl: 'javascript:alert(1)' });

    const { html } = renderMail('reminder', 'en', { ...previewFacts.reminder, session });

    expect(linksIn(documentOf(html)).map(({ href }) => href)).to.deep.equal([]);
  });

  it('shows the code large and says how long it lasts', () => {
    const { html, text, subject } = render('sign-in-code', 'en');

    expect(documentOf(html).querySelector('.code')?.textContent).to.equal('482915');
    expect(text).to.contain('\n    482915\n').and.contain('10 minutes');
    expect(subject).not.to.contain('482915');
  });

  it('cuts a very long title in the subject, not in the text', () => {
    const seminarTitle = 'Ü'.repeat(200);

    const { subject, text } = renderMail('reminder', 'de', { ...previewFacts.reminder, seminarTitle });

    expect(subject).to.equal(`Erinnerung: ${'Ü'.repeat(79)}…, 3. November 2026`);
    expect(text).to.contain(seminarTitle);
  });
});

describe('colours in mails', () => {
  it('stand out enough from their ground (WCAG 1.4.3)', () => {
    const pairs = [
      ['#1f2328', '#ffffff'],
      ['#4b535d', '#ffffff'],
      ['#174a8b', '#ffffff'],
    ] as const;
    const colours = new Set(render('booking-confirmed', 'de').html.match(/#[0-9a-f]{6}/gi));

    expect([...colours].filter((colour) => ![...pairs.flat(), '#d0d7de'].includes(colour))).to.deep.equal([]);
    for (const [text, ground] of pairs) expect(contrast(text, ground), text).to.be.at.least(4.5);
  });
});

function render(kind: MailKind, language: MailLanguage) {
  return renderMail(kind, language, previewFacts[kind]);
}

function aSession(change: Partial<MailSession> = {}): MailSession {
  return {
    startsAt: new Date('2026-10-20T07:00Z'),
    endsAt: new Date('2026-10-20T10:00Z'),
    timeZone: 'Europe/Berlin',
    location: 'Raum 1',
    ...change,
  };
}

function updated(): MailFacts['invitation-updated'] {
  return previewFacts['invitation-updated'];
}

/** The same facts with every free text hostile; what the kind depends on stays. */
function hostile<Facts extends MailFacts[MailKind]>(facts: Facts): Facts {
  const fixed = /^(timeZone|policy|cancelledBy|leftBy|status|because)$/;
  const spoil = (key: string, value: unknown): unknown => {
    if (typeof value === 'string') return fixed.test(key) ? value : `${value}${HOSTILE}`;
    if (Array.isArray(value)) return value.map((item) => spoil(key, item));
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoil(name, inner)]));
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is copied, only texts differ
  return spoil('', facts) as Facts;
}

function documentOf(html: string): Document {
  return new JSDOM(html.replaceAll('<br', ' <br')).window.document;
}

function linksIn(document: Document): HTMLAnchorElement[] {
  return [...document.querySelectorAll('a')];
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

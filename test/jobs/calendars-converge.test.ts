import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { CalendarClient } from '../support/calendar-client.ts';
import { validateCalendarObject, type CalendarExpectations } from '../support/calendar-checks.ts';
import { freshDatabase, testDatabase } from '../support/hooks.ts';
import { mimeTree } from '../support/mime-tree.ts';
import { startSmtpSink, type SinkMail } from '../support/smtp-sink.ts';

type Sent = { method: string; ics: string; mail: SinkMail };

const room = 'Lernhaus Mitte, Raum 2.10';
const hall = 'Stadtteilzentrum Nord, Saal';
/** What the first session's mails must say, in the order in which they were sent. */
const steps = [
  {
    method: 'REQUEST',
    sequence: 0,
    startsAt: '2026-10-23T07:00Z',
    endsAt: '2026-10-23T14:00Z',
    location: room,
    status: 'CONFIRMED',
  },
  {
    method: 'REQUEST',
    sequence: 1,
    startsAt: '2026-10-26T08:00Z',
    endsAt: '2026-10-26T15:00Z',
    location: room,
    status: 'CONFIRMED',
  },
  {
    method: 'REQUEST',
    sequence: 2,
    startsAt: '2026-10-26T08:00Z',
    endsAt: '2026-10-26T15:00Z',
    location: hall,
    status: 'CONFIRMED',
  },
  {
    method: 'CANCEL',
    sequence: 3,
    startsAt: '2026-10-26T08:00Z',
    endsAt: '2026-10-26T15:00Z',
    location: hall,
    status: 'CANCELLED',
  },
] as const;
const invitationTree = (method: string, filename: string) => [
  'multipart/mixed',
  '  multipart/alternative',
  '    text/plain',
  '    text/html',
  `    text/calendar; charset=utf-8; method=${method}`,
  `  application/ics; name=${filename}`,
];

describe('calendars converge (promise 6)', () => {
  for (const zone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'])
    it(`one UID for ever, its SEQUENCE only grows, the last invitation is the truth, on a server in ${zone}`, async function () {
      this.timeout(180_000);
      await freshDatabase();
      const email = 'amsel.probe@example.org';

      const sent = await journeyIn(zone, email);
      const uid = uidOf(sent.findLast(({ ics, method }) => method === 'REQUEST' && ics.includes('SEQUENCE:2')));
      const ofFirst = sent.filter((one) => uidOf(one) === uid);

      expect(sent.map(({ method }) => method)).to.deep.equal([
        'REQUEST',
        'REQUEST',
        'REQUEST',
        'REQUEST',
        'CANCEL',
        'CANCEL',
      ]);
      expect(ofFirst).to.have.lengthOf(steps.length);
      ofFirst.forEach(({ ics, method, mail }, index) => {
        expect(
          validateCalendarObject(ics, expectationsOf(index, { uid, email, method, previous: ofFirst[index - 1]?.ics })),
          `mail ${index}`,
        ).to.deep.equal([]);
        const filename = method === 'CANCEL' ? 'cancellation.ics' : 'invitation.ics';
        expect(mimeTree(mail.raw).map((line) => line.replace(/"/g, ''))).to.deep.equal(
          invitationTree(method, filename),
        );
      });
      expect(standingAfter(sent.map(({ ics }) => ics))).to.deep.equal([]);
      expect(standingAfter(sent.map(({ ics }) => ics).toReversed())).to.deep.equal([]);
    });
});

function expectationsOf(
  index: number,
  { uid, email, method, previous }: { uid: string; email: string; method: string; previous: string | undefined },
): CalendarExpectations {
  const { startsAt, endsAt, ...step } = steps[index]!;
  return {
    method: step.method,
    mimeMethod: method,
    recipient: email,
    organiser: 'mosaik@example.org',
    events: [
      {
        ...step,
        uid,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
        title: 'Übersetzen; verstehen, „fragen“',
      },
    ],
    ...(previous && { previous }),
  };
}

/** The iTIP mails of the journey, in the order the SMTP server took them. */
async function journeyIn(zone: string, email: string): Promise<Sent[]> {
  const sink = await startSmtpSink();
  const { uri } = await testDatabase();
  const journey = spawn(process.execPath, ['--import', 'tsx', 'test/jobs/calendar-journey.ts', uri, sink.url, email], {
    env: { ...process.env, TZ: zone },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(journey, 'exit')) as [number];
  await sink.close();
  expect(code, 'the journey ends well').to.equal(0);
  return sink.mails.flatMap((mail) => {
    const raw = mail.raw.toString('latin1');
    const method = /text\/calendar;[^\n]*\s*method=(REQUEST|CANCEL)/i.exec(raw.replace(/\r\n[ \t]/g, ' '))?.[1];
    const part = mail.parsed.attachments.find(({ contentType }) => contentType === 'application/ics');
    return method && part ? [{ method, ics: part.content.toString('utf8'), mail }] : [];
  });
}

function uidOf(sent: Sent | undefined): string {
  return /^UID:(.*)$/m.exec(sent?.ics.replace(/\r\n /g, '') ?? '')?.[1]?.trim() ?? 'no UID';
}

function standingAfter(objects: readonly string[]) {
  const client = new CalendarClient();
  for (const object of objects) client.receive(object);
  return client.entries();
}

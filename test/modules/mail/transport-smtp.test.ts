import { createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect } from 'chai';
import { cancellation, invitation } from '../../../server/modules/calendar/index.ts';
import { openTransport } from '../../../server/modules/mail/transport.ts';
import type { MailTransport, OutgoingMail } from '../../../server/modules/mail/transport.types.ts';
import { validateCalendarObject } from '../../support/calendar-checks.ts';
import { startSmtpSink, type SinkBehaviour, type SinkMail, type SmtpSink } from '../../support/smtp-sink.ts';
import { mimeTree } from '../../support/mime-tree.ts';
import { aMail, INVITATION } from './mails.ts';

describe('openTransport with an SMTP server', () => {
  let sink: SmtpSink;
  let transport: MailTransport;

  afterEach(async () => {
    await transport.close();
    await sink.close();
  });

  async function open(behaviour: SinkBehaviour = {}): Promise<void> {
    sink = await startSmtpSink(behaviour);
    transport = openTransport({ smtpUrl: sink.url, directory: '/nowhere' });
  }

  async function sent(mail: OutgoingMail): Promise<SinkMail> {
    expect(await transport.send(mail)).to.deep.equal({ kind: 'accepted' });
    const [arrived] = await sink.waitFor(1);
    return arrived ?? expect.fail('no mail arrived');
  }

  it('delivers text and HTML with the headers of a machine-made mail', async () => {
    await open();

    const mail = await sent(aMail());

    expect(mail.envelope).to.deep.equal({ from: 'kurse@example.org', to: ['mina.muster@example.org'] });
    expect(mail.messageId).to.equal('<665f000000000000000000aa@mosaik>');
    expect(mail.parsed.date).to.deep.equal(new Date('2026-09-01T10:11:12Z'));
    expect(mail.parsed.headers.get('auto-submitted')).to.equal('auto-generated');
    expect(mail.parsed.headers.get('x-auto-response-suppress')).to.equal('All');
    expect(mail.parsed.subject).to.equal('Einladung: Grundlagen am 20. Oktober');
    expect(mail.parsed.text).to.contain('schön, dass Sie kommen');
    expect(mimeTree(mail.raw)).to.deep.equal(['multipart/alternative', '  text/plain', '  text/html']);
  });

  it('signs for its domain, where it has a key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    sink = await startSmtpSink();
    const dkim = { domain: 'example.org', selector: 'mosaik', key };
    transport = openTransport({ smtpUrl: sink.url, directory: '/nowhere', dkim });

    const mail = await sent(aMail());

    expect(signatureOf(mail.raw)).to.include({ d: 'example.org', s: 'mosaik', c: 'relaxed/relaxed' });
    expect(isSignedBy(publicKey, mail.raw)).to.equal(true);
    const changed = Buffer.from(mail.raw.toString('latin1').replace('Grundlagen', 'Grundlegen'), 'latin1');
    expect(isSignedBy(publicKey, changed)).to.equal(false);
  });

  it('says where it comes back to and where answers go, where these are addresses of their own', async () => {
    await open();

    const mail = await sent(aMail({ returnTo: 'kurse+b1@example.org', replyTo: 'kurse+r1@example.org' }));

    expect(mail.envelope.from).to.equal('kurse+b1@example.org');
    expect(mail.parsed.from?.value[0]?.address).to.equal('kurse@example.org');
    expect(mail.parsed.replyTo?.value[0]?.address).to.equal('kurse+r1@example.org');
  });

  for (const method of ['REQUEST', 'CANCEL'] as const) {
    it(`puts a ${method} where calendar programs look for it`, async () => {
      await open();
      const content = objectFor(method);

      const mail = await sent(aMail({ calendar: { method, content, filename: 'einladung.ics' } }));

      expect(mimeTree(mail.raw)).to.deep.equal([
        'multipart/mixed',
        '  multipart/alternative',
        '    text/plain',
        '    text/html',
        `    text/calendar; charset=utf-8; method=${method}`,
        '  application/ics; name=einladung.ics',
      ]);
      const [alternative, attachment] = mail.parsed.attachments;
      expect(alternative?.content.toString('utf8')).to.equal(content);
      expect(attachment?.content.toString('utf8')).to.equal(content);
      expect(attachment?.filename).to.equal('einladung.ics');
      expect(validateCalendarObject(alternative?.content ?? '', expectationsOf(method))).to.deep.equal([]);
    });
  }

  it('sends a course plan as a file, not as an invitation', async () => {
    await open();
    const content = INVITATION.replace('REQUEST', 'PUBLISH');

    const mail = await sent(aMail({ calendar: { method: 'PUBLISH', content, filename: 'plan.ics' } }));

    expect(mimeTree(mail.raw)).to.deep.equal([
      'multipart/mixed',
      '  multipart/alternative',
      '    text/plain',
      '    text/html',
      '  text/calendar; charset=utf-8; name=plan.ics',
    ]);
    expect(mail.parsed.attachments.map((file) => [file.filename, file.content.toString('utf8')])).to.deep.equal([
      ['plan.ics', content],
    ]);
  });

  it('declares each encoding truthfully and keeps lines short', async () => {
    await open();

    const mail = await sent(
      aMail({
        html: `<p>${'ä'.repeat(3_000)}</p>`,
        calendar: { method: 'REQUEST', content: INVITATION, filename: 'e.ics' },
      }),
    );

    const source = mail.raw.toString('latin1');
    expect(source).to.match(/^[\t\r\n\x20-\x7e]*$/);
    expect(source.split('\r\n').every((line) => line.length <= 998)).to.equal(true);
    expect(source).not.to.contain('8bit');
    expect(mail.parsed.html).to.contain('ä'.repeat(3_000));
  });

  it('makes the same bytes of the same mail again', async () => {
    await open();
    const mail = aMail({ calendar: { method: 'REQUEST', content: INVITATION, filename: 'e.ics' } });

    await transport.send(mail);
    await transport.send(mail);

    const [first, second] = await sink.waitFor(2);
    expect(first?.raw.equals(second?.raw ?? Buffer.of())).to.equal(true);
  });

  it('lets no name, subject or file name become a header or a recipient', async () => {
    await open();
    const hostile = 'A\r\nBcc: x@example.org\r\n\r\nBody, "evil" <evil@example.org>; g:';

    const mail = await sent(
      aMail({
        to: { name: hostile, email: 'mina.muster@example.org' },
        from: { name: hostile, email: 'kurse@example.org' },
        subject: hostile,
        messageId: `a@mosaik>\r\nBcc: x@example.org`,
        calendar: { method: 'REQUEST', content: INVITATION, filename: hostile },
      }),
    );

    expect(mail.envelope.to).to.deep.equal(['mina.muster@example.org']);
    expect(mail.parsed.headers.has('bcc')).to.equal(false);
    expect([...mail.parsed.headers.keys()].toSorted((a, b) => a.localeCompare(b))).to.deep.equal(
      ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].concat(
        'x-auto-response-suppress',
      ),
    );
    expect(mail.parsed.from?.value.map(({ address }) => address)).to.deep.equal(['kurse@example.org']);
    expect([mail.parsed.to ?? []].flat().flatMap(({ value }) => value)).to.have.lengthOf(1);
  });

  it('refuses a recipient that is not one plain address, without a connection', async () => {
    await open();
    const recipients = ['a@b.de, evil@x.de', 'g:a@b.de,c@d.de;', 'a@b.de\r\nBcc: evil@x.de', 'a@b.de (c) .evil.de'];

    const outcomes = [];
    for (const email of recipients) outcomes.push((await transport.send(aMail({ to: { name: 'A', email } }))).kind);

    expect(outcomes).to.deep.equal(['never', 'never', 'never', 'never']);
    expect(sink.log.map(({ event }) => event)).to.deep.equal(['listening']);
  });

  it('sends many mails over few connections', async () => {
    await open();
    const mails = Array.from({ length: 40 }, (_, index) => aMail({ messageId: `<${index}@mosaik>` }));

    const outcomes = await Promise.all(mails.map((mail) => transport.send(mail)));

    expect(outcomes.every(({ kind }) => kind === 'accepted')).to.equal(true);
    expect(new Set(sink.mails.map(({ messageId }) => messageId))).to.have.lengthOf(40);
    expect(sink.log.filter(({ event }) => event === 'connected').length).to.be.at.most(5);
  });

  it('lets a mail under way finish before it closes', async () => {
    await open({ onData: () => new Promise((resolve) => setTimeout(resolve, 150)) });

    const attempt = transport.send(aMail());
    await transport.close();

    expect(await attempt).to.deep.equal({ kind: 'accepted' });
  });

  it('signs in with the password of the URL', async () => {
    await open({ password: 's3cret:/@ä' });

    await sent(aMail());

    expect(sink.log.map(({ event }) => event)).to.include('signed-in');
  });
});

/** The tags of the DKIM signature (RFC 6376 3.2). */
function signatureOf(raw: Buffer): Record<string, string> {
  const [line = ''] = headersOf(raw).filter((header) => /^dkim-signature:/i.test(header));
  const tags = line
    .slice(line.indexOf(':') + 1)
    .replace(/\s+/g, '')
    .split(';');
  return Object.fromEntries(tags.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]));
}

/** Whether the signed headers are as the key's holder signed them, in the relaxed form (RFC 6376 3.4.2 and 3.7). */
function isSignedBy(key: KeyObject, raw: Buffer): boolean {
  const headers = headersOf(raw);
  const { h = '', b = '' } = signatureOf(raw);
  const signed = h
    .split(':')
    .map((name) => headers.findLast((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)));
  const own = headers.find((line) => /^dkim-signature:/i.test(line))?.replace(/(;\s*b=)[^;]*/, '$1') ?? '';
  const text = [...signed.flatMap((line) => line ?? []), own].map(relaxed).join('\r\n');
  return createVerify('RSA-SHA256').update(text, 'latin1').verify(key, b, 'base64');
}

function headersOf(raw: Buffer): string[] {
  const text = raw.toString('latin1');
  return text
    .slice(0, text.indexOf('\r\n\r\n'))
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n');
}

function relaxed(line: string): string {
  const colon = line.indexOf(':');
  return `${line.slice(0, colon).trim().toLowerCase()}:${line
    .slice(colon + 1)
    .replace(/\s+/g, ' ')
    .trim()}`;
}

const session = {
  uid: 'f0f0@mosaik',
  sequence: 2,
  title: 'Übung, Teil 2',
  startsAt: new Date('2026-10-20T07:00Z'),
  endsAt: new Date('2026-10-20T10:00Z'),
  timeZone: 'Europe/Berlin',
};
const organiser = { name: 'Koordinierungsstelle', email: 'kurse@example.org' };
const attendee = { name: 'Mina Muster', email: 'mina.muster@example.org' };

function objectFor(method: 'REQUEST' | 'CANCEL'): string {
  const input = { session, organiser, attendee, stampedAt: new Date('2026-09-01T10:00Z') };
  return method === 'REQUEST' ? invitation(input) : cancellation(input);
}

function expectationsOf(method: 'REQUEST' | 'CANCEL') {
  const { uid, sequence, startsAt, endsAt } = session;
  const status = method === 'REQUEST' ? ('CONFIRMED' as const) : ('CANCELLED' as const);
  const events = [{ uid, sequence, startsAt, endsAt, status }];
  return { method, mimeMethod: method, recipient: attendee.email, organiser: organiser.email, events };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { markDemo } from '../../server/modules/auth/index.ts';
import { openTransport } from '../../server/modules/mail/index.ts';
import type { AppSettings } from '../../server/app.ts';
import { freshDatabase } from '../support/hooks.ts';
import { testConfig, Visitor } from '../support/page.ts';

const evil = '<p onclick="alert(1)">Hallo</p><script>alert(2)</script>';

describe('the mails of a demonstration', () => {
  let dataDirectory: string;

  beforeEach(async () => {
    await freshDatabase();
    dataDirectory = await mkdtemp(join(tmpdir(), 'mosaik-dev-mail-'));
  });
  afterEach(() => rm(dataDirectory, { recursive: true }));

  it('shows what would have been sent, in the header too', async () => {
    await markDemo();
    await aMail();
    const visitor = here();

    const home = await visitor.open('/');
    const list = await visitor.open(home.getByRole('link', { name: 'E-Mails (Demo)' }).getAttribute('href') ?? '');
    const mail = await visitor.open(list.getByRole('link', { name: 'Ihre Buchung <b>' }).getAttribute('href') ?? '');

    expect(list.says).to.include('amsel@example.org');
    expect(mail.heading).to.equal('Ihre Buchung <b>');
    expect(mail.says).to.include('Hallo im Text').and.to.include('BEGIN:VCALENDAR');
  });

  it('shows the look of a mail in a frame in which nothing runs', async () => {
    await markDemo();
    await aMail();
    const visitor = here();
    const list = await visitor.open('/dev/mail');
    const mail = await visitor.open(list.getByRole('link', { name: 'Ihre Buchung <b>' }).getAttribute('href') ?? '');

    const frame = mail.document.querySelector('iframe');
    const inside = await visitor.agent.get(frame?.getAttribute('src') ?? '');

    expect(frame?.getAttribute('sandbox')).to.equal('');
    expect(mail.document.querySelectorAll('script, [onclick]')).to.have.lengthOf(0);
    expect(inside.headers['content-security-policy']).to.include("default-src 'none'").and.to.include('sandbox');
    expect(inside.headers['content-security-policy']).not.to.include('allow-scripts');
  });

  it('is not there for data that are real', async () => {
    await aMail();

    expect((await here().open('/dev/mail')).status).to.equal(404);
  });

  it('is not there where mails are really sent', async () => {
    await markDemo();

    expect((await here({ smtpUrl: 'smtp://localhost' }).open('/dev/mail')).status).to.equal(404);
  });

  const elsewhere: Record<string, string>[] = [
    { 'X-Forwarded-For': '127.0.0.1' },
    { Forwarded: 'for=127.0.0.1' },
    { Via: '1.1 proxy' },
    { Host: 'mosaik.example.org' },
  ];
  for (const headers of elsewhere)
    it(`is not there for somebody elsewhere, as ${JSON.stringify(headers)} tells`, async () => {
      await markDemo();

      expect((await here().open('/dev/mail', headers)).status).to.equal(404);
    });

  it('opens no other file than a mail', async () => {
    await markDemo();
    const visitor = here();

    for (const name of ['..%2fsecret', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', 'x.eml%00', 'nothing.eml'])
      expect((await visitor.open(`/dev/mail/${name}`)).status, name).to.equal(404);
  });

  function here(config: Parameters<typeof testConfig>[0] = {}): Visitor {
    return new Visitor({ config: testConfig({ dataDirectory, ...config }) } satisfies Partial<AppSettings>);
  }

  async function aMail(): Promise<void> {
    const transport = openTransport({ directory: join(dataDirectory, 'mail') });
    await transport.send({
      date: new Date(),
      messageId: 'probe@mosaik',
      from: { name: 'Mosaik', email: 'mosaik@example.org' },
      to: { name: 'Amsel Beispiel', email: 'amsel@example.org' },
      subject: 'Ihre Buchung <b>',
      text: 'Hallo im Text',
      html: evil,
      calendar: { method: 'PUBLISH', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', filename: 'plan.ics' },
    });
  }
});

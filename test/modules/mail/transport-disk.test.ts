import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { listDiskMails, readDiskMail } from '../../../server/modules/mail/transport-disk-reading.ts';
import { openTransport } from '../../../server/modules/mail/transport.ts';
import { aMail, INVITATION } from './mails.ts';

describe('openTransport without an SMTP server', () => {
  let home: string;
  let directory: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'mosaik-mail-'));
    directory = join(home, 'mail');
  });

  afterEach(() => rm(home, { recursive: true, force: true }));

  it('writes a mail that can be read back whole', async () => {
    const transport = openTransport({ directory });
    const calendar = { method: 'REQUEST' as const, content: INVITATION, filename: 'einladung.ics' };

    expect(await transport.send(aMail({ calendar }))).to.deep.equal({ kind: 'accepted' });
    await transport.close();

    const [listed] = await listDiskMails(directory);
    const mail = await readDiskMail(directory, listed?.name ?? '');
    expect(listed).to.deep.include({ to: '"Mina Muster" <mina.muster@example.org>', subject: aMail().subject });
    expect(mail).to.deep.include({
      from: '"Koordinierungsstelle" <kurse@example.org>',
      date: aMail().date,
      messageId: aMail().messageId,
      text: aMail().text,
      calendars: [{ filename: 'einladung.ics', contentType: 'application/ics', content: INVITATION }],
    });
    expect(mail?.html).to.contain('<p>Schön, dass Sie kommen.</p>');
  });

  it('replaces its file when the same mail is sent again, and leaves no half-written ones', async () => {
    const transport = openTransport({ directory });

    await Promise.all([1, 2, 3].map(() => transport.send(aMail())));

    expect(await readdir(directory)).to.have.lengthOf(1);
  });

  it('keeps mails apart whose ids look alike as file names', async () => {
    const transport = openTransport({ directory });

    for (const messageId of ['<a/b@mosaik>', '<a\\b@mosaik>', '<../../a@mosaik>', '<.@mosaik>', '<a>']) {
      await transport.send(aMail({ messageId }));
    }

    expect(await readdir(directory)).to.have.lengthOf(5);
    expect(await readdir(home)).to.deep.equal(['mail']);
    expect(await listDiskMails(directory)).to.have.lengthOf(5);
  });

  it('lists the newest first, by the date of the mail', async () => {
    const transport = openTransport({ directory });
    const days = ['2026-09-02', '2026-09-04', '2026-09-01', '2026-09-03'];

    for (const day of days) {
      await transport.send(aMail({ messageId: `<${day}@mosaik>`, subject: day, date: new Date(`${day}T08:00Z`) }));
    }

    const subjects = (await listDiskMails(directory)).map(({ subject }) => subject);
    expect(subjects).to.deep.equal(['2026-09-04', '2026-09-03', '2026-09-02', '2026-09-01']);
    expect(await listDiskMails(directory, 2)).to.have.lengthOf(2);
  });

  it('lists nothing where nothing was written yet', async () => {
    expect(await listDiskMails(directory)).to.deep.equal([]);
  });

  it('reads no file that is not a mail of the directory', async () => {
    await openTransport({ directory }).send(aMail());
    await writeFile(join(home, 'secret.eml'), 'Subject: secret\r\n\r\nsecret');
    const names = [
      '../secret.eml',
      '..%2fsecret.eml',
      join(home, 'secret.eml'),
      'secret.eml',
      '.eml',
      '',
      'a\0.eml',
      './../secret.eml',
    ];

    const found = await Promise.all(names.map((name) => readDiskMail(directory, name)));

    expect(found).to.deep.equal(names.map(() => undefined));
  });

  it('says later when the directory cannot be written', async () => {
    await writeFile(join(home, 'file'), '');

    const outcome = await openTransport({ directory: join(home, 'file') }).send(aMail());

    expect(outcome).to.deep.equal({ kind: 'later', reason: 'The mail could not be written: EEXIST.' });
  });
});

import { expect } from 'chai';
import { InboxCursorModel } from '../../server/modules/mail/inbox-cursor.model.ts';
import { openInbox, type IncomingMail } from '../../server/modules/mail/index.ts';
import { mailOf } from '../support/answers.ts';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot.ts';
import { freshDatabase } from '../support/hooks.ts';

const address = 'kurse@example.org';
const mailTo = (to: string, subject = 'Hello') => mailOf([`To: <${to}>`, `Subject: ${subject}`, '', 'Hello.', '']);

describe('the inbox on a real IMAP server (needs dovecot-imapd)', () => {
  let server: Dovecot;
  let taken: string[];

  before(function (this: Mocha.Context) {
    if (!hasDovecot()) this.skip();
  });
  beforeEach(async () => {
    await freshDatabase();
    server = await startDovecot();
    taken = [];
  });
  afterEach(() => server.close());

  /** Takes everything but what goes to `leaves`; what goes to `breaks` cannot be taken. */
  const read = (url = server.url) =>
    openInbox({ url, address }, async ({ to }: IncomingMail) => {
      const [tag = ''] = to;
      if (tag.includes('+breaks')) throw new Error('It cannot be taken now.');
      taken.push(tag);
      return !tag.includes('+leaves');
    })();

  it('gives each mail with a tag once, marks as read what was taken, and leaves the rest to people', async () => {
    await server.put(mailTo('kurse+one@example.org'), mailTo(address), mailTo('kurse+leaves@example.org'));
    await read();
    await server.put(mailTo('Kurse+TWO@example.org'));
    await read();
    await read();

    expect(taken).to.deep.equal(['kurse+one@example.org', 'kurse+leaves@example.org', 'kurse+two@example.org']);
    expect(await server.readMails()).to.deep.equal([true, false, false, true]);
  });

  it('stops at what cannot be taken now, tries it again, and after five times leaves it to people and goes on', async () => {
    await server.put(
      mailTo('kurse+one@example.org'),
      mailTo('kurse+breaks@example.org'),
      mailTo('kurse+two@example.org'),
    );

    const outcomes: string[] = [];
    for (let time = 0; time < 6; time += 1)
      await read().then(
        () => outcomes.push('done'),
        () => outcomes.push('stopped'),
      );

    expect(outcomes).to.deep.equal(['stopped', 'stopped', 'stopped', 'stopped', 'done', 'done']);
    expect(taken).to.deep.equal(['kurse+one@example.org', 'kurse+two@example.org']);
    expect(await server.readMails()).to.deep.equal([true, false, true]);
  });

  it('reads the last days once more when the numbers of the mailbox mean other mails', async () => {
    await server.put(mailTo('kurse+one@example.org'));
    await read();
    await InboxCursorModel.updateOne({}, { $set: { validity: 'another', lastUid: 900 } });
    await read();

    expect(taken).to.deep.equal(['kurse+one@example.org', 'kurse+one@example.org']);
  });

  it('says that it cannot read when the server does not let it in', async () => {
    await server.put(mailTo('kurse+one@example.org'));

    const outcome = await read(server.urlWith('wrong')).then(
      () => 'read',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );

    expect(outcome).not.to.equal('read');
    expect(outcome).not.to.contain('wrong');
    expect(taken).to.deep.equal([]);
  });
});

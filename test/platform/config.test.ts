import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../server/config.ts';

describe('readConfig', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mosaik-config-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const read = (environment: Record<string, string>) => readConfig({ DATA_DIR: directory, ...environment });
  const imap = { IMAP_URL: 'imaps://kurse:geheim@mail.example.org' };
  const from = { MAIL_FROM: 'Kurse <kurse@example.org>' };

  it('reads no inbox unless it is told where one is', () => {
    expect(read(from)).not.to.have.property('inbox');
  });

  it('takes the inbox for the mailbox of MAIL_FROM, unless INBOX_ADDRESS names another', () => {
    const other = { INBOX_ADDRESS: 'antworten@example.org' };

    expect(read({ ...imap, ...from }).inbox).to.deep.equal({ url: imap.IMAP_URL, address: 'kurse@example.org' });
    expect(read({ ...imap, ...from, ...other }).inbox?.address).to.equal('antworten@example.org');
  });

  for (const [what, environment, sentence] of [
    ['another protocol', { ...from, IMAP_URL: 'https://a:b@mail.example.org' }, /IMAP_URL .* begins with imap:\/\/ or/],
    ['no URL', { ...from, IMAP_URL: 'mail' }, /IMAP_URL .* begins with imap:\/\//],
    ['no password', { ...from, IMAP_URL: 'imaps://kurse@mail.example.org' }, /IMAP_URL .* a user and a password/],
    ['an inbox without an address', imap, /IMAP_URL also needs MAIL_FROM or INBOX_ADDRESS/],
    ['two addresses', { ...imap, INBOX_ADDRESS: 'a@example.org, b@example.org' }, /INBOX_ADDRESS .* one address/],
    ['half of what signs mails', { ...from, DKIM_SELECTOR: 'mosaik' }, /DKIM_SELECTOR, DKIM_KEY_FILE and MAIL_FROM/],
    ['a key that is none', { ...from, DKIM_SELECTOR: 'mosaik', DKIM_KEY_FILE: '/dev/null' }, /DKIM_KEY_FILE .* PEM/],
    ['an address without room', { ...imap, INBOX_ADDRESS: `${'k'.repeat(31)}@example.org` }, /at most 30 characters/],
  ] as const)
    it(`meets ${what} with one sentence`, () => {
      expect(() => read(environment))
        .to.throw(sentence)
        .with.property('message')
        .that.does.not.contain('\n');
    });
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { LedgerModel } from '../../server/modules/booking/ledger.model.ts';
import { isDemo } from '../../server/modules/auth/index.ts';
import { MessageModel } from '../../server/modules/mail/message.model.ts';
import { personByAddress } from '../../server/modules/people/index.ts';
import { openEmbedded } from '../../server/embedded/index.ts';
import { aBooking, aProvider, aRun } from '../support/builders.ts';
import { freshDatabase, testDatabase, testSecret } from '../support/hooks.ts';
import { fileOf } from '../support/programs.ts';
import { call } from './door.ts';

describe('the command line', function () {
  this.timeout(180_000);
  let dataDirectory = '';
  beforeEach(freshDatabase);
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'mosaik-cli-'));
  });
  afterEach(() => rm(dataDirectory, { recursive: true, force: true }));

  const mosaik = async (words: readonly string[], settings: NodeJS.ProcessEnv = {}) =>
    run(words, { DATA_DIR: dataDirectory, MONGODB_URI: (await testDatabase()).uri, ...settings });

  describe('token', () => {
    it('prints a token of a network coordinator, and nothing else', async () => {
      await aProvider({ id: 'kargah' });

      const { code, out, err } = await mosaik(['token']);

      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(out).to.match(/^mosaik_[\w-]{43}\n$/);
      const body = { title: 'Neu', summary: 'Neu', kind: 'outreach', language: 'de', provider: 'kargah' };
      expect((await call('post', '/seminars', { token: out.trim(), body })).status).to.equal(201);
    });
  });

  describe('invite', () => {
    it('makes a coordinator of the network, posts the invitation and says where to sign in', async () => {
      const { code, out, err } = await mosaik(['invite', ' Kiebitz@Example.org', '--name', 'Kiebitz Beispiel'], {
        BASE_URL: 'https://mosaik.example.org/',
      });

      expect({ code, out, err }).to.deep.equal({
        code: 0,
        out: 'Kiebitz@example.org can sign in now: https://mosaik.example.org/sign-in\n',
        err: '',
      });
      const person = await personByAddress('kiebitz@example.org');
      expect(person).to.deep.include({ name: 'Kiebitz Beispiel', roles: [{ kind: 'network-coordinator' }] });
      const [message, ...others] = await MessageModel.find().lean();
      expect(message).to.deep.include({ kind: 'person-invited', state: 'due', to: { personId: person?.id } });
      expect(others).to.deep.equal([]);
    });

    it('makes a coordinator of one provider, or a trainer, of the person who is known already', async () => {
      await aProvider({ id: 'kargah' });

      await mosaik(['invite', 'kiebitz@example.org', '--provider', 'kargah']);
      await mosaik(['invite', 'kiebitz@example.org', '--trainer']);

      expect((await personByAddress('kiebitz@example.org'))?.roles).to.deep.equal([
        { kind: 'coordinator', providerId: 'kargah' },
        { kind: 'trainer' },
      ]);
    });

    for (const [what, words, sentence] of [
      ['an address that is none', ['kiebitz@'], 'kiebitz@ is no e-mail address that mail can go to.'],
      [
        'a provider that is not there',
        ['k@example.org', '--provider', 'x'],
        'There is no provider x. There are: kargah.',
      ],
      [
        'a name of two lines',
        ['k@example.org', '--name', 'A\nBcc: x'],
        'The name must be one line of at most 120 characters.',
      ],
    ] as const)
      it(`refuses ${what} with a sentence`, async () => {
        await aProvider({ id: 'kargah' });

        expect(await mosaik(['invite', ...words])).to.deep.equal({ code: 1, out: '', err: `${sentence}\n` });

        expect(await MessageModel.countDocuments()).to.equal(0);
      });
  });

  describe('verify', () => {
    it('says in one line what holds', async () => {
      const { id } = await aRun({ capacity: 1 });
      await aBooking({ runId: id });
      await aBooking({ runId: id });

      expect(await mosaik(['verify'])).to.deep.equal({
        code: 0,
        out: 'Promises 1 to 4 hold. Recomputed from the data: runs 1, bookings 2.\n',
        err: '',
      });
    });

    it('names the promise and the run where one is broken, and exits 1', async () => {
      const { id } = await aRun();
      await aBooking({ runId: id });
      await LedgerModel.updateOne({ _id: id }, { $inc: { 'units.0.held': 1 } });

      const { code, out, err } = await mosaik(['verify']);

      expect({ code, err }).to.deep.equal({ code: 1, err: '' });
      expect(out).to.match(new RegExp(`^Promise 1, run ${id}: .+\\.\n$`));
    });
  });

  describe('seed', () => {
    it('fills empty data with the demo and says with what; a second time it refuses', async () => {
      const { code, out, err } = await mosaik(['seed']);

      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(out).to.match(/^The demo is there: 8 providers, \d+ seminars, \d+ runs, \d+ bookings\.\n$/);
      expect(await isDemo()).to.equal(true);
      const again = await mosaik(['seed']);
      expect({ code: again.code, out: again.out }).to.deep.equal({ code: 1, out: '' });
      expect(again.err).to.match(/^There are data already\./);
    });

    it('refuses in production', async () => {
      const production = {
        NODE_ENV: 'production',
        BASE_URL: 'https://mosaik.example.org',
        SECRET: testSecret,
        SMTP_URL: 'smtp://127.0.0.1:9',
        MAIL_FROM: 'mosaik@example.org',
      };

      const { code, out, err } = await mosaik(['seed'], production);

      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(err).to.match(/^Demo data do not belong into production/);
      expect(await isDemo()).to.equal(false);
    });
  });

  it('works while a server has the embedded database open', async () => {
    const embedded = await openEmbedded({ directory: join(dataDirectory, 'database') });
    const client = new MongoClient(embedded.uri);
    try {
      const { code, out, err } = await run(['token'], { DATA_DIR: dataDirectory });

      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(out).to.match(/^mosaik_/);
      expect(embedded.role).to.equal('serving');
      const collections = await client.db().listCollections().toArray();
      expect(collections.length).to.be.greaterThan(5);
      expect(JSON.stringify(await client.db().collection('events').find().toArray())).to.contain('api-token-created');
    } finally {
      await client.close();
      await embedded.close();
    }
  });

  for (const [what, words] of [
    ['nothing', []],
    ['a command that is none', ['frobnicate']],
    ['no address', ['invite']],
    ['too much', ['token', 'please']],
    ['both a provider and a trainer', ['invite', 'k@example.org', '--trainer', '--provider', 'kargah']],
  ] as const)
    it(`answers ${what} with how it is used`, async () => {
      const { code, out, err } = await run(words, { DATA_DIR: dataDirectory });

      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(err)
        .to.match(/--help/)
        .and.not.match(/\bat .*:\d+/);
    });

  for (const [what, settings, sentence] of [
    ['a setting that cannot be used', { PORT: 'seven' }, /^The setting PORT cannot be used: .+\.\n$/],
    ['a database that is not there', { MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=100' }, /^.+\n$/],
  ] as const)
    it(`meets ${what} with one sentence`, async () => {
      const { code, out, err } = await run(['token'], { DATA_DIR: dataDirectory, ...settings });

      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(err).to.match(sentence);
    });
});

type Ran = { code: number; out: string; err: string };

async function run(words: readonly string[], settings: NodeJS.ProcessEnv): Promise<Ran> {
  const cli = await fileOf('server/cli');
  const env = { PATH: process.env['PATH'], SECRET: testSecret, ...settings };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...words], { env }, (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { openEmbedded } from '../../server/embedded/index.ts';
import { ArchiveReader } from '../../server/platform/archive/archive-reader.ts';
import { testDatabase, testSecret } from '../support/hooks.ts';
import { fileOf } from '../support/programs.ts';

describe('export and import on the command line', function () {
  this.timeout(600_000);
  let folder = '';
  let client: MongoClient;
  let mongodbUri = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mosaik-move-'));
    const { uri } = await testDatabase();
    mongodbUri = uri.replace(/^(mongodb:\/\/[^/]+)\/[^?]*/, `$1/mosaik-moved-${process.pid}`);
    client = await new MongoClient(mongodbUri).connect();
  });
  afterEach(async () => {
    await client.db().dropDatabase();
    await client.close();
    await rm(folder, { recursive: true, force: true });
  });

  const inFolder = (name: string) => join(folder, name);
  const embedded = (name: string) => ({ DATA_DIR: inFolder(name) });
  const other = () => ({ DATA_DIR: inFolder('other'), MONGODB_URI: mongodbUri });
  const held =
    'Mail is held back until a coordinator of the network releases it: what was sent since is still due here.';

  it('moves everything to another database and back, while others work, and every promise holds there', async () => {
    await run(['seed'], embedded('first'));
    const holds = await run(['verify'], embedded('first'));
    expect(holds).to.deep.include({ code: 0, err: '' });
    expect(holds.out).to.match(/^Promises 1 to 4 hold\. .*: runs \d\d+, bookings \d\d+\.\n$/);
    const working = await openEmbedded({ directory: inFolder('first/database') });
    const exported = await run(['export', inFolder('there.tar')], embedded('first'));
    expect(working.role).to.equal('serving');
    await working.close();

    const imported = await run(['import', inFolder('there.tar')], other());
    expect(await run(['verify'], other())).to.deep.equal(holds);
    const back = await run(['export', inFolder('back.tar')], other());
    const home = await run(['import', inFolder('back.tar')], embedded('second'));
    expect(await run(['verify'], embedded('second'))).to.deep.equal(holds);

    for (const { code, err } of [exported, imported, back, home])
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(exported.out)
      .to.match(/^bookings: \d+$/m)
      .and.match(/^Exported to .*there\.tar: collections \d+, documents /m);
    expect(imported.out.trimEnd().split('\n').at(-1)).to.equal(held);
    expect(await client.db().collection('mailHolds').countDocuments()).to.equal(1);
    const [one, two] = [await documentsIn(inFolder('there.tar')), await documentsIn(inFolder('back.tar'))];
    expect(two).to.deep.equal(one);
  });

  it('imports into no database that somebody works with, or has data of its own', async () => {
    await client.db().collection('things').insertOne({ n: 1 });
    await run(['export', inFolder('things.tar')], other());
    const working = await openEmbedded({ directory: inFolder('busy/database') });

    const busy = await run(['import', inFolder('things.tar')], embedded('busy'));
    await working.close();
    const full = await run(['import', inFolder('things.tar')], other());

    expect(busy).to.deep.include({ code: 1, out: '' });
    expect(busy.err).to.equal('Mosaik is running on this database. An import needs it alone: stop Mosaik first.\n');
    expect(full.code).to.equal(1);
    expect(full.err).to.match(/^There are data in this database already \(in things\)\. .*\n$/);
  });

  it('lets no command work with half of an archive', async () => {
    await client
      .db()
      .collection<{ _id: string; file: string; collections: string[] }>('unfinished-import')
      .insertOne({ _id: 'import', file: 'half.tar', collections: [] });

    for (const words of [['verify'], ['token'], ['export', inFolder('half.tar')]]) {
      const { code, out, err } = await run(words, other());
      expect({ code, out }, words[0]).to.deep.equal({ code: 1, out: '' });
      expect(err).to.match(/^The import of half\.tar into this database was not finished\. .*\n$/);
    }
  });

  for (const [what, words, sentence] of [
    [
      'an archive that is not there',
      ['import', 'no.tar'],
      /^The archive .*no\.tar cannot be read: it is not there\.\n$/,
    ],
    ['a directory', ['import', '.'], /^The archive .* (cannot be read: |cannot be used: )it is a directory\.\n$/],
    ['what is no archive', ['import', 'text.tar'], /^This file is no archive of Mosaik\.\n$/],
    ['a file that is there', ['export', 'text.tar'], /^There is a file .*text\.tar already\. .*\n$/],
    [
      'a directory that is not there',
      ['export', 'no/x.tar'],
      /^The file .* cannot be written: its directory is not there\.\n$/,
    ],
  ] as const)
    it(`meets ${what} with one sentence`, async () => {
      await client.db().collection('things').insertOne({ n: 1 });
      await writeFile(inFolder('text.tar'), 'text');
      if (words[0] === 'import') await client.db().dropDatabase();

      const { code, err } = await run([words[0], join(folder, words[1])], other());

      expect(code).to.equal(1);
      expect(err).to.match(sentence);
    });
});

/** Every document but those that importing itself writes. */
async function documentsIn(file: string): Promise<Record<string, string[]>> {
  const archive = await ArchiveReader.open(file);
  const all: Record<string, string[]> = {};
  for (const { name } of archive.manifest.collections) {
    if (name === 'events' || name === 'mailHolds') continue;
    const documents: string[] = [];
    for await (const bytes of archive.documentsOf(name)) documents.push(bytes.toString('base64'));
    all[name] = documents.toSorted();
  }
  await archive.close();
  return all;
}

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

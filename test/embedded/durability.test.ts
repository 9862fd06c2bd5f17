import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Db, type Document, MongoServerError } from 'mongodb';
import { execute } from '../../server/embedded/commands/index.ts';
import { Database } from '../../server/embedded/database.ts';
import { lastTransaction } from '../../server/embedded/page-tree.ts';
import { Store } from '../../server/embedded/store.ts';
import { aDirectory, isEmbedded } from './engine.ts';
import { hosting } from './hosts.ts';

describe('a commit', () => {
  let directory: string;
  let store: Store;

  before(function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
  });
  beforeEach(async () => {
    directory = await aDirectory();
    store = new Store(directory);
    await put('first');
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  const put = (key: string): Promise<void> => store.commit([[key, Buffer.from(key)]]);
  const putAll = (count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, (_, at) => put(`key-${at}`)));

  /** LMDB numbers its transactions, and brings each to the disk with a flush of its own. */
  const flushes = (): number => {
    const file = openSync(join(directory, 'data.mdb'), 'r');
    try {
      return Number(lastTransaction(file));
    } finally {
      closeSync(file);
    }
  };

  it('shares its flush with those that come at the same moment', async () => {
    const before = flushes();

    await putAll(100);

    expect(flushes()).to.equal(before + 1);
  });

  it('shares the next flush with those that come after one, each of which is on the disk when it is acknowledged', async () => {
    const before = flushes();
    const first = put('early');
    await new Promise((resolve) => setImmediate(resolve));

    await Promise.all([first, putAll(100)]);

    expect(flushes()).to.equal(before + 2);
  });

  it('has a flush of its own where nobody comes with it, and is on the disk when it is acknowledged', async () => {
    const before = flushes();

    for (let at = 1; at <= 10; at += 1) {
      await put(`key-${at}`);

      expect(flushes()).to.equal(before + at);
    }
  });
});

describe('validate', () => {
  let directory: string;
  let database: Database;

  before(function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
  });
  beforeEach(async () => {
    directory = await aDirectory();
    database = new Database(directory);
    const indexes = [
      { key: { n: 1 }, name: 'unique', unique: true },
      { key: { tags: 1 }, name: 'tags' },
    ];
    await run({ createIndexes: 'things', indexes });
    const documents = Array.from({ length: 20 }, (_, n) => ({ _id: n, n, tags: [`t${n}`, `t${n % 3}`] }));
    await run({ insert: 'things', documents });
  });
  afterEach(async () => {
    await database.close();
    await rm(directory, { recursive: true, force: true });
  });

  const run = async (command: Document): Promise<Document> =>
    (await execute(database, { ...command, $db: 'd' }, {})).fields;

  /** The keys of an index, or of the documents themselves. */
  const keysIn = (name: string): string[] => {
    const prefix = database.catalogue.find('d.things')?.indexes.find(({ spec }) => spec.name === name)?.prefix ?? '';
    return [...database.store.scan({ start: prefix, end: `${prefix}\xff` })].map(({ key }) => key);
  };

  it('finds nothing where nothing is wrong', async () => {
    expect(await run({ validate: 'things', full: true })).to.deep.include({
      valid: true,
      nrecords: 20,
      keysPerIndex: { _id_: 20, unique: 20, tags: 37 },
      errors: [],
    });
  });

  const damages: Record<string, () => [string, Buffer | null]> = {
    'an entry that is missing': () => [keysIn('unique')[3] ?? '', null],
    'an entry that leads elsewhere': () => [keysIn('unique')[3] ?? '', Buffer.from('elsewhere')],
    'an entry of no document': () => [`${keysIn('tags')[3]}x`, Buffer.from('x')],
    'a document without entries': () => [
      `${keysIn('_id_')[3]}x`,
      database.store.get(keysIn('_id_')[3] ?? '') ?? Buffer.alloc(0),
    ],
    'a document that is gone': () => [keysIn('_id_')[3] ?? '', null],
    'a document that is none': () => [keysIn('_id_')[3] ?? '', Buffer.from('none')],
  };
  for (const [what, damage] of Object.entries(damages))
    it(`finds ${what}`, async () => {
      await database.store.commit([damage()]);

      const reply = await run({ validate: 'things', full: true });

      expect(reply['valid']).to.equal(false);
      expect(reply['errors']).to.not.deep.equal([]);
    });

  it('finds an index that is not marked for the arrays it has', async () => {
    const index = database.catalogue.find('d.things')?.indexes.find(({ spec }) => spec.name === 'tags');
    index?.multikey.clear();

    const reply = await run({ validate: 'things', full: true });

    expect(reply['errors']).to.deep.equal(['tags: it is not known that there are arrays at tags']);
  });
});

describe('a full disk', function () {
  this.timeout(120_000);
  const { host, open, connect } = hosting();
  const kilobytes = 2_048;

  before(function (this: Mocha.Context) {
    if (!canLiftLimits()) this.skip();
  });

  it('is an error with a code: reading goes on, and writing when there is room again, and nothing is lost', async () => {
    const server = await host({ limits: `-S -f ${kilobytes}` });
    const db = (await connect(server.uri)).db('d');
    const things = db.collection<Thing>('things');
    await things.createIndex({ n: 1 }, { unique: true });

    const first = await fill(db);
    const meanwhile = {
      read: (await things.find().hint({ n: 1 }).toArray()).length,
      made: await codeOf(db.collection('others').createIndex({ a: 1, text: 1 })),
      transaction: await codeOf(
        db.client.withSession((session) =>
          session.withTransaction(() => things.insertOne({ _id: -1, n: -1, text }, { session })),
        ),
      ),
      collections: (await db.listCollections().toArray()).map(({ name }) => name),
      faults: (await db.command({ validate: 'things', full: true }))['errors'],
    };
    lift(server.pid);
    await things.insertOne({ _id: -2, n: -2, text });
    await server.kill();
    const again = (await connect((await open()).uri)).db('d');

    expect(first.code).to.equal(14031);
    expect(meanwhile.read).to.equal(first.acknowledged.length);
    // Pages that earlier versions have left may still hold one more document: then it has to be there.
    expect([14031, undefined]).to.include(meanwhile.transaction);
    const more = meanwhile.transaction === undefined ? [-1] : [];
    expect(meanwhile.faults).to.deep.equal([]);
    expect(meanwhile.collections).to.deep.equal(meanwhile.made === undefined ? ['others', 'things'] : ['things']);
    expect(await idsIn(again)).to.deep.equal([-2, ...more, ...first.acknowledged]);
    expect((await again.command({ validate: 'things', full: true }))['errors']).to.deep.equal([]);
  });
});

interface Thing {
  _id: number;
  n: number;
  text: string;
}

const text = 'x'.repeat(20_000);

/** Writes until the disk is full. */
async function fill(db: Db): Promise<{ acknowledged: number[]; code: unknown }> {
  const acknowledged: number[] = [];
  for (let _id = 0; ; _id += 1) {
    const code = await codeOf(db.collection<Thing>('things').insertOne({ _id, n: _id, text }));
    if (code !== undefined) return { acknowledged, code };
    acknowledged.push(_id);
  }
}

const idsIn = async (db: Db): Promise<number[]> =>
  (await db.collection<Thing>('things').find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error !== undefined && !(error instanceof MongoServerError)) throw error;
  return error?.code;
}

function canLiftLimits(): boolean {
  try {
    execFileSync('prlimit', ['--version']);
    return true;
  } catch {
    // No Linux, or one without util-linux: there the limit could not be lifted from outside.
    return false;
  }
}

const lift = (pid: number): unknown => execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited']);

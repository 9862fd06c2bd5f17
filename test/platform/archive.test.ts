import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  Binary,
  BSON,
  BSONRegExp,
  Code,
  type Db,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { ArchiveReader } from '../../server/platform/archive/archive-reader.ts';
import { exportDatabase, importDatabase, refuseHalfLoaded } from '../../server/platform/archive/index.ts';
import { readTogether } from '../../server/platform/archive/snapshot.ts';
import { type Engine, openEngine, openOwn } from '../embedded/engine.ts';

const writtenAt = new Date('2026-03-01T10:00:00Z');
const everyType = {
  _id: new ObjectId('64b000000000000000000001'),
  int: new Int32(1),
  whole: new Double(1),
  double: 1.5,
  long: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('1.10'),
  text: 'Übung \u0000 🙂',
  yes: true,
  nothing: null,
  at: new Date('2026-01-01T00:00:00Z'),
  bytes: new Binary(Buffer.from([0, 1, 255])),
  uuid: new UUID('46771046-ff14-492a-8d59-d01540343971'),
  pattern: new BSONRegExp('^a', 'i'),
  stamp: new Timestamp({ t: 1, i: 2 }),
  code: new Code('x'),
  least: new MinKey(),
  most: new MaxKey(),
  list: [1, [2, { three: new Int32(3) }], {}],
  inner: { b: 1, a: { c: [] } },
};

describe('an archive', function () {
  this.timeout(180_000);
  let folder: string;
  let source: Engine;
  let target: Engine;
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const fileNamed = (name: string) => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mosaik-archive-'));
    source = await openOwn();
    target = await openEngine();
  });
  beforeEach(async () => {
    said.length = 0;
    await source.db.dropDatabase();
    await target.db.dropDatabase();
  });
  after(async () => {
    await source?.close();
    await target?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fill = async (db: Db): Promise<void> => {
    await db.collection('things').createIndex({ 'inner.b': 1, text: -1 }, { unique: true, name: 'of its own' });
    await db.collection('things').createIndex({ at: 1 }, { expireAfterSeconds: 2_000_000_000 });
    await db.collection('things').createIndex({ int: 1 }, { partialFilterExpression: { int: { $exists: true } } });
    await db.collection<typeof everyType>('things').insertOne(everyType);
    await db.collection('many').insertMany(Array.from({ length: 2_500 }, (_, n) => ({ n, text: 'x'.repeat(n % 700) })));
    await db.createCollection('empty');
  };
  const archived = async (name: string): Promise<string> => {
    const file = fileNamed(name);
    await fill(source.db);
    await exportDatabase(source.db, file, say, writtenAt);
    return file;
  };

  it('carries every document byte by byte, and the indexes, to the other engine and back', async () => {
    const there = await archived('there.tar');
    await importDatabase(target.db, there, { say });
    const back = fileNamed('back.tar');
    await exportDatabase(target.db, back, say, writtenAt);
    await source.db.dropDatabase();
    await importDatabase(source.db, back, { say });

    expect(await bytesIn(source.db)).to.deep.equal(await bytesIn(target.db));
    const [thing] = (await bytesIn(source.db)).things ?? [];
    expect(thing).to.equal(Buffer.from(BSON.serialize(everyType)).toString('hex'));
    expect(await indexesOf(source.db)).to.deep.equal(await indexesOf(target.db));
    expect((await indexesOf(target.db)).map(({ name }) => name)).to.have.members([
      '_id_',
      'of its own',
      'at_1',
      'int_1',
    ]);
    expect(await target.db.collection('empty').countDocuments()).to.equal(0);
    const twice = { ...everyType, _id: new ObjectId() };
    expect(await codeOf(target.db.collection<typeof everyType>('things').insertOne(twice))).to.equal(11000);
  });

  it('belongs to its owner alone, and nothing else is left beside it', async () => {
    const file = await archived('own.tar');

    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).to.deep.equal([]);
  });

  it('shows all collections as they were at one moment', async () => {
    await source.db.collection('from').insertMany([{ n: 1 }, { n: 2 }]);
    await target.db.collection('from').insertMany([{ n: 1 }, { n: 2 }]);
    for (const db of [source.db, target.db]) {
      await db.createCollection('to');
      const counted = await readTogether(db, 'from', async ({ readAs, documentsOf }) => {
        // The other engine gives no moment of its history, but transactions.
        expect(readAs).to.equal(db === target.db && target.name === 'other' ? 'transaction' : 'snapshot');
        const from = await countOf(documentsOf('from'));
        await moveOne(db);
        return [from, await countOf(documentsOf('to'))];
      });

      expect(counted).to.deep.equal([2, 0]);
      expect([await db.collection('from').countDocuments(), await db.collection('to').countDocuments()]).to.deep.equal([
        1, 1,
      ]);
    }
  });

  it('would show a tear if each collection were read by itself', async () => {
    const { db } = target;
    await db.collection('from').insertMany([{ n: 1 }, { n: 2 }]);
    await db.createCollection('to');

    const from = await countOf(db.collection('from').find());
    await moveOne(db);

    expect(from + (await countOf(db.collection('to').find()))).to.equal(3);
  });

  it('written while others move things about holds each of them exactly once', async () => {
    const { db } = target;
    await db.collection('from').insertMany(Array.from({ length: 400 }, (_, n) => ({ n, text: 'x'.repeat(2_000) })));
    await db.createCollection('to');
    const over = new AbortController();
    const moving = (async () => {
      for (let moved = 0; !over.signal.aborted && moved < 400; moved += 1) await moveOne(db);
    })();

    const file = fileNamed('moving.tar');
    await exportDatabase(db, file, say, writtenAt);
    over.abort();
    await moving;

    const archive = await ArchiveReader.open(file);
    const found = [...(await numbersIn(archive, 'from')), ...(await numbersIn(archive, 'to'))];
    await archive.close();
    expect(found.toSorted((one, other) => one - other)).to.deep.equal(Array.from({ length: 400 }, (_, n) => n));
  });

  it('is refused with a sentence when a byte of it was changed, added or lost', async () => {
    await source.db.collection('things').insertMany([{ n: 1 }, { n: 2 }]);
    const file = fileNamed('whole.tar');
    await exportDatabase(source.db, file, say, writtenAt);
    const whole = await readFile(file);
    await (await ArchiveReader.open(file)).close();

    const accepted: string[] = [];
    const tried = fileNamed('damaged.tar');
    const refuses = async (bytes: Buffer, how: string): Promise<void> => {
      await writeFile(tried, bytes);
      const outcome = await ArchiveReader.open(tried).then(
        (archive) => archive.close().then(() => 'accepted'),
        (error: Error) => error.message,
      );
      if (!/archive/.test(outcome)) accepted.push(`${how}: ${outcome}`);
    };
    for (let at = 0; at < whole.length; at += at % 512 < 270 ? 3 : 17) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await refuses(changed, `bit ${at % 8} of byte ${at}`);
    }
    for (let length = 0; length < whole.length; length += 509)
      await refuses(whole.subarray(0, length), `cut to ${length}`);
    await refuses(Buffer.concat([whole, Buffer.alloc(512)]), 'a block more');

    expect(accepted).to.deep.equal([]);
  });

  it('changes nothing when it is damaged, and goes into no database that has data', async () => {
    const file = await archived('good.tar');
    const damaged = fileNamed('bad.tar');
    await writeFile(damaged, (await readFile(file)).subarray(0, -600));
    await target.db.collection('own').insertOne({ n: 1 });
    const before = await bytesIn(target.db);

    expect(await messageOf(importDatabase(target.db, damaged, { say }))).to.match(/damaged.*Nothing was loaded\.$/);
    expect(await messageOf(importDatabase(target.db, file, { say }))).to.match(
      /data in this database already \(in own\)/,
    );
    expect(await bytesIn(target.db)).to.deep.equal(before);
  });

  it('of a newer version, and what is none, is refused with a sentence', async () => {
    const file = await archived('newer.tar');
    const newer = Buffer.from(await readFile(file));
    newer.write('2', newer.indexOf('"version":1') + '"version":'.length);
    await writeFile(file, newer);
    await writeFile(fileNamed('none.tar'), 'something else');

    expect(await messageOf(importDatabase(target.db, file, { say }))).to.match(
      /has version 2.*a newer one has written it/,
    );
    expect(await messageOf(importDatabase(target.db, fileNamed('none.tar'), { say }))).to.match(/no archive of Mosaik/);
    expect(await messageOf(importDatabase(target.db, fileNamed('not-there.tar'), { say }))).to.match(/it is not there/);
    expect(await target.db.listCollections().toArray()).to.deep.equal([]);
  });

  it('takes the place of no other file, and is not made of nothing or nowhere', async () => {
    await writeFile(fileNamed('taken.tar'), 'precious');
    await source.db.collection('things').insertOne({ n: 1 });
    const into = (file: string, db = source.db) => messageOf(exportDatabase(db, file, say, writtenAt));

    expect(await into(fileNamed('taken.tar'))).to.match(/There is a file .* already/);
    expect(await readFile(fileNamed('taken.tar'), 'utf8')).to.equal('precious');
    expect(await into(fileNamed('no/such/place.tar'))).to.match(/its directory is not there/);
    expect(await into(fileNamed('empty.tar'), target.db)).to.match(/nothing to export/);
  });

  it('that was loaded in part lets nobody work with it, and can simply be loaded again', async () => {
    const file = await archived('again.tar');
    const dies = (line: string) => {
      if (line.startsWith('many')) throw new Error('the process has died');
    };

    expect(await messageOf(importDatabase(target.db, file, { say: dies }))).to.match(/not finished.*Import again/);
    expect(await messageOf(refuseHalfLoaded(target.db))).to.match(/The import of again\.tar .* was not finished/);
    expect(await target.db.collection('many').countDocuments()).to.be.greaterThan(0);
    await importDatabase(target.db, file, { say });

    await refuseHalfLoaded(target.db);
    expect(said.join('\n')).to.match(/An import of again\.tar was not finished/);
    expect(await bytesIn(target.db)).to.deep.equal(await bytesIn(source.db));
  });

  it('is not to be used before everything is done that has to be done first', async () => {
    const file = await archived('first.tar');
    let usable: string | undefined;
    const beforeUse = async () => {
      usable = await messageOf(refuseHalfLoaded(target.db));
    };

    await importDatabase(target.db, file, { say, beforeUse });

    expect(usable).to.match(/was not finished/);
    await refuseHalfLoaded(target.db);
  });
});

async function moveOne(db: Db): Promise<void> {
  const session = db.client.startSession();
  try {
    await session.withTransaction(async () => {
      const moved = await db.collection('from').findOneAndDelete({}, { session });
      if (moved) await db.collection('to').insertOne(moved, { session });
    });
  } finally {
    await session.endSession();
  }
}

async function countOf(documents: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of documents) count += 1;
  return count;
}

async function numbersIn(archive: ArchiveReader, collection: string): Promise<number[]> {
  const numbers = [];
  for await (const bytes of archive.documentsOf(collection)) numbers.push(Number(BSON.deserialize(bytes)['n']));
  return numbers;
}

async function bytesIn(db: Db): Promise<Record<string, string[]>> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).toSorted();
  const all: Record<string, string[]> = {};
  for (const name of names) {
    const bytes: string[] = [];
    for await (const document of db.collection(name).find({}, { raw: true }))
      if (document instanceof Uint8Array) bytes.push(Buffer.from(document).toString('hex'));
    all[name] = bytes.toSorted();
  }
  return all;
}

async function indexesOf(db: Db): Promise<Record<string, unknown>[]> {
  const indexes = await db.collection('things').listIndexes().toArray();
  return indexes
    .map(({ name, key, unique, expireAfterSeconds, partialFilterExpression }) => ({
      name,
      key,
      unique,
      expireAfterSeconds,
      partialFilterExpression,
    }))
    .toSorted((one, other) => (String(one.name) < String(other.name) ? -1 : 1));
}

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  );

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type Collection, MongoError, MongoNetworkError } from 'mongodb';
import { EmbeddedError, type Embedded } from '../../server/embedded/index.ts';
import { hosting } from './hosts.ts';

interface Thing {
  _id: number;
  text?: string;
}

describe('a data directory', function () {
  this.timeout(180_000);
  const { directory, host, open, connect } = hosting();
  const thingsAt = async (uri: string): Promise<Collection<Thing>> =>
    (await connect(uri)).db('d').collection<Thing>('things');

  it('has its data again after it was closed, and belongs to its owner alone', async () => {
    const first = await open();
    const things = await thingsAt(first.uri);
    await things.createIndex({ text: 1 }, { unique: true });
    await things.insertOne({ _id: 1, text: 'one' });
    await first.close();

    const second = await open();
    const again = await thingsAt(second.uri);

    expect([second.role, second.uri]).to.deep.equal(['serving', first.uri]);
    expect(await again.countDocuments({ text: 'one' })).to.equal(1);
    expect(await codeOf(again.insertOne({ _id: 2, text: 'one' }))).to.equal(11000);
    expect(statSync(directory()).mode & 0o777).to.equal(0o700);
  });

  it('is served by one process, however many come at the same moment', async () => {
    const started = await Promise.all([host(), host(), host()]);
    const served = await Promise.all(
      started.map(async ({ uri }, at) => {
        const things = await thingsAt(uri);
        await things.insertOne({ _id: at });
        return things;
      }),
    );

    expect(await Promise.all(served.map((things) => things.countDocuments()))).to.deep.equal([3, 3, 3]);
  });

  it('is taken over when its server is killed, loses nothing acknowledged, and costs clients a retry at most', async () => {
    const server = await host();
    const survivor = await open();
    const things = await thingsAt(survivor.uri);
    const load = startLoad(things);

    await until(() => load.acknowledged.length > 50);
    await server.kill();
    await until(() => survivor.role === 'serving');
    const before = load.acknowledged.length;
    await until(() => load.acknowledged.length > before + 50);
    await load.end();

    expect(await idsIn(things)).to.include.members(load.acknowledged);
    expect(load.failures.filter((error) => !isRetryable(error))).to.deep.equal([]);
  });

  it('whose server stands still has no other: clients wait, and it goes on where it was', async () => {
    const server = await host();
    const other = await open();
    const things = await thingsAt(server.uri);
    await things.insertOne({ _id: 1 });
    let isDone = false;

    server.signal('SIGSTOP');
    const waiting = things.insertOne({ _id: 2 }).then(() => (isDone = true));
    const third = await open();
    await pause(500);
    const meanwhile = [isDone, other.role, third.role];
    server.signal('SIGCONT');
    await waiting;

    expect(meanwhile).to.deep.equal([false, 'connected', 'connected']);
    expect([other.role, third.role]).to.deep.equal(['connected', 'connected']);
    expect(await idsIn(things)).to.deep.equal([1, 2]);
  });

  it('is one of several that a process may serve', async () => {
    const [first, second] = await Promise.all([open(join(directory(), 'one')), open(join(directory(), 'two'))]);
    const [one, two] = [await thingsAt(first.uri), await thingsAt(second.uri)];
    await Promise.all([one.insertOne({ _id: 1 }), two.insertOne({ _id: 2 })]);

    await first.close();
    await two.insertOne({ _id: 3 });

    expect(await idsIn(two)).to.deep.equal([2, 3]);
    expect(await idsIn(await thingsAt((await open(join(directory(), 'one'))).uri))).to.deep.equal([1]);
  });

  it('that is closed under load keeps what it acknowledged, and goes on with whoever opens it meanwhile', async () => {
    let server: Embedded = await open();
    const things = await thingsAt(server.uri);
    const load = startLoad(things);

    for (let round = 0; round < 3; round += 1) {
      const before = load.acknowledged.length;
      await until(() => load.acknowledged.length > before + 20);
      const [next] = await Promise.all([open(), server.close()]);
      server = next;
      await until(() => server.role === 'serving');
    }
    await load.end();

    expect(await idsIn(things)).to.include.members(load.acknowledged);
    expect(load.failures.filter((error) => !isRetryable(error))).to.deep.equal([]);
  });

  it('that is deleted while it is open acknowledges no more writes, and keeps none of them alive', async () => {
    const embedded = await open();
    const things = await thingsAt(embedded.uri);
    await things.insertOne({ _id: 1 });

    renameSync(join(directory(), 'data.mdb'), join(directory(), 'taken.mdb'));
    const first = await codeOf(things.insertOne({ _id: 2 }));
    const second = await codeOf(things.insertOne({ _id: 3 }));
    rmSync(directory(), { recursive: true });
    const third = await codeOf(things.insertOne({ _id: 4 }));

    expect([first, second, third]).to.deep.equal([1, 1, 1]);
    expect(await idsIn(things)).to.deep.equal([1]);
  });

  for (const [format, said] of [
    ['99', /have format 99.+a newer version has written them/],
    ['0', /have format 0.+this version has not written them/],
    ['', /have a format that cannot be read/],
  ] as const)
    it(`of format "${format}" is refused with a sentence`, async () => {
      writeFileSync(join(directory(), 'format'), `${format}\n`);

      expect(await refusalOf(open())).to.match(said);
    });

  it('that cannot be made is refused with a sentence', async () => {
    writeFileSync(join(directory(), 'file'), '');

    expect(await refusalOf(open(join(directory(), 'file', 'below')))).to.match(/cannot be used/);
  });

  it('with a path too long for a socket has it elsewhere, in a directory of its own', async () => {
    const long = join(directory(), 'x'.repeat(60), 'y'.repeat(60));
    mkdirSync(long, { recursive: true });

    const embedded = await open(long);

    expect(await (await connect(embedded.uri)).db('d').command({ ping: 1 })).to.deep.include({ ok: 1 });
    expect(decodeURIComponent(embedded.uri)).to.not.include('xxx');
  });

  describe('with a data file that is not as it was', () => {
    const file = (): string => join(directory(), 'data.mdb');
    const documents = 3_000;

    beforeEach(async () => {
      const embedded = await open();
      const things = await thingsAt(embedded.uri);
      await things.insertMany(Array.from({ length: documents }, (_, _id) => ({ _id, text: 'x'.repeat(_id % 6_000) })));
      await embedded.close();
    });

    const damages: Record<string, (path: string) => void> = {
      'cut off in the middle': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
      'cut off by a tenth': (path) => truncateSync(path, Math.floor(statSync(path).size * 0.9)),
      'cut off within its first page': (path) => truncateSync(path, 100),
      emptied: (path) => truncateSync(path, 0),
      'overwritten at its beginning': (path) => overwrite(path, 0, 8_192),
      'overwritten everywhere but there': (path) => overwrite(path, 8_192, statSync(path).size),
    };
    for (const [what, damage] of Object.entries(damages))
      it(`is refused when that was ${what}, and is left as it is`, async () => {
        damage(file());
        const found = readFileSync(file());

        expect(await refusalOf(open())).to.match(/data file .+ (is damaged or cut off|is empty)/);
        expect(readFileSync(file()).equals(found)).to.equal(true);
      });

    it('is refused when that is gone, and makes no new one', async () => {
      renameSync(file(), `${file()}-elsewhere`);

      expect(await refusalOf(open())).to.match(/data file .+ is not there any more/);
      expect(statSync(file(), { throwIfNoEntry: false })).to.equal(undefined);
      renameSync(`${file()}-elsewhere`, file());
      expect(await (await thingsAt((await open()).uri)).countDocuments()).to.equal(documents);
    });

    it('is opened when that was copied away and back', async () => {
      copyFileSync(file(), `${file()}-copy`);
      rmSync(file());
      renameSync(`${file()}-copy`, file());

      expect(await (await thingsAt((await open()).uri)).countDocuments()).to.equal(documents);
    });
  });
});

function overwrite(path: string, from: number, to: number): void {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0x5a, from, to));
}

interface Load {
  acknowledged: number[];
  failures: unknown[];
  end(): Promise<void>;
}

/** Inserts one document after the other, eight at a time. */
function startLoad(things: Collection<Thing>): Load {
  const load: Load = { acknowledged: [], failures: [], end: () => ending() };
  let next = 0;
  const end = new AbortController();
  const one = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const _id = (next += 1);
      await things.insertOne({ _id }).then(
        () => load.acknowledged.push(_id),
        (error: unknown) => load.failures.push(error),
      );
    }
  };
  const working = Promise.all(Array.from({ length: 8 }, one));
  const ending = async (): Promise<void> => {
    end.abort();
    await working;
  };
  return load;
}

/**
 * What may be tried again: when all its connections end together, the driver itself retries only what was on the first,
 * and hands on the system's error where it was just writing.
 */
const isRetryable = (error: unknown): boolean =>
  error instanceof MongoNetworkError ||
  (error instanceof MongoError && error.hasErrorLabel('RetryableWriteError')) ||
  (error instanceof Error && 'syscall' in error && error.syscall === 'write');

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(20);
}

const idsIn = async (things: Collection<Thing>): Promise<number[]> =>
  (await things.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'acknowledged',
    (error: unknown) => (error instanceof MongoError ? error.code : error),
  );

async function refusalOf(opening: Promise<Embedded>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).to.be.instanceOf(EmbeddedError);
  return String(error);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { EmbeddedError, openEmbedded } from '../../server/embedded/index.ts';
import { aDirectory, isEmbedded } from './engine.ts';

interface Host {
  process: ChildProcess;
  uri: string;
}

describe('a data directory', () => {
  let directory: string;
  const hosts: ChildProcess[] = [];
  const clients: MongoClient[] = [];

  before(function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
  });
  beforeEach(async () => {
    directory = await aDirectory();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(hosts.splice(0).map((host) => ended(host, 'SIGKILL')));
    await rm(directory, { recursive: true, force: true });
  });

  const host = async (): Promise<Host> => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/embedded/host.ts', directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    hosts.push(child);
    const uri = String((await once(createInterface(child.stdout), 'line'))[0]);
    return { process: child, uri };
  };
  const connected = async (uri: string, serverSelectionTimeoutMS = 10_000): Promise<MongoClient> => {
    const client = await new MongoClient(uri, { serverSelectionTimeoutMS }).connect();
    clients.push(client);
    return client;
  };

  it('has its data again after it was closed, and belongs to its owner alone', async () => {
    const first = await openEmbedded({ directory });
    const things = (await connected(first.uri)).db('d').collection('things');
    await things.createIndex({ n: 1 }, { unique: true });
    await things.insertOne({ n: 1 });
    await clients.pop()?.close();
    await first.close();

    const second = await openEmbedded({ directory });
    const again = (await connected(second.uri)).db('d').collection('things');

    expect([second.role, second.uri]).to.deep.equal(['serving', first.uri]);
    expect(await again.countDocuments({ n: 1 })).to.equal(1);
    expect(await again.insertOne({ n: 1 }).catch((error: { code: number }) => error.code)).to.equal(11000);
    expect(statSync(directory).mode & 0o777).to.equal(0o700);
    await clients.pop()?.close();
    await second.close();
  });

  it('is served by one process, however many come at the same moment', async () => {
    const started = await Promise.all([host(), host(), host()]);
    const served = await Promise.all(
      started.map(async ({ uri }, at) => {
        const things = (await connected(uri)).db('d').collection('things');
        await things.insertOne({ at });
        return things;
      }),
    );

    expect(await Promise.all(served.map((things) => things.countDocuments()))).to.deep.equal([3, 3, 3]);
  }).timeout(60_000);

  it('is taken over when its server is killed, and loses nothing acknowledged', async () => {
    const server = await host();
    const survivor = await openEmbedded({ directory });
    const things = (await connected(survivor.uri)).db('d').collection<{ _id: number }>('things');
    const acknowledged: number[] = [];
    let isKilled = false;
    let goneFor = 0;

    for (let _id = 0; !isKilled || acknowledged.length < 400; _id++) {
      if (_id === 200) {
        isKilled = server.process.kill('SIGKILL');
        const killedAt = Date.now();
        await things.findOne({}).then(() => (goneFor = Date.now() - killedAt));
      }
      await things.insertOne({ _id }).then(() => acknowledged.push(_id));
    }

    expect([survivor.role, goneFor < 8_000]).to.deep.equal(['serving', true]);
    const stored = (await things.find().toArray()).map(({ _id }) => _id);
    expect(stored).to.include.members(acknowledged);
    await clients.pop()?.close();
    await survivor.close();
  }).timeout(60_000);

  it('holds every acknowledged write and no half transaction after kill -9 under load', async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < 4; round++) {
      const server = await host();
      const client = await connected(server.uri, 300);
      const load = Array.from({ length: 8 }, (_, at) => pairsUntilKilled(client, `${round}-${at}`, acknowledged));
      await new Promise((resolve) => setTimeout(resolve, 150 + round * 70));
      await ended(server.process, 'SIGKILL');
      await client.close();
      clients.pop();
      await Promise.all(load);
    }

    const last = await host();
    const db = (await connected(last.uri)).db('d');
    const left = (await db.collection('left').find().toArray()).map((each) => String(each['key']));
    const right = (await db.collection('right').find().hint({ key: 1 }).toArray()).map((each) => String(each['key']));
    expect(acknowledged.size).to.be.above(5);
    expect(left).to.include.members([...acknowledged]);
    expect(left.toSorted()).to.deep.equal(right.toSorted());
    expect(await db.collection('right').countDocuments({ key: { $in: left } })).to.equal(left.length);
  }).timeout(60_000);

  it('of a newer format is refused with a sentence, and so is one that cannot be made', async () => {
    writeFileSync(join(directory, 'format'), '99\n');
    const newer = await openEmbedded({ directory }).catch((error: unknown) => error);
    writeFileSync(join(directory, 'file'), '');
    const impossible = await openEmbedded({ directory: join(directory, 'file', 'below') }).catch(
      (error: unknown) => error,
    );

    expect(newer).to.be.instanceOf(EmbeddedError);
    expect(String(newer)).to.match(/has format 99|have format 99/);
    expect(impossible).to.be.instanceOf(EmbeddedError);
    expect(String(impossible)).to.match(/cannot be used/);
  });

  it('with a path too long for a socket has it elsewhere, in a directory of its own', async () => {
    const long = join(directory, 'x'.repeat(60), 'y'.repeat(60));
    mkdirSync(long, { recursive: true });
    const embedded = await openEmbedded({ directory: long });
    const client = await connected(embedded.uri);

    expect(await client.db('d').command({ ping: 1 })).to.deep.include({ ok: 1 });
    expect(decodeURIComponent(embedded.uri)).to.not.include('xxx');
    await client.close();
    await embedded.close();
  });
});

/** Writes pairs of documents, a transaction each, until the server dies. */
async function pairsUntilKilled(client: MongoClient, name: string, acknowledged: Set<string>): Promise<void> {
  const db = client.db('d');
  await db
    .collection('right')
    .createIndex({ key: 1 }, { unique: true })
    .catch(() => '');
  for (let n = 0; ; n++) {
    const key = `${name}-${n}`;
    const session = client.startSession();
    try {
      session.startTransaction();
      await db.collection('left').insertOne({ key }, { session });
      await db.collection('right').insertOne({ key }, { session });
      await session.commitTransaction();
      acknowledged.add(key);
    } catch (error) {
      if (!(error instanceof Error) || !('hasErrorLabel' in error) || !String(error).includes('rite conflict')) return;
    } finally {
      await session.endSession().catch(() => {});
    }
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

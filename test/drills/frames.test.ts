import { createHash } from 'node:crypto';
import { type Socket, createConnection } from 'node:net';
import { expect } from 'chai';
import { type Drill, beginDrill } from '../support/drill.ts';
import { isEmbedded } from '../embedded/engine.ts';
import { type Hosted, frameOf, hostEngine, repliesOn } from '../embedded/hosted.ts';
import { mutantOf, realFrames } from '../embedded/mutants.ts';

const perBatch = 1_000;
const lanes = 16;
const mostMegabytes = 1_000;
/** Longer than any command may wait for another one's transaction. */
const silentAfterMs = 150_000;
/** No mutation makes this name of the one that the frames are about. */
const keptApart = 'kept-apart-from-what-frames-name';
const lastId = 0x5eed;

describe('the drill of broken frames', () => {
  const drill = beginDrill('frames');
  let engine: Hosted;

  before(async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    this.timeout(120_000);
    engine = await hostEngine();
    const kept = engine.client.db(keptApart).collection('things');
    await kept.createIndex({ n: 1 }, { unique: true });
    await kept.insertMany(Array.from({ length: 200 }, (_, n) => ({ n, text: `thing ${n}` })));
  });
  after(() => engine?.close());

  it('answers each with an error, or closes its connection; it goes on serving, and keeps every document', async () => {
    const say = drill.clock();
    const frames = drill.times(100_000);
    const before = await contents(engine);
    const outcomes = new Map<string, number>();
    let memory = 0;

    for (let sent = 0; sent < frames; sent += perBatch) {
      const batch = Array.from({ length: Math.min(perBatch, frames - sent) }, () => aMutant(drill));
      for (const outcome of await deliver(engine, batch)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

      expect(engine.isAlive(), `the engine after ${sent + batch.length} frames`).to.equal(true);
      expect(await contents(engine), `the data after ${sent + batch.length} frames`).to.equal(before);
      memory = Math.max(memory, engine.memory());
      expect(memory, 'MB').to.be.lessThan(mostMegabytes);
      await dropWhatFramesMade(engine);
    }

    say(
      `${frames} frames, ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}, at most ${Math.round(memory)} MB`,
    );
    expect([...outcomes.keys()]).to.not.include('silent');
  }).timeout(3_600_000);
});

function aMutant(drill: Drill): Buffer {
  const below = (bound: number) => drill.between(0, bound - 1);
  return mutantOf(realFrames, below);
}

/** Sends frames over several connections at a time, each on one of its own. */
async function deliver(engine: Hosted, frames: readonly Buffer[]): Promise<string[]> {
  const outcomes: string[] = [];
  const waiting = frames.values();
  const lane = async () => {
    for (const frame of waiting) outcomes.push(await outcomeOf(engine.path, frame));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}

/** A frame that says how long it is has a ping after it; after any other one nothing more can be said. */
async function outcomeOf(path: string, frame: Buffer): Promise<string> {
  const socket = createConnection(path);
  socket.on('error', () => {});
  const timer = setTimeout(() => socket.destroy(new Error('silent')), silentAfterMs);
  const isWhole = frame.length >= 16 && frame.readInt32LE(0) === frame.length;
  if (isWhole) socket.write(Buffer.concat([frame, frameOf({ ping: 1, $db: 'admin' }, { id: lastId })]));
  else socket.end(frame);
  try {
    return await heardOn(socket);
  } catch (error) {
    return error instanceof Error && error.message === 'silent' ? 'silent' : 'closed';
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function heardOn(socket: Socket): Promise<string> {
  let outcome = 'unanswered';
  for await (const { to, document } of repliesOn(socket)) {
    if (to === lastId) return outcome;
    outcome = document['ok'] === 1 ? 'done' : 'refused';
  }
  return 'closed';
}

/** All that is kept, and whether its index finds it. */
async function contents({ client }: Hosted): Promise<string> {
  const things = client.db(keptApart).collection('things');
  const hash = createHash('sha256');
  for (const { n, text, _id } of await things.find().sort({ _id: 1 }).toArray())
    hash.update(`${String(_id)} ${n} ${text}\n`);
  const indexed = await things.find({ n: { $gte: 0 } }, { hint: { n: 1 } }).toArray();
  return `${hash.digest('hex')} ${indexed.length} ${(await things.indexes()).length}`;
}

/** What broken frames have stored can be read, document by document, and goes. */
async function dropWhatFramesMade({ client }: Hosted): Promise<void> {
  const { databases } = await client.db().admin().listDatabases();
  for (const { name } of databases) {
    if (name === keptApart) continue;
    for (const { name: collection } of await client.db(name).listCollections().toArray()) {
      const found = await client.db(name).collection(collection).find().toArray();
      expect(found).to.have.lengthOf(await client.db(name).collection(collection).countDocuments());
    }
    await client.db(name).dropDatabase();
  }
}

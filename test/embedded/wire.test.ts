import { type Socket, createConnection } from 'node:net';
import { BSON } from 'mongodb';
import { expect } from 'chai';
import { type Engine, isEmbedded, openEngine } from './engine.ts';

describe('the wire', () => {
  let engine: Engine;
  let path: string;

  before(async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    engine = await openEngine();
    path = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(engine.uri)?.[1] ?? '');
  });

  after(() => engine?.close());

  const stillWorks = async (): Promise<void> => {
    expect(await engine.db.command({ ping: 1 })).to.deep.include({ ok: 1 });
  };

  it('closes the connection on a length no message can have', async () => {
    for (const length of [0, 15, -1, 48_000_001, 0x7fffffff]) {
      const head = Buffer.alloc(16);
      head.writeInt32LE(length, 0);
      expect(await answerTo(path, head)).to.equal('closed');
    }
    await stillWorks();
  });

  it('answers a broken document with an error, or closes the connection', async () => {
    for (const body of [Buffer.from([5, 0, 0, 0, 1]), Buffer.from([12, 0, 0, 0, 2, 97, 0, 255, 255, 255, 127, 0])])
      expect(['closed', 'error']).to.include(await answerTo(path, message(body)));
    await stillWorks();
  });

  it('answers a document nested beyond sense with an error', async () => {
    const depth = 20_000;
    const opening = Buffer.concat(
      Array.from({ length: depth }, (_, at) => {
        const part = Buffer.alloc(7);
        part.writeInt32LE((depth - at) * 8 + 5 - 4 + 4, 0);
        part.write('\x03a\0', 4, 'latin1');
        return part;
      }),
    );
    const whole = Buffer.concat([opening, Buffer.from([5, 0, 0, 0, 0]), Buffer.alloc(depth)]);
    whole.writeInt32LE(whole.length, 0);
    expect(['closed', 'error']).to.include(await answerTo(path, message(whole)));
    await stillWorks();
  });

  it('survives mutated messages', async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
    const next = randomFrom(seed);
    const good = [
      { ping: 1 },
      { find: 'c', filter: { a: 1 } },
      { insert: 'c', documents: [{ a: [1, { b: 'x' }] }] },
      { aggregate: 'c', pipeline: [{ $match: { a: 1 } }], cursor: {} },
    ];
    for (let round = 0; round < 400; round++) {
      const bytes = message(Buffer.from(BSON.serialize({ ...good[round % good.length], $db: 'fuzz' })));
      for (let changes = 1 + (next() % 4); changes > 0; changes--)
        bytes[16 + (next() % (bytes.length - 16))] = next() % 256;
      await answerTo(path, bytes, 5).catch((error: Error) => expect.fail(`seed ${seed}: ${error.message}`));
    }
    await stillWorks();
  }).timeout(60_000);

  it('puts a message together from single bytes, and takes several in one piece', async () => {
    const ping = message(Buffer.from(BSON.serialize({ ping: 1, $db: 'admin' })));
    const socket = createConnection(path);
    for (const byte of ping) {
      socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.write(Buffer.concat([ping, ping]));

    expect(await messagesFrom(socket, 3)).to.equal(3);
    socket.destroy();
  });
});

function message(body: Buffer): Buffer {
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}

/** What comes back: a failed command, another answer, the connection's end, or nothing within the time. */
function answerTo(path: string, bytes: Buffer, waitMs = 2_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(path, () => socket.write(bytes));
    const finish = (outcome: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => finish('nothing'), waitMs);
    socket.on('data', (data) => finish(BSON.deserialize(data.subarray(21))['ok'] === 1 ? 'ok' : 'error'));
    socket.on('close', () => finish('closed'));
    socket.on('error', () => finish('closed'));
  });
}

async function messagesFrom(socket: Socket, count: number): Promise<number> {
  let received = Buffer.alloc(0);
  let messages = 0;
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
      received = received.subarray(received.readInt32LE(0));
      messages += 1;
    }
    if (messages >= count) break;
  }
  return messages;
}

/** A small generator with a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

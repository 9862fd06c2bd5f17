import { once } from 'node:events';
import { type Socket, createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { BSON, type Document, Long } from 'mongodb';
import { checksumOf } from '../../server/embedded/checksum.ts';
import { Traffic } from '../../server/embedded/traffic.ts';
import { isEmbedded } from './engine.ts';
import { type Hosted, answerTo, frameOf, hostEngine, int32, nested, repliesOn } from './hosted.ts';

const ping = { ping: 1, $db: 'admin' };

describe('the wire', function () {
  this.timeout(120_000);
  let engine: Hosted;
  const sockets: Socket[] = [];

  before(async function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
    engine = await hostEngine();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    if (engine) expect(await engine.client.db('d').command({ ping: 1 })).to.include({ ok: 1 });
  });
  after(() => engine?.close());

  const answer = (bytes: Buffer) => answerTo(engine.path, bytes);
  const connected = (): Socket => {
    const socket = createConnection(engine.path);
    socket.on('error', () => {});
    sockets.push(socket);
    return socket;
  };

  it('closes the connection on a length no message can have', async () => {
    for (const length of [0, 15, -1, 48_000_001, 0x7fffffff])
      expect(await answer(Buffer.concat([int32(length), Buffer.alloc(12)])), String(length)).to.equal('closed');
  });

  it('closes the connection on an operation nobody agreed on: unknown, gone, or compressed', async () => {
    for (const opCode of [0, 1, 2002, 2005, 2010, 2012, 2014, -1])
      expect(await answer(frameOf(ping, { opCode })), String(opCode)).to.equal('closed');
  });

  it('closes the connection on flags that must be understood, and passes over the others', async () => {
    for (const flags of [4, 8, 0x8000])
      expect(await answer(frameOf(ping, { flags })), String(flags)).to.equal('closed');
    expect(await answer(frameOf(ping, { flags: 0x10000 }))).to.include({ ok: 1 });
  });

  it('takes a message with its checksum, and closes the connection on another one', async () => {
    // RFC 3720, B.4
    expect(checksumOf(Buffer.alloc(32))).to.equal(0x8a9136aa);
    const whole = frameOf(ping, { flags: 1, checksum: 0 });
    const right = checksumOf(whole.subarray(0, -4));

    expect(await answer(frameOf(ping, { flags: 1, checksum: right }))).to.include({ ok: 1 });
    expect(await answer(frameOf(ping, { flags: 1, checksum: right ^ 1 }))).to.equal('closed');
  });

  it('answers a broken document with an error, or closes the connection', async () => {
    for (const body of [
      Buffer.from([5, 0, 0, 0, 1]),
      Buffer.from([12, 0, 0, 0, 2, 97, 0, 255, 255, 255, 127, 0]),
      Buffer.from([4, 0, 0, 0]),
      Buffer.alloc(0),
    ]) {
      const outcome = await answer(frameOf(body));
      expect(outcome === 'closed' || outcome['ok'] === 0, JSON.stringify(outcome)).to.equal(true);
    }
  });

  it('refuses two bodies, two sequences of one name, and a sequence that is a field as well', async () => {
    const documents = [{ n: 1 }];
    const insert = { insert: 'c', $db: 'd' };
    const twice = Buffer.concat([frameOf(insert, { sequences: { documents } }).subarray(20)]);
    const doubled = Buffer.concat([
      frameOf(insert).subarray(0, 20),
      twice,
      frameOf(insert, { sequences: { documents } }).subarray(20),
    ]);
    doubled.writeInt32LE(doubled.length);

    expect(await answer(doubled)).to.equal('closed');
    expect(await answer(frameOf({ ...insert, documents }, { sequences: { documents } }))).to.equal('closed');
    expect(await engine.client.db('d').collection('c').countDocuments()).to.equal(0);
  });

  it('refuses what is nested too deeply with MongoDB’s error, in a command as in a document', async () => {
    const carrying = (name: string, document: Buffer) =>
      frameOf({ [name]: 'deep', [name === 'insert' ? 'documents' : 'filter']: BSON.deserialize(document), $db: 'd' });
    const filter = (levels: number) => frameOf({ find: 'deep', filter: BSON.deserialize(nested(levels)), $db: 'd' });
    const inserting = (levels: number) =>
      frameOf({ insert: 'deep', $db: 'd' }, { sequences: { documents: [BSON.deserialize(nested(levels))] } });

    expect(await answer(filter(100))).to.include({ ok: 1 });
    expect(await answer(filter(300))).to.include({ ok: 0, code: 15, codeName: 'Overflow' });
    expect(await answer(inserting(180))).to.include({ ok: 1, n: 1 });
    expect(await answer(inserting(181))).to.include({ ok: 0, code: 15 });
    expect(await answer(carrying('find', nested(1_000)))).to.include({ ok: 0, code: 15 });
    expect(await answer(frameOf(nested(5_000)))).to.include({ ok: 0, code: 15 });
    expect(await engine.client.db('d').collection('deep').countDocuments()).to.equal(1);
  });

  it('puts a message together from single bytes, and takes several in one piece', async () => {
    const socket = connected();
    for (const byte of frameOf(ping, { id: 1 })) {
      socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.write(Buffer.concat([frameOf(ping, { id: 2 }), frameOf(ping, { id: 3 })]));

    expect((await taken(socket, 3)).map(({ to }) => to)).to.deep.equal([1, 2, 3]);
  });

  it('answers what one connection asks without waiting, in its order', async () => {
    const socket = connected();
    const asked = Array.from({ length: 20_000 }, (_, id) => frameOf(ping, { id }));
    socket.write(Buffer.concat(asked));

    const replies = await taken(socket, asked.length);

    expect(replies.map(({ to }) => to)).to.deep.equal(asked.map((_, id) => id));
  });

  it('serves two thousand connections at once', async function () {
    this.timeout(120_000);
    const outcomes = await Promise.all(Array.from({ length: 2_000 }, () => answeredOn(connected())));

    // Where a process may have fewer files open, some are turned away.
    expect(outcomes).to.have.lengthOf(2_000);
    expect(outcomes.filter((outcome) => outcome === 'answered').length).to.be.greaterThan(400);
    expect(engine.memory()).to.be.lessThan(600);
  });

  it('lets messages that were begun and not ended wait without memory, and serves the others', async () => {
    const begun = Buffer.concat([int32(47_000_000), frameOf(ping).subarray(4)]);
    for (let count = 0; count < 200; count += 1) connected().write(begun);
    const halves = Array.from({ length: 20 }, () => connected());
    for (const socket of halves) socket.write(Buffer.concat([begun, Buffer.alloc(8_000_000)]));
    await pause(500);

    await engine.client
      .db('d')
      .collection('large')
      .insertMany(Array.from({ length: 8 }, () => ({ text: 'x'.repeat(1_000_000) })));

    expect(await engine.client.db('d').collection('large').countDocuments()).to.equal(8);
    expect(engine.memory()).to.be.lessThan(700);
  });

  it('keeps no more than a reply for a client that never reads, and lets those go that do so together', async () => {
    await engine.client
      .db('d')
      .collection('wide')
      .insertMany(Array.from({ length: 4 }, () => ({ text: 'x'.repeat(1_000_000) })));
    const find = frameOf({ find: 'wide', $db: 'd' });
    const silent = Array.from({ length: 100 }, () => connected());
    const gone = new Set<Socket>();
    for (const socket of silent) {
      socket.pause().on('close', () => gone.add(socket));
      socket.write(Buffer.concat(Array.from({ length: 50 }, () => find)));
    }

    // Who does not read notices that the other side has gone when it writes.
    for (; gone.size < 50; await pause(50)) for (const socket of silent) if (!gone.has(socket)) socket.write(find);
    for (let count = 0; count < 20; count += 1) await engine.client.db('d').collection('wide').findOne();
    expect(engine.memory()).to.be.lessThan(900);
  });

  it('closes the cursors that nobody asks of when there are too many', async () => {
    const db = engine.client.db('d');
    await db.collection('many').insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
    const opened: Long[] = [];
    for (let count = 0; count < 2_100; count += 1) {
      if (count % 100 === 0) await db.collection('many').updateOne({ n: 1 }, { $inc: { changes: 1 } });
      const reply = await db.command({ find: 'many', batchSize: 1 });
      opened.push(Long.fromValue(reply['cursor'].id));
    }
    const more = (id: Long | undefined) =>
      db.command({ getMore: id, collection: 'many' }).catch((error: { code: number }) => error.code);

    expect(await more(opened[0])).to.equal(43);
    expect(await more(opened.at(-1))).to.include({ ok: 1 });
  });
});

describe('the room for messages', () => {
  it('lets in who fits, past those who announced more, and them when there is room', async () => {
    const traffic = new Traffic({ room: 100 });
    const entered: string[] = [];
    const enter = (name: string, bytes: number) => void traffic.enter(bytes).then(() => entered.push(name));
    enter('first', 60);
    enter('large', 80);
    enter('small', 40);
    await pause(0);
    expect(entered).to.deep.equal(['first', 'small']);

    traffic.leave(60);
    await pause(0);
    expect(entered).to.deep.equal(['first', 'small']);
    traffic.leave(40);
    await pause(0);
    expect(entered).to.deep.equal(['first', 'small', 'large']);
  });

  it('lets the oldest unread reply go when there are too many', () => {
    const traffic = new Traffic({ patience: 100 });
    const gone: string[] = [];
    const client = (name: string) => ({ destroy: () => void gone.push(name) });
    const [one, two, three] = [client('one'), client('two'), client('three')];

    traffic.stalled(one, 60);
    traffic.stalled(two, 40);
    traffic.read(one);
    traffic.stalled(one, 50);
    expect(gone).to.deep.equal([]);
    traffic.stalled(three, 30);

    expect(gone).to.deep.equal(['two']);
  });
});

async function taken(socket: Socket, count: number): Promise<{ to: number; document: Document }[]> {
  const replies = [];
  for await (const reply of repliesOn(socket)) if (replies.push(reply) === count) break;
  return replies;
}

async function answeredOn(socket: Socket): Promise<string> {
  const closed = once(socket, 'close').then(() => 'closed');
  const answered = once(socket, 'data').then(() => 'answered');
  socket.write(frameOf(ping));
  return Promise.race([answered.catch(() => 'closed'), closed]);
}

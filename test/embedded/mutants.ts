import {
  BSON,
  Binary,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { frameOf, int32, nested } from './hosted.ts';

type Below = (bound: number) => number;

const $db = 'fuzz';
const lsid = { id: new UUID('46771046-ff14-492a-8d59-d01540343971') };
const everyType = {
  _id: new ObjectId('64b000000000000000000001'),
  a: [1, new Double(2), Long.fromNumber(3), Decimal128.fromString('4.5'), 'five', null, true],
  b: { c: new Date(0), d: new Binary(Buffer.alloc(9)), e: /x/i, f: new Timestamp({ t: 1, i: 1 }) },
  g: new MinKey(),
  h: new MaxKey(),
  i: new Int32(-1),
};

const commands: Document[] = [
  { ping: 1 },
  { hello: 1, client: { driver: { name: 'x', version: '1' } } },
  { buildInfo: 1 },
  { insert: 'c', documents: [{ a: [1, { b: 'x' }] }, everyType], ordered: false },
  { update: 'c', updates: [{ q: { a: 1 }, u: { $set: { 'a.0': 2 }, $inc: { n: 1 } }, upsert: true, multi: false }] },
  { update: 'c', updates: [{ q: {}, u: [{ $set: { n: { $add: ['$n', 1] } } }], multi: true }] },
  { update: 'c', updates: [{ q: {}, u: { $set: { 'a.$[x].b': 1 } }, arrayFilters: [{ 'x.b': 'x' }] }] },
  { delete: 'c', deletes: [{ q: { a: { $gt: 1 } }, limit: 1 }] },
  {
    find: 'c',
    filter: { $or: [{ a: { $in: [1, 2] } }, { 'a.b': /^x/ }] },
    sort: { n: -1 },
    projection: { a: 1 },
    limit: 5,
  },
  { find: 'c', filter: { a: { $elemMatch: { b: 'x' } }, n: { $not: { $lt: 3 } } }, skip: 1, batchSize: 2 },
  { aggregate: 'c', pipeline: [{ $match: { n: { $gte: 0 } } }, { $group: { _id: '$n', s: { $sum: 1 } } }], cursor: {} },
  {
    aggregate: 'c',
    pipeline: [{ $unwind: '$a' }, { $lookup: { from: 'd', localField: 'a', foreignField: 'b', as: 'l' } }],
    cursor: {},
  },
  { getMore: Long.fromNumber(1), collection: 'c', batchSize: 3 },
  { killCursors: 'c', cursors: [Long.fromNumber(1)] },
  { count: 'c', query: { a: 1 }, limit: 3 },
  { distinct: 'c', key: 'a.b', query: {} },
  {
    findAndModify: 'c',
    query: { n: 1 },
    update: { $push: { a: { $each: [1], $slice: -3 } } },
    new: true,
    upsert: true,
  },
  {
    createIndexes: 'c',
    indexes: [{ key: { a: 1, n: -1 }, name: 'a_n', partialFilterExpression: { n: { $exists: true } } }],
  },
  { createIndexes: 'c', indexes: [{ key: { n: 1 }, name: 'n', expireAfterSeconds: 100 }] },
  { listIndexes: 'c', cursor: {} },
  { dropIndexes: 'c', index: 'a_n' },
  { listCollections: 1, filter: {}, cursor: {} },
  { listDatabases: 1 },
  { create: 'e' },
  { drop: 'e' },
  { dropDatabase: 1 },
  { explain: { find: 'c', filter: { a: 1 } }, verbosity: 'executionStats' },
  { insert: 'c', documents: [{ n: 1 }], lsid, txnNumber: Long.fromNumber(1) },
  {
    insert: 'c',
    documents: [{ n: 2 }],
    lsid,
    txnNumber: Long.fromNumber(2),
    autocommit: false,
    startTransaction: true,
  },
  { commitTransaction: 1, lsid, txnNumber: Long.fromNumber(2), autocommit: false },
  { abortTransaction: 1, lsid, txnNumber: Long.fromNumber(2), autocommit: false },
  { endSessions: [lsid] },
  { killSessions: [lsid] },
  { find: 'c', readConcern: { level: 'snapshot', atClusterTime: new Timestamp({ t: 1, i: 1 }) }, lsid },
  { saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: new Binary(Buffer.from('n,,n=a,r=b')) },
  { getParameter: 1, featureCompatibilityVersion: 1 },
  { connectionStatus: 1 },
];

/** What drivers send, and what they might. */
export const realFrames: readonly Buffer[] = [
  ...commands.map((command) => frameOf({ ...command, $db })),
  ...commands.slice(0, 12).map((command) => frameOf({ ...command, $db }, { flags: 0x10000 })),
  frameOf({ insert: 'c', $db }, { sequences: { documents: [{ n: 1 }, everyType, { text: 'x'.repeat(3_000) }] } }),
  frameOf({ update: 'c', $db }, { sequences: { updates: [{ q: { n: 1 }, u: { $set: { m: 1 } } }] } }),
  frameOf({ insert: 'c', $db, writeConcern: { w: 0 } }, { flags: 2, sequences: { documents: [{ n: 3 }] } }),
  frameOf({ ping: 1, $db }, { flags: 1, checksum: 1 }),
  frameOf({ find: 'c', filter: BSON.deserialize(nested(150)), $db }),
  legacyHello(),
];

/** OP_QUERY, as a driver's first hello. */
function legacyHello(): Buffer {
  const content = Buffer.concat([
    int32(0),
    Buffer.from('admin.$cmd\0'),
    int32(0),
    int32(-1),
    BSON.serialize({ hello: 1 }),
  ]);
  return Buffer.concat([...[16 + content.length, 7, 0, 2004].map(int32), content]);
}

const oddNumbers = [0, 1, -1, 4, 5, 16, 127, 255, 0x7fffffff, -0x80000000, 48_000_000, 16_777_216, 0xffff];
const oddBytes = [0, 1, 0x7f, 0x80, 0xff];
const types = [...Array.from({ length: 20 }, (_, type) => type), 0x7f, 0xff];

type Mutation = (bytes: Buffer, below: Below, frames: readonly Buffer[]) => Buffer;

const mutations: readonly Mutation[] = [
  function flipBits(bytes, below) {
    for (let count = 1 + below(8); count > 0; count -= 1) {
      const at = placeIn(bytes, below);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    }
    return bytes;
  },
  function setBytes(bytes, below) {
    for (let count = 1 + below(4); count > 0; count -= 1) bytes[placeIn(bytes, below)] = one(oddBytes, below);
    return bytes;
  },
  function setNumber(bytes, below) {
    const at = placeIn(bytes, below);
    if (at + 4 > bytes.length) return bytes;
    bytes.writeInt32LE((below(2) ? one(oddNumbers, below) : bytes.readInt32LE(at) + below(5) - 2) | 0, at);
    return bytes;
  },
  function setType(bytes, below) {
    const known = Array.from(bytes.keys()).filter(
      (at) => at > 20 && types.includes(bytes[at] ?? 0) && (bytes[at + 1] ?? 0) > 0x23,
    );
    if (known.length > 0) bytes[one(known, below)] = one(types, below);
    return bytes;
  },
  function cut(bytes, below) {
    return bytes.subarray(0, below(bytes.length));
  },
  function takeOut(bytes, below) {
    const at = placeIn(bytes, below);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(12))]);
  },
  function repeat(bytes, below) {
    const at = placeIn(bytes, below);
    const part = bytes.subarray(at, at + 1 + below(40));
    return Buffer.concat([
      bytes.subarray(0, at),
      ...Array.from({ length: 1 + below(30) }, () => part),
      bytes.subarray(at),
    ]);
  },
  function putIn(bytes, below) {
    const at = placeIn(bytes, below);
    const noise = Buffer.from(Array.from({ length: 1 + below(20) }, () => below(256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  function splice(bytes, below, frames) {
    const other = one(frames, below);
    return Buffer.concat([bytes.subarray(0, placeIn(bytes, below)), other.subarray(placeIn(other, below))]);
  },
  function deepen(_, below, frames) {
    const command = BSON.deserialize(one(frames, below).subarray(21), {
      allowObjectSmallerThanBufferSize: true,
    });
    const [, field = 'filter'] = Object.keys(command);
    const depth = one([2, 90, 178, 180, 183, 400, 3_000], below);
    return rawFrame({ ...command, [field]: undefined }, field, nested(depth));
  },
];

/** A real frame, changed in one to three ways; most say their new length themselves, so that what is in them is read. */
export function mutantOf(frames: readonly Buffer[], below: Below): Buffer {
  let bytes: Buffer = Buffer.from(one(frames, below));
  for (let count = 1 + below(3); count > 0; count -= 1) {
    const changed = bytes.length > 21 ? one(mutations, below)(bytes, below, bodies(frames)) : bytes;
    bytes = Buffer.from(changed);
  }
  if (bytes.length >= 16 && below(10) < 7) bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}

/** Those whose one section is a body, which can be taken apart. */
const bodies = (frames: readonly Buffer[]): readonly Buffer[] => frames.slice(0, commands.length);

function rawFrame(command: Document, field: string, value: Buffer): Buffer {
  const head = BSON.serialize(command, { ignoreUndefined: true }).subarray(4, -1);
  const element = Buffer.concat([Buffer.from([3]), Buffer.from(`${field}\0`), value, Buffer.from([0])]);
  return frameOf(Buffer.concat([int32(4 + head.length + element.length), head, element]));
}

/** Mostly behind the header: what is in a frame has more ways to be wrong than what is around it. */
const placeIn = (bytes: Buffer, below: Below): number => {
  const from = bytes.length > 22 && below(8) > 0 ? 20 : 0;
  return from + below(bytes.length - from);
};

function one<Item>(items: readonly Item[], below: Below): Item {
  const item = items[below(items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}

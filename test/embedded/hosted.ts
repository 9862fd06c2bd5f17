import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type Socket, createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { BSON, type Document, MongoClient } from 'mongodb';
import { aDirectory } from './engine.ts';
import { fileOf } from '../support/programs.ts';

/** The engine in a process of its own: what happens to it, and how much it takes, can be seen from outside. */
export interface Hosted {
  uri: string;
  path: string;
  client: MongoClient;
  isAlive(): boolean;
  /** Anonymous memory in MB; 0 where the system does not tell. */
  memory(): number;
  close(): Promise<void>;
}

export async function hostEngine(): Promise<Hosted> {
  const directory = await aDirectory();
  const child = spawn(process.execPath, [await fileOf('server/embedded/host'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const uri = String((await once(createInterface(child.stdout), 'line'))[0]);
  const client = await new MongoClient(uri).connect();
  return {
    uri,
    path: pathIn(uri),
    client,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    memory: () => memoryOf(child),
    close: async () => {
      await client.close();
      if (child.kill('SIGKILL')) await once(child, 'exit');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export const pathIn = (uri: string): string => decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? '');

function memoryOf({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  return Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1024;
}

export type FrameParts = {
  id?: number;
  opCode?: number;
  flags?: number;
  sequences?: Record<string, Document[]>;
  checksum?: number;
};

/** A message as a driver sends it: OP_MSG with a body, and sequences of documents beside it. */
export function frameOf(
  body: Document | Buffer,
  { id = 7, opCode = 2013, flags = 0, sequences = {}, checksum }: FrameParts = {},
): Buffer {
  const document = Buffer.isBuffer(body) ? body : Buffer.from(BSON.serialize(body));
  const parts = [Buffer.from([0]), document, ...Object.entries(sequences).flatMap(sequenceOf)];
  if (checksum !== undefined) parts.push(int32(checksum));
  const content = Buffer.concat(parts);
  return Buffer.concat([...[20 + content.length, id, 0, opCode, flags].map(int32), content]);
}

function sequenceOf([name, documents]: [string, Document[]]): Buffer[] {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((each) => BSON.serialize(each))]);
  return [Buffer.from([1]), int32(content.length + 4), content];
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
}

/** `{ a: { a: … } }`, so many levels deep. */
export function nested(levels: number): Buffer {
  let document = Buffer.from(BSON.serialize({ n: 1 }));
  for (let level = 1; level < levels; level += 1)
    document = Buffer.concat([
      int32(document.length + 8),
      Buffer.from('\x03a\0', 'latin1'),
      document,
      Buffer.from([0]),
    ]);
  return document;
}

/** The replies that come on a connection, until it is closed. */
export async function* repliesOn(socket: Socket): AsyncGenerator<{ to: number; document: Document }> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
      const message = received.subarray(0, received.readInt32LE(0));
      received = received.subarray(message.length);
      const document = BSON.deserialize(message.subarray(message.readInt32LE(12) === 1 ? 36 : 21));
      yield { to: message.readInt32LE(8), document };
    }
  }
}

/** What comes back first: the reply's document, or that the connection was closed. */
export async function answerTo(path: string, bytes: Buffer): Promise<Document | 'closed'> {
  const socket = createConnection(path);
  socket.on('error', () => {});
  socket.write(bytes);
  try {
    for await (const { document } of repliesOn(socket)) return document;
  } catch {
    // Reset by the other side: as good as closed.
  } finally {
    socket.destroy();
  }
  return 'closed';
}

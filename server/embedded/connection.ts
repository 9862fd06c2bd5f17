import type { Socket } from 'node:net';
import { encode, withEmbedded } from './bytes.ts';
import { errorFields, execute, operationTime } from './commands/index.ts';
import type { Reply } from './commands/command.ts';
import type { Database } from './database.ts';
import { CommandError } from './errors.ts';
import { Frames, type Request, readRequest, writeReply } from './wire.ts';
import { Binary, Double, Long } from 'bson';
import type { Document } from './values.ts';

/** A client's connection: its requests are answered one after the other. */
export class Connection {
  readonly #socket: Socket;
  readonly #database: Database;
  readonly #frames = new Frames();
  #work: Promise<void> = Promise.resolve();
  #replies = 0;
  #isClosing = false;

  constructor(socket: Socket, database: Database) {
    this.#socket = socket;
    this.#database = database;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    // Whoever resets a connection has gone; 'close' follows and does what is needed.
    socket.on('error', () => {});
    socket.on('close', () => database.sessions.disconnected(this));
  }

  /** Refuses new work; kept when what was begun has been answered. */
  close(): Promise<void> {
    this.#isClosing = true;
    return this.#work;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#frames.push(chunk)) this.#work = this.#work.then(() => this.#answer(message));
    } catch {
      this.#socket.destroy();
    }
  }

  async #answer(message: Buffer): Promise<void> {
    const request = this.#read(message);
    if (!request) return;
    const body = await this.#bodyFor(request);
    if (request.isSilent || this.#socket.destroyed) return;
    this.#replies += 1;
    this.#socket.write(writeReply(request, body, this.#replies));
  }

  /** A message that cannot be understood ends the connection, unless it can be answered. */
  #read(message: Buffer): Request | undefined {
    try {
      return readRequest(message);
    } catch (error) {
      const request = { id: message.readInt32LE(4), isLegacy: false, isSilent: false, command: {} };
      if (error instanceof CommandError) this.#socket.write(writeReply(request, encode(errorFields(error)), 0));
      else this.#socket.destroy();
      return undefined;
    }
  }

  async #bodyFor({ command, isLegacy }: Request): Promise<Buffer> {
    try {
      if (this.#isClosing)
        throw new CommandError('ShutdownInProgress', 'The server is shutting down', [
          'RetryableWriteError',
          'TransientTransactionError',
        ]);
      if (isLegacy && !isHello(command))
        throw new CommandError('UnsupportedOpQueryCommand', `Unsupported OP_QUERY command: ${Object.keys(command)[0]}`);
      return bodyOf(await execute(this.#database, command, this));
    } catch (error) {
      return encode({ ...errorFields(error), ...clockFields() });
    }
  }
}

const isHello = (command: Document): boolean =>
  ['hello', 'isMaster', 'ismaster'].includes(Object.keys(command)[0] ?? '');

function bodyOf({ fields, cursor }: Reply): Buffer {
  const reply = { ...fields, ok: new Double(1), ...clockFields() };
  return cursor ? withEmbedded(reply, { cursor: { type: 3, bytes: cursor } }) : encode(reply);
}

/** There is nobody to sign the cluster's time for: the key is none, as on a member without keys. */
const SIGNATURE = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };

function clockFields(): Document {
  const time = operationTime();
  return { $clusterTime: { clusterTime: time, signature: SIGNATURE }, operationTime: time };
}

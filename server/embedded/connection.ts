import type { Socket } from 'node:net';
import { type Authentication, Gate } from './authentication.ts';
import { encode, withEmbedded } from './bytes.ts';
import { errorFields, execute } from './commands/index.ts';
import type { Reply } from './commands/command.ts';
import type { Database } from './database.ts';
import { CommandError } from './errors.ts';
import { operationTime } from './operation-time.ts';
import type { Traffic } from './traffic.ts';
import { Frames, LONGEST_GREETING, LONGEST_MESSAGE, type Request, readRequest, writeReply } from './wire.ts';
import { Binary, Double, Long } from 'bson';
import type { Document } from './values.ts';

/** What all connections share. */
export interface Server {
  database: Database;
  traffic: Traffic;
  authentication: Authentication;
}

/** Longer messages have to wait until there is room for all of them. */
const SHORT_MESSAGE = 64 * 1024;

/** As much of the next requests is read while one is being answered. */
const READ_AHEAD = 256 * 1024;

/** Whoever begins a message and sends nothing more has gone; and nobody waits longer for room than that. */
const LONGEST_PAUSE_MS = 60_000;

/** A client's connection: its requests are answered one after the other, the next when the last answer is on its way. */
export class Connection {
  readonly #socket: Socket;
  readonly #database: Database;
  readonly #traffic: Traffic;
  readonly #gate: Gate;
  readonly #frames = new Frames();
  #work: Promise<void> | undefined;
  #room = 0;
  #isInLine = false;
  #isExpected = false;
  #replies = 0;
  #isClosing = false;
  #goOn: () => void = () => {};

  constructor(socket: Socket, { database, traffic, authentication }: Server) {
    this.#socket = socket;
    this.#database = database;
    this.#traffic = traffic;
    this.#gate = new Gate(authentication);
    if (!this.#gate.isOpen) this.#frames.longest = LONGEST_GREETING;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => this.#goOn());
    socket.on('timeout', () => socket.destroy());
    // Whoever resets a connection has gone; 'close' follows and does what is needed.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
  }

  /** Refuses new work; kept when what was begun has been answered. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#goOn();
    await this.#work;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #closed(): void {
    this.#goOn();
    if (!this.#work) this.#giveRoom();
    this.#database.sessions.disconnected(this);
  }

  #receive(chunk: Buffer): void {
    this.#frames.push(chunk);
    if (!this.#work) this.#proceed();
    else if (this.#frames.held > READ_AHEAD + this.#room) this.#socket.pause();
  }

  /** Answers what is there, and reads on. */
  #proceed(): void {
    this.#expectMore(false);
    this.#work = this.#answerAll()
      .then(() => this.#readOn())
      .catch(() => this.destroy())
      .finally(() => {
        this.#work = undefined;
        if (this.#socket.destroyed) this.#giveRoom();
      });
  }

  async #answerAll(): Promise<void> {
    for (let message = this.#frames.next(); message; message = this.#frames.next()) {
      await this.#answer(message);
      this.#giveRoom();
      // Whoever asks much without waiting for answers must not keep the others waiting.
      if (this.#frames.held > 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #readOn(): void {
    const expected = this.#frames.expected ?? 0;
    if (expected > SHORT_MESSAGE && this.#room === 0) return void this.#waitForRoom(expected);
    this.#expectMore(this.#frames.held > 0);
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  #expectMore(isExpected: boolean): void {
    if (isExpected !== this.#isExpected) this.#socket.setTimeout(isExpected ? LONGEST_PAUSE_MS : 0);
    this.#isExpected = isExpected;
  }

  async #waitForRoom(bytes: number): Promise<void> {
    if (this.#isInLine) return;
    this.#isInLine = true;
    this.#socket.pause();
    const timer = setTimeout(() => this.destroy(), LONGEST_PAUSE_MS);
    await this.#traffic.enter(bytes);
    clearTimeout(timer);
    this.#isInLine = false;
    this.#room = bytes;
    if (this.#socket.destroyed) this.#giveRoom();
    else this.#proceed();
  }

  #giveRoom(): void {
    const room = this.#room;
    this.#room = 0;
    if (room > 0) this.#traffic.leave(room);
  }

  async #answer(message: Buffer): Promise<void> {
    const request = this.#read(message);
    if (!request || (this.#socket.destroyed && !request.isSilent)) return;
    const body = await this.#bodyFor(request);
    if (request.isSilent || this.#socket.destroyed) return;
    this.#replies += 1;
    await this.#send(writeReply(request, body, this.#replies));
  }

  /** Waits for whoever does not read: what is not sent lies in memory. */
  async #send(reply: Buffer): Promise<void> {
    if (this.#socket.write(reply) || this.#isClosing) return;
    const sent = new Promise<void>((resolve) => {
      this.#goOn = resolve;
    });
    this.#traffic.stalled(this, reply.length);
    await sent;
    this.#traffic.read(this);
  }

  /** A message that cannot be understood ends the connection, unless it can be answered. */
  #read(message: Buffer): Request | undefined {
    try {
      return readRequest(message);
    } catch (error) {
      const request = { id: message.readInt32LE(4), isLegacy: false, isSilent: false, command: {} };
      if (error instanceof CommandError) this.#socket.write(writeReply(request, encode(errorFields(error)), 0));
      else throw error;
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
      return bodyOf(await this.#replyTo(command));
    } catch (error) {
      return encode({ ...errorFields(error), ...clockFields() });
    }
  }

  async #replyTo(command: Document): Promise<Reply> {
    const proved = this.#gate.answer(command);
    if (this.#gate.isOpen) this.#frames.longest = LONGEST_MESSAGE;
    if (proved) return { fields: proved };
    const reply = await execute(this.#database, command, this);
    return isHello(command) ? { fields: { ...reply.fields, ...this.#gate.greeting(command) } } : reply;
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

import { decode } from './bytes.ts';
import { checksumOf } from './checksum.ts';
import { CommandError } from './errors.ts';
import { checkCommandNesting, checkDocumentNesting } from './nesting.ts';
import { type Document } from './values.ts';

/** MongoDB's wire protocol: OP_MSG, and OP_QUERY and OP_REPLY for a driver's first hello. */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
export const LONGEST_MESSAGE = 48_000_000;

/** Strangers have nothing long to say. */
export const LONGEST_GREETING = 64 * 1024;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_FLAGS = 0xffff;

export interface Request {
  id: number;
  isLegacy: boolean;
  /** The client wants no answer (write concern 0). */
  isSilent: boolean;
  command: Document;
}

/** Cuts a stream of bytes into messages. */
export class Frames {
  longest = LONGEST_MESSAGE;
  #chunks: Buffer[] = [];
  #length = 0;

  /** Bytes that wait for the rest of their message, or for their turn. */
  get held(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** How long the next message is; undefined as long as nobody knows. @throws Error for a length no message can have */
  get expected(): number | undefined {
    if (this.#length < HEADER) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0]?.readInt32LE(0) ?? 0;
    if (length < HEADER || length > this.longest) throw new Error(`a message cannot be ${length} bytes long`);
    return length;
  }

  /** The next message, once all of it is there. @throws Error for a length no message can have */
  next(): Buffer | undefined {
    const length = this.expected;
    if (length === undefined || this.#length < length) return undefined;
    const whole = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const rest = whole.subarray(length);
    this.#length = rest.length;
    // A few bytes of the next message must not keep a long one in memory.
    this.#chunks = rest.length > 0 ? [rest.length < length ? Buffer.from(rest) : rest] : [];
    return whole.subarray(0, length);
  }
}

/** @throws Error where the connection cannot go on, for the sender's idea of the protocol is another one */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  switch (message.readInt32LE(12)) {
    case OP_MSG:
      return readMessage(id, message);
    case OP_QUERY:
      return readQuery(id, message);
    default:
      throw new Error(`operation ${message.readInt32LE(12)} is not supported`);
  }
}

function readMessage(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) throw new Error('unknown required flags');
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  if (end !== message.length && message.readUInt32LE(end) !== checksumOf(message.subarray(0, end)))
    throw new Error('the checksum is of another message');
  let command: Document | undefined;
  const sequences = new Map<string, Document[]>();
  let at = HEADER + 4;
  while (at < end) {
    const kind = message[at];
    const length = sizeAt(message, at + 1, end);
    const section = message.subarray(at + 1, at + 1 + length);
    if (kind === 0 && !command) command = decodeSafely(section, checkCommandNesting);
    else if (kind === 1) readSequence(section, sequences);
    else throw new Error(`unexpected section of kind ${kind}`);
    at += 1 + length;
  }
  if (!command) throw new Error('a message without a body');
  if (Object.keys(command).some((field) => sequences.has(field))) throw new Error('a field and a sequence of one name');
  const isSilent = (flags & MORE_TO_COME) !== 0;
  return { id, isLegacy: false, isSilent, command: { ...command, ...Object.fromEntries(sequences) } };
}

function sizeAt(message: Buffer, at: number, end: number): number {
  const length = message.readInt32LE(at);
  if (length < 5 || at + length > end) throw new Error('a section beyond the end of its message');
  return length;
}

function readSequence(section: Buffer, sequences: Map<string, Document[]>): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new Error('a document sequence without a name');
  const name = section.toString('utf8', 4, nameEnd);
  if (sequences.has(name)) throw new Error('two document sequences of one name');
  const documents: Document[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const length = sizeAt(section, at, section.length);
    documents.push(decodeSafely(section.subarray(at, at + length), checkDocumentNesting));
    at += length;
  }
  sequences.set(name, documents);
}

function readQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  if (nameEnd < 0) throw new Error('a query without a collection');
  const at = nameEnd + 9;
  const command = decodeSafely(message.subarray(at, at + sizeAt(message, at, message.length)), checkCommandNesting);
  const database = message.toString('utf8', HEADER + 4, nameEnd).split('.')[0];
  return { id, isLegacy: true, isSilent: false, command: { ...command, $db: database } };
}

function decodeSafely(bytes: Buffer, checkNesting: (bytes: Buffer) => void): Document {
  checkNesting(bytes);
  try {
    return decode(bytes);
  } catch (error) {
    throw new CommandError('InvalidBSON', `InvalidBSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The document of a reply. @throws RangeError where there is none */
export function bodyOfReply(message: Buffer): Buffer {
  return message.subarray(HEADER + 5, HEADER + 5 + message.readInt32LE(HEADER + 5));
}

export function writeReply(request: Pick<Request, 'id' | 'isLegacy'>, body: Buffer, replyId: number): Buffer {
  const head = Buffer.alloc(request.isLegacy ? HEADER + 20 : HEADER + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(replyId, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.isLegacy ? OP_REPLY : OP_MSG, 12);
  if (request.isLegacy) head.writeInt32LE(1, HEADER + 16);
  return Buffer.concat([head, body]);
}

import { Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { binaryOf, patternOf } from './compare.ts';
import { CommandError } from './errors.ts';
import { type Document, RANK, documentOf, listOf, rankOf, toNumber } from './values.ts';

/** Keys are strings of one character per byte, so that `<` is the order of the bytes and so of the values. */
export type Key = string;

/** LMDB takes 1,978 bytes; a key holds an index's values and the document's identity. */
const LONGEST = 1900;

const scratch = Buffer.alloc(16);

/** A value as bytes whose order is MongoDB's order of values; no encoding is the beginning of another one. */
export function encodeValue(value: unknown): Key {
  const rank = rankOf(value);
  return String.fromCharCode(rank) + (ENCODERS[rank] ?? refuse)(value);
}

/** The same, for an index that runs downwards in this field. */
export function invert(key: Key): Key {
  const bytes = Buffer.from(key, 'latin1');
  for (let at = 0; at < bytes.length; at++) bytes[at] = 255 - (bytes[at] ?? 0);
  return bytes.toString('latin1');
}

/** The smallest key greater than every key that begins with this one. */
export function after(prefix: Key): Key {
  let end = prefix.length;
  while (end > 0 && prefix.charCodeAt(end - 1) === 255) end--;
  if (end === 0) throw new Error('no key comes after this one');
  return prefix.slice(0, end - 1) + String.fromCharCode(prefix.charCodeAt(end - 1) + 1);
}

export function numberKey(value: number): Key {
  scratch.writeUInt32BE(value, 0);
  return scratch.toString('latin1', 0, 4);
}

export function checkLength(key: Key): Key {
  if (key.length <= LONGEST) return key;
  throw new CommandError('KeyTooLong', `key too large to index, ${key.length} bytes, at most ${LONGEST} are possible`);
}

const nothing = (): Key => '';

const ENCODERS: Record<number, (value: unknown) => Key> = {
  [RANK.minKey]: nothing,
  [RANK.null]: nothing,
  [RANK.number]: encodeNumber,
  [RANK.string]: (value) => encodeText(String(value)),
  [RANK.object]: (value) => encodeDocument(documentOf(value)),
  [RANK.array]: (value) => `${listOf(value).map(encodeValue).join('')}\0`,
  [RANK.binary]: encodeBinary,
  [RANK.objectId]: (value) => (value instanceof ObjectId ? Buffer.from(value.id).toString('latin1') : refuse()),
  [RANK.boolean]: (value) => (value === true ? '\x01' : '\x00'),
  [RANK.date]: (value) => (value instanceof Date ? encodeDate(value) : refuse()),
  [RANK.timestamp]: (value) => (value instanceof Timestamp ? encodeTimestamp(value) : refuse()),
  [RANK.regex]: (value) => encodeText(patternOf(value)),
  [RANK.maxKey]: nothing,
};

function refuse(): Key {
  throw new CommandError('BadValue', 'a value of this type cannot be kept in an index of this database');
}

/** A double's order-preserving bits, then what a 64-bit integer differs from the double nearest to it. */
function encodeNumber(value: unknown): Key {
  if (value instanceof Decimal128) refuse();
  const double = toNumber(value);
  const rest = value instanceof Long ? Number(value.toBigInt() - BigInt(double)) : 0;
  if (Number.isNaN(double)) return '\0'.repeat(10);
  scratch.writeDoubleBE(double === 0 ? 0 : double, 0);
  const negative = (scratch[0] ?? 0) >= 128;
  for (let at = 0; at < 8; at++)
    scratch[at] = negative ? 255 - (scratch[at] ?? 0) : (scratch[at] ?? 0) | (at === 0 ? 128 : 0);
  scratch.writeUInt16BE(rest + 0x8000, 8);
  return scratch.toString('latin1', 0, 10);
}

function encodeText(text: string): Key {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return `${bytes.includes('\0') ? bytes.replaceAll('\0', '\0\xff') : bytes}\0\0`;
}

function encodeDocument(document: Document): Key {
  let key = '';
  for (const [field, value] of Object.entries(document)) {
    const encoded = encodeValue(value);
    key += encoded.charAt(0) + encodeText(field) + encoded.slice(1);
  }
  return `${key}\0`;
}

function encodeBinary(value: unknown): Key {
  const { bytes, subtype } = binaryOf(value);
  return numberKey(bytes.length) + String.fromCharCode(subtype) + Buffer.from(bytes).toString('latin1');
}

function encodeDate(date: Date): Key {
  scratch.writeBigInt64BE(BigInt(date.getTime()), 0);
  scratch[0] = (scratch[0] ?? 0) ^ 128;
  return scratch.toString('latin1', 0, 8);
}

function encodeTimestamp(timestamp: Timestamp): Key {
  scratch.writeBigUInt64BE(BigInt.asUintN(64, timestamp.toBigInt()), 0);
  return scratch.toString('latin1', 0, 8);
}

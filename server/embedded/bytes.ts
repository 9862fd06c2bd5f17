import { BSON } from 'bson';
import { CommandError } from './errors.ts';
import type { Document } from './values.ts';

const LARGEST_DOCUMENT = 16 * 1024 * 1024;

/** Reads a document with every value in its own BSON type: an Int32 stays one, and so does a whole double. */
export function decode(bytes: Uint8Array): Document {
  return BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true });
}

export function encode(document: Document): Buffer {
  const bytes = BSON.serialize(document, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function checkSize(bytes: Buffer): Buffer {
  if (bytes.length <= LARGEST_DOCUMENT) return bytes;
  const message = `object to insert too large. size in bytes: ${bytes.length}, max size: ${LARGEST_DOCUMENT}`;
  throw new CommandError('BSONObjectTooLarge', message);
}

const end = Buffer.from([0]);

function sized(parts: Uint8Array[]): Buffer {
  const length = Buffer.alloc(4);
  const body = [length, ...parts, end];
  length.writeInt32LE(body.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat(body);
}

/** An array of documents that are bytes already. */
export function arrayOf(documents: readonly Uint8Array[]): Buffer {
  return sized(documents.flatMap((document, place) => [Buffer.from(`\x03${place}\0`, 'latin1'), document]));
}

/** A document of the given fields, followed by embedded documents and arrays that are bytes already. */
export function withEmbedded(fields: Document, embedded: Record<string, { type: 3 | 4; bytes: Uint8Array }>): Buffer {
  const head = encode(fields);
  const parts = Object.entries(embedded).flatMap(([name, { type, bytes }]) => [
    Buffer.concat([Buffer.from([type]), Buffer.from(name), end]),
    bytes,
  ]);
  return sized([head.subarray(4, -1), ...parts]);
}

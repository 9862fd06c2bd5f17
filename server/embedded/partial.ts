import { decode } from './bytes.ts';
import { CommandError } from './errors.ts';
import { type Document, documentsOf } from './values.ts';

/** The names of a document's own fields that something looks at; nothing when it may look at all of them. */
export type Fields = ReadonlySet<string> | undefined;

/** The fields a filter looks at. */
export function fieldsOfFilter(filter: Document): Fields {
  const found = new Set<string>();
  return collect(filter, found) ? found : undefined;
}

function collect(filter: Document, found: Set<string>): boolean {
  return Object.entries(filter).every(([field, condition]) => {
    if (field === '$and' || field === '$or' || field === '$nor')
      return documentsOf(condition).every((branch) => collect(branch, found));
    if (field === '$comment') return true;
    found.add(rootOf(field));
    return !field.startsWith('$');
  });
}

export const rootOf = (path: string): string => path.split('.', 1)[0] ?? '';

/** A stored document as far as the named fields go: the rest is stepped over. */
export function decodeFields(bytes: Buffer, fields: Fields): Document {
  if (!fields) return decode(bytes);
  const parts: Buffer[] = [];
  let length = 5;
  for (let at = 4; parts.length < fields.size && bytes[at] !== 0;) {
    const nameEnd = bytes.indexOf(0, at + 1);
    const end = nameEnd + 1 + sizeOf(bytes, bytes[at] ?? 0, nameEnd + 1);
    if (fields.has(bytes.toString('utf8', at + 1, nameEnd))) {
      parts.push(bytes.subarray(at, end));
      length += end - at;
    }
    at = end;
  }
  const some = Buffer.alloc(length);
  some.writeInt32LE(length);
  let to = 4;
  for (const part of parts) to += part.copy(some, to);
  return decode(some);
}

/** How many bytes an element's value has, by its type (bsonspec.org 1.1). */
function sizeOf(bytes: Buffer, type: number, at: number): number {
  switch (type) {
    case 0x06:
    case 0x0a:
    case 0x7f:
    case 0xff:
      return 0;
    case 0x08:
      return 1;
    case 0x10:
      return 4;
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      return 8;
    case 0x07:
      return 12;
    case 0x13:
      return 16;
    case 0x03:
    case 0x04:
    case 0x0f:
      return bytes.readInt32LE(at);
    case 0x02:
    case 0x0d:
    case 0x0e:
      return 4 + bytes.readInt32LE(at);
    case 0x05:
      return 5 + bytes.readInt32LE(at);
    case 0x0c:
      return 16 + bytes.readInt32LE(at);
    case 0x0b:
      return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at;
    default:
      throw new CommandError('InternalError', `a stored document has an element of type ${type}`);
  }
}

import { CommandError } from './errors.ts';

/** MongoDB stores 180 levels; a command may have two more around a document it carries. */
const DEEPEST_COMMAND = 182;
const DEEPEST_DOCUMENT = 180;

/** A level takes at least a type, the end of a name, a length and an end: what is shorter cannot be too deep. */
const SMALLEST_LEVEL = 7;

/** Bytes of a value by its type; those that are not here say themselves how long they are. */
const SIZES: Readonly<Record<number, number>> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
};

export const checkCommandNesting = (bytes: Buffer): void => checkNesting(bytes, DEEPEST_COMMAND);
export const checkDocumentNesting = (bytes: Buffer): void => checkNesting(bytes, DEEPEST_DOCUMENT);

/** Walks over a document without reading its values. @throws Overflow, InvalidBSON */
function checkNesting(bytes: Buffer, deepest: number): void {
  if (bytes.length <= deepest * SMALLEST_LEVEL) return;
  let depth = 1;
  let at = 4;
  while (depth > 0) {
    const type = bytes[at];
    if (type === undefined) throw broken();
    at += 1;
    if (type === 0) {
      depth -= 1;
      continue;
    }
    at = endOfName(bytes, at);
    if (type === 0x0f) at = endOfText(bytes, at + 4);
    if (type === 0x03 || type === 0x04 || type === 0x0f) {
      depth += 1;
      at += 4;
    } else at = endOfValue(bytes, type, at);
    if (depth > deepest) throw new CommandError('Overflow', `BSONObj exceeded maximum nested object depth: ${deepest}`);
  }
}

function endOfValue(bytes: Buffer, type: number, at: number): number {
  const size = SIZES[type];
  if (size !== undefined) return at + size;
  switch (type) {
    case 0x02:
    case 0x0d:
    case 0x0e:
      return endOfText(bytes, at);
    case 0x05:
      return endOfText(bytes, at) + 1;
    case 0x0b:
      return endOfName(bytes, endOfName(bytes, at));
    case 0x0c:
      return endOfText(bytes, at) + 12;
    default:
      throw broken();
  }
}

function endOfName(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1;
  return at + 1;
}

function endOfText(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw broken();
  const length = bytes.readInt32LE(at);
  if (length < 0) throw broken();
  return at + 4 + length;
}

const broken = (): CommandError =>
  new CommandError('InvalidBSON', 'InvalidBSON: a value beyond the end of its document');

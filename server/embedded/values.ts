import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { CommandError } from './errors.ts';

export type Document = Record<string, unknown>;

/** Places in MongoDB's order of types; values of one place are compared with each other. */
export const RANK = {
  minKey: 1,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  dbRef: 55,
  code: 60,
  codeWithScope: 65,
  maxKey: 127,
} as const;

const BSON_RANKS: Record<string, number> = {
  Int32: RANK.number,
  Double: RANK.number,
  Long: RANK.number,
  Decimal128: RANK.number,
  BSONSymbol: RANK.string,
  Binary: RANK.binary,
  ObjectId: RANK.objectId,
  Timestamp: RANK.timestamp,
  BSONRegExp: RANK.regex,
  DBRef: RANK.dbRef,
  MinKey: RANK.minKey,
  MaxKey: RANK.maxKey,
};

/** The name bson gives a value of its own classes, or undefined for JavaScript's own kinds of value. */
export function bsonTypeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('_bsontype' in value)) return undefined;
  return typeof value['_bsontype'] === 'string' ? value['_bsontype'] : undefined;
}

export function isDocument(value: unknown): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    !('_bsontype' in value && typeof value['_bsontype'] === 'string') &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof RegExp)
  );
}

/** A Timestamp is of the class Long too. */
export const isLong = (value: unknown): value is Long => value instanceof Long && bsonTypeOf(value) === 'Long';

/** @throws TypeMismatch where a client sent something else */
export function documentOf(value: unknown): Document {
  if (isDocument(value)) return value;
  throw new CommandError('TypeMismatch', `expected an object, found ${typeNameOf(value)}`);
}

/** @throws TypeMismatch where a client sent something else */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new CommandError('TypeMismatch', `expected an array, found ${typeNameOf(value)}`);
}

export const documentsOf = (value: unknown): Document[] => listOf(value).map(documentOf);

export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return RANK.number;
    case 'string':
      return RANK.string;
    case 'boolean':
      return RANK.boolean;
    case 'object':
      return value === null ? RANK.null : rankOfObject(value);
    default:
      return RANK.null;
  }
}

function rankOfObject(value: object): number {
  const type = bsonTypeOf(value);
  if (type === 'Code') return 'scope' in value && value.scope ? RANK.codeWithScope : RANK.code;
  if (type !== undefined) return BSON_RANKS[type] ?? RANK.object;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof Date) return RANK.date;
  if (value instanceof Uint8Array) return RANK.binary;
  return value instanceof RegExp ? RANK.regex : RANK.object;
}

export const isNumeric = (value: unknown): boolean => rankOf(value) === RANK.number;
export const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;

/** A number as JavaScript has it; a Long or a decimal beyond that is rounded. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Decimal128) return Number(value.toString());
  return typeof value === 'bigint' ? Number(value) : NaN;
}

/** MongoDB's idea of true in options and in expressions: everything but false, null, missing and zero. */
export function isTruthy(value: unknown): boolean {
  if (isNullish(value) || value === false) return false;
  return isNumeric(value) ? toNumber(value) !== 0 : true;
}

const NUMBER_TYPES: Record<string, string> = { Int32: 'int', Double: 'double', Long: 'long', Decimal128: 'decimal' };
const TYPE_NAMES: Record<number, string> = {
  [RANK.minKey]: 'minKey',
  [RANK.null]: 'null',
  [RANK.string]: 'string',
  [RANK.object]: 'object',
  [RANK.array]: 'array',
  [RANK.binary]: 'binData',
  [RANK.objectId]: 'objectId',
  [RANK.boolean]: 'bool',
  [RANK.date]: 'date',
  [RANK.timestamp]: 'timestamp',
  [RANK.regex]: 'regex',
  [RANK.dbRef]: 'dbPointer',
  [RANK.code]: 'javascript',
  [RANK.codeWithScope]: 'javascriptWithScope',
  [RANK.maxKey]: 'maxKey',
};

/** The type's alias as `$type` knows it. */
export function typeNameOf(value: unknown): string {
  const type = bsonTypeOf(value);
  if (type === 'BSONSymbol') return 'symbol';
  if (type !== undefined && NUMBER_TYPES[type]) return NUMBER_TYPES[type];
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'int' : 'double';
  return TYPE_NAMES[rankOf(value)] ?? 'object';
}

/** A value as it is shown in error messages and plans. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isNullish(value)) return 'null';
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isNumeric(value))
    return value instanceof Decimal128 || value instanceof Long ? value.toString() : String(toNumber(value));
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (isDocument(value))
    return `{ ${Object.entries(value)
      .map(([field, at]) => `${field}: ${show(at)}`)
      .join(', ')} }`;
  return bsonTypeOf(value) ? `${bsonTypeOf(value)}(${JSON.stringify(value)})` : JSON.stringify(value);
}

import { CommandError } from '../errors.ts';
import type { Database } from '../database.ts';
import type { SessionFields } from '../sessions.ts';
import { type Document, isDocument, isNumeric, show, toNumber, typeNameOf } from '../values.ts';
import type { Workspace } from '../workspace.ts';

export interface Context {
  database: Database;
  /** The name of the database the command is for. */
  name: string;
  command: Document;
  workspace: Workspace;
  session: SessionFields;
}

/** A reply's fields; `cursor` is ready bytes, for documents are not decoded to be sent. */
export interface Reply {
  fields: Document;
  cursor?: Buffer;
}

/** A part of a command that is committed by itself; or it has to wait a moment. */
export type Piece = ((workspace: Workspace) => void) | 'pause';
export type Pieces = Generator<Piece, Reply>;

export interface Command {
  /** The fields it takes besides those that every command takes; anything else is refused. */
  fields: readonly string[] | 'any';
  run(context: Context): Reply;
  /** Does in many commits what would be too much for one; undefined where it is not. Never in a transaction. */
  inPieces?(context: Context): Pieces | undefined;
  /** May be part of a multi-document transaction. */
  isTransactional?: boolean;
  /** Answers a retry with the first answer. */
  isRetryable?: boolean;
}

const ALWAYS = new Set(
  'lsid txnNumber autocommit startTransaction $db $clusterTime $readPreference readConcern writeConcern maxTimeMS comment'.split(
    ' ',
  ),
);

export function checkFields(name: string, command: Document, spec: Command): void {
  for (const field of Object.keys(command)) {
    if (field === name || ALWAYS.has(field) || spec.fields === 'any' || spec.fields.includes(field)) continue;
    throw new CommandError(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
  checkReadConcern(name, command);
  checkWriteConcern(command['writeConcern']);
}

const LEVELS = new Set<unknown>(['local', 'available', 'majority', 'linearizable', 'snapshot', undefined]);

function checkReadConcern(name: string, { readConcern, autocommit }: Document): void {
  const level = isDocument(readConcern) ? readConcern['level'] : undefined;
  if (level === 'snapshot' && autocommit === undefined && name !== 'find' && name !== 'aggregate')
    throw new CommandError('InvalidOptions', `Command ${name} does not support the read concern level snapshot here`);
  if (!LEVELS.has(level))
    throw new CommandError('BadValue', `Enumeration value '${show(level)}' for field 'level' is not a valid value.`);
}

function checkWriteConcern(concern: unknown): void {
  const { w } = isDocument(concern) ? concern : {};
  if (w === undefined || w === 'majority' || (isNumeric(w) && toNumber(w) >= 0 && toNumber(w) <= 1)) return;
  throw new CommandError(100, 'Not enough data-bearing nodes');
}

/** Refuses members that an embedded document of a command must not have. */
export function checkMembers(what: string, given: Document, allowed: readonly string[]): void {
  const unknown = Object.keys(given).find((field) => !allowed.includes(field));
  if (unknown) throw new CommandError(40415, `BSON field '${what}.${unknown}' is an unknown field.`);
}

export const namespaceOf = ({ name, command }: Context, field: string): string =>
  `${name}.${collectionName(command[field], field)}`;

function collectionName(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
  throw new CommandError('InvalidNamespace', `collection name for ${field} has invalid type or value: ${show(value)}`);
}

export function documentIn(given: Document, field: string): Document {
  const value = given[field] ?? {};
  if (isDocument(value)) return value;
  throw new CommandError(
    'TypeMismatch',
    `BSON field '${field}' is the wrong type '${typeNameOf(value)}', expected type 'object'`,
  );
}

export function documentsIn(given: Document, field: string): Document[] {
  const value = given[field];
  if (Array.isArray(value) && value.every(isDocument)) return value;
  throw new CommandError(
    'TypeMismatch',
    `BSON field '${field}' is the wrong type '${typeNameOf(value)}', expected type 'array' of objects`,
  );
}

export function countIn(given: Document, field: string): number | undefined {
  const value = given[field];
  if (value === undefined || value === null) return undefined;
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (Number.isInteger(number) && number >= 0) return number;
  throw new CommandError('BadValue', `BSON field '${field}' value must be >= 0, actual value '${show(value)}'`);
}

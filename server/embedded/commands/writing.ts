import type { Collection } from '../catalogue.ts';
import { Documents } from '../documents.ts';
import { CommandError, commandErrorOf } from '../errors.ts';
import { type Query, select } from '../query.ts';
import type { Row } from '../rows.ts';
import type { Document } from '../values.ts';
import type { Context } from './command.ts';

/** Does one write after the other; an ordered batch ends with the first that fails. */
export function batch(context: Context, writes: Document[], write: (each: Document, at: number) => void): Document {
  if (writes.length === 0 || writes.length > 100_000)
    throw new CommandError(
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${writes.length} operations.`,
    );
  const isOrdered = context.command['ordered'] !== false;
  const writeErrors: Document[] = [];
  for (const [index, each] of writes.entries()) {
    try {
      write(each, index);
    } catch (thrown) {
      const error = commandErrorOf(thrown);
      // Meeting another transaction is the whole command's matter.
      if (error.codeName === 'WriteConflict') throw thrown;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (isOrdered || context.session.isInTransaction) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

export const writerFor = ({ database, workspace }: Context, collection: Collection): Documents =>
  new Documents(database.catalogue, workspace, collection);

function existing({ database, workspace }: Context, namespace: string): Collection | undefined {
  return database.collection(namespace, workspace);
}

export function existingOrNew(context: Context, namespace: string): Collection {
  return existing(context, namespace) ?? context.database.catalogue.create(namespace, context.workspace);
}

/** The documents a write is for, read to the end before anything is written. */
export function found(context: Context, namespace: string, query: Query): Row[] {
  return [...select(context.workspace, existing(context, namespace), query).rows].filter((row) => row.bytes);
}

import { CommandError } from '../errors.ts';
import type { Row } from '../rows.ts';
import { type Document, toNumber } from '../values.ts';
import {
  type Command,
  type Context,
  type Pieces,
  checkMembers,
  documentIn,
  documentsIn,
  namespaceOf,
} from './command.ts';
import { findAndModify } from './find-and-modify.ts';
import { updateCommand } from './update-command.ts';
import { writeWidely } from './wide-write.ts';
import { batch, existingOrNew, found, writerFor } from './writing.ts';

const insert: Command = {
  fields: ['documents', 'ordered'],
  isTransactional: true,
  isRetryable: true,
  run(context) {
    const namespace = namespaceOf(context, 'insert');
    const writer = writerFor(context, existingOrNew(context, namespace));
    let n = 0;
    const errors = batch(context, documentsIn(context.command, 'documents'), (document) => {
      writer.insert(document);
      n += 1;
    });
    return { fields: { n, ...errors } };
  },
};

const REMOVE_MEMBERS = ['q', 'limit'];

const remove: Command = {
  fields: ['deletes', 'ordered'],
  isTransactional: true,
  isRetryable: true,
  inPieces(context) {
    const [only, ...others] = documentsIn(context.command, 'deletes');
    if (!only || others.length > 0 || toNumber(only['limit']) !== 0) return undefined;
    return removeWidely(context, namespaceOf(context, 'delete'), only);
  },
  run(context) {
    const namespace = namespaceOf(context, 'delete');
    let n = 0;
    const errors = batch(context, documentsIn(context.command, 'deletes'), (each) => {
      checkMembers('delete.deletes', each, REMOVE_MEMBERS);
      const limit = toNumber(each['limit']);
      if (limit !== 0 && limit !== 1)
        throw new CommandError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
      for (const row of found(context, namespace, { filter: documentIn(each, 'q'), limit })) {
        writerFor(context, existingOrNew(context, namespace)).remove(row.document);
        n += 1;
      }
    });
    return { fields: { n, ...errors } };
  },
};

function* removeWidely(context: Context, namespace: string, given: Document): Pieces {
  const { matched, writeErrors } = yield* writeWidely(context, namespace, () => {
    checkMembers('delete.deletes', given, REMOVE_MEMBERS);
    const act = (each: Context, row: Row): boolean => {
      writerFor(each, existingOrNew(each, namespace)).remove(row.document);
      return true;
    };
    return { query: { filter: documentIn(given, 'q') }, act };
  });
  return { fields: { n: matched, ...(writeErrors.length > 0 ? { writeErrors } : {}) } };
}

export const WRITE_COMMANDS: Record<string, Command> = {
  insert,
  update: updateCommand,
  delete: remove,
  findAndModify,
};

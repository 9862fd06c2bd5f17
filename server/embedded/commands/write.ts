import { Documents, checkId } from '../documents.ts';
import type { Collection } from '../catalogue.ts';
import { decode, encode } from '../bytes.ts';
import { CommandError, commandErrorOf } from '../errors.ts';
import { compileProjection } from '../projection.ts';
import { type Query, compileUpdatePipeline, select } from '../query.ts';
import type { Row } from '../rows.ts';
import { type Update, compileUpdate, isReplacement, upsertBase, withFreshId } from '../update.ts';
import { writeWidely } from './wide-write.ts';
import { type Document, isDocument, isTruthy, toNumber, listOf } from '../values.ts';
import {
  type Command,
  type Context,
  type Pieces,
  type Reply,
  checkMembers,
  documentIn,
  documentsIn,
  namespaceOf,
} from './command.ts';

/** Does one write after the other; an ordered batch ends with the first that fails. */
function batch(context: Context, writes: Document[], write: (each: Document, at: number) => void): Document {
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

const writerFor = ({ database, workspace }: Context, collection: Collection): Documents =>
  new Documents(database.catalogue, workspace, collection);

function existing({ database, workspace }: Context, namespace: string): Collection | undefined {
  return database.collection(namespace, workspace);
}

function existingOrNew(context: Context, namespace: string): Collection {
  return existing(context, namespace) ?? context.database.catalogue.create(namespace, context.workspace);
}

const UPDATE_MEMBERS = ['q', 'u', 'multi', 'upsert', 'arrayFilters'];

const updateCommand: Command = {
  fields: ['updates', 'ordered'],
  isTransactional: true,
  isRetryable: true,
  inPieces(context) {
    const [only, ...others] = documentsIn(context.command, 'updates');
    if (!only || others.length > 0 || !isTruthy(only['multi']) || isTruthy(only['upsert'])) return undefined;
    return updateWidely(context, namespaceOf(context, 'update'), only);
  },
  run(context) {
    const namespace = namespaceOf(context, 'update');
    const upserted: Document[] = [];
    let n = 0;
    let nModified = 0;
    const errors = batch(context, documentsIn(context.command, 'updates'), (each, index) => {
      checkMembers('update.updates', each, UPDATE_MEMBERS);
      const isMulti = isTruthy(each['multi']);
      const change = isMulti ? multiChangeOf(each) : changeOf({ ...each, query: each['q'], update: each['u'] });
      const rows = found(context, namespace, { ...change.query, limit: isMulti ? 0 : 1 });
      const modified = rows.filter((row) => changed(context, namespace, row, change.update).isModified);
      n += rows.length;
      nModified += modified.length;
      if (rows.length > 0 || !isTruthy(each['upsert'])) return;
      upserted.push({ index, _id: upsert(context, namespace, change)['_id'] });
      n += 1;
    });
    return { fields: { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errors } };
  },
};

interface ChangeSpec {
  query: Query;
  update: Update;
  replacement: unknown;
}

function* updateWidely(context: Context, namespace: string, given: Document): Pieces {
  const { matched, modified, writeErrors } = yield* writeWidely(context, namespace, () => {
    const { query, update } = multiChangeOf(given);
    return { query, act: (each, row) => changed(each, namespace, row, update).isModified };
  });
  return { fields: { n: matched, nModified: modified, ...(writeErrors.length > 0 ? { writeErrors } : {}) } };
}

function multiChangeOf(given: Document): ChangeSpec {
  checkMembers('update.updates', given, UPDATE_MEMBERS);
  const change = changeOf({ ...given, query: given['q'], update: given['u'] });
  if (isReplacement(change.replacement))
    throw new CommandError('FailedToParse', 'multi update is not supported for replacement-style update');
  if (given['sort'] !== undefined) throw new CommandError('FailedToParse', 'Cannot specify sort with multi=true');
  return change;
}

function changeOf(given: Document): ChangeSpec {
  const filter = documentIn(given, 'query');
  const arrayFilters = listOf(given['arrayFilters'] ?? []);
  const update = compileUpdate({ filter, update: given['update'], arrayFilters }, compileUpdatePipeline);
  return {
    query: { filter, sort: documentIn(given, 'sort') },
    update,
    replacement: given['update'],
  };
}

/** The documents a write is for, read to the end before anything is written. */
function found(context: Context, namespace: string, query: Query): Row[] {
  return [...select(context.workspace, existing(context, namespace), query).rows].filter((row) => row.bytes);
}

function changed(
  context: Context,
  namespace: string,
  row: Row,
  update: Update,
): { isModified: boolean; document: Document } {
  const document = update(decode(row.bytes), 'update');
  if (encode(document).equals(row.bytes)) return { isModified: false, document };
  writerFor(context, existingOrNew(context, namespace)).replace(row.document, document);
  return { isModified: true, document };
}

function upsert(context: Context, namespace: string, { query, update, replacement }: ChangeSpec): Document {
  const document = withFreshId(update(upsertBase(query.filter, replacement), 'insert'));
  checkId(document['_id']);
  return writerFor(context, existingOrNew(context, namespace)).insert(document);
}

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

const findAndModify: Command = {
  fields: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'arrayFilters'],
  isTransactional: true,
  isRetryable: true,
  run(context) {
    const { command } = context;
    const namespace = namespaceOf(context, 'findAndModify');
    const projection = documentIn(command, 'fields');
    const project =
      Object.keys(projection).length > 0 ? compileProjection(projection) : (document: Document): Document => document;
    const reply = isTruthy(command['remove']) ? findAndRemove(context, namespace) : findAndUpdate(context, namespace);
    const value = reply.fields['value'];
    return { fields: { ...reply.fields, value: isDocument(value) ? project(value) : null } };
  },
};

function findAndRemove(context: Context, namespace: string): Reply {
  const { command } = context;
  if (isTruthy(command['new']) || command['update'] !== undefined || isTruthy(command['upsert']))
    throw new CommandError('FailedToParse', "Cannot specify 'remove' together with 'update', 'upsert' or 'new'");
  const query = {
    filter: documentIn(command, 'query'),
    sort: documentIn(command, 'sort'),
    limit: 1,
  };
  const [row] = found(context, namespace, query);
  if (row) writerFor(context, existingOrNew(context, namespace)).remove(row.document);
  return { fields: { lastErrorObject: { n: row ? 1 : 0 }, value: row?.document } };
}

function findAndUpdate(context: Context, namespace: string): Reply {
  const { command } = context;
  if (command['update'] === undefined)
    throw new CommandError('FailedToParse', 'Either an update or remove=true must be specified');
  const change = changeOf(command);
  const isNew = isTruthy(command['new']);
  const [row] = found(context, namespace, { ...change.query, limit: 1 });
  if (row) {
    const { document } = changed(context, namespace, row, change.update);
    return { fields: { lastErrorObject: { n: 1, updatedExisting: true }, value: isNew ? document : row.document } };
  }
  if (!isTruthy(command['upsert'])) return { fields: { lastErrorObject: { n: 0, updatedExisting: false } } };
  const document = upsert(context, namespace, change);
  return {
    fields: {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: document['_id'] },
      value: isNew ? document : undefined,
    },
  };
}

export const WRITE_COMMANDS: Record<string, Command> = {
  insert,
  update: updateCommand,
  delete: remove,
  findAndModify,
};

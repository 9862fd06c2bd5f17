import { CommandError } from '../errors.ts';
import { compileProjection } from '../projection.ts';
import { type Document, isDocument, isTruthy } from '../values.ts';
import { changed, changeOf, upsert } from './change.ts';
import { type Command, type Context, type Reply, documentIn, namespaceOf } from './command.ts';
import { existingOrNew, found, writerFor } from './writing.ts';

export const findAndModify: Command = {
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

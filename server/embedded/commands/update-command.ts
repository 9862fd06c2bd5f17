import { CommandError } from '../errors.ts';
import { isReplacement } from '../update.ts';
import { type Document, isTruthy } from '../values.ts';
import { type ChangeSpec, changed, changeOf, upsert } from './change.ts';
import { type Command, type Context, type Pieces, checkMembers, documentsIn, namespaceOf } from './command.ts';
import { writeWidely } from './wide-write.ts';
import { batch, found } from './writing.ts';

const UPDATE_MEMBERS = ['q', 'u', 'multi', 'upsert', 'arrayFilters'];

export const updateCommand: Command = {
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

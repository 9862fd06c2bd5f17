import { decode, encode } from '../bytes.ts';
import { checkId } from '../documents.ts';
import { type Query, compileUpdatePipeline } from '../query.ts';
import type { Row } from '../rows.ts';
import { type Update, compileUpdate, upsertBase, withFreshId } from '../update.ts';
import { type Document, listOf } from '../values.ts';
import { type Context, documentIn } from './command.ts';
import { existingOrNew, writerFor } from './writing.ts';

/** What is to become of which documents. */
export interface ChangeSpec {
  query: Query;
  update: Update;
  replacement: unknown;
}

export function changeOf(given: Document): ChangeSpec {
  const filter = documentIn(given, 'query');
  const arrayFilters = listOf(given['arrayFilters'] ?? []);
  const update = compileUpdate({ filter, update: given['update'], arrayFilters }, compileUpdatePipeline);
  return {
    query: { filter, sort: documentIn(given, 'sort') },
    update,
    replacement: given['update'],
  };
}

export function changed(
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

export function upsert(context: Context, namespace: string, { query, update, replacement }: ChangeSpec): Document {
  const document = withFreshId(update(upsertBase(query.filter, replacement), 'insert'));
  checkId(document['_id']);
  return writerFor(context, existingOrNew(context, namespace)).insert(document);
}

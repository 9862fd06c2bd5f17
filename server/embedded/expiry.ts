import { Documents } from './documents.ts';
import type { Collection } from './catalogue.ts';
import type { Database } from './database.ts';
import type { Index } from './indexes.ts';
import { select } from './query.ts';
import { toNumber } from './values.ts';
import { Workspace } from './workspace.ts';

const AT_ONCE = 500;

/** Removes documents whose time has come by an index with `expireAfterSeconds`. */
export function expireDocuments(database: Database, now = new Date()): void {
  for (const collection of database.catalogue.all()) {
    for (const index of collection.indexes) {
      if (index.spec.expireAfterSeconds !== undefined) expireBy(database, collection, index, now);
    }
  }
}

function expireBy(database: Database, collection: Collection, index: Index, now: Date): void {
  const [path = ''] = Object.keys(index.spec.key);
  const until = new Date(now.getTime() - toNumber(index.spec.expireAfterSeconds) * 1000);
  const filter = { ...index.spec.partialFilterExpression, [path]: { $lte: until } };
  const workspace = Workspace.forCommand(database.store, database.sessions.locks);
  const writer = new Documents(database.catalogue, workspace, collection);
  try {
    const rows = [...select(workspace, collection, { filter, hint: index.spec.name, limit: AT_ONCE }).rows];
    for (const row of rows) writer.remove(row.document);
  } catch {
    // An open transaction has one of them; the next round finds it again.
    return;
  }
  workspace.commit().catch(() => {});
}

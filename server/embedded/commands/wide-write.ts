import { expressionOnDocument } from '../expressions.ts';
import { commandErrorOf } from '../errors.ts';
import { compileFilter } from '../match.ts';
import { type Query, select } from '../query.ts';
import { Row } from '../rows.ts';
import type { Document } from '../values.ts';
import type { Context, Piece } from './command.ts';

const AT_ONCE = 1_000;

/** What a write does to a document; says whether it changed it. */
type Act = (context: Context, row: Row) => boolean;

export interface Done {
  matched: number;
  modified: number;
  /** Nothing, or the one with which it ended. */
  writeErrors: Document[];
}

/**
 * Writes to all documents that match, each once, a thousand to a commit. Which these are is read off one snapshot; whoever
 * has gone or does not match any more when its turn comes is left out, as when mongod yields.
 */
export function* writeWidely(
  context: Context,
  namespace: string,
  prepare: () => { query: Query; act: Act },
): Generator<Piece, Done> {
  const collection = context.database.collection(namespace, context.workspace);
  const done: Done = { matched: 0, modified: 0, writeErrors: [] };
  const snapshot = context.database.store.snapshot();
  try {
    const prepared = tried(done, () => {
      const { query, act } = prepare();
      return {
        act,
        matches: compileFilter(query.filter, expressionOnDocument),
        rows: select(snapshot, collection, query).rows,
      };
    });
    if (!prepared || !collection) return done;
    const { act, matches, rows } = prepared;
    for (const ids of chunksOf(rows)) {
      let piece: Done = done;
      yield (workspace) => {
        piece = { ...done };
        for (const id of ids) {
          const bytes = workspace.get(collection.documents + id);
          const row = bytes && new Row(id, () => bytes);
          if (row && matches(row.document) && attempt({ ...context, workspace }, row, piece, act)) piece.matched += 1;
        }
      };
      Object.assign(done, piece);
      if (done.writeErrors.length > 0) break;
    }
    return done;
  } finally {
    snapshot.done();
  }
}

function attempt(context: Context, row: Row, done: Done, act: Act): boolean {
  if (done.writeErrors.length > 0) return false;
  const isModified = tried(done, () => act(context, row));
  if (isModified) done.modified += 1;
  return isModified !== undefined;
}

function tried<T>(done: Done, act: () => T): T | undefined {
  try {
    return act();
  } catch (thrown) {
    const error = commandErrorOf(thrown);
    // Meeting another transaction is the whole piece's matter.
    if (error.codeName === 'WriteConflict') throw thrown;
    done.writeErrors = [{ index: 0, code: error.code, errmsg: error.message, ...error.details }];
    return undefined;
  }
}

function* chunksOf(rows: Iterable<Row>): Generator<string[]> {
  let ids: string[] = [];
  for (const { id } of rows) {
    if (ids.push(id) < AT_ONCE) continue;
    yield ids;
    ids = [];
  }
  if (ids.length > 0) yield ids;
}

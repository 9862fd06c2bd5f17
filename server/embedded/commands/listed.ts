import { encode } from '../bytes.ts';
import type { Document } from '../values.ts';
import { type Context, type Reply, countIn, documentIn } from './command.ts';
import { cursorReply } from './read.ts';

/** A list that no collection holds, as a cursor over it. */
export function listed(context: Context, namespace: string, documents: Document[]): Reply {
  const source = {
    namespace,
    rows: documents.map((each) => encode(each)).values(),
    session: context.session.id,
    done: () => {},
  };
  const batchSize = countIn(documentIn(context.command, 'cursor'), 'batchSize');
  return cursorReply(namespace, context.database.cursors.open(source, batchSize, false), 'firstBatch');
}

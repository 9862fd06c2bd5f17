import { Long, type Timestamp } from 'bson';
import { arrayOf, encode, withEmbedded } from '../bytes.ts';
import type { Collection } from '../catalogue.ts';
import { CommandError } from '../errors.ts';
import { encodeValue } from '../key-encoding.ts';
import type { Batch } from '../cursors.ts';
import type { Reader } from '../layer.ts';
import type { Moment } from '../moments.ts';
import { operationTime } from '../operation-time.ts';
import { visitPath } from '../paths.ts';
import { compileProjection } from '../projection.ts';
import { type Query, aggregate, select, splitPipeline, stageContext } from '../query.ts';
import type { Row } from '../rows.ts';
import { compilePipeline, namedStage } from '../stages.ts';
import { type Document, isDocument, isNumeric, isTruthy, listOf, toNumber } from '../values.ts';
import { type Command, type Context, type Reply, countIn, documentIn, documentsIn, namespaceOf } from './command.ts';

/** What a command reads from: its transaction's view, or the state of this moment, held until the answer is fetched. */
interface View {
  reader: Reader;
  /** The moment that was asked for, and can be asked for again. */
  atClusterTime?: Timestamp;
  /** Has something done when what is read from is gone before its end. */
  whenGone: (act: () => void) => void;
  done: () => void;
}

function viewOf({ session, workspace, database }: Context, moment: Moment | undefined): View {
  const whenGone = (act: () => void): void => workspace.beforeEnd(act);
  if (moment) return { reader: workspace, atClusterTime: moment.time, whenGone, done: () => {} };
  if (session.isInTransaction) return { reader: workspace, whenGone, done: () => {} };
  const snapshot = database.store.snapshot();
  return { reader: snapshot, whenGone: (act) => snapshot.whenLost(act), done: () => snapshot.done() };
}

/** The moment that a command outside of transactions asks for with the read concern `snapshot`. */
function momentOf({ session, command, database }: Context): Moment | undefined {
  const concern = command['readConcern'];
  if (session.isInTransaction || !isDocument(concern) || concern['level'] !== 'snapshot') return undefined;
  return database.moments.at(concern['atClusterTime'], session.id, operationTime());
}

function collectionFor(context: Context, namespace: string): Collection | undefined {
  return context.database.collection(namespace, context.workspace);
}

export function cursorReply(
  namespace: string,
  { id, documents }: Batch,
  part: 'firstBatch' | 'nextBatch',
  more: Document = {},
): Reply {
  const cursor = withEmbedded({ id, ns: namespace, ...more }, { [part]: { type: 4, bytes: arrayOf(documents) } });
  return { fields: {}, cursor };
}

function opened(
  context: Context,
  namespace: string,
  view: View,
  rows: Iterator<Buffer>,
  batchSize?: number,
  isSingle = false,
): Reply {
  const { cursors } = context.database;
  const source = { namespace, rows, session: context.session.id, done: view.done };
  const batch = cursors.open(source, batchSize, isSingle);
  if (!batch.id.isZero()) view.whenGone(() => cursors.kill(batch.id, namespace));
  const { atClusterTime } = view;
  return cursorReply(namespace, batch, 'firstBatch', atClusterTime ? { atClusterTime } : {});
}

export const FIND_FIELDS = ['filter', 'sort', 'projection', 'hint', 'skip', 'limit', 'batchSize', 'singleBatch'];

export function queryOf(command: Document): Query {
  return {
    filter: documentIn(command, 'filter'),
    sort: documentIn(command, 'sort'),
    skip: countIn(command, 'skip'),
    limit: countIn(command, 'limit'),
    hint: command['hint'],
  };
}

const find: Command = {
  fields: FIND_FIELDS,
  isTransactional: true,
  run(given) {
    const moment = momentOf(given);
    const context = moment ? { ...given, workspace: moment.workspace } : given;
    const { command } = context;
    const namespace = namespaceOf(context, 'find');
    const query = queryOf(command);
    const projection = documentIn(command, 'projection');
    const project = Object.keys(projection).length > 0 ? compileProjection(projection) : undefined;
    const view = viewOf(context, moment);
    return letGoOnError(view, () => {
      const { rows } = select(view.reader, collectionFor(context, namespace), query);
      const bytes = bytesOf(rows, project);
      return opened(context, namespace, view, bytes, countIn(command, 'batchSize'), isTruthy(command['singleBatch']));
    });
  },
};

function letGoOnError(view: View, act: () => Reply): Reply {
  try {
    return act();
  } catch (error) {
    view.done();
    throw error;
  }
}

function* bytesOf(rows: Iterable<Row>, project: ((document: Document) => Document) | undefined): Generator<Buffer> {
  for (const row of rows) yield project ? encode(project(row.document)) : row.bytes;
}

const cursorId = (id: unknown): Long => (id instanceof Long ? id : Long.fromNumber(toNumber(id)));

const getMore: Command = {
  fields: ['collection', 'batchSize'],
  isTransactional: true,
  run(context) {
    const namespace = namespaceOf(context, 'collection');
    const batch = context.database.cursors.more(
      cursorId(context.command['getMore']),
      namespace,
      countIn(context.command, 'batchSize') || undefined,
    );
    return cursorReply(namespace, batch, 'nextBatch');
  },
};

const killCursors: Command = {
  fields: ['cursors'],
  isTransactional: true,
  run(context) {
    const namespace = namespaceOf(context, 'killCursors');
    const ids = listOf(context.command['cursors']).map(cursorId);
    const killed = ids.filter((id) => context.database.cursors.kill(id, namespace));
    const cursorsNotFound = ids.filter((id) => !killed.includes(id));
    return { fields: { cursorsKilled: killed, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] } };
  },
};

const aggregateCommand: Command = {
  fields: ['pipeline', 'cursor', 'hint'],
  isTransactional: true,
  run(given) {
    const moment = momentOf(given);
    const context = moment ? { ...given, workspace: moment.workspace } : given;
    const { command } = context;
    if (isNumeric(command['aggregate']))
      throw new CommandError('InvalidNamespace', 'a pipeline over a whole database is not supported by this database');
    const namespace = namespaceOf(context, 'aggregate');
    const pipeline = documentsIn(command, 'pipeline');
    if (!('cursor' in command))
      throw new CommandError(
        'FailedToParse',
        "The 'cursor' option is required, except for aggregate with the explain argument",
      );
    const view = viewOf(context, moment);
    return letGoOnError(view, () => {
      const rows = runPipeline(context, view.reader, namespace, pipeline);
      return opened(context, namespace, view, rows, countIn(documentIn(command, 'cursor'), 'batchSize'));
    });
  },
};

function runPipeline(context: Context, reader: Reader, namespace: string, pipeline: Document[]): Iterator<Buffer> {
  pipeline.forEach(namedStage);
  const { query, rest } = splitPipeline(pipeline);
  const others = stageContext(reader, (name) => collectionFor(context, `${context.name}.${name}`));
  const selection = select(reader, collectionFor(context, namespace), { ...query, hint: context.command['hint'] });
  compilePipeline(rest, others);
  return aggregate(selection, rest, others);
}

const count: Command = {
  fields: ['query', 'limit', 'skip'],
  run(context) {
    const { command, workspace } = context;
    const query = {
      filter: documentIn(command, 'query'),
      limit: countIn(command, 'limit'),
      skip: countIn(command, 'skip'),
      hint: command['hint'],
    };
    const { count: counted } = select(workspace, collectionFor(context, namespaceOf(context, 'count')), query);
    return { fields: { n: counted() } };
  },
};

const distinct: Command = {
  fields: ['key', 'query'],
  isTransactional: true,
  run(context) {
    const { command, workspace } = context;
    const parts = String(command['key']).split('.');
    const { rows } = select(workspace, collectionFor(context, namespaceOf(context, 'distinct')), {
      filter: documentIn(command, 'query'),
      hint: command['hint'],
    });
    const values = new Map<string, unknown>();
    for (const row of rows) {
      visitPath(row.document, parts, (value, isWhole) => {
        if (value !== undefined && !(isWhole && Array.isArray(value))) values.set(encodeValue(value), value);
        return false;
      });
    }
    return { fields: { values: [...values].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value) } };
  },
};

export const READ_COMMANDS: Record<string, Command> = {
  find,
  getMore,
  killCursors,
  aggregate: aggregateCommand,
  count,
  distinct,
};

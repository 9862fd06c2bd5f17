import { encode } from './bytes.ts';
import type { Collection } from './catalogue.ts';
import { isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import { expressionOnDocument } from './expressions.ts';
import type { Reader } from './layer.ts';
import { compileFilter } from './match.ts';
import { fieldsOfFilter } from './partial.ts';
import { type Plan, plan } from './planner.ts';
import { type Counters, type Row, rowsOf } from './rows.ts';
import type { Search } from './scan.ts';
import { orderOf, sortRows } from './sorting.ts';
import type { StageContext } from './stage.ts';
import { compilePipeline, namedStage } from './stages.ts';
import { type Document, isDocument, toNumber } from './values.ts';

export interface Query {
  filter: Document;
  sort?: Document | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
  hint?: unknown;
}

export interface Selection {
  rows: Iterable<Row>;
  plan: Plan | undefined;
  counters: Counters;
  isSortedInMemory: boolean;
  /** How many rows there are, without the rows. */
  count: () => number;
}

/** Finds documents: filter, sort, skip and limit. Nothing is read before the rows are asked for. */
export function select(reader: Reader, collection: Collection | undefined, query: Query): Selection {
  const counters = { keysExamined: 0, docsExamined: 0 };
  const matches = compileFilter(query.filter, expressionOnDocument);
  const sort = query.sort && Object.keys(query.sort).length > 0 && !('$natural' in query.sort) ? query.sort : undefined;
  if (sort) orderOf(sort);
  if (!collection) return { rows: [], plan: undefined, counters, isSortedInMemory: false, count: () => 0 };
  const { skip = 0, limit = 0 } = query;
  const last = limit > 0 ? skip + limit : undefined;
  const search: Search = { ...query, sort, limit: last, matches, fields: fieldsOfFilter(query.filter) };
  const chosen = plan(reader, collection, search);
  const found = rowsOf(reader, collection, chosen, search, counters);
  const isSortedInMemory = sort !== undefined && !chosen.isSorted;
  const rows = cut(isSortedInMemory ? deferred(() => sortRows(found, sort, last)) : found, skip, limit);
  const count = (): number => countOf(reader, chosen, rows, query);
  return { rows, plan: chosen, counters, isSortedInMemory, count };
}

/** Where the stretches of an index hold what is sought and nothing else, they need not be read to be counted. */
function countOf(reader: Reader, { scans: [scan] }: Plan, rows: Iterable<Row>, { skip = 0, limit = 0 }: Query): number {
  if (scan?.isExact && scan.index.multikey.size === 0) {
    const all = scan.stretches.reduce((sum, stretch) => sum + reader.count(stretch), 0);
    return Math.max(0, limit > 0 ? Math.min(all - skip, limit) : all - skip);
  }
  let n = 0;
  for (const _ of rows) n += 1;
  return n;
}

function* deferred(rows: () => Iterable<Row>): Iterable<Row> {
  yield* rows();
}

function* cut(rows: Iterable<Row>, skip: number, limit: number): Iterable<Row> {
  let at = 0;
  for (const row of rows) {
    if (at++ < skip) continue;
    yield row;
    if (limit > 0 && at === skip + limit) return;
  }
}

/** The beginning of a pipeline that a query can do, with its indexes, and the stages after it. */
export function splitPipeline(pipeline: readonly Document[]): { query: Query; rest: Document[] } {
  const query: Query = { filter: {} };
  const filters: Document[] = [];
  let at = 0;
  for (; at < pipeline.length; at++) {
    const [name, given] = namedStage(pipeline[at]);
    if (name === '$match' && isDocument(given) && !query.sort && query.limit === undefined && query.skip === undefined)
      filters.push(given);
    else if (
      name === '$sort' &&
      isDocument(given) &&
      !query.sort &&
      query.limit === undefined &&
      query.skip === undefined
    )
      query.sort = given;
    else if (name === '$skip' && query.skip === undefined && query.limit === undefined && toNumber(given) >= 0)
      query.skip = toNumber(given);
    else if (name === '$limit' && query.limit === undefined && toNumber(given) > 0) query.limit = toNumber(given);
    else break;
  }
  if (filters.length > 0) query.filter = filters.length === 1 ? (filters[0] ?? {}) : { $and: filters };
  return { query, rest: pipeline.slice(at) };
}

/** Runs a pipeline over a collection and gives its documents as bytes. */
export function* aggregate(selection: Selection, rest: Document[], context: StageContext): Generator<Buffer> {
  const [first = {}, ...others] = rest;
  const counted = countedBy(first);
  if (rest.length === 0) for (const row of selection.rows) yield row.bytes;
  else if (counted) yield* encoded(compilePipeline(others, context)(counted(selection.count())));
  else yield* encoded(compilePipeline(rest, context)(documentsOf(selection.rows)));
}

function* encoded(documents: Iterable<Document>): Generator<Buffer> {
  for (const document of documents) yield encode(document);
}

/** Counting, as `$count` does and the driver's countDocuments, needs to see no document. */
function countedBy(stage: Document): ((n: number) => Document[]) | undefined {
  const [name] = Object.values(stage);
  const countOnly = '$count' in stage ? (n: number): Document => ({ [String(name)]: n }) : undefined;
  const isGroup = isEqual(stage, { $group: { _id: 1, n: { $sum: 1 } } });
  const document = countOnly ?? (isGroup ? (n: number): Document => ({ _id: 1, n }) : undefined);
  return document && ((n) => (n > 0 ? [document(n)] : []));
}

function* documentsOf(rows: Iterable<Row>): Iterable<Document> {
  for (const row of rows) yield row.document;
}

/** What stages need to read other collections. */
export function stageContext(
  reader: Reader,
  collectionOf: (name: string) => Collection | undefined,
  variables: Document = {},
): StageContext {
  const context: StageContext = {
    variables: { NOW: new Date(), ...variables },
    run: (name, pipeline, bound) => {
      const { query, rest } =
        Object.keys(bound).length > 1
          ? { query: { filter: firstMatch(pipeline) }, rest: pipeline }
          : splitPipeline(pipeline);
      const selection = select(reader, collectionOf(name), query);
      return compilePipeline(rest, { ...context, variables: bound })(documentsOf(selection.rows));
    },
  };
  return context;
}

/** What of a bound pipeline's first filter an index can be asked for: it is applied again, with its variables. */
function firstMatch(pipeline: Document[]): Document {
  const first = pipeline[0]?.['$match'];
  return isDocument(first) ? Object.fromEntries(Object.entries(first).filter(([field]) => !field.startsWith('$'))) : {};
}

const UPDATE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/** An update that is a pipeline. */
export function compileUpdatePipeline(pipeline: Document[]): (document: Document) => Document {
  const wrong = pipeline.map((stage) => namedStage(stage)[0]).find((name) => !UPDATE_STAGES.has(name));
  if (wrong) throw new CommandError(72, `${wrong} is not allowed to be used within an update`);
  const run = compilePipeline(pipeline, { variables: { NOW: new Date() }, run: () => [] });
  return (document) => {
    const [result = {}] = run([document]);
    return result;
  };
}

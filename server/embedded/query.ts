import { encode } from './bytes.ts';
import type { Collection } from './catalogue.ts';
import { isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import { expressionOnDocument } from './expressions.ts';
import type { Reader } from './layer.ts';
import { compileFilter } from './match.ts';
import { type Plan, plan } from './planner.ts';
import { type Counters, type Row, comparerOf, rowsOf, sortRows } from './rows.ts';
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
}

/** Finds documents: filter, sort, skip and limit. Nothing is read before the rows are asked for. */
export function select(reader: Reader, collection: Collection | undefined, query: Query): Selection {
  const counters = { keysExamined: 0, docsExamined: 0 };
  const matches = compileFilter(query.filter, expressionOnDocument);
  const sort = query.sort && Object.keys(query.sort).length > 0 && !('$natural' in query.sort) ? query.sort : undefined;
  if (sort) comparerOf(sort);
  if (!collection) return { rows: [], plan: undefined, counters, isSortedInMemory: false };
  const chosen = plan(collection, { ...query, sort });
  const found = rowsOf(reader, collection, chosen, matches, counters);
  const isSortedInMemory = sort !== undefined && !chosen.isSorted;
  const rows = isSortedInMemory ? deferred(() => sortRows(found, sort)) : found;
  return { rows: cut(rows, query.skip ?? 0, query.limit ?? 0), plan: chosen, counters, isSortedInMemory };
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
  const stage = compilePipeline(rest, context);
  if (rest.length === 0) for (const row of selection.rows) yield row.bytes;
  else
    for (const document of stage(looksInto(rest) ? documentsOf(selection.rows) : blanks(selection.rows)))
      yield encode(document);
}

/** Counting, as the driver's countDocuments does, needs to see no document. */
function looksInto([first = {}]: Document[]): boolean {
  if ('$count' in first) return false;
  return !isEqual(first, { $group: { _id: 1, n: { $sum: 1 } } });
}

function* blanks(rows: Iterable<Row>): Iterable<Document> {
  for (const _ of rows) yield {};
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

import { type Interval, conditionsOf, intervalsOf } from './bounds.ts';
import type { Index, IndexField } from './indexes.ts';
import { type Key, after } from './key-encoding.ts';
import type { Range } from './layer.ts';
import type { Sought } from './rows.ts';
import { type Document, documentsOf, toNumber } from './values.ts';

/** A stretch of an index; two stretches are merged by what follows their first `cut` bytes. */
export interface Stretch extends Range {
  cut: number;
}

/** One way through one index. */
export interface Scan {
  index: Index;
  stretches: Stretch[];
  /** Each stretch begins with the one key it can hold. */
  isKey: boolean;
  reverse: boolean;
  /** The stretches have to be merged to come in the wanted order. */
  isMerged: boolean;
  isSorted: boolean;
  /** Whatever stands in the stretches matches the filter: it need not be looked at again. */
  isExact: boolean;
  /** The fields that are bounded: none means that everything is read. */
  bounded: string[];
}

export interface Wish {
  filter: Document;
  sort?: Document | undefined;
  hint?: unknown;
}

/** A wish, and what tells whether a document is wanted. */
export interface Search extends Wish, Sought {
  limit?: number | undefined;
}

const MOST_STRETCHES = 2000;
const MOST_MERGED = 200;

/** How one index would answer. */
export function scanOf(index: Index, { filter, sort }: Wish, conditions = conditionsOf(filter)): Scan {
  const bounds = boundsOf(index, conditions);
  const order = orderOf(index, bounds, sort);
  const stretches = stretchesOf(index, bounds, order.skipped);
  const isMerged = order.isSorted && order.skipped >= 0 && stretches.length > 1;
  const isSorted = order.isSorted && (!isMerged || stretches.length <= MOST_MERGED);
  return {
    index,
    stretches: order.reverse ? stretches.toReversed() : stretches,
    isKey: isKey(index, bounds),
    reverse: isSorted && order.reverse,
    isMerged: isMerged && isSorted,
    isSorted,
    isExact: isExact(index, bounds, conditions, filter),
    bounded: index.fields.slice(0, bounds.length).map(({ path }) => path),
  };
}

/** A unique index holds at most one entry for values of all its fields. */
function isKey({ number, spec, fields }: Index, bounds: Interval[][]): boolean {
  const isUnique = number === 0 || spec.unique === true;
  return isUnique && bounds.length === fields.length && bounds.flat().every((interval) => interval.isPoint);
}

/** The intervals of the first fields: points as far as they go, then at most one field with a range. */
function boundsOf(index: Index, conditions: Map<string, Document[]>): Interval[][] {
  const bounds: Interval[][] = [];
  let combinations = 1;
  for (const [at, field] of index.fields.entries()) {
    const given = conditions.get(field.path);
    const intervals = given && !sharesArray(index, at) ? intervalsOf(index, field, given) : undefined;
    combinations *= intervals?.length ?? 1;
    if (!intervals || combinations > MOST_STRETCHES) break;
    bounds.push(intervals);
    if (intervals.some((interval) => !interval.isPoint)) break;
  }
  return bounds;
}

/** Two paths into one array: different elements may satisfy the two conditions, so only the first is bounded. */
function sharesArray(index: Index, at: number): boolean {
  const [root] = index.fields[at]?.parts ?? [];
  return index.multikey.size > 0 && index.fields.slice(0, at).some((field) => field.parts[0] === root);
}

interface Order {
  isSorted: boolean;
  reverse: boolean;
  /** The last field with several points that stands before the sort's fields; -1 when there is none. */
  skipped: number;
}

const ID_FIELD: IndexField = { path: '_id', parts: ['_id'], descending: false };

function orderOf(index: Index, bounds: Interval[][], sort: Document | undefined): Order {
  const wanted = Object.entries(sort ?? {}).map(([path, direction]) => ({ path, descending: toNumber(direction) < 0 }));
  const none = { isSorted: false, reverse: false, skipped: -1 };
  // Of an array counts its least value: an index holds all of them.
  if (wanted.length === 0 || wanted.some(({ path }) => index.multikey.has(path))) return none;
  let reverse: boolean | undefined;
  let skipped = -1;
  let at = 0;
  for (const [place, field] of [...index.fields, ID_FIELD].entries()) {
    const next = wanted[at];
    if (!next) break;
    const intervals = bounds[place];
    const isOnePoint = intervals?.length === 1 && intervals[0]?.isPoint === true;
    if (next.path === field.path) {
      at += 1;
      if (isOnePoint) continue;
      if (reverse !== undefined && reverse !== (next.descending !== field.descending)) return none;
      reverse = next.descending !== field.descending;
    } else if (isOnePoint) continue;
    else if (reverse === undefined && intervals?.every((interval) => interval.isPoint)) skipped = place;
    else return none;
  }
  return at === wanted.length ? { isSorted: true, reverse: reverse ?? false, skipped } : none;
}

function stretchesOf(index: Index, bounds: Interval[][], skipped: number): Stretch[] {
  let stretches: Stretch[] = [{ start: index.prefix, end: after(index.prefix), cut: index.prefix.length }];
  for (const [at, intervals] of bounds.entries()) {
    stretches = stretches.flatMap(({ start, cut }) =>
      intervals.map((interval) => narrowed(start, interval, at <= skipped ? undefined : cut)),
    );
  }
  return stretches;
}

function narrowed(prefix: Key, { start, end }: Interval, cut: number | undefined): Stretch {
  return { start: prefix + start, end: prefix + end, cut: cut ?? prefix.length + start.length };
}

/** Is every condition of the filter held by a bound that admits nothing else? */
function isExact(index: Index, bounds: Interval[][], conditions: Map<string, Document[]>, filter: Document): boolean {
  if (!hasOnlyFields(filter)) return false;
  const exact = new Set<string>();
  for (const [at, intervals] of bounds.entries())
    if (intervals.every((interval) => interval.exact)) exact.add(index.fields[at]?.path ?? '');
  return [...conditions.keys()].every((path) => exact.has(path));
}

const hasOnlyFields = (filter: Document): boolean =>
  Object.entries(filter).every(
    ([field, condition]) => !field.startsWith('$') || (field === '$and' && documentsOf(condition).every(hasOnlyFields)),
  );

import { type Interval, conditionsOf, intervalsOf } from './bounds.ts';
import type { Collection } from './catalogue.ts';
import { isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import type { Index, IndexField } from './indexes.ts';
import { type Key, after } from './key-encoding.ts';
import type { Range } from './layer.ts';
import { compileFilter } from './match.ts';
import { type Document, isDocument, isTruthy, toNumber, documentsOf } from './values.ts';

/** A stretch of an index; two stretches are merged by what follows their first `cut` bytes. */
export interface Stretch extends Range {
  cut: number;
}

export interface Plan {
  index: Index;
  stretches: Stretch[];
  reverse: boolean;
  /** The stretches have to be merged to come in the wanted order. */
  isMerged: boolean;
  isSorted: boolean;
  /** Whatever stands in the stretches matches the filter: it need not be looked at again. */
  isExact: boolean;
  /** How many fields are bounded: none means that everything is read. */
  bounded: number;
}

export interface Wish {
  filter: Document;
  sort?: Document | undefined;
  hint?: unknown;
}

const MOST_STRETCHES = 2000;
const MOST_MERGED = 200;

/** Chooses how to find the documents: the index that bounds most, then one that gives the order. */
export function plan(collection: Collection, wish: Wish): Plan {
  const [natural] = collection.indexes;
  if (!natural) throw new CommandError('InternalError', 'a collection without its _id index');
  const conditions = conditionsOf(wish.filter);
  const hinted = hintedIndex(collection, wish.hint);
  const candidates = hinted ? [hinted] : collection.indexes.filter((index) => isUsable(index, conditions, wish.filter));
  const plans = candidates.map((index) => planFor(index, conditions, wish)).toSorted((a, b) => worth(b) - worth(a));
  const [best] = plans;
  return best && (hinted || worth(best) > 0) ? best : planFor(natural, conditions, wish);
}

function worth(found: Plan): number {
  const points = found.bounded > 0 && found.stretches.length === 1 && found.isExact && found.index.spec.unique ? 1 : 0;
  return found.bounded * 10 + (found.isSorted ? 4 : 0) + points - found.index.fields.length / 100;
}

function hintedIndex(collection: Collection, hint: unknown): Index | undefined {
  if (hint === undefined || (isDocument(hint) && Object.keys(hint).length === 0)) return undefined;
  if (isDocument(hint) && '$natural' in hint) return collection.indexes[0];
  const found = collection.indexes.find((index) =>
    typeof hint === 'string' ? index.spec.name === hint : isEqual(index.spec.key, hint),
  );
  if (found) return found;
  throw new CommandError(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}

/** A partial or sparse index knows only some of the documents: the filter must not want others. */
function isUsable(index: Index, conditions: Map<string, Document[]>, filter: Document): boolean {
  const { partialFilterExpression: partial, sparse, hidden } = index.spec;
  if (hidden) return false;
  if (partial && !isImplied(partial, conditions, filter)) return false;
  return !sparse || index.fields.some((field) => (conditions.get(field.path) ?? []).some(excludesMissing));
}

function excludesMissing(condition: Document): boolean {
  const [[operator, operand] = ['', undefined]] = Object.entries(condition);
  if (operator === '$exists') return isTruthy(operand);
  const predicate = compileFilter({ field: condition });
  return ['$eq', '$in', '$gt', '$gte', '$lt', '$lte'].includes(operator) && !predicate({});
}

/** Each condition of the index must be one of the filter's, or hold for the one value the filter allows. */
function isImplied(partial: Document, conditions: Map<string, Document[]>, filter: Document): boolean {
  if (Object.keys(partial).some((field) => field.startsWith('$') && field !== '$and'))
    return Object.entries(partial).every(([field, condition]) => isEqual(filter[field], condition));
  return [...conditionsOf(partial)].every(([path, wanted]) =>
    wanted.every((condition) => (conditions.get(path) ?? []).some((given) => implies(given, condition))),
  );
}

function implies(given: Document, wanted: Document): boolean {
  if (isEqual(given, wanted)) return true;
  if ('$exists' in wanted) return isTruthy(wanted['$exists']) && excludesMissing(given);
  const holds = compileFilter({ field: wanted });
  if ('$eq' in given) return !Array.isArray(given['$eq']) && holds({ field: given['$eq'] });
  return (
    '$in' in given && Array.isArray(given['$in']) && given['$in'].every((value) => holds({ field: value as unknown }))
  );
}

function planFor(index: Index, conditions: Map<string, Document[]>, wish: Wish): Plan {
  const bounds = boundsOf(index, conditions);
  const order = orderOf(index, bounds, wish.sort);
  const stretches = stretchesOf(index, bounds, order.skipped);
  const isMerged = order.isSorted && order.skipped >= 0 && stretches.length > 1;
  const isSorted = order.isSorted && (!isMerged || stretches.length <= MOST_MERGED);
  return {
    index,
    stretches: order.reverse ? stretches.toReversed() : stretches,
    reverse: isSorted && order.reverse,
    isMerged: isMerged && isSorted,
    isSorted,
    isExact: isExact(index, bounds, conditions, wish.filter),
    bounded: bounds.length,
  };
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
  return index.multikey && index.fields.slice(0, at).some((field) => field.parts[0] === root);
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
  if (wanted.length === 0 || index.multikey) return none;
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
  if (index.multikey || !hasOnlyFields(filter)) return false;
  const exact = new Set<string>();
  for (const [at, intervals] of bounds.entries())
    if (intervals.every((interval) => interval.exact)) exact.add(index.fields[at]?.path ?? '');
  return [...conditions.keys()].every((path) => exact.has(path));
}

const hasOnlyFields = (filter: Document): boolean =>
  Object.entries(filter).every(
    ([field, condition]) => !field.startsWith('$') || (field === '$and' && documentsOf(condition).every(hasOnlyFields)),
  );

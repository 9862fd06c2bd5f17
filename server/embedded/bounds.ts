import { compareStrings } from './compare.ts';
import { type Index, type IndexField, encodeField } from './indexes.ts';
import { type Key, after, invert } from './key-encoding.ts';
import { isOperatorDocument } from './match-operators.ts';
import { isRegularExpression } from './regular-expressions.ts';
import { type Document, RANK, bsonTypeOf, isDocument, isNullish, rankOf, toNumber, documentsOf } from './values.ts';

/** A stretch of encoded values of one field. `exact`: whoever stands in it satisfies the condition it came from. */
export interface Interval {
  start: Key;
  end: Key;
  isPoint: boolean;
  exact: boolean;
}

/** The filter's conditions by path, joined by AND: the only ones an index can be asked for. */
export function conditionsOf(filter: Document, found = new Map<string, Document[]>()): Map<string, Document[]> {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and') for (const branch of documentsOf(condition)) conditionsOf(branch, found);
    if (field.startsWith('$')) continue;
    const operators = isOperatorDocument(condition) ? Object.entries(condition) : [['$eq', condition] as const];
    const list = found.get(field) ?? [];
    for (const [operator, operand] of operators) list.push({ [operator]: operand });
    found.set(field, list);
  }
  return found;
}

/** The intervals in which a field's values must lie for these conditions, in the index's order; none: anywhere. */
export function intervalsOf(index: Index, field: IndexField, conditions: Document[]): Interval[] | undefined {
  const isMultikey = index.multikey.has(field.path);
  let result: Interval[] | undefined;
  for (const condition of conditions) {
    const intervals = intervalsOfCondition(field, condition);
    if (!intervals) {
      if (result) for (const each of result) each.exact = false;
      continue;
    }
    // In an array, one element may satisfy the one condition and another element the other.
    if (isMultikey && result) continue;
    result = result ? intersect(result, intervals) : intervals;
  }
  if (!result) return undefined;
  const isPartial = isMultikey || conditions.some((condition) => !intervalsOfCondition(field, condition));
  return isPartial ? result.map((each) => ({ ...each, exact: false })) : result;
}

function intervalsOfCondition(field: IndexField, condition: Document): Interval[] | undefined {
  const [[operator, operand] = ['', undefined]] = Object.entries(condition);
  switch (operator) {
    case '$eq':
      return isPointless(operand) ? undefined : [point(field, operand)];
    case '$in':
      return Array.isArray(operand) && !operand.some(isPointless) ? pointsOf(field, operand) : undefined;
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeOf(field, operator, operand);
    default:
      return undefined;
  }
}

/** Values an index cannot be asked for: arrays match by their elements too, and a regex by its pattern. */
const isPointless = (value: unknown): boolean =>
  Array.isArray(value) || isRegularExpression(value) || bsonTypeOf(value) === 'Decimal128';

function point(field: IndexField, value: unknown): Interval {
  const start = encodeField(field, value);
  return { start, end: after(start), isPoint: true, exact: !isNullish(value) && !isDocument(value) };
}

function pointsOf(field: IndexField, values: unknown[]): Interval[] {
  const points = new Map(values.map((value) => point(field, value)).map((each) => [each.start, each]));
  return [...points.values()].toSorted((a, b) => compareStrings(a.start, b.start));
}

function rangeOf(field: IndexField, operator: string, operand: unknown): Interval[] | undefined {
  const rank = rankOf(operand);
  if (isPointless(operand) || rank === RANK.minKey || rank === RANK.maxKey || rank === RANK.null) return undefined;
  if (rank === RANK.number && Number.isNaN(toNumber(operand))) return undefined;
  // NaN is the smallest number in an index and not less than any in a filter.
  const lowest =
    rank === RANK.number ? `${String.fromCharCode(rank)}\0\0\0\0\0\0\0\0\0\x01` : String.fromCharCode(rank);
  const value = encodeField({ ...field, descending: false }, operand);
  const up = operator.startsWith('$gt');
  const isIncluded = operator.endsWith('e');
  const start = up ? (isIncluded ? value : after(value)) : lowest;
  const end = up ? String.fromCharCode(rank + 1) : isIncluded ? after(value) : value;
  return [{ ...turned(field, start, end), isPoint: false, exact: !isDocument(operand) }];
}

/** All keys that lie in [start, end) going up lie in (end', start'] going down; no key begins with another one. */
function turned(field: IndexField, start: Key, end: Key): { start: Key; end: Key } {
  if (!field.descending) return { start, end };
  return { start: afterInverted(end), end: afterInverted(start) };
}

const afterInverted = (key: Key): Key => after(invert(key));

function intersect(a: Interval[], b: Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const one of a) {
    for (const other of b) {
      const start = one.start > other.start ? one.start : other.start;
      const end = one.end < other.end ? one.end : other.end;
      const isPoint = one.isPoint || other.isPoint;
      if (start < end) result.push({ start, end, isPoint, exact: one.exact && other.exact });
    }
  }
  return result;
}

import { compare } from './compare.ts';
import { CommandError } from './errors.ts';
import { type Fields, rootOf } from './partial.ts';
import { isIndex } from './paths.ts';
import type { Row } from './rows.ts';
import { type Document, isDocument, toNumber } from './values.ts';

/** What a sort specification asks for. Of an array counts its least value, or its greatest going down. */
export interface Order {
  /** The document's fields that it looks at. */
  fields: Fields;
  valuesOf(document: Document): unknown[];
  compareValues(a: unknown[], b: unknown[]): number;
}

export function orderOf(sort: Document): Order {
  const parts = Object.entries(sort).map(([path, direction]) => fieldOf(path, direction));
  return {
    fields: new Set(Object.keys(sort).map(rootOf)),
    valuesOf: (document) => parts.map(({ value }) => value(document)),
    compareValues: (a, b) => {
      for (const [at, { sign }] of parts.entries()) {
        const difference = compareSortValues(a[at], b[at]);
        if (difference !== 0) return difference * sign;
      }
      return 0;
    },
  };
}

export function comparerOf(sort: Document): (a: Document, b: Document) => number {
  const { valuesOf, compareValues } = orderOf(sort);
  return (a, b) => compareValues(valuesOf(a), valuesOf(b));
}

function fieldOf(path: string, direction: unknown): { value: (document: Document) => unknown; sign: number } {
  const sign = toNumber(direction);
  if (sign !== 1 && sign !== -1) {
    if (isDocument(direction)) throw new CommandError('BadValue', `$meta sort is not supported: ${path}`);
    throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  if (path === '' || path.startsWith('$'))
    throw new CommandError(16410, `FieldPath field names may not start with '$': ${path}`);
  const parts = path.split('.');
  if (parts.slice(1).some(isIndex))
    throw new CommandError('BadValue', `sorting by the place of an element is not supported by this database: ${path}`);
  return { sign, value: (document) => sortValueOf(document, parts, sign) };
}

const EMPTY = Symbol('empty array');

function sortValueOf(document: Document, parts: string[], sign: number): unknown {
  const [first = ''] = parts;
  if (parts.length === 1 && !Array.isArray(document[first])) return document[first];
  let found: { value: unknown } | undefined;
  for (const value of valuesAt(document, parts))
    if (!found || compareSortValues(value, found.value) * sign < 0) found = { value };
  return found?.value;
}

/** All that stands at a path, as an index keeps it: of an element that is no document, nothing. */
function* valuesAt(value: unknown, parts: string[], from = 0): Generator {
  const isEnd = from === parts.length;
  const inside = (holder: unknown): Iterable<unknown> =>
    isDocument(holder) ? valuesAt(holder[parts[from] ?? ''], parts, from + 1) : [undefined];
  if (!Array.isArray(value)) yield* isEnd ? [value] : inside(value);
  else if (value.length === 0) yield isEnd ? EMPTY : undefined;
  else if (isEnd) yield* value;
  else for (const element of value) yield* inside(element);
}

/** An empty array comes before null. */
function compareSortValues(a: unknown, b: unknown): number {
  if (a === EMPTY || b === EMPTY) return Number(b === EMPTY) - Number(a === EMPTY);
  return compare(a, b);
}

const ROOM = 1_000;

/** The first `limit` rows in order, or all; of those that cannot be among them no more than a thousand are held. */
export function sortRows(rows: Iterable<Row>, sort: Document, limit = Infinity): Row[] {
  const { fields, valuesOf, compareValues } = orderOf(sort);
  let held: { row: Row; values: unknown[] }[] = [];
  const cut = (): void => {
    held = held.toSorted((a, b) => compareValues(a.values, b.values)).slice(0, limit);
  };
  for (const row of rows) if (held.push({ row, values: valuesOf(row.part(fields)) }) > limit + ROOM) cut();
  cut();
  return held.map(({ row }) => row);
}

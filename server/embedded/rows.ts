import { decode } from './bytes.ts';
import type { Collection } from './catalogue.ts';
import { compare } from './compare.ts';
import { CommandError } from './errors.ts';
import type { Key } from './key-encoding.ts';
import type { Entry, Reader } from './layer.ts';
import type { Predicate } from './match.ts';
import { visitPath } from './paths.ts';
import type { Plan, Stretch } from './planner.ts';
import { type Document, isDocument, toNumber } from './values.ts';

/** A found document: fetched when its bytes are wanted, decoded when somebody looks into it. */
export class Row {
  readonly #fetch: () => Buffer;
  #bytes: Buffer | undefined;
  #document: Document | undefined;

  constructor(fetch: () => Buffer) {
    this.#fetch = fetch;
  }

  get bytes(): Buffer {
    this.#bytes ??= this.#fetch();
    return this.#bytes;
  }

  get document(): Document {
    this.#document ??= decode(this.bytes);
    return this.#document;
  }
}

/** What `explain` tells about an execution. */
export interface Counters {
  keysExamined: number;
  docsExamined: number;
}

/** The documents that a plan finds and the filter admits, in the plan's order. */
export function* rowsOf(
  reader: Reader,
  collection: Collection,
  plan: Plan,
  matches: Predicate,
  counters: Counters = { keysExamined: 0, docsExamined: 0 },
): Generator<Row> {
  const isNatural = plan.index.number === 0;
  const seen = plan.index.multikey ? new Set<Key>() : undefined;
  for (const { value } of entriesOf(reader, plan)) {
    counters.keysExamined += 1;
    const id = isNatural ? '' : value.toString('latin1');
    if (seen?.has(id)) continue;
    seen?.add(id);
    const row = new Row(() => {
      counters.docsExamined += 1;
      return isNatural ? value : documentAt(reader, collection, id);
    });
    if (plan.isExact || matches(row.document)) yield row;
  }
}

function documentAt(reader: Reader, collection: Collection, id: Key): Buffer {
  const bytes = reader.get(collection.documents + id);
  if (bytes) return bytes;
  throw new CommandError('InternalError', `an index of ${collection.namespace} leads to no document`);
}

function* entriesOf(reader: Reader, { stretches, reverse, isMerged }: Plan): Generator<Entry> {
  if (isMerged) yield* merged(reader, stretches, reverse);
  else for (const { start, end } of stretches) yield* reader.scan({ start, end, reverse });
}

interface Head {
  iterator: Iterator<Entry>;
  entry: Entry;
  order: Key;
  cut: number;
}

/** Stretches that are each in order, as one in order. */
function* merged(reader: Reader, stretches: Stretch[], reverse: boolean): Generator<Entry> {
  const heads = stretches.flatMap(({ start, end, cut }) =>
    advanced(reader.scan({ start, end, reverse })[Symbol.iterator](), cut),
  );
  try {
    while (heads.length > 0) {
      let first = 0;
      for (let at = 1; at < heads.length; at++) if (isBefore(heads[at], heads[first], reverse)) first = at;
      const head = heads[first];
      if (!head) return;
      yield head.entry;
      heads.splice(first, 1, ...advanced(head.iterator, head.cut));
    }
  } finally {
    for (const head of heads) head.iterator.return?.();
  }
}

function advanced(iterator: Iterator<Entry>, cut: number): Head[] {
  const next = iterator.next();
  return next.done ? [] : [{ iterator, entry: next.value, order: next.value.key.slice(cut), cut }];
}

const isBefore = (a: Head | undefined, b: Head | undefined, reverse: boolean): boolean =>
  a !== undefined && b !== undefined && (reverse ? a.order > b.order : a.order < b.order);

export type Comparer = (a: Document, b: Document) => number;

/** The order a sort specification asks for. Of an array counts its least value, or its greatest going down. */
export function comparerOf(sort: Document): Comparer {
  const fields = Object.entries(sort).map(([path, direction]) => fieldOf(path, direction));
  return (a, b) => {
    for (const { value, sign } of fields) {
      const difference = compareSortValues(value(a), value(b));
      if (difference !== 0) return difference * sign;
    }
    return 0;
  };
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
  return { sign, value: (document) => sortValueOf(document, parts, sign) };
}

const EMPTY = Symbol('empty array');

function sortValueOf(document: Document, parts: string[], sign: number): unknown {
  const [first = ''] = parts;
  if (parts.length === 1 && !Array.isArray(document[first])) return document[first];
  let found: { value: unknown } | undefined;
  visitPath(document, parts, (value, isWhole) => {
    if (isWhole && Array.isArray(value) && value.length > 0) return false;
    const candidate = Array.isArray(value) && isWhole ? EMPTY : value;
    if (!found || compareSortValues(candidate, found.value) * sign < 0) found = { value: candidate };
    return false;
  });
  return found?.value;
}

/** An empty array comes before null. */
function compareSortValues(a: unknown, b: unknown): number {
  if (a === EMPTY || b === EMPTY) return Number(b === EMPTY) - Number(a === EMPTY);
  return compare(a, b);
}

export function sortRows(rows: Iterable<Row>, sort: Document): Row[] {
  const comparer = comparerOf(sort);
  return [...rows].toSorted((a, b) => comparer(a.document, b.document));
}

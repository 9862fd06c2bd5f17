import { decode } from './bytes.ts';
import type { Collection } from './catalogue.ts';
import { CommandError } from './errors.ts';
import type { Key } from './key-encoding.ts';
import type { Entry, Reader } from './layer.ts';
import type { Predicate } from './match.ts';
import { type Fields, decodeFields } from './partial.ts';
import type { Plan } from './planner.ts';
import type { Scan, Stretch } from './scan.ts';
import { orderOf } from './sorting.ts';
import type { Document } from './values.ts';

/** A found document: fetched when its bytes are wanted, decoded as far as somebody looks into it. */
export class Row {
  /** The document's identity, as a key. */
  readonly id: Key;
  readonly #fetch: () => Buffer;
  #bytes: Buffer | undefined;
  #document: Document | undefined;

  constructor(id: Key, fetch: () => Buffer) {
    this.id = id;
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

  /** The document with at least the named fields. */
  part(fields: Fields): Document {
    return this.#document ?? (fields ? decodeFields(this.bytes, fields) : this.document);
  }
}

/** What `explain` tells about an execution; `most`: the keys after which it ends. */
export interface Counters {
  keysExamined: number;
  docsExamined: number;
  most?: number;
}

/** What is looked for: the condition, and the fields that it looks at. */
export interface Sought {
  matches: Predicate;
  fields: Fields;
  sort?: Document | undefined;
}

/** The documents that a plan finds and the filter admits, in the plan's order, each once. */
export function rowsOf(
  reader: Reader,
  collection: Collection,
  plan: Plan,
  sought: Sought,
  counters: Counters = { keysExamined: 0, docsExamined: 0 },
): Iterable<Row> {
  const [only, ...more] = plan.scans;
  const isRepeated = more.length > 0 || (only?.index.multikey.size ?? 0) > 0;
  const seen = isRepeated ? new Set<Key>() : undefined;
  const parts = plan.scans.map((scan) => rowsOfScan(reader, collection, scan, sought, counters, seen));
  if (parts.length > 1 && plan.isSorted && sought.sort) return mergedRows(parts, sought.sort);
  return parts.length === 1 && parts[0] ? parts[0] : oneAfterTheOther(parts);
}

function* oneAfterTheOther(parts: Iterable<Row>[]): Generator<Row> {
  for (const part of parts) yield* part;
}

function* rowsOfScan(
  reader: Reader,
  collection: Collection,
  scan: Scan,
  { matches, fields }: Sought,
  counters: Counters,
  seen: Set<Key> | undefined,
): Generator<Row> {
  const isNatural = scan.index.number === 0;
  for (const { key, value } of entriesOf(reader, scan)) {
    counters.keysExamined += 1;
    const id = isNatural ? key.slice(collection.documents.length) : value.toString('latin1');
    const row = new Row(id, () => {
      counters.docsExamined += 1;
      return isNatural ? value : documentAt(reader, collection, id);
    });
    if (!seen?.has(id)) {
      seen?.add(id);
      if (scan.isExact || matches(row.part(fields))) yield row;
    }
    if (counters.keysExamined === counters.most) return;
  }
}

function documentAt(reader: Reader, collection: Collection, id: Key): Buffer {
  const bytes = reader.get(collection.documents + id);
  if (bytes) return bytes;
  throw new CommandError('InternalError', `an index of ${collection.namespace} leads to no document`);
}

function* entriesOf(reader: Reader, { stretches, reverse, isMerged, isKey }: Scan): Generator<Entry> {
  if (isMerged) yield* merged(reader, stretches, reverse);
  else
    for (const { start, end } of stretches) {
      const value = isKey ? reader.get(start) : undefined;
      if (value) yield { key: start, value };
      else if (!isKey) yield* reader.scan({ start, end, reverse });
    }
}

/** Rows that come in order from each of several scans, in order. */
function* mergedRows(parts: Iterable<Row>[], sort: Document): Generator<Row> {
  const { valuesOf, compareValues, fields } = orderOf(sort);
  const next = (iterator: Iterator<Row>): { iterator: Iterator<Row>; row: Row; values: unknown[] }[] => {
    const { done, value } = iterator.next();
    return done ? [] : [{ iterator, row: value, values: valuesOf(value.part(fields)) }];
  };
  const heads = parts.flatMap((part) => next(part[Symbol.iterator]()));
  try {
    while (heads.length > 0) {
      let first = 0;
      for (let at = 1; at < heads.length; at++)
        if (compareValues(heads[at]?.values ?? [], heads[first]?.values ?? []) < 0) first = at;
      const head = heads[first];
      if (!head) return;
      yield head.row;
      heads.splice(first, 1, ...next(head.iterator));
    }
  } finally {
    for (const head of heads) head.iterator.return?.();
  }
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

import { type Key } from './key-encoding.ts';

export interface Entry {
  key: Key;
  value: Buffer;
}

/** Keys from `start` up to, and without, `end`; backwards when `reverse` is set. */
export interface Range {
  start: Key;
  end: Key;
  reverse?: boolean;
}

export interface Reader {
  get(key: Key): Buffer | undefined;
  scan(range: Range): Iterable<Entry>;
  count(range: Range): number;
}

/** Changes that lie over what is on the disk; null marks a key that is gone. */
export class Layer {
  readonly changes = new Map<Key, Buffer | null>();
  #sorted: Key[] | undefined;

  get isEmpty(): boolean {
    return this.changes.size === 0;
  }

  set(key: Key, value: Buffer | null): void {
    if (!this.changes.has(key)) this.#sorted = undefined;
    this.changes.set(key, value);
  }

  keysIn(range: Range): Key[] {
    this.#sorted ??= [...this.changes.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    return this.#sorted.slice(placeOf(this.#sorted, range.start), placeOf(this.#sorted, range.end));
  }
}

/** The place of the first key that is not less than `key`. */
function placeOf(keys: Key[], key: Key): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the newest of the layers says about a key, or what lies beneath them. */
export function readThrough(layers: readonly Layer[], base: Reader, key: Key): Buffer | undefined {
  for (let at = layers.length - 1; at >= 0; at--) {
    const change = layers[at]?.changes.get(key);
    if (change !== undefined) return change ?? undefined;
  }
  return base.get(key);
}

export function countThrough(layers: readonly Layer[], base: Reader, range: Range): number {
  let count = base.count(range);
  for (const [key, value] of changesIn(layers, range))
    count += Number(value !== null) - Number(base.get(key) !== undefined);
  return count;
}

export function scanThrough(layers: readonly Layer[], base: Reader, range: Range): Iterable<Entry> {
  const changes = changesIn(layers, range);
  return changes.size === 0 ? base.scan(range) : merge(changes, base.scan(range), range.reverse === true);
}

function changesIn(layers: readonly Layer[], range: Range): Map<Key, Buffer | null> {
  const changes = new Map<Key, Buffer | null>();
  for (const layer of layers) {
    if (layer.isEmpty) continue;
    for (const key of layer.keysIn(range)) changes.set(key, layer.changes.get(key) ?? null);
  }
  return changes;
}

function* merge(changes: Map<Key, Buffer | null>, base: Iterable<Entry>, reverse: boolean): Iterable<Entry> {
  const keys = [...changes.keys()].toSorted((a, b) => (a < b === reverse ? 1 : -1));
  let at = 0;
  for (const entry of base) {
    for (; at < keys.length && isBefore(keys[at] ?? '', entry.key, reverse); at++) yield* changed(changes, keys[at]);
    if (!changes.has(entry.key)) yield entry;
  }
  for (; at < keys.length; at++) yield* changed(changes, keys[at]);
}

const isBefore = (a: Key, b: Key, reverse: boolean): boolean => (reverse ? a > b : a < b);

function* changed(changes: Map<Key, Buffer | null>, key: Key | undefined): Iterable<Entry> {
  if (key === undefined) return;
  const value = changes.get(key);
  if (value) yield { key, value };
}

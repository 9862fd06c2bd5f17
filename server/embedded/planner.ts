import { conditionsOf } from './bounds.ts';
import type { Collection } from './catalogue.ts';
import { isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import type { Index } from './indexes.ts';
import type { Reader } from './layer.ts';
import { type Scan, type Search, type Wish, scanOf } from './scan.ts';
import { productivityOf } from './trial.ts';
import { isUsable } from './usable.ts';
import { type Document, documentsOf, isDocument } from './values.ts';

/** One scan, or for an `$or` the union of several, each of which finds what one branch admits. */
export interface Plan {
  scans: Scan[];
  isSorted: boolean;
  /** What else could have been done. */
  rejected: Plan[];
}

/** Chooses how to find the documents. Where it is not plain which way is best, those in question are tried a little. */
export function plan(reader: Reader, collection: Collection, wish: Search): Plan {
  const [natural] = collection.indexes;
  if (!natural) throw new CommandError('InternalError', 'a collection without its _id index');
  const hinted = hintedIndex(collection, wish.hint);
  if (hinted) return single(scanOf(hinted, wish));
  const scans = scansOf(collection, wish);
  const lookup = scans.find((scan) => scan.isKey && scan.stretches.length <= 1);
  if (lookup) return single(lookup);
  const candidates = [...scans.map(single), ...unionsOf(collection, wish)];
  const [first, ...others] = candidates;
  if (!first) return single(scanOf(natural, wish));
  return others.length === 0 ? first : best(reader, collection, candidates, wish);
}

const single = (scan: Scan): Plan => ({ scans: [scan], isSorted: scan.isSorted, rejected: [] });

/** The scans that help, without those that another one does better in every way. */
function scansOf(collection: Collection, wish: Wish): Scan[] {
  const conditions = conditionsOf(wish.filter);
  const scans = collection.indexes
    .filter((index) => isUsable(index, conditions, wish.filter))
    .map((index) => scanOf(index, wish, conditions))
    .filter((scan) => scan.bounded.length > 0 || scan.isSorted)
    .toSorted((a, b) => b.bounded.length - a.bounded.length || a.index.fields.length - b.index.fields.length);
  const kept: Scan[] = [];
  for (const scan of scans) if (!kept.some((other) => isAsGood(other, scan))) kept.push(scan);
  return kept;
}

function isAsGood(one: Scan, other: Scan): boolean {
  return (
    other.bounded.every((path) => one.bounded.includes(path)) &&
    (one.isSorted || !other.isSorted) &&
    (one.isExact || !other.isExact) &&
    (one.index.multikey.size === 0 || other.index.multikey.size > 0)
  );
}

/** For each `$or` whose branches all have an index: the union of the branches' scans. */
function unionsOf(collection: Collection, wish: Wish): Plan[] {
  return alternativesOf(wish.filter).flatMap((branches) => {
    const plans = branches.map((branch) => scansOf(collection, { ...wish, filter: { $and: [wish.filter, branch] } }));
    const scans = plans.flatMap((found) => found.find((scan) => scan.bounded.length > 0) ?? []);
    if (scans.length < branches.length) return [];
    return [{ scans, isSorted: wish.sort !== undefined && scans.every((scan) => scan.isSorted), rejected: [] }];
  });
}

/** The branches of every `$or` that the filter demands. */
function alternativesOf(filter: Document): Document[][] {
  return Object.entries(filter).flatMap(([field, condition]) => {
    if (field === '$or') return [documentsOf(condition)];
    return field === '$and' ? documentsOf(condition).flatMap(alternativesOf) : [];
  });
}

/** What gives most for the first hundred keys wins; where that says nothing, what bounds more and gives the order. */
function best(reader: Reader, collection: Collection, candidates: Plan[], wish: Search): Plan {
  const judged = candidates
    .map((one) => ({ one, productivity: productivityOf(reader, collection, one, wish), worth: worthOf(one) }))
    .toSorted((a, b) => b.productivity - a.productivity || b.worth - a.worth);
  const [winner, ...rejected] = judged.map(({ one }) => one);
  if (!winner) throw new CommandError('InternalError', 'no plan to choose from');
  return { ...winner, rejected };
}

function worthOf({ scans, isSorted }: Plan): number {
  return Math.min(...scans.map(({ bounded }) => bounded.length)) * 10 + (isSorted ? 4 : 0) - scans.length;
}

function hintedIndex(collection: Collection, hint: unknown): Index | undefined {
  if (hint === undefined || (isDocument(hint) && Object.keys(hint).length === 0)) return undefined;
  if (isDocument(hint) && '$natural' in hint) return collection.indexes[0];
  const found = collection.indexes.find(
    (index) =>
      !index.isBuilding && (typeof hint === 'string' ? index.spec.name === hint : isEqual(index.spec.key, hint)),
  );
  if (found) return found;
  throw new CommandError(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}

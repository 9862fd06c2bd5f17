import type { Collection } from './catalogue.ts';
import type { Reader } from './layer.ts';
import type { Plan } from './planner.ts';
import { type Counters, rowsOf } from './rows.ts';
import type { Search } from './scan.ts';

const KEYS = 100;
/** A plan whose order is wrong has to read everything before the first of a few is known. */
const UNSORTED = 0.1;

/** Runs a plan for its first hundred keys: above 1 when it came to its end, else which share of them was wanted. */
export function productivityOf(reader: Reader, collection: Collection, plan: Plan, search: Search): number {
  const counters: Counters = { keysExamined: 0, docsExamined: 0, most: KEYS };
  const wanted = search.limit || Infinity;
  const isInOrder = !search.sort || plan.isSorted;
  let found = 0;
  for (const _ of rowsOf(reader, collection, plan, search, counters)) {
    found += 1;
    if (isInOrder && found >= wanted) break;
  }
  const isFinished = counters.keysExamined < KEYS || (isInOrder && found >= wanted);
  if (isFinished) return 1 + 1 / (1 + counters.keysExamined);
  return (found / KEYS) * (isInOrder || wanted === Infinity ? 1 : UNSORTED);
}

import { CommandError } from './errors.ts';
import { type Key, checkLength, encodeValue, invert, numberKey } from './key-encoding.ts';
import { type Predicate, compileFilter } from './match.ts';
import { isIndex } from './paths.ts';
import { type Document, isDocument, toNumber } from './values.ts';

/** What is told of an index by `listIndexes`, and kept. */
export interface IndexSpec {
  name: string;
  key: Document;
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Document;
  expireAfterSeconds?: unknown;
}

export interface IndexField {
  path: string;
  parts: string[];
  descending: boolean;
}

export interface Index {
  number: number;
  spec: IndexSpec;
  fields: IndexField[];
  /** The paths at which a document had an array once; then a document may stand in the index several times. */
  multikey: Set<string>;
  /** It is not complete yet: written to, and never read. */
  isBuilding: boolean;
  covers: Predicate;
  prefix: Key;
}

export function indexOf(collection: Key, number: number, spec: IndexSpec, multikey: Iterable<string> = []): Index {
  return {
    number,
    spec,
    fields: Object.entries(spec.key).map(([path, direction]) => ({
      path,
      parts: path.split('.'),
      descending: toNumber(direction) < 0,
    })),
    multikey: new Set(multikey),
    isBuilding: false,
    covers: spec.partialFilterExpression ? compileFilter(spec.partialFilterExpression) : () => true,
    prefix: collection + numberKey(number),
  };
}

export const encodeField = (field: IndexField, value: unknown): Key => {
  const key = value === EMPTY_ARRAY ? '\x03' : encodeValue(value);
  return field.descending ? invert(key) : key;
};

/** An empty array stands in an index before everything but MinKey; it is neither null nor missing. */
const EMPTY_ARRAY = Symbol('empty array');

interface Step {
  value: unknown;
  rest: string[];
  done: boolean;
}

export interface IndexKeys {
  keys: Key[];
  /** The paths at which there is an array. */
  multikey: string[];
}

/** The keys, without the document's identity, under which a document stands in an index. */
export function keysOf(index: Index, document: Document): IndexKeys {
  if (!index.covers(document)) return { keys: [], multikey: [] };
  const steps = index.fields.map((field) => ({ value: document, rest: field.parts, done: false }));
  const found: unknown[][] = [];
  const arrays = new Set<number>();
  expand(steps, found, arrays);
  const kept = index.spec.sparse ? found.filter((values) => values.some((value) => value !== undefined)) : found;
  const keys = kept.map((values) =>
    checkLength(index.prefix + index.fields.map((field, at) => encodeField(field, values[at])).join('')),
  );
  const multikey = index.fields.filter((_, at) => arrays.has(at)).map(({ path }) => path);
  return { keys: multikey.length > 0 ? [...new Set(keys)] : keys, multikey };
}

/** Follows all paths together, so that fields of one array's elements stay together; notes which of them met one. */
function expand(steps: Step[], found: unknown[][], met: Set<number>): void {
  const reached = steps.map(descend);
  const arrays = new Set(reached.filter((step) => !step.done).map((step) => step.value));
  if (arrays.size > 1) throw new CommandError(171, 'cannot index parallel arrays');
  const [array] = arrays;
  if (!Array.isArray(array)) {
    found.push(reached.map((step) => step.value));
    return;
  }
  for (const [at, step] of reached.entries()) if (!step.done) met.add(at);
  if (array.length === 0)
    expand(
      reached.map((step) => (step.done ? step : emptied(step))),
      found,
      met,
    );
  for (const element of array)
    expand(
      reached.map((step) => (step.done ? step : entered(step, element))),
      found,
      met,
    );
}

const emptied = (step: Step): Step => ({
  value: step.rest.length === 0 ? EMPTY_ARRAY : undefined,
  rest: [],
  done: true,
});

const entered = ({ rest }: Step, element: unknown): Step => {
  if (rest.length === 0) return { value: element, rest, done: true };
  return isDocument(element) ? { value: element, rest, done: false } : { value: undefined, rest: [], done: true };
};

/** Goes down to a value, or to an array that has to be opened. */
function descend(step: Step): Step {
  if (step.done) return step;
  let { value, rest } = step;
  while (rest.length > 0) {
    const [part = '', ...deeper] = rest;
    if (isDocument(value)) value = value[part];
    else if (Array.isArray(value)) {
      if (!isIndex(part)) return { value, rest, done: false };
      value = value[Number(part)] as unknown;
    } else return { value: undefined, rest: [], done: true };
    rest = deeper;
  }
  return { value, rest, done: !Array.isArray(value) };
}

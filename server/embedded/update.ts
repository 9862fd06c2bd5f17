import { ObjectId } from 'bson';
import { conditionsOf } from './bounds.ts';
import { isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import { compileFilter, elementPredicate } from './match.ts';
import { isIndex } from './paths.ts';
import { CHANGES, type Change } from './update-operators.ts';
import {
  type ElementChoice,
  arrayFiltersOf,
  checkPath,
  concretePaths,
  setAt,
  unsetAt,
  valueAtParts,
} from './update-paths.ts';
import { type Document, isDocument, show, documentsOf, listOf } from './values.ts';

/** Makes the new document of an old one, which it may change. */
export type Update = (document: Document, purpose: 'update' | 'insert') => Document;

export interface UpdateSpec {
  filter: Document;
  update: unknown;
  arrayFilters: unknown[];
}

export type PipelineCompiler = (pipeline: Document[]) => (document: Document) => Document;

export const isReplacement = (update: unknown): update is Document =>
  isDocument(update) && !(Object.keys(update)[0]?.startsWith('$') ?? false);

/** Compiles an update of any of its three kinds: operators, a whole document, a pipeline. */
export function compileUpdate(spec: UpdateSpec, pipelines: PipelineCompiler): Update {
  const { update } = spec;
  if (Array.isArray(update)) {
    if (spec.arrayFilters.length > 0)
      throw new CommandError('FailedToParse', 'arrayFilters may not be specified for pipeline-style updates');
    const run = pipelines(documentsOf(update));
    return (document) => keepingId(document['_id'], run(document));
  }
  if (!isDocument(update))
    throw new CommandError('FailedToParse', 'Update argument must be either an object or an array');
  if (isReplacement(update)) return replacement(update);
  return operators(update, spec);
}

function replacement(update: Document): Update {
  const wrong = Object.keys(update).find((field) => field.startsWith('$'));
  if (wrong)
    throw new CommandError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${wrong}' is not valid for storage.`,
    );
  return (document) => keepingId(document['_id'], { ...update });
}

function keepingId(id: unknown, document: Document): Document {
  if (id === undefined) return document;
  const { _id = id, ...rest } = document;
  if (isEqual(_id, id)) return { _id: id, ...rest };
  throw new CommandError(
    'ImmutableField',
    `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(_id)}`,
  );
}

interface Step {
  operator: string;
  parts: string[];
  change: Change;
}

function operators(update: Document, spec: UpdateSpec): Update {
  const steps = stepsOf(update);
  refuseConflicts(steps);
  const filters = arrayFiltersOf(spec.arrayFilters);
  const unused = [...filters.keys()].find((name) => !steps.some(({ parts }) => parts.includes(`$[${name}]`)));
  if (unused)
    throw new CommandError('FailedToParse', `The array filter for identifier '${unused}' was not used in the update`);
  const ordered = steps.toSorted((a, b) => comparePaths(a.parts, b.parts));
  return (document, purpose) => {
    const id = document['_id'];
    const choice: ElementChoice = { filters, positionAt: (path) => positionAt(document, path, spec.filter) };
    const resolved = ordered.map((step) => ({ step, paths: concretePaths(document, step.parts, choice) }));
    for (const { step, paths } of resolved) {
      if (step.operator === '$setOnInsert' && purpose === 'update') continue;
      for (const parts of paths) apply(document, step, parts, id);
    }
    if (id !== undefined && !isEqual(document['_id'], id)) throw immutable();
    return document;
  };
}

const immutable = (): CommandError =>
  new CommandError('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");

function stepsOf(update: Document): Step[] {
  return Object.entries(update).flatMap(([operator, fields]) => {
    if (!(operator in CHANGES) && operator !== '$unset' && operator !== '$rename')
      throw new CommandError(
        'FailedToParse',
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!isDocument(fields))
      throw new CommandError(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
      );
    return Object.entries(fields).flatMap(([path, operand]) => stepsFor(operator, path, operand));
  });
}

function stepsFor(operator: string, path: string, operand: unknown): Step[] {
  const parts = checkPath(path);
  if (operator !== '$rename') return [{ operator, parts, change: CHANGES[operator]?.(operand) ?? (() => undefined) }];
  if (typeof operand !== 'string')
    throw new CommandError('BadValue', `The 'to' field for $rename must be a string: ${path}: ${show(operand)}`);
  const target = checkPath(operand);
  if ([...parts, ...target].some((part) => part.startsWith('$')))
    throw new CommandError('BadValue', 'The source and target field for $rename may not be dynamic');
  return [
    { operator: '$rename', parts, change: () => target },
    { operator: '$target', parts: target, change: () => undefined },
  ];
}

/** No path may be, or lead into, another one's; what one takes for an array the other may not take for a document. */
function refuseConflicts(steps: Step[]): void {
  for (const [at, { parts }] of steps.entries()) {
    for (const other of steps.slice(at + 1)) {
      const shared = parts.findIndex((part, place) => part !== other.parts[place]);
      const [one = '', two = ''] = shared < 0 ? [] : [parts[shared], other.parts[shared]];
      const isConflict = one === '' || two === '' || one.startsWith('$[') !== two.startsWith('$[');
      if (isConflict)
        throw new CommandError(
          'ConflictingUpdateOperators',
          `Updating the path '${other.parts.join('.')}' would create a conflict at '${(shared < 0 ? parts : parts.slice(0, Math.max(shared, 1))).join('.')}'`,
        );
    }
  }
}

/** Fields are made in the order of their names, and those that are numbers in the order of the numbers. */
function comparePaths(a: string[], b: string[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [x = '', y = ''] = [a[at], b[at]];
    if (x === y) continue;
    if (isIndex(x) && isIndex(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function apply(document: Document, { operator, change }: Step, parts: string[], id: unknown): void {
  const current = valueAtParts(document, parts);
  if (operator === '$unset') unsetAt(document, parts);
  else if (operator === '$rename') {
    if (current === undefined) return;
    const target = listOf(change(current, { path: '', id })).map(String);
    refuseArrays(document, parts);
    refuseArrays(document, target);
    unsetAt(document, parts);
    setAt(document, target, current);
  } else {
    const value = change(current, { path: parts.join('.'), id });
    if (value !== undefined) setAt(document, parts, value);
  }
}

function refuseArrays(document: Document, parts: string[]): void {
  for (let length = 1; length < parts.length; length++)
    if (Array.isArray(valueAtParts(document, parts.slice(0, length))))
      throw new CommandError(
        'BadValue',
        `The source and target field of $rename cannot be an array element, '${parts.join('.')}'`,
      );
}

/** The element of the array that satisfied the filter: what `$` stands for. */
function positionAt(document: Document, arrayPath: string, filter: Document): number | undefined {
  const array = valueAtParts(document, arrayPath.split('.'));
  if (!Array.isArray(array)) return undefined;
  for (const [path, conditions] of conditionsOf(filter)) {
    if (path !== arrayPath && !path.startsWith(`${arrayPath}.`)) continue;
    const rest = path.slice(arrayPath.length + 1);
    const matches = conditions.map((condition) => elementTest(condition, rest));
    const place = array.findIndex((element) => matches.every((test) => test(element)));
    if (place >= 0) return place;
  }
  return undefined;
}

function elementTest(condition: Document, rest: string): (element: unknown) => boolean {
  if ('$elemMatch' in condition && rest === '') return elementPredicate(condition['$elemMatch']);
  if (rest === '') {
    const predicate = compileFilter({ element: condition });
    return (element) => predicate({ element });
  }
  const predicate = compileFilter({ [rest]: condition });
  return (element) => isDocument(element) && predicate(element);
}

/** The document an upsert begins with: what the filter says by equality, and an `_id`. @throws NotSingleValueField */
export function upsertBase(filter: Document, update: unknown): Document {
  const equalities = [...conditionsOf(filter)].flatMap(([path, conditions]) =>
    conditions.filter((condition) => '$eq' in condition).map((condition) => [path, condition['$eq']] as const),
  );
  const base: Document = {};
  for (const [at, [path, value]] of equalities.entries()) {
    if (equalities.some(([other], place) => place !== at && `${path}.`.startsWith(`${other}.`)))
      throw new CommandError(
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      );
    if (!isReplacement(update) || path === '_id') setAt(base, path.split('.'), value);
  }
  return base;
}

export const withFreshId = (document: Document): Document =>
  document['_id'] === undefined ? { ...document, _id: new ObjectId() } : document;

import { compileAccumulator } from './accumulators.ts';
import { CommandError } from './errors.ts';
import { type Scope, compileExpression, follow } from './expressions.ts';
import { encodeValue } from './key-encoding.ts';
import { compileFilter } from './match.ts';
import { compileProjection, place } from './projection.ts';
import { comparerOf } from './rows.ts';
import {
  type Document,
  bsonTypeOf,
  isDocument,
  isNumeric,
  isTruthy,
  show,
  toNumber,
  typeNameOf,
  documentOf,
} from './values.ts';

export type Source = Iterable<Document>;
export type Stage = (source: Source) => Source;

/** What stages need beyond the documents that come to them. */
export interface StageContext {
  variables: Record<string, unknown>;
  /** Runs a pipeline over another collection of the same database. */
  run(collection: string, pipeline: Document[], variables: Record<string, unknown>): Iterable<Document>;
}

type CompileStage = (specification: unknown, context: StageContext) => Stage;

/** Compiles the stages over plain documents. @throws for a stage that is not known */
export function compilePipeline(pipeline: readonly Document[], context: StageContext): Stage {
  const stages = pipeline.map((stage) => {
    const [name, specification] = namedStage(stage);
    const compile = STAGES[name];
    if (!compile) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(specification, context);
  });
  return (source) => stages.reduce((documents, stage) => stage(documents), source);
}

export function namedStage(stage: unknown): [string, unknown] {
  const entries = isDocument(stage) ? Object.entries(stage) : [];
  const [entry] = entries;
  if (entry && entries.length === 1) return entry;
  throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
}

function* mapped(source: Source, map: (document: Document) => Document): Source {
  for (const document of source) yield map(document);
}

const STAGES: Record<string, CompileStage> = {
  $match: (filter, context) => {
    const matches = matcher(filter, context);
    return function* (source) {
      for (const document of source) if (matches(document)) yield document;
    };
  },
  $project: (specification, context) => {
    if (!isDocument(specification) || Object.keys(specification).length === 0)
      throw new CommandError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    const project = compileProjection(specification, (each) => onDocument(each, context));
    return (source) => mapped(source, project);
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (fields) => {
    const paths = Array.isArray(fields) ? fields : [fields];
    if (paths.length === 0 || paths.some((path) => typeof path !== 'string' || path === ''))
      throw new CommandError(31002, '$unset specification must be a string or an array of strings');
    const project = compileProjection(Object.fromEntries(paths.map((path) => [String(path), false])));
    return (source) => mapped(source, project);
  },
  $sort: (order) => {
    if (!isDocument(order) || Object.keys(order).length === 0)
      throw new CommandError(15976, '$sort stage must have at least one sort key');
    const comparer = comparerOf(order);
    return (source) => [...source].toSorted(comparer);
  },
  $limit: (count) => {
    const most = wholeNumber('$limit', count, 1);
    return function* (source) {
      let at = 0;
      for (const document of source) {
        yield document;
        if (++at === most) return;
      }
    };
  },
  $skip: (count) => {
    const least = wholeNumber('$skip', count, 0);
    return function* (source) {
      let at = 0;
      for (const document of source) if (at++ >= least) yield document;
    };
  },
  $count: (field) => {
    if (typeof field !== 'string' || field === '' || /^\$|[.\0]/.test(field))
      throw new CommandError(40156, 'the count field must be a non-empty string without $ and dots');
    return function* (source) {
      let count = 0;
      for (const _ of source) count += 1;
      if (count > 0) yield { [field]: count };
    };
  },
  $group: group,
  $sortByCount: (expression, context) => {
    const counted = group({ _id: expression, count: { $sum: 1 } }, context);
    const comparer = comparerOf({ count: -1 });
    return (source) => [...counted(source)].toSorted(comparer);
  },
  $unwind: unwind,
  $replaceRoot: (specification, context) =>
    replaceRoot(isDocument(specification) ? specification['newRoot'] : undefined, context),
  $replaceWith: replaceRoot,
  $facet: (facets, context) => {
    const compiled = Object.entries(isDocument(facets) ? facets : {}).map(
      ([name, pipeline]) => [name, compilePipeline(pipelineOf(pipeline), context)] as const,
    );
    if (compiled.length === 0) throw new CommandError(40169, 'the $facet specification must be a non-empty object');
    return function* (source) {
      const documents = [...source];
      yield Object.fromEntries(compiled.map(([name, stage]) => [name, [...stage(documents)]]));
    };
  },
  $lookup: lookup,
  $unionWith: (specification, context) => {
    const { coll, pipeline = [] } =
      typeof specification === 'string' ? { coll: specification } : documentOf(specification);
    if (typeof coll !== 'string') throw new CommandError('FailedToParse', "$unionWith needs a 'coll'");
    return function* (source) {
      yield* source;
      yield* context.run(coll, pipelineOf(pipeline), context.variables);
    };
  },
};

const scopeOf = (root: unknown, { variables }: StageContext): Scope => ({ root, variables });

function onDocument(expression: unknown, context: StageContext): (document: Document) => unknown {
  const evaluate = compileExpression(expression, Object.keys(context.variables));
  return (document) => evaluate(scopeOf(document, context));
}

const matcher = (filter: unknown, context: StageContext): ((document: Document) => boolean) =>
  compileFilter(filter, (expression) => onDocument(expression, context));

function pipelineOf(pipeline: unknown): Document[] {
  if (Array.isArray(pipeline) && pipeline.every(isDocument)) return pipeline;
  throw new CommandError('TypeMismatch', 'a pipeline must be an array of objects');
}

function wholeNumber(stage: string, value: unknown, least: number): number {
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (Number.isInteger(number) && number >= least) return number;
  throw new CommandError(
    stage === '$limit' && number === 0 ? 15958 : 5107201,
    `invalid argument to ${stage} stage: Expected ${least === 0 ? 'a non-negative' : 'a positive'} number in: ${stage}: ${show(value)}`,
  );
}

function addFields(specification: unknown, context: StageContext): Stage {
  if (!isDocument(specification)) throw new CommandError(40272, '$addFields specification stage must be an object');
  const fields = Object.entries(specification).map(
    ([path, expression]) => [path.split('.'), onDocument(expression, context)] as const,
  );
  if (fields.some(([path]) => path.some((part) => part === '' || part.startsWith('$'))))
    throw new CommandError(16410, "FieldPath field names may not be empty or start with '$'");
  return (source) =>
    mapped(source, (document) => {
      const result = { ...document };
      for (const [path, value] of fields) place(result, path, value(document));
      return result;
    });
}

function replaceRoot(expression: unknown, context: StageContext): Stage {
  if (expression === undefined) throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
  const value = onDocument(expression, context);
  return (source) =>
    mapped(source, (document) => {
      const root = value(document);
      if (isDocument(root)) return root;
      throw new CommandError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was: ${show(root)}. Type of resulting value: '${root === undefined ? 'missing' : typeNameOf(root)}'`,
      );
    });
}

function group(specification: unknown, context: StageContext): Stage {
  if (!isDocument(specification)) throw new CommandError(15947, "a group's fields must be specified in an object");
  const { _id, ...fields } = specification;
  if (!('_id' in specification)) throw new CommandError(15955, 'a group specification must include an _id');
  const id = onDocument(_id, context);
  const accumulators = Object.entries(fields).map(([field, each]) => [field, compileAccumulator(field, each)] as const);
  return function* (source) {
    const groups = new Map<
      string,
      { id: unknown; parts: (readonly [string, ReturnType<(typeof accumulators)[0][1]>])[] }
    >();
    for (const document of source) {
      const value = id(document) ?? null;
      const key = keyOf(value);
      let found = groups.get(key);
      if (!found)
        groups.set(key, (found = { id: value, parts: accumulators.map(([field, make]) => [field, make()] as const) }));
      for (const [, part] of found.parts) part.take(scopeOf(document, context));
    }
    for (const { id: value, parts } of groups.values())
      yield { _id: value, ...Object.fromEntries(parts.map(([field, part]) => [field, part.result()])) };
  };
}

/** Equal values have the same key; decimals are told apart by their text. */
const keyOf = (value: unknown): string =>
  bsonTypeOf(value) === 'Decimal128' ? `decimal ${String(value)}` : encodeValue(value);

function unwind(specification: unknown): Stage {
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = isDocument(specification)
    ? specification
    : { path: specification };
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${show(path)}`);
  const parts = path.slice(1).split('.');
  const index = typeof includeArrayIndex === 'string' ? includeArrayIndex.split('.') : undefined;
  const put = (document: Document, value: unknown, at: number | null): Document => {
    const result = { ...document };
    place(result, parts, value);
    if (index) place(result, index, at);
    return result;
  };
  return function* (source) {
    for (const document of source) {
      const value = follow(document, parts, 0);
      if (Array.isArray(value) && value.length > 0) yield* value.map((each, at) => put(document, each as unknown, at));
      else if (!Array.isArray(value) && value !== undefined && value !== null) yield put(document, value, null);
      else if (isTruthy(preserveNullAndEmptyArrays))
        yield Array.isArray(value) ? put(document, undefined, null) : index ? put(document, value, null) : document;
    }
  };
}

function lookup(specification: unknown, context: StageContext): Stage {
  const { from, localField, foreignField, let: bindings = {}, pipeline = [], as } = documentOf(specification);
  if (typeof from !== 'string' || typeof as !== 'string')
    throw new CommandError('FailedToParse', "$lookup needs 'from' and 'as'");
  const isByField = typeof localField === 'string' && typeof foreignField === 'string';
  if (!isByField && !('pipeline' in documentOf(specification)))
    throw new CommandError(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const assigned = Object.entries(documentOf(bindings)).map(
    ([name, each]) => [name, onDocument(each, context)] as const,
  );
  compilePipeline(pipelineOf(pipeline), {
    ...context,
    variables: { ...context.variables, ...Object.fromEntries(assigned.map(([name]) => [name, null])) },
  });
  return (source) =>
    mapped(source, (document) => {
      const variables = {
        ...context.variables,
        ...Object.fromEntries(assigned.map(([name, each]) => [name, each(document)])),
      };
      const joined = isByField ? [{ $match: equality(foreignField, follow(document, localField.split('.'), 0)) }] : [];
      const result = { ...document };
      place(result, as.split('.'), [...context.run(from, [...joined, ...pipelineOf(pipeline)], variables)]);
      return result;
    });
}

/** An array on the local side joins by each of its elements; missing joins null and missing. */
function equality(field: string, value: unknown): Document {
  if (Array.isArray(value)) return { [field]: { $in: value } };
  return { [field]: { $eq: value ?? null } };
}

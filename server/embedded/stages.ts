import { Int32, Long } from 'bson';
import { CommandError } from './errors.ts';
import { follow } from './expressions.ts';
import { group } from './group-stage.ts';
import { lookup } from './lookup-stage.ts';
import { compileFilter } from './match.ts';
import { compileProjection, flattened, place } from './projection.ts';
import { comparerOf } from './sorting.ts';
import { type CompileStage, type Stage, type StageContext, mapping, membersOf, onDocument } from './stage.ts';
import { type Document, isDocument, isNumeric, isTruthy, show, toNumber, typeNameOf } from './values.ts';

/** Compiles the stages. @throws for a stage that is not known */
export function compilePipeline(pipeline: readonly Document[], context: StageContext): Stage {
  const stages = pipeline.map((stage) => {
    const [name, specification] = namedStage(stage);
    const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
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

const addFields: CompileStage = (specification, context) => {
  if (!isDocument(specification)) throw new CommandError(40272, '$addFields specification stage must be an object');
  const fields = flattened(specification).map(
    ([path, expression]) => [path.split('.'), onDocument(expression, context)] as const,
  );
  if (fields.some(([path]) => path.some((part) => part === '' || part.startsWith('$'))))
    throw new CommandError(16410, "FieldPath field names may not be empty or start with '$'");
  return mapping((document) =>
    fields.reduce((result, [path, value]) => place(result, path, () => value(document)), document),
  );
};

const replaceRoot: CompileStage = (expression, context) => {
  if (expression === undefined) throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
  const value = onDocument(expression, context);
  return mapping((document) => {
    const root = value(document);
    if (isDocument(root)) return root;
    const type = root === undefined ? 'missing' : typeNameOf(root);
    throw new CommandError(40228, `'newRoot' must evaluate to an object, but it was: ${show(root)}, of type ${type}`);
  });
};

const unwind: CompileStage = (specification) => {
  const given = isDocument(specification)
    ? membersOf('$unwind', specification, ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'])
    : { path: specification };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays: keepsEmpty } = given;
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${show(path)}`);
  const parts = path.slice(1).split('.');
  const index = typeof includeArrayIndex === 'string' ? includeArrayIndex.split('.') : undefined;
  const put = (document: Document, value: unknown, at: Long | null): Document => {
    const result = place(document, parts, () => value);
    return index ? place(result, index, () => at) : result;
  };
  return function* (source) {
    for (const document of source) {
      const value = follow(document, parts);
      const list = Array.isArray(value) ? value : undefined;
      if (list && list.length > 0) yield* list.map((each, at) => put(document, each, Long.fromNumber(at)));
      else if (list ? isTruthy(keepsEmpty) : value !== undefined && value !== null)
        yield put(document, list ? undefined : value, null);
      else if (!list && isTruthy(keepsEmpty)) yield index ? place(document, index, () => null) : document;
    }
  };
};

/** The stages of a pipeline, each over the documents that the one before gives. */
export const STAGES: Record<string, CompileStage> = {
  $match: (filter, context) => {
    const matches = compileFilter(filter, (expression) => onDocument(expression, context));
    return function* (source) {
      for (const document of source) if (matches(document)) yield document;
    };
  },
  $project: (specification, context) => {
    if (!isDocument(specification) || Object.keys(specification).length === 0)
      throw new CommandError(51272, 'Invalid $project: projection specification must have at least one field');
    return mapping(compileProjection(specification, (each) => onDocument(each, context)));
  },
  $addFields: addFields,
  $set: addFields,
  $unset: (fields) => {
    const paths = Array.isArray(fields) ? fields : [fields];
    if (paths.length === 0 || paths.some((path) => typeof path !== 'string' || path === ''))
      throw new CommandError(31002, '$unset specification must be a string or an array of strings');
    return mapping(compileProjection(Object.fromEntries(paths.map((path) => [String(path), false]))));
  },
  $sort: (order) => {
    if (!isDocument(order) || Object.keys(order).length === 0)
      throw new CommandError(15976, '$sort stage must have at least one sort key');
    const comparer = comparerOf(order);
    return (source) => [...source].toSorted(comparer);
  },
  $limit: (count) => {
    const most = countFor('$limit', count, 1);
    return function* (source) {
      let at = 0;
      for (const document of source) {
        yield document;
        if (++at === most) return;
      }
    };
  },
  $skip: (count) => {
    const least = countFor('$skip', count, 0);
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
      if (count > 0) yield { [field]: new Int32(count) };
    };
  },
  $group: group,
  $unwind: unwind,
  $replaceRoot: (specification, context) =>
    replaceRoot(membersOf('$replaceRoot', specification, ['newRoot'])['newRoot'], context),
  $replaceWith: replaceRoot,
  $lookup: (specification, context) =>
    lookup((pipeline, variables) => void compilePipeline(pipeline, { ...context, variables }))(specification, context),
};

function countFor(stage: string, value: unknown, least: number): number {
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (Number.isInteger(number) && number >= least) return number;
  const code = stage === '$limit' && number === 0 ? 15958 : 5107201;
  throw new CommandError(code, `invalid argument to ${stage} stage: it needs a number of at least ${least}`);
}

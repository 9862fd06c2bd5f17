import { isEqual } from './compare.ts';
import { CommandError } from './errors.ts';
import { expressionOnStored } from './expressions.ts';
import { elementPredicate } from './match.ts';
import { type Document, isDocument, isNumeric, isTruthy, show, toNumber, documentOf } from './values.ts';

export type Project = (document: Document) => Document;

/** Fields to keep or to drop, as a tree; a leaf is true. */
interface Tree {
  [field: string]: Tree | true;
}

interface Computed {
  path: string[];
  value: (document: Document) => unknown;
}

/** Compiles a projection of `find`, or of `$project` where there are no `$slice` and `$elemMatch`. */
export function compileProjection(projection: Document, expressions = expressionOnStored): Project {
  const entries = flattened(projection);
  const computed: Computed[] = [];
  const tree: Tree = {};
  let mode: 'keep' | 'drop' | undefined;
  let id: boolean | undefined;
  let isSliced = false;
  for (const [path, value] of entries) {
    if (path.endsWith('.$') || path === '$')
      throw new CommandError('BadValue', 'positional projection is not supported by this database');
    if (path.split('.').some((part) => part === '' || part.startsWith('$')))
      throw new CommandError(16410, `FieldPath field names may not start with '$' or be empty: ${path}`);
    const flag = typeof value === 'boolean' || isNumeric(value) ? isTruthy(value) : undefined;
    if (path === '_id' && flag !== undefined) {
      id = flag;
      continue;
    }
    if (
      isDocument(value) &&
      '$slice' in value &&
      expressions === expressionOnStored &&
      isSliceOfFind(value['$slice'])
    ) {
      computed.push({ path: path.split('.'), value: sliced(path, value['$slice']) });
      isSliced = true;
      continue;
    }
    const wanted = flag === false ? 'drop' : 'keep';
    mode ??= wanted;
    if (mode !== wanted)
      throw new CommandError(
        wanted === 'drop' ? 31254 : 31253,
        `Cannot do ${wanted === 'drop' ? 'exclusion' : 'inclusion'} on field ${path} in ${mode === 'keep' ? 'inclusion' : 'exclusion'} projection`,
      );
    if (flag === undefined) computed.push({ path: path.split('.'), value: computedValue(path, value, expressions) });
    else plant(tree, path);
  }
  mode ??= id === true && !isSliced ? 'keep' : 'drop';
  if (mode === 'keep' && id !== false) tree['_id'] = true;
  if (mode === 'drop' && id === false) tree['_id'] = true;
  const pick = mode === 'keep' ? kept : dropped;
  return (document) => withComputed(documentOf(pick(document, tree)), computed, document);
}

/** Nested objects without operators are paths written differently. */
function flattened(projection: Document, prefix = ''): [string, unknown][] {
  return Object.entries(projection).flatMap(([field, value]) => {
    const isNested = isDocument(value) && !(Object.keys(value)[0]?.startsWith('$') ?? false);
    if (!isNested) return [[prefix + field, value]];
    if (Object.keys(value).length === 0) throw new CommandError(51270, 'An empty sub-projection is not a valid value.');
    return flattened(value, `${prefix}${field}.`);
  });
}

function plant(tree: Tree, path: string): void {
  const parts = path.split('.');
  let at = tree;
  for (const [depth, part] of parts.entries()) {
    const existing = at[part];
    const isLast = depth === parts.length - 1;
    if (existing === true || (existing && isLast)) throw new CommandError(31250, `Path collision at ${path}`);
    if (isLast) at[part] = true;
    else at = existing ?? (at[part] = {});
  }
}

function kept(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.filter((each) => isDocument(each) || Array.isArray(each)).map((each) => kept(each, tree));
  const result: Document = {};
  for (const [field, each] of Object.entries(documentOf(value))) {
    const branch = Object.hasOwn(tree, field) ? tree[field] : undefined;
    if (branch === true) result[field] = each;
    else if (branch && (isDocument(each) || Array.isArray(each))) result[field] = kept(each, branch);
  }
  return result;
}

function dropped(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.map((each) => (isDocument(each) || Array.isArray(each) ? dropped(each, tree) : each));
  const result: Document = {};
  for (const [field, each] of Object.entries(documentOf(value))) {
    const branch = Object.hasOwn(tree, field) ? tree[field] : undefined;
    if (branch === true) continue;
    result[field] = branch && (isDocument(each) || Array.isArray(each)) ? dropped(each, branch) : each;
  }
  return result;
}

function computedValue(path: string, value: unknown, expressions: typeof expressionOnStored): Computed['value'] {
  if (isDocument(value) && '$elemMatch' in value && expressions === expressionOnStored) {
    const matches = elementPredicate(value['$elemMatch']);
    return (document) => {
      const array = document[path];
      const found = Array.isArray(array) ? array.findIndex(matches) : -1;
      return Array.isArray(array) && found >= 0 ? [array[found] as unknown] : undefined;
    };
  }
  return expressions(value);
}

/** `find` knows `$slice: n` and `$slice: [skip, n]` beside the expression of that name. */
const isSliceOfFind = (operand: unknown): boolean =>
  isNumeric(operand) || (Array.isArray(operand) && operand.length === 2 && operand.every(isNumeric));

function sliced(path: string, operand: unknown): Computed['value'] {
  if (path.includes('.'))
    throw new CommandError('BadValue', `$slice of a dotted path is not supported by this database: ${path}`);
  const [first = 0, count] = (Array.isArray(operand) ? operand : [operand]).map(toNumber);
  if (count !== undefined && count <= 0)
    throw new CommandError(28724, `First argument to $slice must be positive: ${show(operand)}`);
  return (document) => {
    const array = document[path];
    if (!Array.isArray(array)) return array;
    if (count === undefined) return first < 0 ? array.slice(first) : array.slice(0, first);
    const start = first < 0 ? Math.max(0, array.length + first) : first;
    return array.slice(start, start + count);
  };
}

function withComputed(result: Document, computed: Computed[], document: Document): Document {
  for (const { path, value } of computed) place(result, path, value(document));
  return result;
}

/** Puts a computed value at a path, into every element where an array is on the way. */
export function place(target: Document, path: string[], value: unknown): void {
  const [part = '', ...rest] = path;
  if (rest.length === 0) {
    if (value === undefined) delete target[part];
    else if (!isEqual(target[part], value) || target[part] === undefined) target[part] = value;
    return;
  }
  const inner = target[part];
  if (Array.isArray(inner)) target[part] = inner.map((each) => placedIn(each, rest, value));
  else if (value !== undefined || isDocument(inner)) target[part] = placedIn(inner, rest, value);
}

function placedIn(inner: unknown, rest: string[], value: unknown): unknown {
  const copy = isDocument(inner) ? { ...inner } : {};
  place(copy, rest, value);
  return copy;
}

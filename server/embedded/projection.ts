import { CommandError } from './errors.ts';
import { expressionOnDocument } from './expressions.ts';
import { type Document, isDocument, isNumeric, isTruthy } from './values.ts';

export type Project = (document: Document) => Document;

/** The fields a projection names: one is kept or dropped, computed, or has named fields in it. */
interface Tree {
  [field: string]: Tree | 'named' | 'computed';
}

interface Computed {
  path: string[];
  value: (document: Document) => unknown;
}

/** Compiles a projection of `find` or `$project`: fields kept, fields dropped, fields computed. */
export function compileProjection(projection: Document, expressions = expressionOnDocument): Project {
  const { id, entries } = parsed(projection);
  const isDropping = entries[0]?.isWanted === false;
  const clash = entries.find(({ isWanted }) => isDropping === isWanted);
  if (clash) throw new CommandError(isDropping ? 31253 : 31254, `Cannot both keep and drop: ${clash.path.join('.')}`);
  const tree: Tree = {};
  for (const { path, expression } of entries) plant(tree, path, expression === undefined ? 'named' : 'computed');
  const computed = entries.flatMap(({ path, expression }): Computed[] =>
    expression === undefined ? [] : [{ path, value: expressions(expression) }],
  );
  const isKeeping = entries.length > 0 ? !isDropping : id === true;
  if ((isKeeping ? id !== false : id === false) && !tree['_id']) tree['_id'] = 'named';
  const pick = isKeeping ? kept : dropped;
  return (document) =>
    computed.reduce((result, { path, value }) => place(result, path, () => value(document)), pick(document, tree));
}

interface Entry {
  path: string[];
  isWanted: boolean;
  expression?: unknown;
}

/** `_id` is told apart: it may be dropped where others are kept. */
function parsed(projection: Document): { id: boolean | undefined; entries: Entry[] } {
  let id: boolean | undefined;
  const entries: Entry[] = [];
  for (const [name, value] of flattened(projection)) {
    const path = name.split('.');
    if (path.some((part) => part === '' || part.startsWith('$')))
      throw new CommandError(16410, `FieldPath field names may not start with '$' or be empty: ${name}`);
    const isFlag = typeof value === 'boolean' || isNumeric(value);
    if (isFlag && name === '_id') id = isTruthy(value);
    else entries.push(isFlag ? { path, isWanted: isTruthy(value) } : { path, isWanted: true, expression: value });
  }
  return { id, entries };
}

/** Nested objects without operators are paths written differently. */
export function flattened(projection: Document, prefix = ''): [string, unknown][] {
  return Object.entries(projection).flatMap(([field, value]) => {
    const isNested = isDocument(value) && !(Object.keys(value)[0]?.startsWith('$') ?? false);
    if (!isNested) return [[prefix + field, value]];
    if (Object.keys(value).length === 0) throw new CommandError(51270, 'An empty sub-projection is not a valid value.');
    return flattened(value, `${prefix}${field}.`);
  });
}

function plant(tree: Tree, path: string[], leaf: 'named' | 'computed'): void {
  let at = tree;
  for (const [depth, part] of path.entries()) {
    const isLast = depth === path.length - 1;
    const existing = Object.hasOwn(at, part) ? at[part] : undefined;
    if (typeof existing === 'string' || (existing && isLast))
      throw new CommandError(31250, `Path collision at ${path.join('.')}`);
    if (isLast) at[part] = leaf;
    else at = existing ?? (at[part] = {});
  }
}

const isNesting = (value: unknown): boolean => isDocument(value) || Array.isArray(value);

function kept(document: Document, tree: Tree): Document {
  return eachField(document, tree, (value, branch) => {
    if (branch === 'named') return value;
    return typeof branch === 'object' && isNesting(value) ? within(value, branch, kept) : undefined;
  });
}

function dropped(document: Document, tree: Tree): Document {
  return eachField(document, tree, (value, branch) => {
    if (branch === 'named') return undefined;
    return typeof branch === 'object' ? within(value, branch, dropped) : value;
  });
}

function eachField(
  document: Document,
  tree: Tree,
  pick: (value: unknown, branch: Tree[string] | undefined) => unknown,
): Document {
  const fields = Object.entries(document).map(
    ([field, value]) => [field, pick(value, Object.hasOwn(tree, field) ? tree[field] : undefined)] as const,
  );
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** Goes on into a document, or into those of an array, of which what is kept loses everything else. */
function within(value: unknown, tree: Tree, pick: typeof kept): unknown {
  if (isDocument(value)) return pick(value, tree);
  if (!Array.isArray(value)) return value;
  const elements = pick === kept ? value.filter(isNesting) : value;
  return elements.map((each) => within(each, tree, pick));
}

/** A copy of the document with a value at a path, made for every element where an array is on the way. */
export function place(document: Document, path: readonly string[], make: () => unknown): Document {
  const [part = '', ...rest] = path;
  const { [part]: inner, ...others } = document;
  if (rest.length > 0) return { ...document, [part]: placedIn(inner, rest, make) };
  const value = make();
  return value === undefined ? others : { ...document, [part]: value };
}

function placedIn(inner: unknown, rest: string[], make: () => unknown): unknown {
  if (Array.isArray(inner)) return inner.map((each) => placedIn(each, rest, make));
  return place(isDocument(inner) ? inner : {}, rest, make);
}

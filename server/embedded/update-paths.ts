import { CommandError } from './errors.ts';
import { elementPredicate } from './match.ts';
import { isIndex } from './paths.ts';
import { type Document, isDocument, show, typeNameOf, documentsOf } from './values.ts';

/** Which element `$` stands for, and which ones `$[name]` does. */
export interface ElementChoice {
  positionAt(arrayPath: string): number | undefined;
  filters: Map<string, (element: unknown) => boolean>;
}

export function checkPath(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new CommandError(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  const wrong = parts.find((part) => part.startsWith('$') && !/^\$(\[\w*\])?$/.test(part));
  if (wrong || parts[0]?.startsWith('$'))
    throw new CommandError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${wrong ?? path}' is not allowed in an update path`,
    );
  return parts;
}

/** Puts the elements that are meant in the place of `$`, `$[]` and `$[name]`. */
export function concretePaths(document: Document, parts: string[], choice: ElementChoice): string[][] {
  const at = parts.findIndex((part) => part.startsWith('$'));
  if (at < 0) return [parts];
  const arrayParts = parts.slice(0, at);
  const places = placesOf(valueAtParts(document, arrayParts), arrayParts.join('.'), parts[at] ?? '', choice);
  return places.flatMap((place) =>
    concretePaths(document, [...arrayParts, String(place), ...parts.slice(at + 1)], choice),
  );
}

function placesOf(array: unknown, path: string, marker: string, choice: ElementChoice): number[] {
  if (marker === '$') {
    const place = choice.positionAt(path);
    if (place !== undefined) return [place];
    throw new CommandError('BadValue', 'The positional operator did not find the match needed from the query.');
  }
  const filter = marker === '$[]' ? () => true : choice.filters.get(marker.slice(2, -1));
  if (!filter)
    throw new CommandError(
      'BadValue',
      `No array filter found for identifier '${marker.slice(2, -1)}' in path '${path}.${marker}'`,
    );
  if (array === undefined)
    throw new CommandError(
      'BadValue',
      `The path '${path}' must exist in the document in order to apply array updates.`,
    );
  if (!Array.isArray(array))
    throw new CommandError('BadValue', `Cannot apply array updates to non-array element ${path}: ${show(array)}`);
  return array.flatMap((element, place) => (filter(element) ? [place] : []));
}

/** `arrayFilters` by their identifiers. */
export function arrayFiltersOf(filters: unknown[]): Map<string, (element: unknown) => boolean> {
  const named = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters) {
    if (!isDocument(filter)) throw new CommandError('TypeMismatch', 'an array filter must be an object');
    const names = namesIn(filter);
    const [name] = names;
    if (name === undefined || names.size !== 1)
      throw new CommandError(
        'FailedToParse',
        `Error parsing array filter :: Expected a single top-level field name, found ${show([...names])}`,
      );
    if (named.has(name))
      throw new CommandError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    const matches = elementPredicate({ ...renamed(filter) });
    named.set(name, (element) => matches({ element }));
  }
  return named;
}

function namesIn(filter: Document): Set<string> {
  const names = new Set<string>();
  for (const [field, condition] of Object.entries(filter)) {
    if (!field.startsWith('$')) names.add(field.split('.')[0] ?? '');
    else for (const branch of documentsOf(condition)) for (const name of namesIn(branch)) names.add(name);
  }
  return names;
}

const renamed = (filter: Document): Document =>
  Object.fromEntries(
    Object.entries(filter).map(([field, condition]) =>
      field.startsWith('$')
        ? [field, documentsOf(condition).map(renamed)]
        : [['element', ...field.split('.').slice(1)].join('.'), condition],
    ),
  );

export function valueAtParts(document: Document, parts: string[]): unknown {
  let at: unknown = document;
  for (const part of parts) {
    if (Array.isArray(at)) at = isIndex(part) ? (at[Number(part)] as unknown) : undefined;
    else at = isDocument(at) ? at[part] : undefined;
  }
  return at;
}

/** Sets a value, making the documents on the way. @throws PathNotViable where something else is in the way */
export function setAt(document: Document, parts: string[], value: unknown): void {
  let at: unknown = document;
  for (const [place, part] of parts.slice(0, -1).entries()) {
    if (memberOf(at, part) === undefined) setMember(at, part, {}, parts[place - 1]);
    at = memberOf(at, part);
  }
  setMember(at, parts.at(-1) ?? '', value, parts.at(-2));
}

export function unsetAt(document: Document, parts: string[]): void {
  const holder = valueAtParts(document, parts.slice(0, -1));
  const part = parts.at(-1) ?? '';
  if (Array.isArray(holder)) {
    if (isIndex(part) && Number(part) < holder.length) holder[Number(part)] = null;
  } else if (isDocument(holder)) delete holder[part];
}

function memberOf(holder: unknown, part: string): unknown {
  if (Array.isArray(holder)) return isIndex(part) ? (holder[Number(part)] as unknown) : undefined;
  return isDocument(holder) ? holder[part] : undefined;
}

const FARTHEST_ELEMENT = 1_500_000;

function setMember(holder: unknown, part: string, value: unknown, name = ''): void {
  if (Array.isArray(holder) && isIndex(part)) {
    const place = Number(part);
    if (place > holder.length + FARTHEST_ELEMENT)
      throw new CommandError('CannotCreateIndex', 'cannot backfill array to that length');
    while (holder.length < place) holder.push(null);
    holder[place] = value;
  } else if (isDocument(holder)) holder[part] = value;
  else
    throw new CommandError(
      'PathNotViable',
      `Cannot create field '${part}' in element {${name}: ${show(holder)}} of type ${typeNameOf(holder)}`,
    );
}

import { type Document, isDocument } from './values.ts';

/** Gets what lies at a path, one value at a time, until it says true. A missing value is undefined. */
export type Visit = (value: unknown, isWhole: boolean) => boolean;

/**
 * Visits what MongoDB's matcher looks at for a dotted path: arrays on the way are entered, a number is an element's
 * place or a field's name, and of an array at the end the elements come first and then, as `isWhole`, the array.
 */
export function visitPath(document: Document, parts: readonly string[], visit: Visit, from = 0): boolean {
  const value = document[parts[from] ?? ''];
  if (from === parts.length - 1) return visitEnd(value, visit);
  if (isDocument(value)) return visitPath(value, parts, visit, from + 1);
  if (Array.isArray(value)) return visitElements(value, parts, visit, from + 1);
  return visit(undefined, true);
}

function visitEnd(value: unknown, visit: Visit): boolean {
  if (!Array.isArray(value)) return visit(value, true);
  return value.some((element) => visit(element, false)) || visit(value, true);
}

function visitElements(array: unknown[], parts: readonly string[], visit: Visit, from: number): boolean {
  return array.some((element, place) => {
    if (isDocument(element) && visitPath(element, parts, visit, from)) return true;
    if (String(place) !== parts[from]) return false;
    if (from === parts.length - 1) return visit(element, true);
    if (isDocument(element)) return visitPath(element, parts, visit, from + 1);
    return Array.isArray(element) && visitElements(element, parts, visit, from + 1);
  });
}

export const isIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

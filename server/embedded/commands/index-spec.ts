import { Int32 } from 'bson';
import type { Collection } from '../catalogue.ts';
import { isEqual } from '../compare.ts';
import { CommandError } from '../errors.ts';
import type { IndexSpec } from '../indexes.ts';
import { compileFilter } from '../match.ts';
import { type Document, isDocument, isNumeric, isTruthy, show, toNumber } from '../values.ts';
import { checkMembers } from './command.ts';

const INDEX_MEMBERS = [
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'v',
];

/** An index as somebody asks for it. @throws CannotCreateIndex, FailedToParse */
export function specOf(given: Document): IndexSpec {
  checkMembers('createIndexes.indexes', given, INDEX_MEMBERS);
  const { key, name, partialFilterExpression, expireAfterSeconds } = given;
  if (!isDocument(key) || Object.keys(key).length === 0)
    throw new CommandError('CannotCreateIndex', 'Index keys cannot be an empty object.');
  if (typeof name !== 'string' || name === '')
    throw new CommandError('FailedToParse', "The 'name' field is a required property of an index specification");
  for (const [path, direction] of Object.entries(key)) {
    if (
      !isNumeric(direction) ||
      toNumber(direction) === 0 ||
      path.split('.').some((part) => part === '' || part.startsWith('$'))
    )
      throw new CommandError(
        'CannotCreateIndex',
        `Values in v:2 index key pattern must be numbers other than 0, and fields cannot be '$'-prefixed or empty: ${show(key)}`,
      );
  }
  if (partialFilterExpression !== undefined) compileFilter(partialFilterExpression);
  if (expireAfterSeconds !== undefined && (Object.keys(key).length > 1 || toNumber(expireAfterSeconds) < 0))
    throw new CommandError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL, and expireAfterSeconds cannot be negative.',
    );
  if (isTruthy(given['sparse']) && partialFilterExpression !== undefined)
    throw new CommandError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  return {
    key,
    name,
    ...(isTruthy(given['unique']) ? { unique: true } : {}),
    ...(isTruthy(given['sparse']) ? { sparse: true } : {}),
    ...(isDocument(partialFilterExpression) ? { partialFilterExpression } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  };
}

/** The same index again is no error; another one of the same name, or of the same fields, is. */
export function isThere(collection: Collection, spec: IndexSpec): boolean {
  if (Object.keys(spec.key).join() === '_id') return true;
  const sameName = collection.indexes.find((index) => index.spec.name === spec.name);
  const sameKey = collection.indexes.find(
    (index) =>
      isEqual(Object.entries(index.spec.key), Object.entries(spec.key)) &&
      isEqual(index.spec.partialFilterExpression, spec.partialFilterExpression),
  );
  if (sameName && isEqual(optionsOf(sameName.spec), optionsOf(spec))) return true;
  if (sameName)
    throw new CommandError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. Requested index: ${show(spec)}, existing index: ${show(sameName.spec)}`,
    );
  if (sameKey)
    throw new CommandError('IndexOptionsConflict', `Index already exists with a different name: ${sameKey.spec.name}`);
  return false;
}

const optionsOf = ({ key, unique, sparse, partialFilterExpression, expireAfterSeconds }: IndexSpec): unknown => [
  Object.entries(key),
  unique ?? false,
  sparse ?? false,
  partialFilterExpression ?? null,
  expireAfterSeconds ?? null,
];

/** An index as the lists of indexes and collections show it. */
export const described = ({ key, name, ...options }: IndexSpec): Document => ({
  v: new Int32(2),
  key,
  name,
  ...options,
});

import { ObjectId } from 'bson';
import { checkSize, decode, encode } from './bytes.ts';
import type { Catalogue, Collection } from './catalogue.ts';
import { CommandError } from './errors.ts';
import { type Index, type IndexKeys, keysOf } from './indexes.ts';
import { type Key, after as keyAfter, checkLength, encodeValue } from './key-encoding.ts';
import { type Document, RANK, rankOf, show, isDocument } from './values.ts';
import type { Changes, Workspace } from './workspace.ts';

/** Writes documents together with their index entries; each document all or not at all. */
export class Documents {
  readonly #catalogue: Catalogue;
  readonly #workspace: Workspace;
  readonly #collection: Collection;

  constructor(catalogue: Catalogue, workspace: Workspace, collection: Collection) {
    this.#catalogue = catalogue;
    this.#workspace = workspace;
    this.#collection = collection;
  }

  insert(document: Document): Document {
    const stored = withId(document);
    const key = idKeyOf(stored);
    if (this.#workspace.get(this.#collection.documents + key))
      throw this.#duplicate(this.#collection.indexes[0], stored);
    this.#write(key, undefined, stored);
    return stored;
  }

  replace(before: Document, after: Document): void {
    this.#write(idKeyOf(before), before, after);
  }

  remove(document: Document): void {
    this.#write(idKeyOf(document), document, undefined);
  }

  #write(id: Key, before: Document | undefined, after: Document | undefined): void {
    const changes: Changes = [[this.#collection.documents + id, after ? checkSize(encode(after)) : null]];
    for (const index of this.#collection.indexes.slice(1)) changes.push(...this.#changesOf(index, id, before, after));
    this.#workspace.write(changes);
    this.#workspace.uses(this.#collection);
  }

  #changesOf(index: Index, id: Key, before: Document | undefined, after: Document | undefined): Changes {
    const old = before ? this.#keysOf(index, before).keys : [];
    const fresh = after ? this.#keysOf(index, after).keys : [];
    if (old.length === fresh.length && old.every((key, at) => key === fresh[at])) return [];
    const suffix = index.spec.unique ? '' : id;
    const value = Buffer.from(id, 'latin1');
    const added = fresh.filter((key) => !old.includes(key));
    if (index.spec.unique && after && added.some((key) => this.#workspace.get(key)))
      throw this.#duplicate(index, after);
    return [
      ...old.filter((key) => !fresh.includes(key)).map((key): Changes[number] => [key + suffix, null]),
      ...added.map((key): Changes[number] => [checkLength(key + suffix), value]),
    ];
  }

  #keysOf(index: Index, document: Document): IndexKeys {
    const keys = keysOf(index, document);
    if (keys.multikey.length > 0) this.#catalogue.markMultikey(this.#collection, index, keys.multikey);
    return keys;
  }

  #duplicate(index: Index | undefined, document: Document): CommandError {
    return duplicateKey(this.#collection.namespace, index, document);
  }
}

const PIECE = 1_000;

/**
 * Enters the next thousand documents from a key on into an index that is being built, and says where to go on. Others write
 * meanwhile, and enter what they write. @throws DuplicateKey
 */
export function enterPiece(
  catalogue: Catalogue,
  workspace: Workspace,
  collection: Collection,
  index: Index,
  from: Key,
): Key | undefined {
  const changes: Changes = [];
  const fresh = new Map<Key, Key>();
  let count = 0;
  for (const { key, value } of workspace.scan({ start: from, end: keyAfter(collection.documents) })) {
    if ((count += 1) > PIECE) return written(workspace, changes, key);
    const id = key.slice(collection.documents.length);
    const document = decode(value);
    const { keys, multikey } = keysOf(index, document);
    if (multikey.length > 0) catalogue.markMultikey(collection, index, multikey);
    for (const each of keys) {
      const other = index.spec.unique ? (fresh.get(each) ?? workspace.get(each)?.toString('latin1')) : undefined;
      if (other !== undefined && other !== id) throw duplicateKey(collection.namespace, index, document);
      if (index.spec.unique) fresh.set(each, id);
      changes.push([index.spec.unique ? each : checkLength(each + id), Buffer.from(id, 'latin1')]);
    }
  }
  return written(workspace, changes, undefined);
}

function written(workspace: Workspace, changes: Changes, next: Key | undefined): Key | undefined {
  workspace.write(changes);
  return next;
}

/** The entries of an index that is being built over the documents that are there. */
export function entriesOf(collection: Collection, index: Index, documents: Iterable<Document>): Map<Key, Buffer> {
  const entries = new Map<Key, Buffer>();
  for (const document of documents) {
    const id = idKeyOf(document);
    const { keys, multikey } = keysOf(index, document);
    for (const path of multikey) index.multikey.add(path);
    for (const key of keys) {
      const whole = index.spec.unique ? key : checkLength(key + id);
      if (index.spec.unique && entries.has(whole)) throw duplicateKey(collection.namespace, index, document);
      entries.set(whole, Buffer.from(id, 'latin1'));
    }
  }
  return entries;
}

export const idKeyOf = (document: Document): Key => checkLength(encodeValue(document['_id']));

/** The document with an `_id`, which stands first, as MongoDB keeps it. */
function withId(document: Document): Document {
  const { _id = new ObjectId(), ...rest } = document;
  checkId(_id);
  for (const field of Object.keys(rest)) {
    if (field.startsWith('$'))
      throw new CommandError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${field}' is not valid for storage.`,
      );
  }
  return { _id, ...rest };
}

export function checkId(id: unknown): void {
  const rank = rankOf(id);
  if (rank === RANK.array || rank === RANK.regex || id === undefined)
    throw new CommandError(
      'InvalidIdField',
      `The '_id' value cannot be of type ${rank === RANK.array ? 'array' : 'regex'}`,
    );
}

function duplicateKey(namespace: string, index: Index | undefined, document: Document): CommandError {
  const keyPattern = index?.spec.key ?? { _id: 1 };
  const keyValue: Document = {};
  for (const path of Object.keys(keyPattern)) keyValue[path] = firstAt(document, path.split('.')) ?? null;
  const message = `E11000 duplicate key error collection: ${namespace} index: ${index?.spec.name} dup key: ${show(keyValue)}`;
  return new CommandError('DuplicateKey', message, [], { keyPattern, keyValue });
}

function firstAt(value: unknown, parts: string[]): unknown {
  let at = value;
  for (const part of parts) {
    if (Array.isArray(at)) at = at[0];
    at = isDocument(at) ? at[part] : undefined;
  }
  return Array.isArray(at) ? at[0] : at;
}

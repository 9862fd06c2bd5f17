import { Binary, UUID } from 'bson';
import { decode, encode } from './bytes.ts';
import { CommandError } from './errors.ts';
import { type Index, type IndexSpec, indexOf } from './indexes.ts';
import { type Key, after, numberKey } from './key-encoding.ts';
import type { Store } from './store.ts';
import { type Document, toNumber, documentOf, documentsOf } from './values.ts';
import type { Workspace } from './workspace.ts';

/** Where things lie: what the database knows about itself, then every collection's documents and indexes. */
const CATALOGUE = '\0c';
const NEXT_ID = '\0n';
const GARBAGE = '\0g';
const DATA = '\x01';

export interface Collection {
  namespace: string;
  id: number;
  uuid: UUID;
  /** The `_id` index, whose keys lead to the documents themselves, is the first. */
  indexes: Index[];
  documents: Key;
  nextIndex: number;
  /** The commit after which transactions with an older snapshot cannot use it: an index came or went. */
  changedAt: number;
}

export const ID_INDEX: IndexSpec = { name: '_id_', key: { _id: 1 } };

/** Which collections there are and which indexes they have. A transaction may only make new collections. */
export class Catalogue {
  readonly #store: Store;
  readonly #collections = new Map<string, Collection>();
  #nextId = 1;

  constructor(store: Store) {
    this.#store = store;
    const next = store.get(NEXT_ID);
    if (next) this.#nextId = next.readUInt32BE();
    for (const { key, value } of store.scan({ start: CATALOGUE, end: after(CATALOGUE) })) {
      const namespace = Buffer.from(key.slice(CATALOGUE.length), 'latin1').toString();
      const record = decode(value);
      const collection = restored(namespace, record);
      this.#collections.set(namespace, collection);
      this.#forgetUnfinished(collection, documentsOf(record['indexes']));
    }
  }

  /** Whoever built an index has died in the middle of it. */
  #forgetUnfinished(collection: Collection, records: Document[]): void {
    const unfinished = new Set(
      records.filter((each) => each['isBuilding'] === true).map((each) => toNumber(each['number'])),
    );
    for (const index of collection.indexes.filter(({ number }) => unfinished.has(number)))
      this.#discard(collection, index);
  }

  find(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  all(): Collection[] {
    return [...this.#collections.values()];
  }

  findOrCreate(namespace: string, workspace: Workspace): Collection {
    return this.find(namespace) ?? this.create(namespace, workspace);
  }

  /** Makes a collection: at once, or together with what the workspace's transaction does, and then never without. */
  create(namespace: string, workspace: Workspace): Collection {
    checkNamespace(namespace);
    const collection = this.#newCollection(namespace);
    const admit = (): unknown => this.#collections.set(namespace, collection);
    if (workspace.creates(collection, recordOf(collection), admit)) return collection;
    admit();
    this.#record([recordOf(collection)]);
    return collection;
  }

  /** Its number is taken at once: no two collections may have the same, whatever becomes of them. */
  #newCollection(namespace: string): Collection {
    const id = this.#nextId++;
    this.#record([[NEXT_ID, Buffer.from(numberKey(this.#nextId), 'latin1')]]);
    const documents = DATA + numberKey(id) + numberKey(0);
    return {
      namespace,
      id,
      uuid: new UUID(),
      documents,
      nextIndex: 1,
      changedAt: 0,
      indexes: [indexOf(DATA + numberKey(id), 0, ID_INDEX)],
    };
  }

  drop(collection: Collection): void {
    this.#collections.delete(collection.namespace);
    collection.changedAt = Infinity;
    const garbage = GARBAGE + numberKey(collection.id);
    this.#record([
      [recordOf(collection)[0], null],
      [garbage, Buffer.alloc(1)],
    ]);
    this.sweep();
  }

  /** Writes down what changed in a collection, and bars transactions that began before. */
  changed(collection: Collection, more: Iterable<readonly [Key, Buffer | null]> = []): void {
    this.#record([...more, recordOf(collection)]);
    collection.changedAt = this.#store.sequence;
  }

  /** A document stands in the index several times from now on; true of older snapshots as well. */
  markMultikey(collection: Collection, index: Index, paths: Iterable<string>): void {
    const before = index.multikey.size;
    for (const path of paths) index.multikey.add(path);
    if (index.multikey.size === before) return;
    this.#record([recordOf(collection)]);
  }

  addIndex(collection: Collection, spec: IndexSpec): Index {
    const index = indexOf(DATA + numberKey(collection.id), collection.nextIndex++, spec);
    collection.indexes.push(index);
    return index;
  }

  removeIndex(collection: Collection, index: Index): void {
    this.#discard(collection, index);
    this.sweep();
  }

  #discard(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((each) => each !== index);
    this.changed(collection, [[GARBAGE + index.prefix.slice(DATA.length), Buffer.alloc(1)]]);
  }

  /** Visible at once; the command that asked for it waits for the disk, and hears of its failure. */
  #record(changes: Iterable<readonly [Key, Buffer | null]>): void {
    this.#store.commit(changes).catch(() => {});
  }

  /** Deletes, a thousand at a time, what belonged to dropped collections and indexes. */
  sweep(): void {
    const [first] = this.#store.scan({ start: GARBAGE, end: after(GARBAGE) });
    if (!first) return;
    const prefix = DATA + first.key.slice(GARBAGE.length);
    const changes: [Key, null][] = [];
    for (const { key } of this.#store.scan({ start: prefix, end: after(prefix) })) {
      if (changes.push([key, null]) === 1000) break;
    }
    if (changes.length < 1000) changes.push([first.key, null]);
    // A disk that is full keeps the garbage; the next start sweeps again.
    this.#store.commit(changes).then(
      () => this.sweep(),
      () => {},
    );
  }
}

function checkNamespace(namespace: string): void {
  const dot = namespace.indexOf('.');
  const [database, collection] = [namespace.slice(0, dot), namespace.slice(dot + 1)];
  const wrong = database === '' || /[/\\. "$\0]/.test(database) || database.length > 63;
  if (wrong || dot < 0 || collection === '' || /[$\0]/.test(collection) || collection.startsWith('.'))
    throw new CommandError('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  if (collection.startsWith('system.') || namespace.length > 255)
    throw new CommandError('InvalidNamespace', `Invalid system namespace or too long: ${namespace}`);
}

function recordOf(collection: Collection): [Key, Buffer] {
  const { namespace, id, uuid, nextIndex } = collection;
  const indexes = collection.indexes.map(({ number, multikey, spec, isBuilding }) => ({
    number,
    multikey: [...multikey],
    spec,
    isBuilding,
  }));
  const key = CATALOGUE + Buffer.from(namespace).toString('latin1');
  return [key, encode({ id, uuid, nextIndex, indexes })];
}

function restored(namespace: string, record: Document): Collection {
  const id = toNumber(record['id']);
  const documents = DATA + numberKey(id) + numberKey(0);
  const indexes = documentsOf(record['indexes']).map((index) =>
    indexOf(
      DATA + numberKey(id),
      toNumber(index['number']),
      specFrom(documentOf(index['spec'])),
      Array.isArray(index['multikey']) ? index['multikey'].map(String) : [],
    ),
  );
  const uuid = record['uuid'] instanceof Binary ? record['uuid'].toUUID() : new UUID();
  return { namespace, id, uuid, indexes, documents, nextIndex: toNumber(record['nextIndex']), changedAt: 0 };
}

const specFrom = (given: Document): IndexSpec => ({
  ...given,
  name: String(given['name']),
  key: documentOf(given['key']),
});

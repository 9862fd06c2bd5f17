import { Int32 } from 'bson';
import { decode, encode } from '../bytes.ts';
import { type Collection, ID_INDEX } from '../catalogue.ts';
import { isEqual } from '../compare.ts';
import { enterPiece, entriesOf } from '../documents.ts';
import { CommandError } from '../errors.ts';
import type { IndexSpec } from '../indexes.ts';
import { type Key, after } from '../key-encoding.ts';
import type { Range } from '../layer.ts';
import { compileFilter } from '../match.ts';
import { type Document, isDocument, isNumeric, isTruthy, show, toNumber } from '../values.ts';
import {
  type Command,
  type Context,
  type Piece,
  type Pieces,
  type Reply,
  checkMembers,
  countIn,
  documentIn,
  documentsIn,
  namespaceOf,
} from './command.ts';
import { cursorReply } from './read.ts';

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

const create: Command = {
  fields: [],
  run(context) {
    const namespace = namespaceOf(context, 'create');
    if (context.database.catalogue.find(namespace))
      throw new CommandError('NamespaceExists', `Collection ${namespace} already exists.`);
    context.database.catalogue.create(namespace, context.workspace);
    return { fields: {} };
  },
};

const drop: Command = {
  fields: [],
  run(context) {
    const namespace = namespaceOf(context, 'drop');
    const collection = context.database.catalogue.find(namespace);
    if (!collection) return { fields: { ns: namespace } };
    const nIndexesWas = collection.indexes.length;
    context.database.catalogue.drop(collection);
    return { fields: { nIndexesWas, ns: namespace } };
  },
};

const dropDatabase: Command = {
  fields: [],
  run({ database, name }) {
    for (const collection of collectionsOf(database.catalogue.all(), name)) database.catalogue.drop(collection);
    return { fields: { dropped: name } };
  },
};

const collectionsOf = (all: Collection[], name: string): Collection[] =>
  all
    .filter(({ namespace }) => namespace.startsWith(`${name}.`))
    .toSorted((a, b) => (a.namespace < b.namespace ? -1 : 1));

const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run({ database, command }) {
    const all = database.catalogue.all();
    const names = [...new Set(all.map(({ namespace }) => namespace.slice(0, namespace.indexOf('.'))))].toSorted();
    const matches = compileFilter(documentIn(command, 'filter'));
    const databases = names.map((name) => ({ name, sizeOnDisk: 0, empty: false })).filter(matches);
    return { fields: { databases, totalSize: 0 } };
  },
};

function listed(context: Context, namespace: string, documents: Document[]): Reply {
  const source = {
    namespace,
    rows: documents.map((each) => encode(each)).values(),
    session: context.session.id,
    done: () => {},
  };
  const batchSize = countIn(documentIn(context.command, 'cursor'), 'batchSize');
  return cursorReply(namespace, context.database.cursors.open(source, batchSize, false), 'firstBatch');
}

const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(context) {
    const matches = compileFilter(documentIn(context.command, 'filter'));
    const documents = collectionsOf(context.database.catalogue.all(), context.name).map(({ namespace, uuid }) => ({
      name: namespace.slice(context.name.length + 1),
      type: 'collection',
      options: {},
      info: { readOnly: false, uuid },
      idIndex: described(ID_INDEX),
    }));
    return listed(context, `${context.name}.$cmd.listCollections`, documents.filter(matches));
  },
};

const described = ({ key, name, ...options }: IndexSpec): Document => ({ v: new Int32(2), key, name, ...options });

const listIndexes: Command = {
  fields: ['cursor'],
  run(context) {
    const namespace = namespaceOf(context, 'listIndexes');
    const collection = known(context, namespace);
    return listed(
      context,
      namespace,
      collection.indexes.filter(({ isBuilding }) => !isBuilding).map(({ spec }) => described(spec)),
    );
  },
};

function known({ database }: Context, namespace: string): Collection {
  const collection = database.catalogue.find(namespace);
  if (!collection) throw new CommandError('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return collection;
}

const createIndexes: Command = {
  fields: ['indexes'],
  inPieces(context) {
    const collection = context.database.catalogue.find(namespaceOf(context, 'createIndexes'));
    const isMany = collection && context.workspace.count(all(collection)) > MANY;
    return isMany ? createInPieces(context, collection) : undefined;
  },
  run(context) {
    const namespace = namespaceOf(context, 'createIndexes');
    const { catalogue } = context.database;
    const specs = documentsIn(context.command, 'indexes').map(specOf);
    const isNew = !catalogue.find(namespace);
    const collection = catalogue.findOrCreate(namespace, context.workspace);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) if (!isThere(collection, spec)) build(context, collection, spec, isNew);
    return {
      fields: { numIndexesBefore, numIndexesAfter: collection.indexes.length, createdCollectionAutomatically: isNew },
    };
  },
};

/** Documents from which on an index is built piece by piece, while others read and write. */
const MANY = 1_000;

function* createInPieces(context: Context, collection: Collection): Pieces {
  const specs = documentsIn(context.command, 'indexes').map(specOf);
  const numIndexesBefore = collection.indexes.length;
  for (const spec of specs) {
    if (!isThere(collection, spec)) yield* buildInPieces(context, collection, spec);
    // Who asks for an index that another one is building waits for it.
    while (collection.indexes.some((index) => index.isBuilding && index.spec.name === spec.name)) yield 'pause';
  }
  const numIndexesAfter = collection.indexes.length;
  return { fields: { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: false } };
}

function* buildInPieces({ database }: Context, collection: Collection, spec: IndexSpec): Generator<Piece, void> {
  const { catalogue } = database;
  const index = catalogue.addIndex(collection, spec);
  index.isBuilding = true;
  catalogue.changed(collection);
  try {
    const next: { from: Key | undefined } = { from: collection.documents };
    while (next.from !== undefined) {
      const { from } = next;
      yield (workspace) => {
        if (database.catalogue.find(collection.namespace) !== collection || !collection.indexes.includes(index))
          throw new CommandError(
            'IndexBuildAborted',
            `The index ${spec.name} or its collection was dropped meanwhile.`,
          );
        next.from = enterPiece(catalogue, workspace, collection, index, from);
      };
    }
    index.isBuilding = false;
    catalogue.changed(collection);
  } catch (error) {
    index.isBuilding = false;
    if (collection.indexes.includes(index)) catalogue.removeIndex(collection, index);
    throw error;
  }
}

function specOf(given: Document): IndexSpec {
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
function isThere(collection: Collection, spec: IndexSpec): boolean {
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

const all = ({ documents }: Collection): Range => ({ start: documents, end: after(documents) });

function build({ database, workspace }: Context, collection: Collection, spec: IndexSpec, isNew: boolean): void {
  const index = database.catalogue.addIndex(collection, spec);
  try {
    const documents = [...workspace.scan(all(collection))].map(({ value }) => decode(value));
    const entries = entriesOf(collection, index, documents);
    database.catalogue.changed(collection, entries);
    if (isNew) collection.changedAt = 0;
  } catch (error) {
    collection.indexes = collection.indexes.filter((each) => each !== index);
    throw error;
  }
}

const dropIndexes: Command = {
  fields: ['index'],
  run(context) {
    const collection = known(context, namespaceOf(context, 'dropIndexes'));
    const nIndexesWas = collection.indexes.length;
    const wanted = context.command['index'];
    for (const each of Array.isArray(wanted) ? wanted : [wanted]) dropIndex(context, collection, each);
    return { fields: { nIndexesWas } };
  },
};

function dropIndex({ database }: Context, collection: Collection, wanted: unknown): void {
  const chosen = collection.indexes.filter(({ spec }, at) =>
    wanted === '*' ? at > 0 : typeof wanted === 'string' ? spec.name === wanted : isEqual(spec.key, wanted),
  );
  if (chosen.some(({ number }) => number === 0)) throw new CommandError('InvalidOptions', 'cannot drop _id index');
  if (chosen.length === 0 && wanted !== '*')
    throw new CommandError('IndexNotFound', `index not found with name [${show(wanted)}]`);
  for (const index of chosen) database.catalogue.removeIndex(collection, index);
}

export const DEFINITION_COMMANDS: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  listDatabases,
  listCollections,
  listIndexes,
  createIndexes,
  dropIndexes,
};

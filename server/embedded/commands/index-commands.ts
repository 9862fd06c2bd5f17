import { decode } from '../bytes.ts';
import type { Collection } from '../catalogue.ts';
import { isEqual } from '../compare.ts';
import { enterPiece, entriesOf } from '../documents.ts';
import { CommandError } from '../errors.ts';
import type { IndexSpec } from '../indexes.ts';
import { type Key, after } from '../key-encoding.ts';
import type { Range } from '../layer.ts';
import { show } from '../values.ts';
import { type Command, type Context, type Piece, type Pieces, documentsIn, namespaceOf } from './command.ts';
import { described, isThere, specOf } from './index-spec.ts';
import { listed } from './listed.ts';

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

export const INDEX_COMMANDS: Record<string, Command> = { listIndexes, createIndexes, dropIndexes };

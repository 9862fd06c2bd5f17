import { type Collection, ID_INDEX } from '../catalogue.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../match.ts';
import { type Command, documentIn, namespaceOf } from './command.ts';
import { INDEX_COMMANDS } from './index-commands.ts';
import { described } from './index-spec.ts';
import { listed } from './listed.ts';

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

export const DEFINITION_COMMANDS: Record<string, Command> = {
  create,
  drop,
  dropDatabase,
  listDatabases,
  listCollections,
  ...INDEX_COMMANDS,
};

import type { CommandStartedEvent, Document, MongoClient } from 'mongodb';

/** A query as it was sent, without its values: the same shape is answered in the same way. */
export type Shape = { shape: string; examples: Document[] };

const examplesKept = 5;

/** Collects the shapes of what a client asks its database for while `work` is done. */
export async function queriesDuring(client: MongoClient, work: () => Promise<void>): Promise<Shape[]> {
  const seen = new Map<string, Document[]>();
  const note = ({ command }: CommandStartedEvent): void => {
    for (const query of queriesOf(command)) {
      const examples = seen.get(shapeOf(query)) ?? [];
      if (examples.length < examplesKept) examples.push(query);
      seen.set(shapeOf(query), examples);
    }
  };
  client.on('commandStarted', note);
  try {
    await work();
  } finally {
    client.off('commandStarted', note);
  }
  return [...seen].map(([shape, examples]) => ({ shape, examples }));
}

/** The parts of a command that look for documents, each as a command that can be explained. */
function queriesOf(command: Document): Document[] {
  const [[name, collection] = ['', undefined]] = Object.entries(command);
  const pick = (...fields: string[]): Document => ({
    [name]: collection,
    ...Object.fromEntries(fields.flatMap((field) => (field in command ? [[field, command[field]]] : []))),
  });
  switch (name) {
    case 'find':
      return [pick('filter', 'sort', 'limit', 'skip', 'hint')];
    case 'count':
    case 'distinct':
      return [pick('query', 'key', 'hint')];
    case 'aggregate':
      return [pick('pipeline', 'hint', 'cursor'), ...lookupsIn(command['pipeline'])];
    case 'findAndModify':
      return [pick('query', 'sort', 'update', 'remove', 'hint')];
    case 'update':
      return listOf(command['updates']).map((each) => ({ update: collection, updates: [each] }));
    case 'delete':
      return listOf(command['deletes']).map((each) => ({ delete: collection, deletes: [each] }));
    default:
      return [];
  }
}

/** What a `$lookup` asks the other collection for, once for each document. */
function lookupsIn(pipeline: unknown): Document[] {
  return listOf(pipeline).flatMap((stage) => {
    const { $lookup, $facet } = stage;
    if ($facet) return Object.values($facet).flatMap(lookupsIn);
    if (!$lookup?.foreignField) return [];
    return [{ find: $lookup.from, filter: { [$lookup.foreignField]: 'of another document' } }];
  });
}

const listOf = (value: unknown): Document[] => (Array.isArray(value) ? value : []);

function shapeOf(query: Document): string {
  const [[name, collection] = ['', undefined]] = Object.entries(query);
  const updates = listOf(query['updates'])[0];
  const asked =
    updates ??
    listOf(query['deletes'])[0] ??
    Object.fromEntries(Object.entries(query).filter(([field]) => field !== name));
  const { u: _change, update: _other, cursor: _cursor, limit, ...rest } = asked;
  return `${String(collection)}.${name} ${JSON.stringify(withoutValues(rest))}${limit ? ' limited' : ''}`;
}

const kept = new Set(['sort', '$sort', '$exists', 'hint', 'multi', 'remove']);

function withoutValues(value: unknown, field = ''): unknown {
  // The driver sends an order as a map.
  if (value instanceof Map) return withoutValues(Object.fromEntries(value), field);
  if (kept.has(field)) return value;
  if (Array.isArray(value)) return withoutRepetition(value.map((each) => withoutValues(each)));
  if (typeof value !== 'object' || value === null || '_bsontype' in value || value instanceof Date) return '?';
  if (value instanceof RegExp) return '/?/';
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutValues(each, name)]));
}

const withoutRepetition = (list: unknown[]): unknown[] => [
  ...new Map(list.map((each) => [JSON.stringify(each), each])).values(),
];

import { MongoClient, type CommandStartedEvent, type Document } from 'mongodb';

/**
 * What a command uses of MongoDB, each as a word for the kind and a name: `command find`, `option find.sort`,
 * `query $in`, `update $push`, `stage $group`, `accumulator $sum`, `expression $cond`.
 */
export function usesOf(command: Document): string[] {
  const [name = ''] = Object.keys(command);
  const uses = [`command ${name}`];
  for (const [field, value] of Object.entries(command).slice(1)) {
    if (field.startsWith('$')) continue;
    uses.push(EVERYWHERE.has(field) ? `option ${field}` : `option ${name}.${field}`);
    uses.push(...(PARTS[field]?.(value) ?? []));
  }
  return [...new Set(uses)];
}

/** Options that any command may have: they belong to sessions, transactions and concerns. */
const EVERYWHERE = new Set(
  'lsid txnNumber autocommit startTransaction readConcern writeConcern maxTimeMS comment'.split(' '),
);

/** Where in a command something is said in MongoDB's own language. */
const PARTS: Record<string, (value: unknown) => string[]> = {
  filter: inFilter,
  query: inFilter,
  projection: inProjection,
  fields: inProjection,
  update: inUpdate,
  pipeline: inPipeline,
  sort: inExpression,
  arrayFilters: (filters) => listOf(filters).flatMap(inFilter),
  updates: (updates) =>
    listOf(updates).flatMap((each) => [
      ...optionsOf('updates', each),
      ...inFilter(membersOf(each)['q']),
      ...inUpdate(membersOf(each)['u']),
      ...listOf(membersOf(each)['arrayFilters']).flatMap(inFilter),
    ]),
  deletes: (deletes) =>
    listOf(deletes).flatMap((each) => [...optionsOf('deletes', each), ...inFilter(membersOf(each)['q'])]),
  indexes: (indexes) =>
    listOf(indexes).flatMap((each) => [
      ...optionsOf('indexes', each),
      ...inFilter(membersOf(each)['partialFilterExpression']),
    ]),
};

const optionsOf = (list: string, each: unknown): string[] =>
  Object.keys(membersOf(each)).map((field) => `option ${list}.${field}`);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The members of a plain document; a BSON value, a date or a pattern has none. */
function membersOf(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && 'toBSON' in value && typeof value.toBSON === 'function')
    return membersOf(value.toBSON());
  const isPlain =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('_bsontype' in value) && !isOpaque(value);
  return isPlain ? Object.fromEntries(Object.entries(value)) : {};
}

const isOpaque = (value: object): boolean =>
  value instanceof Date || value instanceof RegExp || value instanceof Uint8Array;

function inFilter(filter: unknown): string[] {
  return Object.entries(membersOf(filter)).flatMap(([field, condition]) => {
    if (field === '$expr') return ['query $expr', ...inExpression(condition)];
    if (field.startsWith('$')) return [`query ${field}`, ...listOf(condition).flatMap(inFilter)];
    return inCondition(condition);
  });
}

function inCondition(condition: unknown): string[] {
  if (condition instanceof RegExp) return ['query $regex'];
  return Object.entries(membersOf(condition)).flatMap(([operator, operand]) => {
    if (!operator.startsWith('$')) return [];
    const inner = Array.isArray(operand) ? operand.flatMap(inCondition) : inCondition(operand);
    return [`query ${operator}`, ...inner, ...(operator === '$elemMatch' ? inFilter(operand) : [])];
  });
}

function inUpdate(update: unknown): string[] {
  if (Array.isArray(update)) return inPipeline(update);
  return Object.entries(membersOf(update)).flatMap(([operator, fields]) => {
    if (!operator.startsWith('$')) return [];
    const changes = Object.entries(membersOf(fields));
    return [`update ${operator}`, ...changes.flatMap(([path, operand]) => [...inPath(path), ...modifiers(operand)])];
  });
}

const inPath = (path: string): string[] =>
  path.split('.').flatMap((part) => (part.startsWith('$') ? [`update ${part.replace(/\w+/, 'name')}`] : []));

const modifiers = (operand: unknown): string[] =>
  Object.keys(membersOf(operand)).flatMap((each) => (each.startsWith('$') ? [`update ${each}`] : []));

function inPipeline(pipeline: unknown): string[] {
  return listOf(pipeline).flatMap((stage) =>
    Object.entries(membersOf(stage)).flatMap(([name, given]) => [`stage ${name}`, ...(STAGES[name] ?? inStage)(given)]),
  );
}

const STAGES: Record<string, (given: unknown) => string[]> = {
  $match: inFilter,
  $group: (given) => {
    const { _id, ...fields } = membersOf(given);
    const accumulators = Object.values(fields).flatMap((each) => Object.entries(membersOf(each)));
    return [
      ...inExpression(_id),
      ...accumulators.flatMap(([name, operand]) => [`accumulator ${name}`, ...inExpression(operand)]),
    ];
  },
  $lookup: (given) => {
    const { pipeline, let: variables, ...others } = membersOf(given);
    const names = ['let', 'pipeline', ...Object.keys(others)].filter((name) => name in membersOf(given));
    return [...names.map((name) => `option $lookup.${name}`), ...inPipeline(pipeline), ...inExpression(variables)];
  },
};

/** A stage's options, where it has some, and the expressions in it. */
function inStage(given: unknown): string[] {
  return inExpression(given);
}

function inProjection(projection: unknown): string[] {
  return Object.entries(membersOf(projection)).flatMap(([path, value]) => [
    ...(path.endsWith('.$') ? ['projection $'] : []),
    ...inExpression(value),
  ]);
}

function inExpression(expression: unknown): string[] {
  if (typeof expression === 'string')
    return expression.startsWith('$$') && expression === expression.toUpperCase() ? [`variable ${expression}`] : [];
  if (Array.isArray(expression)) return expression.flatMap(inExpression);
  return Object.entries(membersOf(expression)).flatMap(([name, operand]) => [
    ...(name.startsWith('$') ? [`expression ${name}`] : []),
    ...(name === '$literal' ? [] : inExpression(operand)),
  ]);
}

/** Tests that try engines out also send what is refused. */
const TRIAL = /^embedded-test-/;
const TRIALS = /\/test\/embedded\//;

/** Everything that was sent in this run, with a test that sent it. */
const sent = new Map<string, string>();
let currentTest = 'before any test';
let isTrial = false;

export function sendingFrom(test: string, file: string): void {
  currentTest = test;
  isTrial = TRIALS.test(file);
}

export const usesSent = (): ReadonlyMap<string, string> => sent;

/** From now on every client of this process tells which commands it sends. */
export function watchClients(): void {
  const { connect } = MongoClient.prototype;
  MongoClient.prototype.connect = function (this: MongoClient) {
    if (!this.listeners('commandStarted').includes(note)) this.on('commandStarted', note);
    // A setter that the driver's types leave out.
    Reflect.set(this, 'monitorCommands', true);
    return connect.call(this);
  };
}

function note({ databaseName, command }: CommandStartedEvent): void {
  // What is sent to sign in is kept secret, and comes empty.
  if (isTrial || TRIAL.test(databaseName) || Object.keys(command).length === 0) return;
  for (const use of usesOf(command)) if (!sent.has(use)) sent.set(use, currentTest);
}

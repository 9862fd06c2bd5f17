import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database.ts';
import { CommandError, TRANSIENT, commandErrorOf } from '../errors.ts';
import { type SessionFields, sessionFieldsOf } from '../sessions.ts';
import { type Document, isDocument, toNumber } from '../values.ts';
import { Blocked, type Locks, Workspace } from '../workspace.ts';
import type { Wait } from '../line.ts';
import { ADMINISTRATION_COMMANDS } from './administration.ts';
import { type Command, type Context, type Pieces, type Reply, checkFields } from './command.ts';
import { DEFINITION_COMMANDS } from './definition.ts';
import { EXPLAIN_COMMANDS } from './explain.ts';
import { READ_COMMANDS } from './read.ts';
import { VALIDATE_COMMANDS } from './validate.ts';
import { WRITE_COMMANDS } from './write.ts';

const COMMANDS: Record<string, Command> = {
  ...ADMINISTRATION_COMMANDS,
  ...DEFINITION_COMMANDS,
  ...EXPLAIN_COMMANDS,
  ...READ_COMMANDS,
  ...VALIDATE_COMMANDS,
  ...WRITE_COMMANDS,
};

const DEFINITIONS = new Set(Object.values(DEFINITION_COMMANDS));
const LONGEST_WAIT_MS = 65_000;

/** Carries out a command; the promise is kept when what it did is on the disk. */
export async function execute(database: Database, command: Document, connection: object): Promise<Reply> {
  const [commandName = ''] = Object.keys(command);
  const session = sessionFieldsOf(command);
  if (commandName === 'commitTransaction' || commandName === 'abortTransaction')
    return end(database, commandName, session);
  const spec = Object.hasOwn(COMMANDS, commandName) ? COMMANDS[commandName] : undefined;
  if (!spec) throw new CommandError('CommandNotFound', `no such command: '${commandName}'`);
  checkFields(commandName, command, spec);
  const call: Call = { database, spec, command, session, connection };
  const reply = await (session.isInTransaction ? runInTransaction(call) : runAlone(call));
  if (needsDurable(command)) await database.store.flushed();
  return reply;
}

interface Call {
  database: Database;
  spec: Command;
  command: Document;
  session: SessionFields;
  connection: object;
}

/** Who reads with `majority` sees only what survives. */
function needsDurable({ readConcern }: Document): boolean {
  const level = isDocument(readConcern) ? readConcern['level'] : undefined;
  return level === 'majority' || level === 'linearizable';
}

async function end(database: Database, name: string, session: SessionFields): Promise<Reply> {
  if (!session.isInTransaction) throw new CommandError('InvalidOptions', `${name} needs a session with a transaction`);
  if (name === 'commitTransaction') await database.sessions.commit(session);
  else if (!database.sessions.abort(session.id ?? '', session.number)) throw database.sessions.refuseUnknown(session);
  return { fields: {} };
}

/** A line that stands still this long waits for a client that does something else. */
const PATIENCE_MS = 50;
const LONGEST_LINE_MS = 5_000;

/**
 * Any error ends the transaction, as on mongod, and another one's open write is met at once. Only a first command, which
 * holds nothing yet and so can make nobody wait, stands in line while the line moves: many on one document are no storm.
 */
async function runInTransaction(call: Call): Promise<Reply> {
  const { database, session, connection } = call;
  const { sessions } = database;
  let workspace = sessions.join(session, connection);
  const act = (): Reply => {
    if (workspace.isEnded) workspace = sessions.restart(session);
    try {
      return runIn(call, workspace);
    } catch (error) {
      workspace.end();
      throw error;
    }
  };
  try {
    const wait = { until: Date.now() + LONGEST_LINE_MS, patience: PATIENCE_MS };
    const reply = await (session.starts ? inTurn(sessions.locks, act, wait) : act());
    if (reply.fields['writeErrors']) sessions.abort(session.id ?? '', session.number);
    return reply;
  } catch (error) {
    sessions.abort(session.id ?? '', session.number);
    throw error;
  }
}

/** Acts, and where that meets another's open transaction, acts again when its turn has come. */
async function inTurn<T>({ line }: Locks, act: () => T, wait: Wait): Promise<T> {
  let blocked: Blocked | undefined;
  for (;;) {
    const had = blocked?.key;
    try {
      return act();
    } catch (thrown) {
      if (!(thrown instanceof Blocked)) throw thrown;
      blocked = thrown;
    } finally {
      if (had !== undefined) line.next(had);
    }
    if (!(await line.turn(blocked.key, wait))) throw blocked;
  }
}

function runIn({ database, spec, command, session }: Call, workspace: Workspace): Reply {
  if (!spec.isTransactional)
    throw new CommandError(
      'OperationNotSupportedInTransaction',
      `Cannot run '${Object.keys(command)[0]}' in a multi-document transaction.`,
    );
  return spec.run({ database, name: String(command['$db']), command, workspace, session });
}

async function runAlone(call: Call): Promise<Reply> {
  const { database, command } = call;
  const until = Date.now() + (toNumber(command['maxTimeMS']) || LONGEST_WAIT_MS);
  const wait = { until, patience: Infinity };
  try {
    const pieces = call.session.number === undefined ? call.spec.inPieces?.(contextOf(call)) : undefined;
    if (pieces) return await runInPieces(database, pieces, wait);
    const { reply, flushed } = await inTurn(database.sessions.locks, () => attempt(call), wait);
    await flushed;
    return reply;
  } catch (thrown) {
    if (thrown instanceof Blocked) throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
    throw thrown;
  }
}

const contextOf = ({ database, command, session }: Call): Context => ({
  database,
  name: String(command['$db']),
  command,
  session,
  workspace: Workspace.forCommand(database.store, database.sessions.locks),
});

const PAUSE_MS = 20;

/** Commits one piece after the other, each when the one before is on the disk: no more than one is held in memory. */
async function runInPieces({ store, sessions }: Database, pieces: Pieces, wait: Wait): Promise<Reply> {
  const commit = (piece: (workspace: Workspace) => void): Promise<void> => {
    const workspace = Workspace.forCommand(store, sessions.locks);
    piece(workspace);
    return workspace.commit();
  };
  let next = pieces.next();
  for (; !next.done; next = pieces.next()) {
    const piece = next.value;
    try {
      if (piece === 'pause') await pause(PAUSE_MS);
      else await inTurn(sessions.locks, () => commit(piece), wait);
    } catch (error) {
      // It tidies up, and throws the error on.
      pieces.throw(error);
      throw error;
    }
  }
  await store.flushed();
  return next.value;
}

/** Runs a command to its commit in one go, or gives the answer that it has had before. */
function attempt({ database, spec, command, session }: Call): { reply: Reply; flushed: Promise<void> } {
  const isRetryable = session.number !== undefined && spec.isRetryable === true;
  const earlier = isRetryable ? database.sessions.replyTo(session) : undefined;
  if (earlier) return { reply: { fields: earlier }, flushed: database.store.flushed() };
  const workspace = Workspace.forCommand(database.store, database.sessions.locks);
  const reply = spec.run({ database, name: String(command['$db']), command, workspace, session });
  if (isRetryable) database.sessions.keepReply(workspace, session, reply.fields);
  if (spec.isRetryable) return { reply, flushed: workspace.commit() };
  return { reply, flushed: DEFINITIONS.has(spec) ? database.store.flushed() : Promise.resolve() };
}

/** The fields of a failed command's reply. */
export function errorFields(thrown: unknown): Document {
  const error = commandErrorOf(thrown);
  const labels =
    error.codeName === 'NoSuchTransaction' && !error.labels.includes(TRANSIENT) ? [TRANSIENT] : error.labels;
  return {
    ok: 0,
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...(labels.length > 0 ? { errorLabels: labels } : {}),
    ...error.details,
  };
}

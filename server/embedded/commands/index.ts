import { Timestamp } from 'bson';
import type { Database } from '../database.ts';
import { CommandError, TRANSIENT, commandErrorOf } from '../errors.ts';
import { type SessionFields, sessionFieldsOf } from '../sessions.ts';
import { type Document, isDocument, toNumber } from '../values.ts';
import { Blocked, Workspace } from '../workspace.ts';
import { ADMINISTRATION_COMMANDS } from './administration.ts';
import { type Command, type Reply, checkFields } from './command.ts';
import { DEFINITION_COMMANDS } from './definition.ts';
import { EXPLAIN_COMMANDS } from './explain.ts';
import { READ_COMMANDS } from './read.ts';
import { WRITE_COMMANDS } from './write.ts';

const COMMANDS: Record<string, Command> = {
  ...ADMINISTRATION_COMMANDS,
  ...DEFINITION_COMMANDS,
  ...EXPLAIN_COMMANDS,
  ...READ_COMMANDS,
  ...WRITE_COMMANDS,
};

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

/** Any error ends the transaction, as on mongod: also meeting another one's write, at once, for waiting could be for ever. */
function runInTransaction(call: Call): Reply {
  const { database, session, connection } = call;
  const workspace = database.sessions.join(session, connection);
  try {
    const reply = runIn(call, workspace);
    if (reply.fields['writeErrors']) database.sessions.abort(session.id ?? '', session.number);
    return reply;
  } catch (error) {
    database.sessions.abort(session.id ?? '', session.number);
    throw error;
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
  const { database, spec, session, command } = call;
  const isRetryable = session.number !== undefined && spec.isRetryable === true;
  const until = Date.now() + (toNumber(command['maxTimeMS']) || LONGEST_WAIT_MS);
  for (;;) {
    const earlier = isRetryable ? database.sessions.replyTo(session) : undefined;
    if (earlier) {
      await database.store.flushed();
      return { fields: earlier };
    }
    const outcome = attempt(call, isRetryable);
    if (!(outcome instanceof Blocked)) {
      await outcome.flushed;
      return outcome.reply;
    }
    await waitFor(outcome, until);
  }
}

/** Runs a command to its commit in one go, or says whose end it has to wait for. */
function attempt(
  { database, spec, command, session }: Call,
  isRetryable: boolean,
): { reply: Reply; flushed: Promise<void> } | Blocked {
  const workspace = Workspace.forCommand(database.store, database.sessions.locks);
  const isDefinition = Object.values(DEFINITION_COMMANDS).includes(spec);
  try {
    const reply = spec.run({ database, name: String(command['$db']), command, workspace, session });
    if (isRetryable) database.sessions.keepReply(workspace, session, reply.fields);
    return {
      reply,
      flushed: spec.isRetryable ? workspace.commit() : isDefinition ? database.store.flushed() : Promise.resolve(),
    };
  } catch (thrown) {
    if (thrown instanceof Blocked) return thrown;
    throw thrown;
  }
}

async function waitFor(blocked: Blocked, until: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, until - Date.now()));
  });
  const isInTime = await Promise.race([blocked.ended.then(() => true), timeout]);
  clearTimeout(timer);
  if (!isInTime) throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
}

let lastSecond = 0;
let increment = 0;

/** A time that only grows, as a replica set's clock. */
export function operationTime(): Timestamp {
  const second = Math.floor(Date.now() / 1000);
  if (second > lastSecond) [lastSecond, increment] = [second, 0];
  increment += 1;
  return new Timestamp({ t: lastSecond, i: increment });
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

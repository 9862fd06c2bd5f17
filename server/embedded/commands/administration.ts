import { sessionKey } from '../sessions.ts';
import { type Document, isDocument } from '../values.ts';
import type { Command, Context } from './command.ts';

/** The one member's replica set; the name says to whoever looks at a connection what it is. */
export const REPLICA_SET = 'embedded';

function helloReply(member: string): Document {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    secondary: false,
    setName: REPLICA_SET,
    setVersion: 1,
    hosts: [member],
    me: member,
    primary: member,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: 1,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
  };
}

const fixed = (fields: Command['fields'], reply: () => Document): Command => ({
  fields,
  run: () => ({ fields: reply() }),
});

/** Drivers say more of themselves with every version; a mongod lets them. */
const hello = fixed('any', () => helloReply('localhost:27017'));

const sessionsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).filter(isDocument).map((session) => sessionKey(session['id']));

function endOf(context: Context, ids: string[]): void {
  for (const id of ids) {
    context.database.sessions.abort(id);
    context.database.cursors.endOfSession(id);
    context.database.moments.endOfSession(id);
  }
}

const endSessions: Command = {
  fields: [],
  run(context) {
    endOf(context, sessionsIn(context.command['endSessions']));
    return { fields: {} };
  },
};

const killSessions: Command = {
  fields: [],
  run(context) {
    endOf(context, sessionsIn(context.command['killSessions']));
    return { fields: {} };
  },
};

export const ADMINISTRATION_COMMANDS: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: fixed([], () => ({})),
  buildInfo: fixed([], () => ({
    version: '7.0.0',
    versionArray: [7, 0, 0, 0],
    modules: ['embedded'],
    maxBsonObjectSize: 16 * 1024 * 1024,
  })),
  endSessions,
  killSessions,
};

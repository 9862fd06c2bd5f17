import { type CommandStartedEvent, type Db, MongoClient } from 'mongodb';
import { usesOf } from '../../support/uses.ts';

/** What takes several commands: a conversation, and what it uses, which the test of it proves. */
export interface Conversation {
  does: string;
  uses: string[];
  /** MongoDB's manual, where the other engine does not follow it. */
  manual?: string;
  hold(client: MongoClient, db: Db): Promise<void>;
}

const SESSION = ['lsid', 'txnNumber', 'autocommit', 'startTransaction', 'readConcern', 'writeConcern'];

export const CONVERSATIONS: Conversation[] = [
  {
    does: 'a transaction that is committed',
    uses: ['command commitTransaction', ...SESSION.map((option) => `option ${option}`)],
    async hold(client, db) {
      const session = client.startSession();
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
      await db.collection('things').insertOne({ a: 1 }, { session });
      await session.commitTransaction();
      await session.endSession();
    },
  },
  {
    does: 'a transaction that is aborted',
    uses: ['command abortTransaction'],
    async hold(client, db) {
      const session = client.startSession();
      session.startTransaction();
      await db.collection('things').insertOne({ a: 1 }, { session });
      await session.abortTransaction();
      await session.endSession();
    },
  },
  {
    does: 'a cursor that is read to its end, and one that is left',
    uses: [
      'command getMore',
      'option getMore.collection',
      'option getMore.batchSize',
      'command killCursors',
      'option killCursors.cursors',
    ],
    async hold(_, db) {
      await db.collection('things').insertMany([{}, {}, {}, {}]);
      await db.collection('things').find({}, { batchSize: 2 }).toArray();
      const left = db.collection('things').find({}, { batchSize: 1 });
      await left.next();
      await left.close();
    },
  },
  {
    does: 'lists of databases and collections',
    manual: 'listDatabases: "authorizedDatabases: A flag that determines which databases are returned".',
    uses: [
      'command listDatabases',
      'option listDatabases.nameOnly',
      'option listDatabases.filter',
      'option listDatabases.authorizedDatabases',
      'command listCollections',
      'option listCollections.filter',
      'option listCollections.nameOnly',
      'option listCollections.cursor',
      'option listCollections.authorizedCollections',
    ],
    async hold(client, db) {
      await client
        .db()
        .admin()
        .listDatabases({ nameOnly: true, filter: { name: 'none' }, authorizedDatabases: true });
      await db.listCollections({ name: 'none' }, { nameOnly: true, authorizedCollections: true }).toArray();
    },
  },
  {
    does: 'the end of a database',
    uses: ['command dropDatabase'],
    async hold(_, db) {
      await db.dropDatabase();
    },
  },
  {
    does: 'a greeting, and what is asked about the server',
    uses: ['command hello', 'command isMaster', 'command ismaster', 'command buildInfo'],
    async hold(_, db) {
      for (const command of [{ hello: 1 }, { isMaster: 1 }, { ismaster: 1 }, { buildInfo: 1 }])
        await db.command(command);
    },
  },
  {
    does: 'a farewell',
    uses: ['command endSessions', 'command killSessions'],
    async hold(client, db) {
      const { id } = client.startSession();
      await db.command({ killSessions: [id] });
      await db.command({ endSessions: [id] });
    },
  },
];

/** Holds a conversation through a client of its own, and says what was sent. */
export async function usesIn({ hold }: Conversation, uri: string, name: string): Promise<Set<string>> {
  const client = new MongoClient(uri, { monitorCommands: true });
  const sent = new Set<string>();
  client.on('commandStarted', ({ command }: CommandStartedEvent) => {
    for (const use of usesOf(command)) sent.add(use);
  });
  try {
    await hold(client, client.db(name));
  } finally {
    await client.close();
  }
  return sent;
}

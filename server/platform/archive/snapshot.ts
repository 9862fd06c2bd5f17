import { type ClientSession, type Db, Timestamp } from 'mongodb';
import type { Manifest } from './manifest.ts';

/** All collections as they were at one moment, however long reading takes. */
export type Snapshot = {
  readAs: Manifest['readAs'];
  /** The bytes of a collection's documents. */
  documentsOf(collection: string): AsyncIterable<Uint8Array>;
};

/**
 * Reads at one moment of the server's history (MongoDB keeps five minutes of it unless told to keep more, and a server
 * that does not know how says nothing of the moment); else in a transaction, which may last a minute.
 */
export async function readTogether<Result>(
  db: Db,
  first: string,
  read: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  const session = db.client.startSession({ causalConsistency: false });
  try {
    const atClusterTime = await momentOf(db, first, session);
    if (!atClusterTime) return await readInTransaction(db, first, session, read);
    const readConcern = { level: 'snapshot', atClusterTime };
    const documentsOf = (find: string) => bytesOf(db.runCursorCommand({ find, readConcern }, { session, raw: true }));
    return await read({ readAs: 'snapshot', documentsOf });
  } finally {
    await session.endSession();
  }
}

async function momentOf(db: Db, find: string, session: ClientSession): Promise<Timestamp | undefined> {
  const command = { find, limit: 1, singleBatch: true, projection: { _id: 1 }, readConcern: { level: 'snapshot' } };
  const reply = await db.command(command, { session });
  const moment: unknown = reply['cursor']?.atClusterTime;
  return moment instanceof Timestamp ? moment : undefined;
}

async function readInTransaction<Result>(
  db: Db,
  first: string,
  session: ClientSession,
  read: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  session.startTransaction({ readConcern: { level: 'snapshot' } });
  try {
    // The first read is the moment.
    await db.collection(first).findOne({}, { session, projection: { _id: 1 } });
    const documentsOf = (name: string) => bytesOf(db.collection(name).find({}, { session, raw: true }));
    return await read({ readAs: 'transaction', documentsOf });
  } finally {
    // It has written nothing; and a server that has ended it already has done what is wanted here.
    await session.abortTransaction().catch(() => undefined);
  }
}

/** With `raw`, the driver gives each document as its bytes. */
async function* bytesOf(cursor: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const document of cursor) {
    if (!(document instanceof Uint8Array)) throw new TypeError('The driver gives documents instead of their bytes.');
    yield document;
  }
}

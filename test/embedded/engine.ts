import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { openEmbedded } from '../../server/embedded/index.ts';

/** An engine to try: the embedded one, or the one that MONGODB_URI names. */
export interface Engine {
  name: 'embedded' | 'other';
  uri: string;
  client: MongoClient;
  db: Db;
  close(): Promise<void>;
}

export const otherUri = process.env['MONGODB_URI'];
export const isEmbedded = otherUri === undefined;

let count = 0;
const databaseName = (): string => `embedded-test-${process.pid}-${(count += 1)}`;

/** The engine this run is about. */
export const openEngine = (): Promise<Engine> => (otherUri ? openOther(otherUri) : openOwn());

export async function openOwn(): Promise<Engine> {
  const directory = await aDirectory();
  const embedded = await openEmbedded({ directory });
  const client = await new MongoClient(embedded.uri).connect();
  const close = async (): Promise<void> => {
    await client.close();
    await embedded.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { name: 'embedded', uri: embedded.uri, client, db: client.db(databaseName()), close };
}

export async function openOther(uri: string): Promise<Engine> {
  const client = await new MongoClient(uri).connect();
  const db = client.db(databaseName());
  const close = async (): Promise<void> => {
    await db.dropDatabase();
    await client.close();
  };
  return { name: 'other', uri, client, db, close };
}

export const aDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'embedded-'));

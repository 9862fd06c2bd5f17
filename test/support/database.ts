import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { connectDatabase, disconnectDatabase } from '../../server/platform/database.ts';

export type TestDatabase = { uri: string; empty(): Promise<void>; close(): Promise<void> };

/** Opens and connects the database of this run. To be asked for through `hooks.ts`, once. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const given = process.env['MONGODB_URI'];
  const { uri, close } = given ? databaseOfOwn(given) : await embeddedDatabase();
  await connectDatabase(uri);
  return { uri, empty, close };
}

async function empty(): Promise<void> {
  for (const collection of (await mongoose.connection.db?.collections()) ?? []) await collection.deleteMany({});
}

function databaseOfOwn(given: string) {
  const uri = new URL(given);
  uri.pathname = `/mosaik-test-${process.pid}-${Date.now().toString(36)}`;
  return { uri: uri.href, close: dropDatabase };
}

async function dropDatabase(): Promise<void> {
  await mongoose.connection.dropDatabase();
  await disconnectDatabase();
}

async function embeddedDatabase() {
  const directory = await mkdtemp(join(tmpdir(), 'mosaik-test-'));
  const { openEmbedded } = await import('../../server/embedded/index.ts');
  const embedded = await openEmbedded({ directory });
  const close = async () => {
    await disconnectDatabase();
    await embedded.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { uri: embedded.uri, close };
}

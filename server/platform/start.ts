import { openDatabase } from './database.ts';
import { useSecret } from './secrets.ts';

/**
 * What every process stands on: the database it works with, and the secret that signs its links.
 * The database opens while `models` load, where they are still to come.
 */
export async function openGround(
  config: { mongodbUri?: string; dataDirectory: string; secret: string },
  models?: Promise<unknown>,
): Promise<{ database: string; close(): Promise<void> }> {
  useSecret(config.secret);
  const { description, close } = await openDatabase(config, models);
  return { database: description, close };
}

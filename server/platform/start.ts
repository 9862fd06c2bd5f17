import { openDatabase } from './database.ts';
import { useSecret } from './secrets.ts';

/** What every process stands on: the database it works with, and the secret that signs its links. */
export async function openGround(config: {
  mongodbUri?: string;
  dataDirectory: string;
  secret: string;
}): Promise<{ database: string; close(): Promise<void> }> {
  useSecret(config.secret);
  const { description, close } = await openDatabase(config);
  return { database: description, close };
}

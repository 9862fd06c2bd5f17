import { openPlace } from './database-place.ts';
import { useSecret } from './secrets.ts';

/**
 * What every process stands on: the database it works with, and the secret that signs its links.
 * The database begins while its driver loads, and `models`, where they are still to come.
 */
export async function openGround(
  config: { mongodbUri?: string; dataDirectory: string; secret: string },
  models?: Promise<unknown>,
): Promise<{ database: string; close(): Promise<void> }> {
  useSecret(config.secret);
  const [place, { openDatabase }] = await Promise.all([openPlace(config), import('./database.ts')]);
  const { close } = await openDatabase(place, models);
  return { database: place.description, close };
}

import { join } from 'node:path';

/** Where the data are said to be: only here it is known which engine that is. */
type DatabasePlace = { mongodbUri?: string; dataDirectory: string };

/** `description` is for people; `isShared`: others have it open. */
export type OpenPlace = { uri: string; description: string; isShared: boolean; close(): Promise<void> };

/**
 * The MongoDB at `mongodbUri`, not asked yet, or without one the embedded database in `dataDirectory`, opened. Knows no
 * driver, so that the database can begin while that is still loading. @throws with a sentence where it cannot be opened
 */
export async function openPlace({ mongodbUri, dataDirectory }: DatabasePlace): Promise<OpenPlace> {
  if (mongodbUri)
    return {
      uri: mongodbUri,
      description: `MongoDB at ${hostsOf(mongodbUri)}`,
      isShared: false,
      close: async () => {},
    };
  const directory = join(dataDirectory, 'database');
  // Loaded only where it is used: with a MongoDB of its own, an installation needs no native storage library.
  const { openEmbedded } = await import('../embedded/index.ts');
  const embedded = await openEmbedded({ directory });
  const isShared = embedded.role === 'connected';
  const role = isShared ? 'embedded, served by another process' : 'embedded';
  return {
    uri: embedded.uri,
    description: `${role}, in ${directory} (for trying out, and for one small office)`,
    isShared,
    close: () => embedded.close(),
  };
}

/** What may be said of an address: not who signs in there, and how. */
export function hostsOf(uri: string): string {
  return uri.replace(/^[^/]*\/\/(?:[^@/]*@)?/, '').replace(/[/?].*/, '');
}

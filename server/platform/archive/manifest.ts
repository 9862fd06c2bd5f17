import { z } from 'zod';

/** The layout of the archive. What is newer than this is refused. */
export const archiveVersion = 1;

/** The first member: what this file is, so that a version that does not know it can say so. */
export const labelName = 'mosaik-archive.json';
export const manifestName = 'manifest.json';
/** The last member: the SHA-256 of every other one, as `sha256sum --check` reads it. */
export const sumsName = 'SHA256SUMS';

export const label = z.object({ format: z.literal('mosaik-archive'), version: z.int().min(1), writtenAt: z.string() });

export const manifest = z.object({
  readAs: z.enum(['snapshot', 'transaction', 'none']),
  collections: z.array(z.object({ name: z.string(), documents: z.int().min(0), bytes: z.int().min(0) })),
});
export type Manifest = z.infer<typeof manifest>;

/** What mongorestore reads beside a collection's documents. */
export const metadata = z.looseObject({
  indexes: z.array(z.looseObject({ name: z.string(), key: z.record(z.string(), z.unknown()) })),
  options: z.record(z.string(), z.unknown()),
  collectionName: z.string(),
});
export type Metadata = z.infer<typeof metadata>;

/** The names mongodump gives to what it writes with --gzip. */
export const documentsName = (collection: string): string => `mosaik/${encodeURIComponent(collection)}.bson.gz`;
export const metadataName = (collection: string): string => `mosaik/${encodeURIComponent(collection)}.metadata.json.gz`;

import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { EJSON } from 'bson';
import type { CollectionInfo, Db } from 'mongodb';
import { ArchiveWriter } from './archive-writer.ts';
import { chunksOf } from './documents.ts';
import { ArchiveError, reasonOf } from './errors.ts';
import {
  archiveVersion,
  documentsName,
  labelName,
  type Manifest,
  manifestName,
  type Metadata,
  metadataName,
} from './manifest.ts';
import { type Progress, announced } from './progress.ts';
import { readTogether, type Snapshot } from './snapshot.ts';

const chunkSize = 256 * 1024;
/** Half the time of the usual level for a tenth more bytes. */
const compression = { level: 3, chunkSize };
const mostAttempts = 5;

export type Exported = { collections: number; documents: number; bytes: number };

/**
 * Writes everything in `db` as it was at one moment into a new archive, while others go on writing: a tar of what
 * mongodump writes with --gzip, and a manifest. @throws ArchiveError
 */
export async function exportDatabase(db: Db, file: string, say: Progress, now: Date): Promise<Exported> {
  const collections = await collectionsOf(db);
  if (collections.length === 0) throw new ArchiveError('There is nothing to export: the database is empty.');
  const writer = await ArchiveWriter.create(file, now);
  try {
    const label = { format: 'mosaik-archive', version: archiveVersion, writtenAt: now.toISOString() };
    await writer.add(labelName, [Buffer.from(`${JSON.stringify(label)}\n`)]);
    const manifest = await writeTogether(db, writer, say);
    await writer.add(manifestName, [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]);
    await writer.finish();
    const documents = manifest.collections.reduce((sum, each) => sum + each.documents, 0);
    return { collections: manifest.collections.length, documents, bytes: writer.bytes };
  } catch (error) {
    await writer.abandon();
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError(`The export was given up, and nothing is left of it: ${reasonOf(error)}.`);
  }
}

/** A collection that comes or goes just as the moment is taken would be missing in part: then another is taken. */
async function writeTogether(db: Db, writer: ArchiveWriter, say: Progress): Promise<Manifest> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const before = await collectionsOf(db);
    const manifest = await readTogether(db, before[0]?.name ?? '', async (snapshot) => {
      const after = await collectionsOf(db);
      return identities(before) === identities(after) ? writeAll(db, after, snapshot, writer, say) : undefined;
    });
    if (manifest) return manifest;
  }
  throw new ArchiveError('Collections come and go all the time: export when that is over.');
}

async function writeAll(
  db: Db,
  collections: readonly CollectionInfo[],
  snapshot: Snapshot,
  writer: ArchiveWriter,
  say: Progress,
): Promise<Manifest> {
  const written: Manifest['collections'] = [];
  for (const collection of collections) {
    const { name } = collection;
    const count = { name, documents: 0, bytes: 0 };
    const documents = counting(snapshot.documentsOf(name), count);
    const chunks = Readable.from(chunksOf(announced(documents, name, say), chunkSize)).pipe(createGzip(compression));
    await writer.add(documentsName(name), chunks);
    const metadata = EJSON.stringify(await metadataOf(db, collection), { relaxed: false });
    await writer.add(metadataName(name), [gzipSync(metadata)]);
    written.push(count);
  }
  return { readAs: snapshot.readAs, collections: written };
}

async function* counting(
  documents: AsyncIterable<Uint8Array>,
  count: { documents: number; bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const document of documents) {
    count.documents += 1;
    count.bytes += document.length;
    yield document;
  }
}

async function metadataOf(db: Db, { name, options = {} }: CollectionInfo): Promise<Metadata> {
  const indexes = await db.collection(name).listIndexes().toArray();
  return {
    indexes: indexes.map(({ name: index, key, ...rest }) => ({ ...rest, key, name: String(index) })),
    options,
    collectionName: name,
  };
}

/** In the order of their names. @throws ArchiveError for what is no plain collection */
async function collectionsOf(db: Db): Promise<CollectionInfo[]> {
  const all = await db.listCollections({}, { nameOnly: false }).toArray();
  const own = all.filter(({ name }) => !name.startsWith('system.'));
  const other = own.find(({ type = 'collection' }) => type !== 'collection');
  if (other) throw new ArchiveError(`${other.name} is a ${other.type}, which an archive cannot carry.`);
  return own.toSorted((one, next) => (one.name < next.name ? -1 : 1));
}

const identities = (collections: readonly CollectionInfo[]): string =>
  collections.map(({ name, info }) => `${name} ${info?.uuid?.toString()}`).join('\n');

import { basename } from 'node:path';
import { BSON } from 'bson';
import type { Collection, Db } from 'mongodb';
import { ArchiveReader } from './archive-reader.ts';
import { ArchiveError, reasonOf } from './errors.ts';
import { beginLoading, endLoading, loadingIn, markName } from './half-loaded.ts';
import type { Metadata } from './manifest.ts';
import { type Progress, announced, counted } from './progress.ts';

const batchDocuments = 1_000;
const batchBytes = 8 * 1024 * 1024;

export type Imported = { collections: number; documents: number; writtenAt: string };

/**
 * Loads an archive into a database in which there is nothing; what an import that was killed has left is removed first.
 * `beforeUse` is done to the whole data before anybody may use them. @throws ArchiveError; what cannot be read
 * changes nothing
 */
export async function importDatabase(
  db: Db,
  file: string,
  { say, beforeUse = async () => undefined }: { say: Progress; beforeUse?: () => Promise<void> },
): Promise<Imported> {
  say('Checking the archive');
  const archive = await ArchiveReader.open(file);
  try {
    await makeRoom(db, say);
    const { collections } = archive.manifest;
    await beginLoading(db, { file: basename(file), collections: collections.map(({ name }) => name) });
    for (const { name, documents } of collections) await load(db, archive, name, documents, say);
    await beforeUse();
    await endLoading(db);
    const documents = collections.reduce((sum, each) => sum + each.documents, 0);
    return { collections: collections.length, documents, writtenAt: archive.writtenAt };
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError(
      `The import was not finished: ${reasonOf(error)}. Import again: what it has loaded goes first.`,
    );
  } finally {
    await archive.close();
  }
}

/** @throws ArchiveError where there are data that no import has brought */
async function makeRoom(db: Db, say: Progress): Promise<void> {
  const loading = await loadingIn(db);
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const own = names.filter((name) => !name.startsWith('system.') && name !== markName);
  if (loading) say(`An import of ${loading.file} was not finished: what it has loaded is removed first`);
  for (const name of own) {
    if (loading?.collections.includes(name)) continue;
    if (await db.collection(name).findOne({}, { projection: { _id: 1 } }))
      throw new ArchiveError(
        `There are data in this database already (in ${name}). An archive goes into an empty one.`,
      );
  }
  for (const name of own) await db.dropCollection(name);
}

async function load(db: Db, archive: ArchiveReader, name: string, expected: number, say: Progress): Promise<void> {
  const { options, indexes } = await archive.metadataOf(name);
  await db.createCollection(name, options);
  const collection = db.collection(name);
  for await (const batch of batchesOf(announced(archive.documentsOf(name), name, say)))
    await collection.insertMany(batch, { ordered: false });
  // Before there are indexes: one of them may delete what has expired since.
  await checkCount(collection, expected);
  await buildIndexes(db, name, indexes);
}

async function* batchesOf(documents: AsyncIterable<Buffer>): AsyncGenerator<BSON.Document[]> {
  let batch: BSON.Document[] = [];
  let bytes = 0;
  for await (const document of documents) {
    batch.push(decoded(document));
    bytes += document.length;
    if (batch.length < batchDocuments && bytes < batchBytes) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** Every value in its own BSON type, so that it goes out as it came. */
const decoded = (bytes: Buffer): BSON.Document => BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true });

/** What makes an index what it is; the rest of what servers say of one is their own business. */
const indexFields = new Set(
  'name key unique sparse partialFilterExpression expireAfterSeconds hidden collation wildcardProjection'.split(' '),
);

async function buildIndexes(db: Db, name: string, indexes: Metadata['indexes']): Promise<void> {
  const wanted = indexes
    .filter((index) => index.name !== '_id_')
    .map((index) => Object.fromEntries(Object.entries(index).filter(([field]) => indexFields.has(field))));
  if (wanted.length > 0) await db.command({ createIndexes: name, indexes: wanted });
}

async function checkCount(collection: Collection, expected: number): Promise<void> {
  const found = await collection.countDocuments();
  if (found === expected) return;
  throw new ArchiveError(
    `${collection.collectionName} has ${counted(found)} documents where the archive has ${counted(expected)}: somebody else writes here. Import again when nobody does.`,
  );
}

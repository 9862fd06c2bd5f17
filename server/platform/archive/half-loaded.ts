import type { Db } from 'mongodb';
import { ArchiveError } from './errors.ts';

/** Where an import notes that it is under way: the first thing it writes, and the last it removes. */
export const markName = 'unfinished-import';

type Loading = { file: string; collections: string[] };
type Mark = Loading & { _id: 'import' };

const marksIn = (db: Db) => db.collection<Mark>(markName);

/** What an import that has not ended was about to load. */
export async function loadingIn(db: Db): Promise<Loading | undefined> {
  return (await marksIn(db).findOne({ _id: 'import' })) ?? undefined;
}

export async function beginLoading(db: Db, loading: Loading): Promise<void> {
  await marksIn(db).replaceOne({ _id: 'import' }, loading, { upsert: true, writeConcern: { w: 'majority' } });
}

export async function endLoading(db: Db): Promise<void> {
  await marksIn(db).drop();
}

/** Nobody may work with half of the data. @throws ArchiveError */
export async function refuseHalfLoaded(db: Db): Promise<void> {
  const loading = await loadingIn(db);
  if (loading)
    throw new ArchiveError(
      `The import of ${loading.file} into this database was not finished. Import it again: that removes what it has loaded and begins anew.`,
    );
}

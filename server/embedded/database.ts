import { Catalogue, type Collection } from './catalogue.ts';
import { CommandError, TRANSIENT } from './errors.ts';
import { Cursors } from './cursors.ts';
import { Moments } from './moments.ts';
import { Sessions } from './sessions.ts';
import { Store } from './store.ts';
import { Workspace } from './workspace.ts';

/** Everything there is of one data directory, in the thread that serves it. */
export class Database {
  readonly store: Store;
  catalogue: Catalogue;
  readonly sessions: Sessions;
  readonly cursors = new Cursors();
  readonly moments: Moments;

  constructor(directory: string) {
    this.store = new Store(directory);
    this.catalogue = new Catalogue(this.store);
    this.catalogue.sweep();
    this.sessions = new Sessions(this.store);
    this.moments = new Moments(() => Workspace.forTransaction(this.store, this.sessions.locks));
    this.store.onLost = () => this.#fallBack();
  }

  /** What transactions and the catalogue knew may never have been: both begin anew with what is on the disk. */
  #fallBack(): void {
    this.sessions.abortAll();
    this.moments.endAll();
    this.catalogue = new Catalogue(this.store);
  }

  /** The collection as a command may use it. @throws SnapshotUnavailable for an older transaction */
  collection(namespace: string, workspace: Workspace): Collection | undefined {
    const collection = workspace.created(namespace) ?? this.catalogue.find(namespace);
    if (collection && collection.changedAt > (workspace.startedAt ?? Infinity))
      throw new CommandError(
        'SnapshotUnavailable',
        `Unable to read from a snapshot due to pending collection catalog changes to ${namespace}`,
        [TRANSIENT],
      );
    return collection;
  }

  async close(): Promise<void> {
    this.sessions.abortAll();
    this.moments.endAll();
    this.cursors.closeAll();
    await this.store.close();
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Key } from '../../../server/embedded/key-encoding.ts';
import { Store as WholeStore } from '../../../server/embedded/store.ts';

const BETWEEN_MS = 500;

/** Brings a commit to the disk in two halves. */
export class Store extends WholeStore {
  override async commit(changes: Iterable<readonly [Key, Buffer | null]>): Promise<void> {
    const all = [...changes];
    const half = Math.ceil(all.length / 2);
    await super.commit(all.slice(0, half));
    if (half === all.length) return;
    await pause(BETWEEN_MS);
    await super.commit(all.slice(half));
  }
}

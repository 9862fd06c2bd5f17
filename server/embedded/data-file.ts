import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EmbeddedError } from './errors.ts';
import { looksWhole } from './page-tree.ts';

const dataFileIn = (directory: string): string => join(directory, 'data.mdb');

/**
 * Looks whether a data file can be opened. LMDB maps it into memory: in one that is cut off, reading would end the
 * process, and an empty one would be taken for a new one. @throws EmbeddedError with a sentence; the file stays as it is
 */
export function checkDataFile(directory: string, mustExist: boolean): void {
  const path = dataFileIn(directory);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (!size && mustExist) throw damaged(path, size === undefined ? 'is not there any more' : 'is empty');
  if (size && !withFile(path, 'r', (file) => looksWhole(file, size))) throw damaged(path, 'is damaged or cut off');
}

/** Brings to the disk what LMDB writes of a new file before its first transaction. */
export const flushDataFile = (directory: string): void => withFile(dataFileIn(directory), 'r+', fsyncSync);

/** The file that is open in a directory: LMDB writes on into one that was deleted or replaced, and all of that is lost. */
export class DataFile {
  readonly #path: string;
  readonly #inode: number | undefined;

  constructor(directory: string) {
    this.#path = dataFileIn(directory);
    this.#inode = this.#find();
  }

  checkThere(): void {
    if (this.#find() !== this.#inode) throw new CommandError('InternalError', `The data file ${this.#path} is gone`);
  }

  #find(): number | undefined {
    return statSync(this.#path, { throwIfNoEntry: false })?.ino;
  }
}

function withFile<T>(path: string, flags: string, act: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return act(file);
  } finally {
    closeSync(file);
  }
}

const damaged = (path: string, what: string): EmbeddedError =>
  new EmbeddedError(`The data file ${path} ${what}. Nothing was changed: put a backup in its place, or move it away.`);

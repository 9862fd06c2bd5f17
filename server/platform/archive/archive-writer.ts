import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArchiveError, reasonOf } from './errors.ts';
import { sumsName } from './manifest.ts';
import { blockSize, headerOf, paddingAfter } from './tar.ts';

/**
 * Writes members into a tar file of their owner's alone. It lies under another name until it is whole and on the disk,
 * and never takes the place of a file that is there.
 */
export class ArchiveWriter {
  readonly #file: string;
  readonly #partial: string;
  readonly #handle: FileHandle;
  readonly #modifiedAt: Date;
  readonly #sums: string[] = [];
  #at = 0;

  private constructor(file: string, partial: string, handle: FileHandle, modifiedAt: Date) {
    this.#file = file;
    this.#partial = partial;
    this.#handle = handle;
    this.#modifiedAt = modifiedAt;
  }

  /** @throws ArchiveError */
  static async create(file: string, modifiedAt: Date): Promise<ArchiveWriter> {
    if (existsSync(file)) throw alreadyThere(file);
    const partial = `${file}.${randomBytes(4).toString('hex')}.partial`;
    try {
      return new ArchiveWriter(file, partial, await open(partial, 'wx', 0o600), modifiedAt);
    } catch (error) {
      throw new ArchiveError(`The file ${file} cannot be written: ${whyNot(error)}.`);
    }
  }

  get bytes(): number {
    return this.#at;
  }

  /** Adds a member of any length: its header is written when the length is known. */
  async add(name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const start = this.#at;
    const hash = createHash('sha256');
    this.#at += blockSize;
    for await (const chunk of chunks) {
      hash.update(chunk);
      await this.#write(chunk);
    }
    const size = this.#at - start - blockSize;
    await this.#write(Buffer.alloc(paddingAfter(size)));
    await this.#handle.write(headerOf({ name, size, modifiedAt: this.#modifiedAt }), 0, blockSize, start);
    this.#sums.push(`${hash.digest('hex')}  ${name}\n`);
  }

  /** Ends the archive with its sums and gives it its name. @throws ArchiveError */
  async finish(): Promise<void> {
    await this.add(sumsName, [Buffer.from(this.#sums.join(''))]);
    await this.#write(Buffer.alloc(2 * blockSize));
    await this.#handle.sync();
    await this.#handle.close();
    await publish(this.#partial, this.#file);
    await syncDirectory(dirname(this.#file));
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {
      // It was closed already: what matters is that the file goes.
    });
    await rm(this.#partial, { force: true });
  }

  async #write(chunk: Uint8Array): Promise<void> {
    let written = 0;
    while (written < chunk.length) {
      const { bytesWritten } = await this.#handle.write(chunk, written, chunk.length - written, this.#at);
      written += bytesWritten;
      this.#at += bytesWritten;
    }
  }
}

/** A link is made only where no file of that name is; where there are none, a look has to do. */
async function publish(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
    await rm(partial);
  } catch {
    if (existsSync(file)) throw alreadyThere(file);
    await rename(partial, file);
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } catch {
    // Some systems cannot flush a directory; the file itself is on the disk.
  } finally {
    await handle.close();
  }
}

function alreadyThere(file: string): ArchiveError {
  return new ArchiveError(`There is a file ${file} already. An archive never takes the place of another one.`);
}

function whyNot(error: unknown): string {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isMissing ? 'its directory is not there' : reasonOf(error);
}

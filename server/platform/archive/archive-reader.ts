import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EJSON } from 'bson';
import type { z } from 'zod';
import { documentsIn } from './documents.ts';
import { ArchiveError, reasonOf } from './errors.ts';
import {
  archiveVersion,
  documentsName,
  label,
  labelName,
  manifest,
  type Manifest,
  manifestName,
  metadata,
  type Metadata,
  metadataName,
  sumsName,
} from './manifest.ts';
import { blockSize, memberIn, paddingAfter } from './tar.ts';

type Stretch = { start: number; size: number };
const chunkSize = 256 * 1024;

/** An archive whose every byte has been looked at. */
export class ArchiveReader {
  readonly manifest: Manifest;
  readonly writtenAt: string;
  readonly #handle: FileHandle;
  readonly #members: ReadonlyMap<string, Stretch>;

  private constructor(
    handle: FileHandle,
    members: ReadonlyMap<string, Stretch>,
    found: { manifest: Manifest; writtenAt: string },
  ) {
    this.#handle = handle;
    this.#members = members;
    this.manifest = found.manifest;
    this.writtenAt = found.writtenAt;
  }

  /** Opens an archive and checks that it is whole and unchanged. @throws ArchiveError */
  static async open(file: string): Promise<ArchiveReader> {
    const handle = await open(file).catch((error: unknown) => {
      throw new ArchiveError(`The archive ${file} cannot be read: ${reasonOf(error)}.`);
    });
    try {
      return await ArchiveReader.#checked(handle);
    } catch (error) {
      await handle.close();
      if (error instanceof ArchiveError) throw error;
      throw new ArchiveError(`The archive ${file} cannot be used: ${reasonOf(error)}.`);
    }
  }

  static async #checked(handle: FileHandle): Promise<ArchiveReader> {
    const writtenAt = await labelOf(handle);
    const members = await membersOf(handle);
    await checkSums(handle, members);
    const text = await textOf(handle, members.get(manifestName));
    const reader = new ArchiveReader(handle, members, { manifest: parsed(manifest, JSON.parse(text)), writtenAt });
    for (const collection of reader.manifest.collections) await reader.#check(collection);
    return reader;
  }

  async metadataOf(collection: string): Promise<Metadata> {
    const chunks = [];
    for await (const chunk of this.#unzipped(metadataName(collection))) chunks.push(chunk);
    return parsed(metadata, EJSON.parse(Buffer.concat(chunks).toString(), { relaxed: false }));
  }

  /** Every document's bytes, in the order they were read. */
  documentsOf(collection: string): AsyncIterable<Buffer> {
    return documentsIn(this.#unzipped(documentsName(collection)));
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #check({ name, documents, bytes }: Manifest['collections'][number]): Promise<void> {
    await this.metadataOf(name);
    const counted = { documents: 0, bytes: 0 };
    for await (const document of this.documentsOf(name)) {
      counted.documents += 1;
      counted.bytes += document.length;
    }
    if (counted.documents !== documents || counted.bytes !== bytes) throw damaged(`${name} has lost documents`);
  }

  #unzipped(name: string): AsyncIterable<Buffer> {
    const member = this.#members.get(name);
    if (!member) throw damaged(`${name} is missing`);
    return Readable.from(bytesOf(this.#handle, member)).pipe(createGunzip({ chunkSize }));
  }
}

async function labelOf(handle: FileHandle): Promise<string> {
  const member = memberIn(await blockAt(handle, 0));
  if (member?.name !== labelName) throw new ArchiveError('This file is no archive of Mosaik.');
  const said = JSON.parse(await textOf(handle, { start: blockSize, size: Math.min(member.size, blockSize) }));
  const { version, writtenAt } = parsed(label, said);
  if (version <= archiveVersion) return writtenAt;
  throw new ArchiveError(
    `The archive has version ${version}, and this Mosaik knows version ${archiveVersion}: a newer one has written it.`,
  );
}

/** Where each member's data lie. Anything that an archive of ours would not have is damage. */
async function membersOf(handle: FileHandle): Promise<Map<string, Stretch>> {
  const { size: fileSize } = await handle.stat();
  const members = new Map<string, Stretch>();
  let at = 0;
  while (!members.has(sumsName)) {
    const member = memberIn(await blockAt(handle, at));
    if (!member || members.has(member.name)) throw damaged('it is cut off or was changed');
    const start = at + blockSize;
    const end = start + member.size + paddingAfter(member.size);
    await checkEmpty(handle, start + member.size, paddingAfter(member.size));
    members.set(member.name, { start, size: member.size });
    at = end;
  }
  if (fileSize !== at + 2 * blockSize) throw damaged('it is cut off or something was added');
  await checkEmpty(handle, at, 2 * blockSize);
  return members;
}

async function checkSums(handle: FileHandle, members: Map<string, Stretch>): Promise<void> {
  const sums = await textOf(handle, members.get(sumsName));
  const computed = [];
  for (const [name, member] of members) {
    if (name === sumsName) continue;
    const hash = createHash('sha256');
    for await (const chunk of bytesOf(handle, member)) hash.update(chunk);
    computed.push(`${hash.digest('hex')}  ${name}\n`);
  }
  if (computed.join('') !== sums) throw damaged('its checksums are not those of its contents');
}

async function blockAt(handle: FileHandle, at: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(blockSize), 0, blockSize, at);
  if (bytesRead < blockSize)
    throw at === 0 ? new ArchiveError('This file is no archive of Mosaik.') : damaged('it is cut off');
  return buffer;
}

async function checkEmpty(handle: FileHandle, start: number, size: number): Promise<void> {
  for await (const chunk of bytesOf(handle, { start, size }))
    if (chunk.some((byte) => byte !== 0)) throw damaged('it was changed');
}

async function textOf(handle: FileHandle, member: Stretch | undefined): Promise<string> {
  if (!member) throw damaged('a part of it is missing');
  const chunks = [];
  for await (const chunk of bytesOf(handle, member)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function* bytesOf(handle: FileHandle, { start, size }: Stretch): AsyncGenerator<Buffer> {
  for (let at = start; at < start + size;) {
    const wanted = Math.min(chunkSize, start + size - at);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, at);
    if (bytesRead === 0) throw damaged('it is cut off');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw damaged('it says of itself what makes no sense');
  return result.data;
}

function damaged(how: string): ArchiveError {
  return new ArchiveError(`The archive is damaged: ${how}. Nothing was loaded.`);
}

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import type { Door } from './door.ts';
import { EmbeddedError } from './errors.ts';
import { LoopbackDoor, hasLoopbackDoor } from './loopback-door.ts';
import { socketDoor } from './socket-door.ts';

/** How the data are laid out on the disk. */
const FORMAT = 1;

/** How a directory's server is reached: through a Unix socket or, where there are none, at a port of this machine. */
export type DoorKind = 'socket' | 'loopback';

/** Where a data directory's things are. */
export interface Place {
  readonly directory: string;
  readonly door: Door;
  readonly uri: string;
}

const usualDoor: DoorKind = process.platform === 'win32' ? 'loopback' : 'socket';

/** Makes the directory ready. Once it has been served at a port, it always is. @throws EmbeddedError */
export function preparePlace(given: string, kind = usualDoor): Place {
  const directory = resolve(given);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    checkFormat(directory);
    const isLoopback = kind === 'loopback' || hasLoopbackDoor(directory);
    const door = isLoopback ? new LoopbackDoor(directory) : socketDoor(directory);
    return {
      directory,
      door,
      get uri() {
        return door.uri;
      },
    };
  } catch (error) {
    if (error instanceof EmbeddedError) throw error;
    throw new EmbeddedError(
      `The data directory ${directory} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function checkFormat(directory: string): void {
  const file = join(directory, 'format');
  if (!existsSync(file)) return writeFileSync(file, `${FORMAT}\n`, { mode: 0o600 });
  const format = Number(readFileSync(file, 'utf8'));
  if (format === FORMAT) return undefined;
  throw new EmbeddedError(
    `The data in ${directory} have format ${format}, and this version knows format ${FORMAT}: a newer version has written them.`,
  );
}

/** A connection to whoever serves the directory; undefined when nobody does. */
export const connectTo = (place: Place): Promise<Socket | undefined> => place.door.connect();

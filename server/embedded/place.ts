import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { flushDataFile } from './data-file.ts';
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
  const file = formatFileIn(directory);
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8').trim();
  if (text === String(FORMAT)) return;
  const written = /^\d+$/.test(text) ? `format ${text}` : 'a format that cannot be read';
  const writer = Number(text) > FORMAT ? 'a newer version has written them' : 'this version has not written them';
  throw new EmbeddedError(`The data in ${directory} have ${written}, this version knows format ${FORMAT}: ${writer}.`);
}

const formatFileIn = (directory: string): string => join(directory, 'format');

/** Whether the directory has been served before, so that there must be data in it. */
export const hasData = ({ directory }: Place): boolean => existsSync(formatFileIn(directory));

/** Says in what format the data are, once they are there. */
export function markFormat(place: Place): void {
  if (hasData(place)) return;
  flushDataFile(place.directory);
  writeFileSync(formatFileIn(place.directory), `${FORMAT}\n`, { mode: 0o600 });
}

/** A connection to whoever serves the directory; undefined when nobody does. */
export const connectTo = (place: Place): Promise<Socket | undefined> => place.door.connect();

import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Where the private Redis keeps what it has: its append-only file, its log, its socket. Nobody else may look in. */
export type RedisPlace = { directory: string; socketPath: string; pidFile: string; logFile: string };

/** The path of a Unix socket has room for 107 bytes on Linux and 103 on macOS (sockaddr_un). */
const longestSocketPath = 103;

/** Makes the directory of the private Redis in a data directory. */
export function redisDirectoryIn(dataDirectory: string): string {
  const directory = resolve(dataDirectory, 'redis');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  return directory;
}

/** The same answer to every process with the same data directory. To be asked by one at a time. */
export function redisPlaceIn(directory: string): RedisPlace {
  return {
    directory,
    socketPath: join(socketDirectory(directory), 'redis.sock'),
    pidFile: join(directory, 'redis.pid'),
    logFile: join(directory, 'redis.log'),
  };
}

/** Takes the directory out of the system's temporary one again, where we made one there. */
export function leaveSocketDirectory(place: RedisPlace): void {
  const directory = dirname(place.socketPath);
  if (directory !== place.directory) rmSync(directory, { recursive: true, force: true });
}

/** Where the path is too long for a socket, it stands in a directory under the system's temporary one, which we note down. */
function socketDirectory(directory: string): string {
  if (Buffer.byteLength(join(directory, 'redis.sock')) <= longestSocketPath) return directory;

  const note = join(directory, 'socket-directory');
  const noted = existsSync(note) ? readFileSync(note, 'utf8') : '';
  if (noted && isOurs(noted)) return noted;
  const made = mkdtempSync(join(tmpdir(), 'mosaik-redis-'));
  writeFileSync(note, made);
  return made;
}

/** The temporary directory is swept now and then, and open to all: what somebody else put there under this name is not ours. */
function isOurs(directory: string): boolean {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(directory);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
}

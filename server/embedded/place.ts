import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Socket, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REPLICA_SET } from './commands/administration.ts';
import { EmbeddedError } from './errors.ts';

/** How the data are laid out on the disk. */
const FORMAT = 1;

/** `sockaddr_un` has room for 107 bytes; a claim's name is 15 longer than the directory. */
const LONGEST_SOCKET = 100;

/** Where a data directory's things are. */
export interface Place {
  directory: string;
  /** The directory of the socket: the data directory, unless its path is too long for one. */
  sockets: string;
  socket: string;
  uri: string;
}

/** Makes the directory ready. @throws EmbeddedError */
export function preparePlace(given: string): Place {
  const directory = resolve(given);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    checkFormat(directory);
    const sockets = socketDirectory(directory);
    const socket = join(sockets, 'db.sock');
    const uri = `mongodb://${encodeURIComponent(socket)}/?directConnection=true&replicaSet=${REPLICA_SET}`;
    return { directory, sockets, socket, uri };
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

function socketDirectory(directory: string): string {
  if (Buffer.byteLength(join(directory, 'claim-000000.sock')) <= LONGEST_SOCKET) return directory;
  const name = createHash('sha256').update(`${process.getuid?.()}:${directory}`).digest('hex').slice(0, 20);
  const sockets = join(tmpdir(), `db-${name}`);
  mkdirSync(sockets, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(sockets);
  if (uid !== process.getuid?.() || (mode & 0o777) !== 0o700)
    throw new EmbeddedError(`The directory ${sockets} for the database's socket belongs to somebody else.`);
  writeFileSync(join(directory, 'socket-directory'), `${sockets}\n`, { mode: 0o600 });
  return sockets;
}

/** A connection to whoever serves the directory; undefined when nobody does. */
export function connectTo({ socket }: Place): Promise<Socket | undefined> {
  return new Promise((settle, reject) => {
    const connection = createConnection(socket);
    connection.once('connect', () => settle(connection));
    connection.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') settle(undefined);
      else reject(new EmbeddedError(`The database's socket ${socket} cannot be used: ${error.message}`));
    });
  });
}

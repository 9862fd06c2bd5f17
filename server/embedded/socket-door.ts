import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPLICA_SET } from './commands/administration.ts';
import { type Candidate, type Door, connected, listening } from './door.ts';
import { EmbeddedError } from './errors.ts';

/** `sockaddr_un` has room for 107 bytes; a claim's name is 15 longer than the directory. */
const LONGEST_SOCKET = 100;

/** A Unix socket in a directory that only its owner may enter. */
export function socketDoor(directory: string): Door {
  const sockets = socketDirectory(directory);
  const socket = join(sockets, 'db.sock');
  return {
    uri: `mongodb://${encodeURIComponent(socket)}/?directConnection=true&replicaSet=${REPLICA_SET}`,
    password: undefined,
    connect: () => connected({ path: socket }),
    listen: () => candidate(sockets, socket),
  };
}

/** Listens beside the door; to move in is to rename. */
async function candidate(sockets: string, socket: string): Promise<Candidate> {
  const path = join(sockets, `claim-${randomBytes(3).toString('hex')}.sock`);
  const server = await listening({ path });
  return {
    server,
    moveIn: () => renameSync(path, socket),
    leave() {
      server.close();
      rmSync(path, { force: true });
    },
  };
}

/** The data directory, unless its path is too long for a socket. */
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

import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { join } from 'node:path';
import { open } from 'lmdb';
import { type Place, connectTo } from './place.ts';

/**
 * Becomes the one process that serves a directory, and gives the listening server; undefined: another one serves.
 * A socket answers only while its process lives. Who finds it dead counts the claims up by one and moves the own
 * socket to its place, both in a write transaction of LMDB, whose lock is freed by the death of its holder.
 */
export async function claim(place: Place): Promise<Server | undefined> {
  const claims = open<number, string>({ path: join(place.directory, 'claims'), encoding: 'json' });
  try {
    const seen = claims.get('count') ?? 0;
    const serving = await connectTo(place);
    serving?.destroy();
    if (serving) return undefined;
    const name = join(place.sockets, `claim-${randomBytes(3).toString('hex')}.sock`);
    const server = await listen(name);
    const isOurs = claims.transactionSync(() => {
      if ((claims.get('count') ?? 0) !== seen) return false;
      renameSync(name, place.socket);
      claims.putSync('count', seen + 1);
      return true;
    });
    if (isOurs) return server;
    server.close();
    rmSync(name, { force: true });
    return undefined;
  } finally {
    await claims.close();
  }
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ path, backlog: 1024 }, () => resolve(server));
  });
}

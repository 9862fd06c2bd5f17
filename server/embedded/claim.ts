import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { open } from 'lmdb';
import { type Place, connectTo } from './place.ts';

/** The LMDB beside the data that counts who has come to serve them. */
export const CLAIMS = 'claims';

/**
 * Becomes the one process that serves a directory, and gives the listening server; undefined: another one serves.
 * A door answers only while its process lives. Who finds it dead counts the claims up by one and moves in, both in a
 * write transaction of LMDB, whose lock is freed by the death of its holder. Whoever connects is welcomed from then on.
 */
export async function claim(place: Place, welcome: (socket: Socket) => void): Promise<Server | undefined> {
  const claims = open<number, string>({ path: join(place.directory, CLAIMS), encoding: 'json' });
  try {
    const seen = claims.get('count') ?? 0;
    const serving = await connectTo(place);
    serving?.destroy();
    if (serving) return undefined;
    const candidate = await place.door.listen();
    candidate?.server.on('connection', welcome);
    const isOurs = claims.transactionSync(() => {
      if (!candidate || (claims.get('count') ?? 0) !== seen) return false;
      candidate.moveIn();
      claims.putSync('count', seen + 1);
      return true;
    });
    if (isOurs) return candidate?.server;
    candidate?.leave();
    return undefined;
  } finally {
    await claims.close();
  }
}

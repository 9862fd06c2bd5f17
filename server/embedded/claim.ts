import type { Server } from 'node:net';
import { join } from 'node:path';
import { open } from 'lmdb';
import { type Place, connectTo } from './place.ts';

/**
 * Becomes the one process that serves a directory, and gives the listening server; undefined: another one serves.
 * A door answers only while its process lives. Who finds it dead counts the claims up by one and moves in, both in a
 * write transaction of LMDB, whose lock is freed by the death of its holder.
 */
export async function claim(place: Place): Promise<Server | undefined> {
  const claims = open<number, string>({ path: join(place.directory, 'claims'), encoding: 'json' });
  try {
    const seen = claims.get('count') ?? 0;
    const serving = await connectTo(place);
    serving?.destroy();
    if (serving) return undefined;
    const candidate = await place.door.listen();
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

import { setTimeout as pause } from 'node:timers/promises';

import { Redis } from 'ioredis';

import type { QueueLog } from './queue.types.ts';
import { inTurn } from './redis-lock.ts';
import { leaveSocketDirectory, redisDirectoryIn, type RedisPlace, redisPlaceIn } from './redis-place.ts';
import { ensureServer, findRedisProgram, untilEnded } from './redis-server.ts';

export type PrivateRedis = {
  socketPath: string;
  directory: string;
  /** Ends the server, unless another process still uses it. */
  close(): Promise<void>;
};

/** Each process that uses the server holds one connection of this name, so the server itself knows its users, dead or alive. */
const keeperName = 'mosaik-keeper';

/**
 * Starts a Redis for this data directory, or joins the one that runs: started by another process of Mosaik, or left
 * behind by one that was killed. Several processes may call it at once. While we live, it is started again when it dies.
 */
export async function startPrivateRedis(config: {
  dataDirectory: string;
  log: QueueLog;
  path?: string;
}): Promise<PrivateRedis | { missing: string }> {
  const program = findRedisProgram(config.path);
  if (!program) return { missing: 'no redis-server or valkey-server found' };

  const keeper = new RedisKeeper(program, redisDirectoryIn(config.dataDirectory), config.log);
  try {
    return await keeper.open();
  } catch (error) {
    config.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'There is no private Redis');
    return { missing: `${program} could not be started` };
  }
}

class RedisKeeper {
  #program: string;
  #directory: string;
  #log: QueueLog;
  #connection: Redis | undefined;
  #isClosing = false;

  constructor(program: string, directory: string, log: QueueLog) {
    this.#program = program;
    this.#directory = directory;
    this.#log = log;
  }

  async open(): Promise<PrivateRedis> {
    const place = await this.#join();
    return { socketPath: place.socketPath, directory: place.directory, close: () => this.#close(place) };
  }

  /** In turn, so that nobody ends the server between our finding it and our being seen by it. */
  #join(): Promise<RedisPlace> {
    return inTurn(this.#directory, async () => {
      const place = redisPlaceIn(this.#directory);
      if (this.#isClosing) return place;
      await ensureServer(this.#program, place, this.#log);
      this.#connection = await this.#connect(place.socketPath);
      return place;
    });
  }

  async #connect(socketPath: string): Promise<Redis> {
    const redis = new Redis({
      path: socketPath,
      connectionName: keeperName,
      lazyConnect: true,
      retryStrategy: () => null,
    });
    redis.on('error', () => undefined); // The end of the connection is what counts.
    await redis.connect();
    redis.once('end', () => void this.#rejoin());
    return redis;
  }

  async #rejoin(): Promise<void> {
    for (let waitMs = 500; !this.#isClosing; waitMs = Math.min(waitMs * 2, 30_000)) {
      await pause(waitMs, undefined, { ref: false });
      try {
        await this.#join();
        if (!this.#isClosing) this.#log.warn({}, 'The private Redis had ended and was started again');
        return;
      } catch (error) {
        this.#log.warn(
          { reason: error instanceof Error ? error.message : String(error) },
          'The private Redis has ended',
        );
      }
    }
  }

  async #close(place: RedisPlace): Promise<void> {
    this.#isClosing = true;
    await inTurn(this.#directory, async () => {
      const redis = this.#connection;
      if (redis?.status !== 'ready') return;
      if (await isLastKeeper(redis)) {
        await redis.shutdown('NOSAVE').catch(() => undefined); // The connection ends instead of an answer.
        await untilEnded(place);
        leaveSocketDirectory(place);
      } else {
        await redis.client('SETNAME', ''); // The next in turn no longer counts us, however slowly the connection ends.
      }
      redis.disconnect();
    });
  }
}

async function isLastKeeper(redis: Redis): Promise<boolean> {
  const clients = String(await redis.client('LIST'));
  return clients.split('\n').filter((client) => client.includes(` name=${keeperName} `)).length === 1;
}

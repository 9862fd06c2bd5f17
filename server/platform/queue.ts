import { openBullQueue } from './queue-bullmq.ts';
import { openQueueInProcess } from './queue-in-process.ts';
import type { Queue, QueueLog } from './queue.types.ts';
import { nameOf, redisAddress } from './redis-connection.ts';
import { startPrivateRedis } from './redis-private.ts';

export type * from './queue.types.ts';

type QueueConfig = {
  /** Without it a Redis of our own is started, and without one on the PATH the queue lives in this process. */
  redisUrl?: string;
  dataDirectory: string;
  log: QueueLog;
  /** The clock that `at` is measured by. */
  now?: () => Date;
  /** Sets installations apart that share one Redis. */
  prefix?: string;
};

/** Opens the queue on the best engine there is, and says which in words for the start of the log. */
export async function openQueue(config: QueueConfig): Promise<{ queue: Queue; description: string }> {
  const now = config.now ?? (() => new Date());
  const shared = { prefix: config.prefix ?? 'mosaik', log: config.log, now };
  if (config.redisUrl) {
    const address = redisAddress(config.redisUrl);
    return { queue: await openBullQueue({ ...shared, address }), description: `Redis at ${nameOf(address)}` };
  }

  const redis = await startPrivateRedis(config);
  if ('missing' in redis)
    return { queue: openQueueInProcess({ now }), description: `in this process (${redis.missing})` };
  const queue = await openBullQueue({ ...shared, address: { socketPath: redis.socketPath } });
  const close = async () => {
    await queue.close();
    await redis.close();
  };
  return { queue: { ...queue, close }, description: `private Redis in ${redis.directory}` };
}

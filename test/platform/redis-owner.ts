import { startPrivateRedis } from '../../server/platform/redis-private.ts';

/** A process that uses the private Redis of a data directory: says where it found it, and lets go at the end of its input. */
const log = { info: () => undefined, warn: () => undefined };
const redis = await startPrivateRedis({ dataDirectory: String(process.argv[2]), log });
process.stdout.write(`${'socketPath' in redis ? redis.socketPath : redis.missing}\n`);

process.stdin.resume().once('end', () => void letGo());

async function letGo(): Promise<void> {
  if ('close' in redis) await redis.close();
  process.exit();
}

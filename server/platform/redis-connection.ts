import { Redis, type RedisOptions } from 'ioredis';

import type { QueueLog } from './queue.types.ts';

/** Where a Redis listens: an address such as redis://127.0.0.1:6379/0, or the path of a Unix socket. */
export type RedisAddress = { url: string } | { socketPath: string };

/** Opens a connection that comes back by itself after an outage. Its errors are said once, not once a second. */
export function connectTo(address: RedisAddress, options: RedisOptions): Redis {
  const all: RedisOptions = {
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 1000),
    ...options,
  };
  return 'url' in address ? new Redis(address.url, all) : new Redis({ ...all, path: address.socketPath });
}

/** The address without user and password, for people and logs. */
export function nameOf(address: RedisAddress): string {
  if ('socketPath' in address) return address.socketPath;
  const url = new URL(address.url);
  return `${url.hostname}:${url.port || '6379'}`;
}

/** Checks the setting. @throws an Error with a sentence for whoever starts the process */
export function redisAddress(redisUrl: string): RedisAddress {
  const url = URL.canParse(redisUrl) ? new URL(redisUrl) : undefined;
  if (url?.protocol === 'unix:') return { socketPath: url.pathname };
  if (url && url.hostname && ['redis:', 'rediss:'].includes(url.protocol)) return { url: redisUrl };
  throw new Error('REDIS_URL must look like redis://host:6379, rediss://host:6379 or unix:///path/to/redis.sock.');
}

/** Writes one line when the connection is lost and one when it is back. */
export function reportOutages(redis: Redis, log: QueueLog, name: string): void {
  let downSince: number | undefined;
  let reason = '';
  redis.on('error', (error: Error) => {
    reason = error.message;
  });
  redis.on('reconnecting', () => {
    if (downSince === undefined) log.warn({ reason }, `Redis (${name}) does not answer; recurring work waits for it`);
    downSince ??= Date.now();
  });
  redis.on('ready', () => {
    if (downSince !== undefined)
      log.info({ seconds: Math.round((Date.now() - downSince) / 1000) }, `Redis (${name}) is back`);
    downSince = undefined;
  });
}

/** Writes the same warning at most once a minute. */
export function warnSparingly(log: QueueLog): (error: Error, message: string) => void {
  const lastSaid = new Map<string, number>();
  return (error, message) => {
    if (Date.now() - (lastSaid.get(error.message) ?? 0) < 60_000) return;
    if (lastSaid.size > 100) lastSaid.clear();
    lastSaid.set(error.message, Date.now());
    log.warn({ reason: error.message }, message);
  };
}

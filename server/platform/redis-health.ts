import type { Redis } from 'ioredis';

import type { QueueProblem } from './queue.types.ts';

const problems = {
  'evicts-keys': 'Redis may throw jobs away when its memory is full: set maxmemory-policy to noeviction.',
  'not-durable': 'Redis keeps jobs in memory only: set appendonly to yes.',
} as const;

export const unreachable: QueueProblem = { code: 'unreachable', sentence: 'Redis does not answer.' };

/** Looks at the two settings without which Redis forgets jobs. Reads INFO, which hosted Redis allows where CONFIG is closed. */
export async function problemOf(redis: Redis): Promise<QueueProblem | undefined> {
  const info = (await redis.info('memory')) + (await redis.info('persistence'));
  if (!/^maxmemory_policy:noeviction\r?$/m.test(info)) return problem('evicts-keys');
  if (!/^aof_enabled:1\r?$/m.test(info)) return problem('not-durable');
  return undefined;
}

function problem(code: keyof typeof problems): QueueProblem {
  return { code, sentence: problems[code] };
}

/** After this many attempts a message is failed, and a task for a human. */
export const mostAttempts = 8;

/** How long a sender may hold a message; whoever stands still longer may see it sent by another. */
export const usualLeaseSeconds = 30;

const shortest = 15_000;
const longest = 6 * 3_600_000;

/**
 * When to try again after `attempts` tries: 15 s, then four times as long each time, up to 6 h; eight tries reach over
 * half a day. `scatter`, from 0 to 1, adds up to a fifth: what failed together does not come back together.
 */
export function nextAttemptAt(attempts: number, now: Date, scatter: number): Date {
  const wait = Math.min(shortest * 4 ** (attempts - 1), longest);
  return new Date(now.getTime() + wait * (1 + scatter / 5));
}

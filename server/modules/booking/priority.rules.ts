/** The priorities a coordinator may give, the first before all others. */
export const priorities = [1, 2, 3] as const;

const moreThanEverWait = 1_000_000;

/**
 * The number by which a booking stands in the queue: its turn, or with a priority a fraction of it. So those with the same
 * priority stand in the order of their turns, before everybody with a lower one or none, and one index has the order.
 */
export function numberWith(turn: number, priority?: number): number {
  return priority === undefined ? turn : turn / moreThanEverWait ** (priorities.length + 1 - priority);
}

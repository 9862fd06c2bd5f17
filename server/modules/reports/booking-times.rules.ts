import type { BookingFacts } from './verify.rules.ts';

/** The states in which a booking has its places, confirmed or held for it. */
export const holding: readonly string[] = ['requested', 'offered', 'confirmed'];

type Times = Pick<BookingFacts, 'states'>;

/** When it had its places the last time it got some, in milliseconds. */
export function gotPlacesAt({ states }: Times): number | undefined {
  const lastWait = states.findLastIndex(({ status }) => status === 'waiting');
  return states
    .slice(lastWait + 1)
    .find(({ status }) => holding.includes(status))
    ?.at.getTime();
}

/** From when to when it waited the last time; whoever never did, from a time after all others. */
export function waitedFromTo({ states }: Times): [from: number, to: number] {
  const lastWait = states.findLastIndex(({ status }) => status === 'waiting');
  const since = states[lastWait];
  return since ? [since.at.getTime(), states[lastWait + 1]?.at.getTime() ?? Infinity] : [Infinity, -Infinity];
}

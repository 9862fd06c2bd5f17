import type { QueueEntry } from '../modules/booking/index.ts';

/** The bookings that hold or await places. */
export function activeIn(queue: readonly QueueEntry[]): QueueEntry[] {
  return queue.filter(({ status }) => ['requested', 'waiting', 'offered', 'confirmed'].includes(status));
}

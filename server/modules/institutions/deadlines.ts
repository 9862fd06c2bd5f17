import { mayCancelUntil, namesUntil, namesWanted, substituteUntil, type BookingWithRun } from '../booking/index.ts';

export const deadlineKinds = ['answer-offer', 'approve', 'fill-in-names', 'swap-people', 'cancel'] as const;

/** Until when something can still be done about a booking. */
export type Deadline = BookingWithRun & { kind: (typeof deadlineKinds)[number]; at: Date };

/** The deadlines of a booking that are still to come. */
export function deadlinesOf(one: BookingWithRun, now: Date): Deadline[] {
  const { booking, run } = one;
  const confirmed = booking.status === 'confirmed' && run.status === 'published';
  const all: [Deadline['kind'], Date | undefined][] = [
    ['answer-offer', booking.status === 'offered' ? booking.offeredUntil : undefined],
    ['approve', booking.approval?.until],
    ['fill-in-names', confirmed && !booking.group && namesWanted(booking) > 0 ? namesUntil(run) : undefined],
    ['swap-people', confirmed && run.substituteUntilOn ? substituteUntil(run) : undefined],
    ['cancel', confirmed ? mayCancelUntil(run, booking) : undefined],
  ];
  return all.flatMap(([kind, at]) => (at && at > now ? [{ ...one, kind, at }] : []));
}

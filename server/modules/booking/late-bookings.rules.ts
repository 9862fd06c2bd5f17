import type { PlannedReminder } from './reminders.rules.ts';

/** Whoever books until this moment (until the run begins, where it does not say) gets so many of the mails, and misses so many. */
export type LateBooking = { until?: Date; gets: number; misses: number };

/** How many mails people get by when they book, from now on; nothing to tell once there is no mail to miss. */
export function lateBookings(
  planned: readonly Pick<PlannedReminder, 'dueAt'>[],
  { now, startsAt }: { now: Date; startsAt: Date },
): LateBooking[] {
  const dues = planned.map(({ dueAt }) => dueAt.getTime()).toSorted((one, other) => one - other);
  const limits = [...new Set(dues.filter((due) => due > now.getTime() && due < startsAt.getTime()))];
  const bookedUntil = (until: number): LateBooking => {
    const gets = dues.filter((due) => due >= until).length;
    return { until: new Date(until), gets, misses: dues.length - gets };
  };
  if (limits.length === 0) return [];
  const last = limits.at(-1) ?? 0;
  const gets = dues.filter((due) => due > last).length;
  return [...limits.map(bookedUntil), { gets, misses: dues.length - gets }];
}

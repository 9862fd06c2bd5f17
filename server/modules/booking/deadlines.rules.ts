import { DateTime } from 'luxon';

type Deadlines = { timeZone: string; startsAt: Date; substituteUntilOn?: string };

/** The end of a calendar day on the clock of a place: the first instant that is no longer in it. */
export function endOfDay(on: string, timeZone: string): Date {
  return DateTime.fromISO(on, { zone: timeZone }).plus({ days: 1 }).startOf('day').toJSDate();
}

/** Until when people may be swapped by whoever booked: the run's last day for it, at the latest when it begins. */
export function substituteUntil({ timeZone, startsAt, substituteUntilOn }: Deadlines): Date {
  if (substituteUntilOn === undefined) return startsAt;
  return new Date(Math.min(startsAt.getTime(), endOfDay(substituteUntilOn, timeZone).getTime()));
}

export function maySubstituteAt(run: Deadlines, at: Date): boolean {
  return at < substituteUntil(run);
}

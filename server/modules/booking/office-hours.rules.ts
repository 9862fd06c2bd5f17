import { DateTime } from 'luxon';

/** When offices work: from eight to six, from Monday to Friday, but not on public holidays. */
const [opens, closes] = [8, 18];
const dayInMinutes = (closes - opens) * 60;

/** Whose clock it is, and the days (`2027-05-06`) on which nobody works there. */
export type Office = { timeZone: string; holidays: ReadonlySet<string> };

/** The moment at which so many minutes of office time have passed since `from`, on the full minute. */
export function afterOfficeTime(from: Date, minutes: number, { timeZone, holidays }: Office): Date {
  let at = fullMinute(DateTime.fromJSDate(from, { zone: timeZone }));
  let left = minutes;
  for (;;) {
    const [opensAt, closesAt] = [at.set({ hour: opens, minute: 0 }), at.set({ hour: closes, minute: 0 })];
    const begin = at < opensAt ? opensAt : at;
    const today = isFree(at, holidays) ? 0 : Math.max(0, closesAt.diff(begin, 'minutes').minutes);
    if (today > 0 && left <= today) return begin.plus({ minutes: left }).toJSDate();
    left -= today;
    at = at.plus({ days: 1 }).startOf('day');
  }
}

/** How many calendar days may pass, at most, until so many minutes of office time are over: for whoever looks up holidays. */
export function daysToLookAt(minutes: number): number {
  // Even around Christmas and Easter at least one day in three is a working day.
  return 14 + 3 * Math.ceil(minutes / dayInMinutes);
}

function isFree(at: DateTime, holidays: ReadonlySet<string>): boolean {
  return at.weekday > 5 || holidays.has(at.toFormat('yyyy-MM-dd'));
}

function fullMinute(at: DateTime): DateTime {
  const floor = at.startOf('minute');
  return floor < at ? floor.plus({ minutes: 1 }) : floor;
}

import { DateTime } from 'luxon';
import { endOfDay } from './deadlines.rules.ts';

type NamesDeadline = { timeZone: string; startsAt: Date; namesUntilOn?: string };

/** Bookers are asked for names from so many days before the last one on. */
const askedDaysBefore = 10;
/** Between two questions, and between booking and the first, are so many days on which nothing is asked. */
const quietDays = 3;
/** Nobody is written to at night. */
const askedFromHour = 9;

/** Until when names are expected: the end of the run's last day for them, at the latest when it begins. */
export function namesUntil({ namesUntilOn, timeZone, startsAt }: NamesDeadline): Date | undefined {
  if (namesUntilOn === undefined) return undefined;
  return new Date(Math.min(startsAt.getTime(), endOfDay(namesUntilOn, timeZone).getTime()));
}

/** Whether a booker is asked for names at this time: `askedOn` is the day of the last question, or of the booking. */
export function isToBeAsked(run: NamesDeadline, askedOn: string, at: Date): boolean {
  const until = namesUntil(run);
  if (!until || until <= at || run.namesUntilOn === undefined) return false;
  const local = DateTime.fromJSDate(at, { zone: run.timeZone });
  const daysBetween = (from: string, to: string) => DateTime.fromISO(to).diff(DateTime.fromISO(from), 'days').days;
  const today = dayIn(at, run.timeZone);
  const isNear = daysBetween(today, run.namesUntilOn) <= askedDaysBefore;
  return isNear && local.hour >= askedFromHour && daysBetween(askedOn, today) > quietDays;
}

/** The calendar day of an instant on the clock of a place. */
export function dayIn(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

import { DateTime } from 'luxon';
import { isLand, publicHolidaysBetween, type PublicHoliday } from '../holidays/index.ts';
import type { Run, Session } from '../scheduling/index.ts';
import type { DaysOff } from './reminders.rules.ts';

/** Longer than any rule reaches, and the holidays around it. */
const reachDays = 110;

/** The public holidays that a run's reminders keep clear of; none while no rule asks for working days. */
export async function daysOffFor(run: Pick<Run, 'land' | 'reminders'>, sessions: readonly Session[]): Promise<DaysOff> {
  return run.reminders.some(({ workingDays }) => workingDays)
    ? new Set((await holidaysAround(run, sessions)).map(({ on }) => on))
    : new Set();
}

/** The public holidays of a run's Land around its sessions; none where it has no Land. */
export async function holidaysAround(
  { land }: Pick<Run, 'land'>,
  sessions: readonly Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>[],
): Promise<PublicHoliday[]> {
  if (!isLand(land) || sessions.length === 0) return [];
  const zone = sessions[0]?.timeZone ?? 'UTC';
  const first = Math.min(...sessions.map(({ startsAt }) => startsAt.getTime()));
  const last = Math.max(...sessions.map(({ endsAt }) => endsAt.getTime()));
  const day = (instant: number, days: number) =>
    DateTime.fromMillis(instant, { zone }).plus({ days }).toFormat('yyyy-MM-dd');
  return publicHolidaysBetween(land, day(first, -reachDays), day(last, reachDays));
}

import { DateTime } from 'luxon';

const usualDays = 14;

type Decided = {
  status: string;
  startsAt: Date;
  timeZone: string;
  minimum?: number;
  decisionOn?: string;
  holding?: object;
};

/** The calendar day, at the run's place, from which on a run below its minimum wants a decision. */
export function decisionDayOf({ decisionOn, startsAt, timeZone }: Decided): string {
  return decisionOn ?? dayOf(DateTime.fromJSDate(startsAt, { zone: timeZone }).minus({ days: usualDays }));
}

/** Whether somebody has to decide about the run now: it is public, has not begun, is below its minimum, and its day has come. */
export function needsDecision(run: Decided, held: number, now: Date): boolean {
  if (run.status !== 'published' || run.holding || run.startsAt <= now) return false;
  if (held >= (run.minimum ?? 0)) return false;
  return dayOf(DateTime.fromJSDate(now, { zone: run.timeZone })) >= decisionDayOf(run);
}

function dayOf(date: DateTime): string {
  return date.toFormat('yyyy-MM-dd');
}

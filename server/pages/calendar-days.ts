import { DateTime } from 'luxon';
import { calendarViews, type CalendarViewName } from '../../templates/calendar/paths.ts';
import { now } from '../platform/clock.ts';
import { civilDay, networkZone } from './desk-times.ts';

/** What part of the calendar a page shows, read from its address; whatever is no day or view there is today's month. */
export type CalendarSpan = { view: CalendarViewName; on: string; from: DateTime; to: DateTime };

const listedWeeks = 8;

export function calendarSpanIn(query: Record<string, unknown>): CalendarSpan {
  const view = calendarViews.find((one) => one === query['view']) ?? 'month';
  const asked = civilDay.safeParse(query['on']);
  const on = asked.success ? asked.data : isoOf(DateTime.fromJSDate(now(), { zone: networkZone }));
  return { view, on, ...daysShown(view, on) };
}

/** The page before and the page after, each by a day in it. */
export function turned({ view, on }: CalendarSpan): { before: string; after: string } {
  const day = DateTime.fromISO(on, { zone: 'utc' });
  const step = view === 'month' ? { months: 1 } : { weeks: view === 'list' ? listedWeeks : 1 };
  const from = view === 'month' ? day.startOf('month') : day;
  return { before: isoOf(from.minus(step)), after: isoOf(from.plus(step)) };
}

/** A day of the calendar: from its first instant to the first of the next. */
type Day = { on: string; from: Date; until: Date };

export function eachDay({ from, to }: Pick<CalendarSpan, 'from' | 'to'>): Day[] {
  const days: Day[] = [];
  for (let day = from; day < to;) {
    const next = day.plus({ days: 1 });
    days.push({ on: isoOf(day), from: day.toJSDate(), until: next.toJSDate() });
    day = next;
  }
  return days;
}

/** What of the entries touches the day; one over midnight touches two. */
export function ofDay<Entry extends { startsAt: Date; endsAt: Date }>(
  entries: readonly Entry[],
  { from, until }: Day,
): Entry[] {
  return entries.filter(({ startsAt, endsAt }) => startsAt < until && endsAt > from);
}

export function isoOf(day: DateTime): string {
  return day.toISODate() ?? '';
}

/** The weeks around a month, eight weeks from a day on, or one week. Weeks begin on Monday (ISO 8601). */
function daysShown(view: CalendarViewName, on: string): { from: DateTime; to: DateTime } {
  const day = DateTime.fromISO(on, { zone: networkZone }).startOf('day');
  if (view === 'list') return { from: day, to: day.plus({ weeks: listedWeeks }) };
  if (view !== 'month') return { from: day.startOf('week'), to: day.startOf('week').plus({ weeks: 1 }) };
  const [first, last] = [day.startOf('month').startOf('week'), day.endOf('month').endOf('week')];
  return { from: first, to: last.plus({ days: 1 }).startOf('day') };
}

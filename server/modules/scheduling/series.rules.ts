import { DateTime } from 'luxon';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { PublicHoliday, SchoolHoliday } from '../holidays/index.ts';

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];
export const seriesPatterns = ['weekly', 'block', 'monthly'] as const;
/** Which weekday of its kind in a month: the first to the fourth, or the last. */
export const placesInMonth = ['1', '2', '3', '4', '-1'] as const;

/** When sessions recur; days are written `2027-03-15`. Without weekdays it is that of the first day. Ends by one of the two. */
export type SeriesRule = {
  pattern: (typeof seriesPatterns)[number];
  startsOn: string;
  everyWeeks?: number | undefined;
  weekdays?: readonly Weekday[] | undefined;
  placeInMonth?: (typeof placesInMonth)[number] | undefined;
  count?: number | undefined;
  lastOn?: string | undefined;
};
/** From when to when on the clock of a place: `09:00`. */
export type CivilTimes = { from: string; until: string; timeZone: string };
/** Days on which one may not want to sit. */
export type FreeDays = { publicHolidays: readonly PublicHoliday[]; schoolHolidays: readonly SchoolHoliday[] };
export type LeavingOut = { publicHolidays: boolean; schoolHolidays: boolean };

/** What a day meets that somebody should know before sitting on it. */
export type DayNote =
  | { kind: 'public-holiday'; name: { de: string; en: string } }
  | { kind: 'school-holidays'; name: string }
  | { kind: 'clock-change' }
  | { kind: 'repeated-time' }
  | { kind: 'skipped-time' };
export type SeriesDay = { on: string; notes: DayNote[]; taken: boolean };
/** The days of a series, those left out among them; `missing`: how many of the `wanted` could not be had. */
export type Series = { days: SeriesDay[]; wanted: number; missing: number };

/** The most sessions of a series, the most days looked at, and how far ahead. */
export const seriesLimits = { sessions: 60, days: 80, years: 3 };

/**
 * Lays a series out day by day. Days left out are shown as such; with `makeUp` as many are added at the end, by the same
 * rule. A time that the clock skips on a day leaves it out too.
 */
export function layOutSeries(
  rule: SeriesRule,
  { times, leaveOut, makeUp }: { times: CivilTimes; leaveOut: LeavingOut; makeUp: boolean },
  free: FreeDays,
): Series {
  const candidates = daysOf(rule);
  const planned = rule.count ?? candidates.filter((on) => rule.lastOn === undefined || on <= rule.lastOn).length;
  const wanted = Math.min(planned, seriesLimits.sessions);
  const days: SeriesDay[] = [];
  let kept = 0;
  for (const on of candidates) {
    if (kept === wanted || (!makeUp && days.length === wanted)) break;
    const notes = notesOf(on, times, free);
    const taken = !notes.some((note) => leavesOut(note, leaveOut));
    days.push({ on, notes, taken });
    kept += taken ? 1 : 0;
  }
  return { days, wanted, missing: wanted - kept };
}

/** The days on which a series would go on after `after`, as many as `count`, without those it leaves out. */
export function furtherDays(
  rule: SeriesRule,
  { times, leaveOut, after, count }: { times: CivilTimes; leaveOut: LeavingOut; after: string; count: number },
  free: FreeDays,
): string[] {
  return daysOf(rule)
    .filter((on) => on > after && !notesOf(on, times, free).some((note) => leavesOut(note, leaveOut)))
    .slice(0, count);
}

/** More sessions than a run can have: what the field of the end is told. */
export function isTooLong(rule: SeriesRule): boolean {
  if (rule.lastOn === undefined) return (rule.count ?? 0) > seriesLimits.sessions;
  return daysOf(rule).filter((on) => on <= (rule.lastOn ?? '')).length > seriesLimits.sessions;
}

/** Everything a session at these times meets on a day. */
export function notesOf(on: string, { from, until, timeZone }: CivilTimes, free: FreeDays): DayNote[] {
  const holiday = free.publicHolidays.find((one) => one.on === on);
  const school = free.schoolHolidays.find(({ firstOn, lastOn }) => firstOn <= on && on <= lastOn);
  const clocks = [from, until].map((clock) => onClock(on, clock, timeZone));
  const day = DateTime.fromISO(on, { zone: timeZone });
  const changes = day.startOf('day').offset !== day.endOf('day').offset;
  return [
    ...(holiday ? [{ kind: 'public-holiday' as const, name: holiday.name }] : []),
    ...(school ? [{ kind: 'school-holidays' as const, name: school.name }] : []),
    ...(changes ? [{ kind: 'clock-change' as const }] : []),
    ...(clocks.includes('repeated') ? [{ kind: 'repeated-time' as const }] : []),
    ...(clocks.includes('skipped') ? [{ kind: 'skipped-time' as const }] : []),
  ];
}

/** Lays modules onto sessions in their order, as evenly as it goes: the place of the module for each session. */
export function modulesOver(modules: number, sessions: number): number[] {
  return Array.from({ length: sessions }, (_, index) =>
    Math.min(modules - 1, sessions < modules ? index : Math.floor((index * modules) / sessions)),
  );
}

/**
 * The days of a run anew, the first of them on `firstOn` or right after: by weeks, so that every weekday stays; or by days,
 * so that every distance stays.
 */
export function shiftedDays(days: readonly string[], firstOn: string, by: 'weeks' | 'days'): string[] {
  const [first = firstOn] = days.toSorted();
  const apart = Math.round(utc(firstOn).diff(utc(first), 'days').days);
  const shift = by === 'weeks' ? Math.ceil(apart / 7) * 7 : apart;
  return days.map((day) => utc(day).plus({ days: shift }).toFormat('yyyy-MM-dd'));
}

function leavesOut({ kind }: DayNote, leaveOut: LeavingOut): boolean {
  if (kind === 'public-holiday') return leaveOut.publicHolidays;
  return kind === 'school-holidays' ? leaveOut.schoolHolidays : kind === 'skipped-time';
}

/** The days by RFC 5545, at noon in UTC, where no clock changes; each session's own clock is asked afterwards. */
function daysOf(rule: SeriesRule): string[] {
  const dtstart = Temporal.ZonedDateTime.from(`${rule.startsOn}T12:00[UTC]`);
  const end = utc(rule.startsOn).plus({ years: seriesLimits.years }).toFormat('yyyy-MM-dd');
  const most = seriesLimits.days;
  const recurrence = new RRuleTemporal({ ...partsOf(rule), dtstart });
  return recurrence
    .all((day, index) => index < most && String(day).slice(0, 10) <= end)
    .map((day) => day.toPlainDate().toString());
}

function partsOf(rule: SeriesRule) {
  const first = weekdays[utc(rule.startsOn).weekday - 1] ?? 'MO';
  const chosen = rule.weekdays?.length ? [...rule.weekdays] : undefined;
  switch (rule.pattern) {
    case 'weekly':
      return { freq: 'WEEKLY' as const, interval: rule.everyWeeks ?? 1, byDay: chosen ?? [first] };
    case 'block':
      return { freq: 'DAILY' as const, ...(chosen && { byDay: chosen }) };
    case 'monthly':
      return {
        freq: 'MONTHLY' as const,
        byDay: (chosen ?? [first]).map((day) => `${rule.placeInMonth ?? '1'}${day}`),
      };
    default:
      return rule.pattern satisfies never;
  }
}

function onClock(on: string, clock: string, zone: string): 'once' | 'repeated' | 'skipped' {
  const local = DateTime.fromISO(`${on}T${clock}`, { zone });
  if (local.toFormat('yyyy-MM-dd HH:mm') !== `${on} ${clock}`) return 'skipped';
  return local.getPossibleOffsets().length > 1 ? 'repeated' : 'once';
}

function utc(day: string): DateTime {
  return DateTime.fromISO(day, { zone: 'UTC' });
}

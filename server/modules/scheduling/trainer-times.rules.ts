import { DateTime } from 'luxon';
import type { SingleTime, WeeklyTime } from './trainer-times.model.ts';

type Span = { startsAt: Date; endsAt: Date };
export type Away = Span & { isHard: boolean };

/**
 * When a trainer is not to be had between two instants: blocked times (hard), and, where hours of the week are named,
 * everything outside them and outside the times that are free all the same (soft).
 */
export function awayBetween(
  { timeZone, weekly, single }: { timeZone: string; weekly: readonly WeeklyTime[]; single: readonly SingleTime[] },
  from: Date,
  to: Date,
): Away[] {
  const blocked = single
    .filter(({ kind, startsAt, endsAt }) => kind === 'blocked' && startsAt < to && endsAt > from)
    .map(({ startsAt, endsAt }) => ({ startsAt, endsAt, isHard: true }));
  if (weekly.length === 0) return blocked;

  const free = single.filter(({ kind }) => kind === 'free').map(({ startsAt, endsAt }) => ({ startsAt, endsAt }));
  const outside = gapsBetween([...weeklySpans({ timeZone, weekly }, from, to), ...free], from, to);
  return [...blocked, ...outside.map((gap) => ({ ...gap, isHard: false }))];
}

/** The named hours as instants: each day by the clock of the zone, so that a clock change moves nothing. */
function weeklySpans(
  { timeZone, weekly }: { timeZone: string; weekly: readonly WeeklyTime[] },
  from: Date,
  to: Date,
): Span[] {
  const first = DateTime.fromJSDate(from, { zone: timeZone }).startOf('day');
  const days = Math.ceil(DateTime.fromJSDate(to, { zone: timeZone }).diff(first, 'days').days);
  return Array.from({ length: days }, (_, index) => first.plus({ days: index })).flatMap((day) =>
    weekly
      .filter(({ weekday }) => weekday === day.weekday)
      .map((hours) => ({ startsAt: atClock(day, hours.from), endsAt: atClock(day, hours.until) })),
  );
}

function gapsBetween(spans: readonly Span[], from: Date, to: Date): Span[] {
  const gaps: Span[] = [];
  let open = from;
  for (const { startsAt, endsAt } of spans.toSorted(
    (one, other) => one.startsAt.getTime() - other.startsAt.getTime(),
  )) {
    if (startsAt > open) gaps.push({ startsAt: open, endsAt: startsAt < to ? startsAt : to });
    if (endsAt > open) open = endsAt;
    if (open >= to) return gaps;
  }
  return open < to ? [...gaps, { startsAt: open, endsAt: to }] : gaps;
}

/** 24:00 is the end of the day. */
function atClock(day: DateTime, clock: string): Date {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour === 24 ? day.plus({ days: 1 }).toJSDate() : day.set({ hour, minute }).toJSDate();
}

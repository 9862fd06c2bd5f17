import type { DateTime } from 'luxon';
import type { SessionInput } from '../modules/scheduling/index.ts';
import type { DemoRun } from './demo.types.ts';
import { clockChangeAfter, demoZone, saturdayFrom, workingDayFrom } from './working-days.ts';

/** The sessions of a run as seen from `today`: on working days, unless it is one for Saturdays, never two on a day. */
export function sessionsOf(
  run: DemoRun,
  today: DateTime,
  modules: readonly string[],
  trainers: string[],
): SessionInput[] {
  const { times, everyDays, modules: order } = run.repeats ?? { times: 1, everyDays: 1 };
  const first = firstDay(run, today);
  const wanted = Array.from({ length: times }, (_, index) => first.plus({ days: index * everyDays }));
  const days = wanted.reduce<DateTime[]>((found, day) => [...found, freeDay(run, later(day, found.at(-1)))], []);
  return days.map((day, index) => {
    const module = modules[order?.[index] ?? -1];
    return {
      startsAt: atClock(day, run.from ?? '09:00'),
      endsAt: atClock(day, run.to ?? '16:00'),
      timeZone: demoZone,
      location: run.place,
      ...(module !== undefined && { module }),
      trainers,
    };
  });
}

function firstDay(run: DemoRun, today: DateTime): DateTime {
  if (typeof run.in === 'number') return today.plus({ days: run.in });
  const begins = clockChangeAfter(today, 20).minus({ days: run.in.beforeClockChange });
  const soonest = today.plus({ days: 10 });
  return begins < soonest ? soonest : begins;
}

function later(day: DateTime, before: DateTime | undefined): DateTime {
  return before && day <= before ? before.plus({ days: 1 }) : day;
}

function freeDay(run: DemoRun, day: DateTime): DateTime {
  return run.onSaturday ? saturdayFrom(day) : workingDayFrom(day);
}

function atClock(day: DateTime, clock: string): Date {
  const [hour, minute] = clock.split(':').map(Number);
  return day.set({ hour, minute }).toJSDate();
}

import { CommandError } from './errors.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone (`Europe/Berlin`, `+02:00`) are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (fixed) return Number(`${fixed[1]}1`) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * MINUTE;
  const parts = clockOf(zone).formatToParts(instant);
  const [year = 0, month = 1, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (wanted) => Number(parts.find(({ type }) => type === wanted)?.value),
  );
  const civil = Date.UTC(year, month - 1, day, hour, minute, second);
  return civil - Math.floor(instant / 1000) * 1000;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const digits = 'numeric';
  const parts = { year: digits, month: digits, day: digits, hour: digits, minute: digits, second: digits } as const;
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
    clocks.set(timeZone, clock);
    return clock;
  } catch {
    throw new CommandError(40485, `unrecognized time zone identifier: "${timeZone}"`);
  }
}

/** What the clocks show, as the date whose UTC parts are theirs. */
export const civilOf = (instant: number, zone: string): Date => new Date(instant + offsetAt(instant, zone));

/** When the clocks show this: the first time where they do so twice; after the gap, by its length, where they never do. */
export function instantOf(civil: Date, zone: string): number {
  const shown = civil.getTime();
  const [before, after] = [offsetAt(shown - DAY, zone), offsetAt(shown + DAY, zone)];
  const isAfter = offsetAt(shown - before, zone) !== before && offsetAt(shown - after, zone) === after;
  return shown - (isAfter ? after : before);
}

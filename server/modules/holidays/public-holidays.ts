import type { Day } from './days.rules.ts';
import type { Land } from './land.rules.ts';

/** A day on which nobody works in a Land, with its name in both languages. */
export type PublicHoliday = { on: Day; name: { de: string; en: string } };

const years = new Map<string, readonly PublicHoliday[]>();

/**
 * The public holidays of a Land from one day to another, both included, in the order of time. The tables lie in the library,
 * which is loaded when somebody first asks; no network is used.
 */
export async function publicHolidaysBetween(land: Land, from: Day, to: Day): Promise<PublicHoliday[]> {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const found: PublicHoliday[] = [];
  for (let year = first; year <= last; year += 1) found.push(...(await holidaysOfYear(land, year)));
  return found.filter(({ on }) => on >= from && on <= to);
}

async function holidaysOfYear(land: Land, year: number): Promise<readonly PublicHoliday[]> {
  const key = `${land} ${year}`;
  const known = years.get(key);
  if (known) return known;
  // 24 MB and 0.15 s that a start and a booking need not pay.
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays('DE', land, { types: ['public'] });
  const english = new Map(calendar.getHolidays(year, 'en').map(({ date, name }) => [date, name]));
  const found = calendar
    .getHolidays(year, 'de')
    .filter(({ type }) => type === 'public')
    .map(({ date, name }) => ({ on: date.slice(0, 10), name: { de: name, en: english.get(date) ?? name } }))
    .toSorted((one, other) => (one.on < other.on ? -1 : 1));
  years.set(key, found);
  return found;
}

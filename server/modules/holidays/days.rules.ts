import { DateTime } from 'luxon';

/** Calendar days are written `2027-03-15`; they have no clock and no zone, and sort as text. */
export type Day = string;

const months = 'januar februar märz april mai juni juli august september oktober november dezember'.split(' ');
const numeric = /(?<!\d)(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})(?!\d)/;
const inWords = /(?<!\d)(\d{1,2})\.\s*([a-zä]+)\.?\s+(\d{4})(?!\d)/i;
const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/;

/** What stands in a cell where a day belongs: the day, `none` where nothing looks like one, `impossible` for 31.02. */
export function dayIn(text: string): string {
  const [, isoYear, isoMonth, isoDay] = iso.exec(text) ?? [];
  if (isoYear && isoMonth && isoDay) return checked(Number(isoYear), Number(isoMonth), Number(isoDay));
  const [, day, month, year] = numeric.exec(text) ?? [];
  if (day && month && year) return checked(fullYear(year), Number(month), Number(day));
  const [, wordDay, word, wordYear] = inWords.exec(text) ?? [];
  if (wordDay && word && wordYear) return checked(Number(wordYear), monthCalled(word), Number(wordDay));
  return 'none';
}

/** Several days in one cell, as in `05.10.2026 - 17.10.2026`. */
export function daysIn(text: string): string[] {
  return text
    .split(/\s+(?:-|–|—|bis)\s+|(?<=\d)\s*(?:–|—)\s*(?=\d)/)
    .map(dayIn)
    .filter((day) => day !== 'none');
}

/** How many days lie from one to the other, both counted. */
export function lengthInDays(firstOn: Day, lastOn: Day): number {
  return Math.round(utc(lastOn).diff(utc(firstOn), 'days').days) + 1;
}

export function dayAfter(day: Day, days = 1): Day {
  return utc(day).plus({ days }).toFormat('yyyy-MM-dd');
}

/**
 * The school year of a holiday period, `2026/27`: by law it begins on 1 August (Hamburger Abkommen, section 1). Summer
 * holidays close the year that they follow, also where they begin in August.
 */
export function schoolYearOf({ name, firstOn }: { name: string; firstOn: Day }): string {
  const [year = 0, month = 0] = firstOn.split('-').map(Number);
  const isNew = month >= 8 && !/sommer|summer/i.test(name);
  const begins = isNew ? year : year - 1;
  return `${begins}/${String((begins + 1) % 100).padStart(2, '0')}`;
}

function checked(year: number, month: number, day: number): string {
  const found = DateTime.fromObject({ year, month, day }, { zone: 'UTC' });
  return found.isValid ? found.toFormat('yyyy-MM-dd') : 'impossible';
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function monthCalled(word: string): number {
  const start = word.toLowerCase().replace('maerz', 'märz');
  return start.length < 3 ? 0 : months.findIndex((month) => month.startsWith(start)) + 1;
}

function utc(day: Day): DateTime {
  return DateTime.fromISO(day, { zone: 'UTC' });
}

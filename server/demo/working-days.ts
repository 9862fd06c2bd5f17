import { DateTime } from 'luxon';

export const demoZone = 'Europe/Berlin';

/** The first working day in Lower Saxony on or after `day`: Monday to Friday, no public holiday, not between the years. */
export function workingDayFrom(day: DateTime): DateTime {
  return day.weekday <= 5 && !isFree(day) ? day : workingDayFrom(day.plus({ days: 1 }));
}

/** The first Saturday on or after `day` that is no public holiday. */
export function saturdayFrom(day: DateTime): DateTime {
  return day.weekday === 6 && !isFree(day) ? day : saturdayFrom(day.plus({ days: 1 }));
}

/** The next day whose clock in Berlin differs from the day before, at least `atLeastDays` after `day`. */
export function clockChangeAfter(day: DateTime, atLeastDays: number): DateTime {
  const candidate = day.plus({ days: atLeastDays });
  return candidate.offset === candidate.plus({ days: 1 }).offset
    ? clockChangeAfter(candidate.plus({ days: 1 }), 0)
    : candidate.plus({ days: 1 });
}

const fixedHolidays = ['1-1', '5-1', '10-3', '10-31', '12-25', '12-26'];
const holidaysFromEaster = [-2, 1, 39, 50];

/** Public holidays by the Niedersächsisches Feiertagsgesetz, section 2; and the days on which nobody books a seminar. */
function isFree(day: DateTime): boolean {
  const betweenTheYears = day.month === 12 && day.day >= 24;
  const isFixed = fixedHolidays.includes(`${day.month}-${day.day}`);
  return betweenTheYears || isFixed || holidaysFromEaster.includes(day.ordinal - easterOf(day.year).ordinal);
}

/** Easter Sunday by the Gregorian computus of Meeus, Jones and Butcher. */
function easterOf(year: number): DateTime {
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const goldenNumber = year % 19;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * goldenNumber + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((goldenNumber + 11 * epact + 22 * weekday) / 451);
  const number = epact + weekday - 7 * late + 114;
  return DateTime.fromObject({ year, month: Math.floor(number / 31), day: (number % 31) + 1 }, { zone: demoZone });
}

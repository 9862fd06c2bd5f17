/**
 * Holidays: the public holidays of a Land, and its school holidays as a ministry publishes them.
 *
 * Promises: no network is asked; nothing of a file is saved before somebody has seen it row by row, and then all or nothing.
 */
export { lands, landName, isLand } from './land.rules.ts';
export type { Land } from './land.rules.ts';
export type { Day } from './days.rules.ts';
export { schoolYearOf } from './days.rules.ts';
export { publicHolidaysBetween } from './public-holidays.ts';
export type { PublicHoliday } from './public-holidays.ts';
export { schoolHolidaysBetween, replaceSchoolHolidays, importedSchoolYears } from './school-holidays.ts';
export type { SchoolHoliday, SchoolYear } from './school-holidays.ts';
export { readSchoolFile } from './school-file.ts';
export type { SchoolFile } from './school-file.ts';
export { landInput, schoolHolidaysInput } from './holidays.input.ts';

import { now } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database.ts';
import { AppError, authorise } from '../../platform/errors.ts';
import { coordinatesNetwork, recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { schoolYearOf, type Day } from './days.rules.ts';
import type { SchoolHolidays } from './holidays.input.ts';
import type { Land } from './land.rules.ts';
import { SchoolYearModel } from './school-year.model.ts';

/** A time without school. Both days are included. */
export type SchoolHoliday = { name: string; firstOn: Day; lastOn: Day };
export type SchoolYear = { land: string; schoolYear: string; periods: SchoolHoliday[]; importedAt: Date };

/**
 * Saves the periods of the named school years in the place of what was there; other years stay as they are.
 * @throws not-allowed, no-period-of-year
 */
export function replaceSchoolHolidays(actor: Actor, { land, schoolYears, periods }: SchoolHolidays): Promise<void> {
  return inTransaction(async () => {
    authorise(coordinatesNetwork(actor));
    for (const schoolYear of new Set(schoolYears)) {
      const ofYear = periods.filter((period) => schoolYearOf(period) === schoolYear).toSorted(byStart);
      if (ofYear.length === 0)
        throw new AppError('no-period-of-year', 'invalid', 'There is no period of this school year.', { schoolYear });
      await replaceYear(actor, land, schoolYear, ofYear);
    }
  });
}

async function replaceYear(actor: Actor, land: Land, schoolYear: string, periods: SchoolHoliday[]): Promise<void> {
  const days = periods.map(({ lastOn }) => lastOn).toSorted();
  const row = {
    land,
    schoolYear,
    periods,
    firstOn: periods[0]?.firstOn ?? '',
    lastOn: days.at(-1) ?? '',
    importedAt: now(),
    by: referenceTo(actor),
  };
  await SchoolYearModel.updateOne({ _id: `${land} ${schoolYear}` }, { $set: row }, { upsert: true });
  const facts = { land, schoolYear, periods: periods.length };
  recordEvent(actor, { type: 'school-holidays-imported', about: {}, facts });
}

/** The school holidays of a Land that touch the days from one to another, as far as they were imported. */
export async function schoolHolidaysBetween(land: Land, from: Day, to: Day): Promise<SchoolHoliday[]> {
  const rows = await SchoolYearModel.find({ land, lastOn: { $gte: from } }).lean();
  return rows
    .flatMap(({ periods }) => periods)
    .filter(({ firstOn, lastOn }) => firstOn <= to && lastOn >= from)
    .toSorted(byStart);
}

/** Everything that was imported, by Land and year. */
export async function importedSchoolYears(): Promise<SchoolYear[]> {
  const rows = await SchoolYearModel.find().sort({ land: 1, schoolYear: 1 }).lean();
  return rows.map(({ land, schoolYear, periods, importedAt }) => ({ land, schoolYear, periods, importedAt }));
}

function byStart(one: SchoolHoliday, other: SchoolHoliday): number {
  return one.firstOn < other.firstOn ? -1 : 1;
}

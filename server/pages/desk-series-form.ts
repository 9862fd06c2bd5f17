import { DateTime } from 'luxon';
import { z } from 'zod';
import type { FieldError } from '../../templates/form.ts';
import type { TextKey } from '../../templates/texts/texts.ts';
import { landInput } from '../modules/holidays/index.ts';
import {
  isTooLong,
  placesInMonth,
  seriesLimits,
  seriesPatterns,
  sessionInput,
  weekdays,
  type SeriesRule,
} from '../modules/scheduling/index.ts';
import { civilDay, civilTime } from './desk-times.ts';

const wholeNumber = (most: number) =>
  z.int({ error: 'whole-number' }).min(1, { error: 'at-least-one' }).max(most, { error: 'too-large' });

/** A series as its form asks for it. In the order of the page, so that mistakes are listed in it. */
export const seriesForm = z.object({
  pattern: z.enum(seriesPatterns, { error: 'choose-one' }),
  weekdays: z.array(z.enum(weekdays, { error: 'choose-one' })).optional(),
  everyWeeks: wholeNumber(26).optional(),
  placeInMonth: z.enum(placesInMonth, { error: 'choose-one' }).optional(),
  startsOn: civilDay,
  count: wholeNumber(seriesLimits.sessions).optional(),
  lastOn: civilDay.optional(),
  from: civilTime,
  until: civilTime,
  timeZone: sessionInput.shape.timeZone,
  land: landInput.optional(),
  leaveOutPublic: z.boolean().optional(),
  leaveOutSchool: z.boolean().optional(),
  makeUp: z.boolean().optional(),
  roomId: z.string().optional(),
  location: z.string().trim().max(300, { error: 'too-long' }).optional(),
  trainers: sessionInput.shape.trainers,
});
export type SeriesForm = z.infer<typeof seriesForm>;

export function ruleOf({
  pattern,
  startsOn,
  everyWeeks,
  weekdays: chosen,
  placeInMonth,
  count,
  lastOn,
}: SeriesForm): SeriesRule {
  return { pattern, startsOn, everyWeeks, weekdays: chosen, placeInMonth, count, lastOn };
}

export function choicesOf({ from, until, timeZone, leaveOutPublic, leaveOutSchool, makeUp }: SeriesForm) {
  return {
    times: { from, until, timeZone },
    leaveOut: { publicHolidays: leaveOutPublic === true, schoolHolidays: leaveOutSchool === true },
    makeUp: makeUp === true,
  };
}

/** What is wrong between fields that are right by themselves. */
export function seriesErrors(form: SeriesForm, at: Date): FieldError[] {
  const { count, lastOn, startsOn, from, until, timeZone, location, roomId } = form;
  const today = DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
  const farthest = DateTime.fromJSDate(at, { zone: timeZone })
    .plus({ years: seriesLimits.years })
    .toFormat('yyyy-MM-dd');
  const wrong: (readonly [boolean, string, TextKey])[] = [
    [startsOn < today, 'startsOn', 'planning.starts-in-the-past'],
    [startsOn > farthest, 'startsOn', 'planning.starts-too-late'],
    [count === undefined && lastOn === undefined, 'count', 'planning.no-end'],
    [count !== undefined && lastOn !== undefined, 'lastOn', 'planning.two-ends'],
    [lastOn !== undefined && lastOn < startsOn, 'lastOn', 'planning.ends-before-it-starts'],
    [lastOn !== undefined && lastOn >= startsOn && isTooLong(ruleOf(form)), 'lastOn', 'planning.too-many-days'],
    [until <= from, 'until', 'planning.until-before-from'],
    [!location && !roomId, 'location', 'errors.required'],
  ];
  return wrong.flatMap(([isWrong, field, key]) =>
    isWrong ? [{ field, key, values: { most: seriesLimits.sessions, years: seriesLimits.years } }] : [],
  );
}

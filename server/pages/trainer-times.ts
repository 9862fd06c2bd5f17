import type { Request } from 'express';
import { z } from 'zod';
import { calendarDay, clockTime } from '../../templates/dates.ts';
import { startingWith, type FieldError, type FormState } from '../../templates/form.ts';
import { trainerTimesInput, type TrainerTimes } from '../modules/scheduling/index.ts';
import { readForm } from '../web/forms.ts';
import { civilDay, civilTime, instantOf, networkZone } from './desk-times.ts';

const timesFields = z.strictObject({
  weekly: trainerTimesInput.shape.weekly.optional(),
  single: z
    .array(
      z.strictObject({
        kind: z.enum(['blocked', 'free'], { error: 'choose-one' }),
        date: civilDay,
        from: civilTime.optional(),
        untilDate: civilDay.optional(),
        until: civilTime.optional(),
      }),
    )
    .max(200, { error: 'too-many' })
    .optional(),
});

type Read = { times: z.infer<typeof trainerTimesInput>; form?: undefined } | { times?: undefined; form: FormState };

/** What was said of somebody's times; without a clock time a whole day is meant. */
export function readTimes(req: Request): Read {
  const form = readForm(timesFields, req);
  if (form.errors) return { form };
  const errors: FieldError[] = [];
  const single = (form.value.single ?? []).map(({ kind, date, from, untilDate, until }, index) => {
    const startsAt = instantOf(date, from ?? '00:00', networkZone);
    const endsAt = until
      ? instantOf(untilDate ?? date, until, networkZone)
      : instantOf(nextDay(untilDate ?? date), '00:00', networkZone);
    if (!startsAt || !endsAt || startsAt >= endsAt)
      errors.push({ field: `single[${index}].date`, key: 'errors.period' });
    return { kind, startsAt: startsAt ?? new Date(0), endsAt: endsAt ?? new Date(0) };
  });
  const weekly = form.value.weekly ?? [];
  weekly.forEach(({ from, until }, index) => {
    if (from >= until) errors.push({ field: `weekly[${index}].from`, key: 'errors.period' });
  });
  if (errors.length > 0) return { form: { values: form.values, errors } };
  return { times: { timeZone: networkZone, weekly, single } };
}

/** The form that shows somebody's times. */
export function timesForm({ weekly, single, timeZone }: TrainerTimes): FormState {
  const hours = weekly.flatMap(({ weekday, from, until }, index) => [
    [`weekly[${index}].weekday`, String(weekday)],
    [`weekly[${index}].from`, from],
    [`weekly[${index}].until`, until],
  ]);
  const times = single.flatMap(({ kind, startsAt, endsAt }, index) => [
    [`single[${index}].kind`, kind],
    [`single[${index}].date`, calendarDay(startsAt, timeZone)],
    [`single[${index}].from`, clockTime(startsAt, timeZone)],
    [`single[${index}].untilDate`, calendarDay(endsAt, timeZone)],
    [`single[${index}].until`, clockTime(endsAt, timeZone)],
  ]);
  return startingWith(Object.fromEntries([...hours, ...times]));
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

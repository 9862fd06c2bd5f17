import { DateTime } from 'luxon';
import { z } from 'zod';
import { calendarDay, clockTime } from '../../templates/dates.ts';
import type { FieldError } from '../../templates/form.ts';
import { sessionInput, type Session, type SessionInput } from '../modules/scheduling/index.ts';

/** A day and a time as forms carry them. */
export const civilDay = z.iso
  .date({ error: 'date' })
  .refine((text) => Number(text.slice(0, 4)) >= 2000 && Number(text.slice(0, 4)) < 2100, { error: 'year' });
export const civilTime = z.string({ error: 'time' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time' });

/** A session as people write it down: a day and two times on the clock of the place. */
export const civilSession = z.strictObject({
  date: civilDay,
  from: civilTime,
  until: civilTime,
  /** When it ends on another day than it begins. */
  endsOn: civilDay.optional(),
  roomId: sessionInput.shape.roomId,
  location: sessionInput.shape.location,
  module: sessionInput.shape.module,
  trainers: sessionInput.shape.trainers,
});
export type CivilSession = z.infer<typeof civilSession>;

/** Says at the field what a session lacks that has neither a room nor words, also while other fields are wrong. */
export function somewhere<Schema extends z.ZodType<{ roomId?: string | undefined; location: string }>>(
  schema: Schema,
): Schema {
  return schema.refine(isSomewhere, { path: ['location'], error: 'required', when: ({ value }) => isObject(value) });
}

/** The zones offered: those of Europe, where the network is. */
export const timeZones: readonly string[] = Intl.supportedValuesOf('timeZone').filter((zone) =>
  zone.startsWith('Europe/'),
);
export const networkZone = 'Europe/Berlin';

/** The session in instants, or the times that its clock never shows. `prefix`: before the names of its fields. */
export function sessionIn(
  { date, from, until, endsOn = date, ...rest }: CivilSession,
  timeZone: string,
  prefix = '',
): { session: SessionInput; errors?: undefined } | { session?: undefined; errors: FieldError[] } {
  const startsAt = instantOf(date, from, timeZone);
  const endsAt = instantOf(endsOn, until, timeZone);
  if (startsAt && endsAt) return { session: { ...rest, startsAt, endsAt, timeZone } };
  const skipped = [
    ...(startsAt ? [] : [{ field: 'from', time: from }]),
    ...(endsAt ? [] : [{ field: 'until', time: until }]),
  ];
  return {
    errors: skipped.map((one) => ({ field: prefix + one.field, key: 'desk.skipped-time', values: { time: one.time } })),
  };
}

/** The fields of a session that is there. */
export function civilValues(session: Session): Record<string, string> {
  const { startsAt, endsAt, timeZone, location, roomId, trainerIds } = session;
  const [date, endsOn] = [calendarDay(startsAt, timeZone), calendarDay(endsAt, timeZone)];
  return {
    date,
    ...(endsOn !== date && { endsOn }),
    from: clockTime(startsAt, timeZone),
    until: clockTime(endsAt, timeZone),
    timeZone,
    location: roomId === undefined ? location : '',
    ...(roomId !== undefined && { roomId }),
    ...Object.fromEntries(trainerIds.map((id, index) => [`trainers[${index}]`, id])),
  };
}

/** A time that the clock shows twice is the first of the two; one that it skips is none. */
export function instantOf(date: string, clock: string, zone: string): Date | undefined {
  const local = DateTime.fromISO(`${date}T${clock}`, { zone });
  if (!local.isValid || local.toFormat('yyyy-MM-dd HH:mm') !== `${date} ${clock}`) return undefined;
  const first = local.getPossibleOffsets().toSorted((one, other) => one.toMillis() - other.toMillis())[0];
  return (first ?? local).toJSDate();
}

function isSomewhere({ roomId, location }: { roomId?: string | undefined; location?: string }): boolean {
  return roomId !== undefined || (location ?? '') !== '';
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

import type { Request } from 'express';
import { z } from 'zod';
import type { PlanCheck } from '../../templates/desk/plan-check.tsx';
import type { FieldError, FormState } from '../../templates/form.ts';
import { isTextKey } from '../../templates/texts/texts.ts';
import {
  importedSchoolYears,
  isLand,
  publicHolidaysBetween,
  schoolHolidaysBetween,
  schoolYearOf,
} from '../modules/holidays/index.ts';
import {
  conflictsIn,
  notesOf,
  type DayNote,
  type FreeDays,
  type Occupied,
  type SessionInput,
} from '../modules/scheduling/index.ts';
import type { AppError } from '../platform/errors.ts';
import { countedByWeight, refusedPlan, sentencesOf, type ConflictSentence } from './desk-conflicts.ts';
import { planField } from './desk-plan-field.ts';
import { civilDay, civilTime, sessionIn } from './desk-times.ts';

type Values = Readonly<Record<string, string>>;
/** A day that is proposed: planned when it is taken. `source`: the session that a copy repeats. */
export type DayRow = { take: boolean; date: string; from: string; until: string; module: string; source: string };

const fields = ['date', 'from', 'until', 'module', 'source'] as const;
const civil = z.object({ date: civilDay, from: civilTime, until: civilTime });
const list = /^sessions\[\d+\]\./;

/** The proposed days as a form carries them, in the order of its rows. */
export function dayRowsIn(values: Values): DayRow[] {
  const numbers = Object.keys(values).flatMap((name) => /^sessions\[(\d{1,3})\]\./.exec(name)?.[1] ?? []);
  const indexes = [...new Set(numbers.map(Number))].toSorted((one, other) => one - other);
  return indexes.map((index) => {
    const cell = (field: string) => values[`sessions[${index}].${field}`] ?? '';
    const [date = '', from = '', until = '', module = '', source = ''] = fields.map(cell);
    return { take: cell('take') !== '', date, from, until, module, source };
  });
}

/** The form with these days in the place of those it had. */
export function withDayRows(values: Values, rows: readonly DayRow[]): Record<string, string> {
  const rest = Object.entries(values).filter(([name]) => !list.test(name));
  const cells = rows.flatMap((row, index) => [
    ...(row.take ? [[`sessions[${index}].take`, 'on'] as const] : []),
    ...fields.filter((field) => row[field] !== '').map((field) => [`sessions[${index}].${field}`, row[field]] as const),
  ]);
  return Object.fromEntries([...rest, ...cells]);
}

/** What is free around these days in a Land; without a Land nothing is known to be. */
export async function freeDaysAround(land: string | undefined, days: readonly string[]): Promise<FreeDays> {
  const known = days.filter((day) => civilDay.safeParse(day).success).toSorted();
  const [first, last] = [known[0], known.at(-1)];
  if (!isLand(land) || first === undefined || last === undefined) return { publicHolidays: [], schoolHolidays: [] };
  return {
    publicHolidays: await publicHolidaysBetween(land, first, last),
    schoolHolidays: await schoolHolidaysBetween(land, first, last),
  };
}

/** The school years around these days of which nothing was imported. */
export async function unknownSchoolYears(land: string | undefined, days: readonly string[]): Promise<string[]> {
  if (!isLand(land)) return [];
  const imported = (await importedSchoolYears()).filter((one) => one.land === land);
  const wanted = new Set(days.map((firstOn) => schoolYearOf({ name: '', firstOn })));
  return [...wanted].filter((year) => !imported.some(({ schoolYear }) => schoolYear === year)).toSorted();
}

/** What each row meets, where it can be read. */
function notesOfRows(rows: readonly DayRow[], timeZone: string, free: FreeDays): DayNote[][] {
  return rows.map(({ date, from, until }) =>
    civil.safeParse({ date, from, until }).success ? notesOf(date, { from, until, timeZone }, free) : [],
  );
}

export type PlannedSession = { row: number; source: string; module: string; session: SessionInput };

/** The sessions of the rows that are taken, or what is wrong with which of them. */
export function sessionsOfRows(
  rows: readonly DayRow[],
  timeZone: string,
): { sessions: PlannedSession[]; errors: FieldError[] } {
  const read = rows.map((row, index) => (row.take ? sessionOfRow(row, index, timeZone) : {}));
  const errors = read.flatMap((one) => one.errors ?? []);
  const sessions = read.flatMap(({ session }, row) => {
    const { source = '', module = '' } = rows[row] ?? {};
    return session ? [{ row, source, module, session }] : [];
  });
  if (errors.length === 0 && sessions.length === 0)
    return { sessions, errors: [{ field: 'sessions[0].take', key: 'planning.nothing-taken' }] };
  return { sessions, errors };
}

function sessionOfRow(
  { date, from, until }: DayRow,
  index: number,
  timeZone: string,
): { session?: SessionInput | undefined; errors?: FieldError[] | undefined } {
  const prefix = `sessions[${index}].`;
  const parsed = civil.safeParse({ date, from, until });
  if (!parsed.success)
    return {
      errors: parsed.error.issues.map(({ path, message }) => ({
        field: `${prefix}${String(path[0])}`,
        key: errorKey(message),
      })),
    };
  return sessionIn({ ...parsed.data, location: '' }, timeZone, prefix);
}

function errorKey(message: string) {
  const key = `errors.${message}`;
  return isTextKey(key) ? key : 'errors.invalid';
}

/** What each row meets and what speaks against it, in their order, and how much that is. */
export type CheckedDays = { notes: DayNote[][]; conflicts: ConflictSentence[][]; checked: PlanCheck };
type Around = {
  timeZone: string;
  free: FreeDays;
  placeOf: (row: DayRow) => { location: string; roomId?: string | undefined; trainerIds: readonly string[] };
};

/** What speaks against each row that is taken, as sentences; a row that cannot be read meets nothing yet. */
export async function daysChecked(
  req: Request,
  rows: readonly DayRow[],
  { timeZone, free, placeOf }: Around,
): Promise<CheckedDays> {
  const planned = sessionsOfRows(rows, timeZone).sessions.filter(({ session }) => session.startsAt < session.endsAt);
  const sessions = planned.map(({ row, session: { startsAt, endsAt } }): Occupied => {
    const { roomId, ...place } = placeOf(rows[row] ?? emptyRow);
    return { id: `new-${row}`, runId: 'new', startsAt, endsAt, timeZone, ...place, ...(roomId && { roomId }) };
  });
  const conflicts = sessions.length > 0 ? await conflictsIn({ sessions }) : [];
  const sentences = await sentencesOf(req, conflicts);
  const byRow = rows.map((_row, index) =>
    sentences.filter((_one, number) => planned[conflicts[number]?.session ?? -1]?.row === index),
  );
  const notes = notesOfRows(rows, timeZone, free);
  const { hard, soft } = countedByWeight(conflicts);
  const noted = planned.reduce((sum, { row }) => sum + (notes[row]?.length ?? 0), 0);
  const checked = { sessions: sessions.length, skipped: rows.length - sessions.length, hard, soft: soft + noted };
  return { notes, conflicts: byRow, checked };
}

const emptyRow: DayRow = { take: false, date: '', from: '', until: '', module: '', source: '' };

/** The form with the refusal of the plan, each conflict at the day that it concerns. */
export async function refusedDays(
  req: Request,
  values: Record<string, string>,
  refusal: AppError,
  sessions: readonly PlannedSession[],
): Promise<FormState> {
  const rowOf = (session: number) => sessions[session]?.row ?? 0;
  const { session } = refusal.details;
  const field = planField(refusal)?.replace(/\[\d+\]/, `[${rowOf(typeof session === 'number' ? session : 0)}]`);
  const refused = await refusedPlan(req, values, refusal, { field, prefixOf: (one) => `sessions[${rowOf(one)}].` });
  // The days have no field of their own for room and trainers: what is in the way stands at the day.
  const errors = refused.errors.map((error) => ({
    ...error,
    ...(error.field && { field: error.field.replace(/\.(roomId|location|trainers\[\d+\])$/, '.take') }),
  }));
  return { values: refused.values, errors };
}

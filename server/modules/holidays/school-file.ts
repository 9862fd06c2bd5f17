import { AppError } from '../../platform/errors.ts';
import { lengthInDays, schoolYearOf } from './days.rules.ts';
import type { Land } from './land.rules.ts';
import type { SchoolHoliday } from './school-holidays.ts';
import { rowsOfCalendar } from './school-file-calendar.ts';
import { rowsOfTable } from './school-file-table.ts';
import { textOfFile } from '../../platform/file-text.ts';
import type { FileRow, RowRefusal } from './school-file.types.ts';

/** What a file of school holidays says, row by row: what can be taken, and what not and why. Nothing is saved. */
export type SchoolFile = {
  format: 'calendar' | 'table';
  taken: (SchoolHoliday & { row: number; schoolYear: string })[];
  refused: { row: number; text: string; reason: RowRefusal }[];
};

const mostRows = 500;
const longestDays = 60;
const years = { first: 2000, last: 2099 };

/**
 * Reads a file that a ministry or district publishes: iCal, or CSV with `;`, `,` or tabs; UTF-8 with or without a byte
 * order mark, or Latin-1. @throws file-unreadable, file-empty, file-too-many-rows
 */
export function readSchoolFile(bytes: Uint8Array, land: Land): SchoolFile {
  const text = textOfFile(bytes);
  const isCalendar = /^\s*BEGIN:VCALENDAR/i.test(text);
  const rows = isCalendar ? rowsOfCalendar(text) : rowsOfTable(text, land);
  if (rows.length === 0) throw new AppError('file-empty', 'invalid', 'Nothing in the file looks like school holidays.');
  if (rows.length > mostRows)
    throw new AppError('file-too-many-rows', 'invalid', 'The file has too many rows.', { most: mostRows });

  const judged = rows.map((row, index) => ({ row, refusal: refusalOf(row, rows.slice(0, index)) }));
  return {
    format: isCalendar ? 'calendar' : 'table',
    taken: judged.flatMap(({ row, refusal }) => (refusal === undefined ? takenFrom(row) : [])),
    refused: judged.flatMap(({ row, refusal }) =>
      refusal === undefined ? [] : [{ row: row.number, text: row.text, reason: refusal }],
    ),
  };
}

function refusalOf(row: FileRow, earlier: readonly FileRow[]): RowRefusal | undefined {
  if (row.refusal) return row.refusal;
  const { name, firstOn, lastOn } = row;
  if (name === '') return 'no-name';
  if (firstOn === undefined || lastOn === undefined) return 'no-day';
  if (lastOn < firstOn) return 'ends-before-it-starts';
  if ([firstOn, lastOn].some((day) => Number(day.slice(0, 4)) < years.first || Number(day.slice(0, 4)) > years.last))
    return 'year';
  if (lengthInDays(firstOn, lastOn) > longestDays) return 'too-long';
  const isSame = (other: FileRow) => !other.refusal && other.firstOn === firstOn && other.lastOn === lastOn;
  return earlier.some(isSame) ? 'twice' : undefined;
}

function takenFrom({ number, name, firstOn = '', lastOn = '' }: FileRow) {
  return [{ row: number, name, firstOn, lastOn, schoolYear: schoolYearOf({ name, firstOn }) }];
}

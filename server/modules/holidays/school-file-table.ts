import { parse } from 'csv-parse/sync';
import { AppError } from '../../platform/errors.ts';
import { dayIn, daysIn } from './days.rules.ts';
import { landMeant, type Land } from './land.rules.ts';
import { lineOf, type FileRow } from './school-file.types.ts';

type Columns = { name: number; first: number; last: number; land: number };
type Cells = readonly string[];

const headings: Record<keyof Columns, RegExp> = {
  land: /^(bundesland|land|state|region)$/i,
  name: /^(ferien|ferienart|ferienname|name|bezeichnung|titel|title|betreff|subject|summary|anlass)\b/i,
  first: /^(von|beginn|anfang|start|ab|erster|first|datum|zeitraum|date)/i,
  last: /^(bis|ende|end|letzter|last)/i,
};

/** The rows of a CSV table. Columns are known by their headings, or where there are none by what stands in them. @throws file-unreadable */
export function rowsOfTable(text: string, land: Land): FileRow[] {
  const lines = linesOf(text);
  const header = columnsCalled(lines[0]?.cells ?? []);
  const table = header ? lines.slice(1) : lines;
  const columns = header ?? columnsSeenIn(table.map(({ cells }) => cells));
  return table.map(({ number, cells }) => rowOf(number, cells, columns, land));
}

function linesOf(text: string): { number: number; cells: Cells }[] {
  try {
    const records: unknown = parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    });
    if (!Array.isArray(records)) return [];
    return records
      .map((record: unknown, index) => ({ number: index + 1, cells: Array.isArray(record) ? record.map(String) : [] }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    throw new AppError('file-unreadable', 'invalid', `The table cannot be read: ${String(error)}`);
  }
}

/** The sign that most lines have, and of two the one that decimals and dates have not. */
function separatorOf(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const counted = [';', '\t', ','].map((sign) => ({ sign, lines: lines.filter((line) => line.includes(sign)).length }));
  return counted.toSorted((one, other) => other.lines - one.lines)[0]?.sign ?? ';';
}

function columnsCalled(cells: Cells): Columns | undefined {
  if (cells.some((cell) => dayIn(cell) !== 'none')) return undefined;
  const find = (pattern: RegExp) => cells.findIndex((cell) => pattern.test(cell));
  const columns = {
    name: find(headings.name),
    first: find(headings.first),
    last: find(headings.last),
    land: find(headings.land),
  };
  return columns.name >= 0 && columns.first >= 0 ? columns : undefined;
}

/** Without headings: the columns with days are days, the first one without is the name. */
function columnsSeenIn(table: readonly Cells[]): Columns {
  const widest = Math.max(0, ...table.map((cells) => cells.length));
  const columns = Array.from({ length: widest }, (_, index) => index);
  const holdsDays = (index: number) => table.some((cells) => dayIn(cells[index] ?? '') !== 'none');
  const holdsLand = (index: number) => table.every((cells) => landMeant(cells[index] ?? '') !== undefined);
  const [first = -1, last = -1] = columns.filter(holdsDays);
  const land = columns.find(holdsLand) ?? -1;
  return { first, last, land, name: columns.find((index) => !holdsDays(index) && index !== land) ?? -1 };
}

function rowOf(number: number, cells: Cells, columns: Columns, land: Land): FileRow {
  const cell = (index: number) => cells[index] ?? '';
  const days = [...daysIn(cell(columns.first)), ...(columns.last < 0 ? [] : daysIn(cell(columns.last)))];
  const [firstOn, lastOn = firstOn] = days;
  const said = cell(columns.land);
  const row = { number, text: lineOf(cells.join(' · ')), name: lineOf(cell(columns.name)) };
  if (said !== '' && landMeant(said) !== undefined && landMeant(said) !== land)
    return { ...row, refusal: 'other-land' };
  if (firstOn === 'impossible' || lastOn === 'impossible') return { ...row, refusal: 'impossible-day' };
  return { ...row, firstOn, lastOn };
}

import { parse } from 'csv-parse/sync';
import { AppError } from '../../platform/errors.ts';
import { mostRows, tooManyRows } from './lists.errors.ts';
import type { Table } from './lists.types.ts';

const inBrackets = /([^<>;\t]*)<([^<>]*)>/g;

/**
 * The rows of a pasted list or CSV file: "Name <address>", several on a line too as mail programs write them; otherwise
 * cells parted by tab, semicolon or comma. @throws list-unreadable, list-too-long
 */
export function tableOfText(text: string): Table {
  const clean = text.replace(/^\uFEFF/, '').replaceAll('\0', '');
  const table = /<[^<>\n]*@[^<>\n]*>/.test(clean) ? bracketed(clean) : parted(clean);
  if (table.length > mostRows) throw tooManyRows();
  return table;
}

/** The rows as text again, parted by tabs: what a form carries from the preview to the act. */
export function textOfTable(table: Table): string {
  return table.map(({ cells }) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

function bracketed(text: string): Table {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const people = [...line.matchAll(inBrackets)].map(([, name = '', email = '']) => [unquoted(name), email.trim()]);
    const cells = people.length > 0 ? people : [[line.trim(), '']];
    return cells
      .filter(([name, email]) => name !== '' || email !== '')
      .map((row) => ({ number: index + 1, cells: row }));
  });
}

function unquoted(name: string): string {
  return name
    .replace(/^[\s,;]+/, '')
    .trim()
    .replace(/^["']|["']$/g, '')
    .trim();
}

function parted(text: string): Table {
  try {
    const records: unknown = parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      info: true,
    });
    if (!Array.isArray(records)) return [];
    return records
      .flatMap((one: unknown) => rowOf(one))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  } catch (error) {
    throw new AppError('list-unreadable', 'invalid', `The list cannot be read: ${String(error)}`);
  }
}

function rowOf(one: unknown): Table {
  if (typeof one !== 'object' || one === null || !('record' in one) || !('info' in one)) return [];
  const { record, info } = one;
  const line = typeof info === 'object' && info !== null && 'lines' in info ? Number(info.lines) : 0;
  return Array.isArray(record) ? [{ number: line, cells: record.map(String) }] : [];
}

/** The sign that most lines have. */
function separatorOf(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const counted = ['\t', ';', ','].map((sign) => ({ sign, lines: lines.filter((line) => line.includes(sign)).length }));
  return counted.toSorted((one, other) => other.lines - one.lines)[0]?.sign ?? ';';
}

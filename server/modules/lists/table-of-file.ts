import { textOfFile } from '../../platform/file-text.ts';
import { listUnreadable, mostRows, tooManyRows } from './lists.errors.ts';
import type { Table } from './lists.types.ts';
import { tableOfText } from './table-of-text.ts';
import { unpackedSize } from './zip-size.rules.ts';

const largestUnpacked = 20_000_000;

/**
 * The rows of a CSV file in any of the encodings that offices use, or of the first sheet of an Excel file. A cell with a
 * formula counts as the text it shows. @throws list-unreadable, list-too-long, file-unreadable
 */
export async function tableOfFile(bytes: Uint8Array): Promise<Table> {
  const isPacked = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isPacked ? tableOfSheet(bytes) : tableOfText(textOfFile(bytes));
}

async function tableOfSheet(bytes: Uint8Array): Promise<Table> {
  // A small file can unpack to gigabytes; what it says of itself is asked first.
  const size = unpackedSize(bytes);
  if (size === undefined || size > largestUnpacked) throw listUnreadable();
  const rows = await rowsOf(bytes);
  const table = rows
    .map((cells, index) => ({ number: index + 1, cells: cells.map(textOfCell) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (table.length > mostRows) throw tooManyRows();
  return table;
}

async function rowsOf(bytes: Uint8Array): Promise<unknown[][]> {
  // Loaded with the first list that comes, not at each start.
  const { readSheet } = await import('read-excel-file/node');
  try {
    return await readSheet(Buffer.from(bytes));
  } catch {
    // Another kind of packed file, or a damaged one: which one does not help whoever chose it.
    throw listUnreadable();
  }
}

function textOfCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/**
 * Lists: people's names and addresses, read from what was pasted or from a file.
 *
 * Promises: every row is either taken as it stands or named with what is wrong with it; nothing is worked out that a
 * spreadsheet would work out.
 */
export { tableOfText, textOfTable } from './table-of-text.ts';
export { tableOfFile } from './table-of-file.ts';
export { readColumns, peopleIn } from './people.rules.ts';
export type { Columns, ListedPerson, RowProblem, Table } from './lists.types.ts';

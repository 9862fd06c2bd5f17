import type { Columns, ListedPerson, RowProblem, Table } from './lists.types.ts';

const longestName = 120;
const headings = {
  email: /^(e-?mail|mail|e-?post|adresse$|e-?mail-?adresse|email address)/i,
  givenName: /^(vorname|given ?name|first ?name|rufname)/i,
  familyName: /^(nachname|familienname|surname|last ?name|family ?name|zuname)/i,
  name: /^(name|vollst|teilnehm|person|participant|full ?name|anzeigename)/i,
};

/** The columns by their headings, or where there are none by what stands in them; `body`: the rows below the headings. */
export function readColumns(table: Table): { columns: Columns; body: Table } {
  const [first] = table;
  const called = first && columnsCalled(first.cells);
  if (called) return { columns: called, body: table.slice(1) };
  return { columns: columnsSeen(table), body: table };
}

function columnsCalled(cells: readonly string[]): Columns | undefined {
  if (cells.some((cell) => cell.includes('@'))) return undefined;
  const find = (pattern: RegExp) => cells.findIndex((cell) => pattern.test(cell.trim()));
  const [email, givenName, familyName, name] = [
    find(headings.email),
    find(headings.givenName),
    find(headings.familyName),
    find(headings.name),
  ];
  if (familyName >= 0) return { name: familyName, email, ...(givenName >= 0 && { givenName }) };
  if (name >= 0) return { name, email, ...(givenName >= 0 && { givenName }) };
  return email >= 0 ? { name: email === 0 ? 1 : 0, email } : undefined;
}

function columnsSeen(table: Table): Columns {
  const widest = Math.max(0, ...table.map(({ cells }) => cells.length));
  const columns = Array.from({ length: widest }, (_, index) => index);
  const share = (index: number) => table.filter(({ cells }) => cells[index]?.includes('@')).length;
  const email = columns.toSorted((one, other) => share(other) - share(one))[0] ?? 1;
  const others = columns.filter(
    (index) => index !== email && table.some(({ cells }) => /\p{L}/u.test(cells[index] ?? '')),
  );
  const [name = email === 0 ? 1 : 0] = others;
  return { name, email };
}

/**
 * Everybody in the list, row by row, with what is wrong where something is. `keyOf`: who is the same person; `isAddress`:
 * whether mail could go there.
 */
export function peopleIn(
  table: Table,
  columns: Columns,
  {
    keyOf,
    isAddress,
  }: { keyOf: (person: { name: string; email: string }) => string; isAddress: (text: string) => boolean },
): ListedPerson[] {
  const seen = new Map<string, number>();
  return table.map(({ number, cells }) => {
    const cell = (index: number | undefined) => plain(index === undefined ? '' : (cells[index] ?? ''));
    const person = { name: nameOf(cell(columns.givenName), cell(columns.name)), email: cell(columns.email) };
    const problem = problemOf(person, cells, isAddress);
    if (problem) return { number, ...person, problem };
    const key = keyOf(person);
    const twiceOf = seen.get(key);
    if (twiceOf !== undefined) return { number, ...person, problem: 'twice', twiceOf };
    seen.set(key, number);
    return { number, ...person };
  });
}

function problemOf(
  { name, email }: { name: string; email: string },
  cells: readonly string[],
  isAddress: (text: string) => boolean,
): RowProblem | undefined {
  // What a spreadsheet would work out is nobody's name: a list may be opened in one again.
  if (cells.some((cell) => /^\s*[=@]/.test(cell)) || /^[+-]/.test(name)) return 'formula';
  if (name === '') return 'no-name';
  if (name.length > longestName) return 'too-long';
  if (/\p{Cc}|\uFFFD/u.test(name)) return 'unprintable';
  if (email === '') return 'no-email';
  return isAddress(email) ? undefined : 'email';
}

/** "Beispiel, Anna" is Anna Beispiel. */
function nameOf(givenName: string, name: string): string {
  if (givenName !== '') return `${givenName} ${name}`.trim();
  const [family = '', given = '', ...more] = name.split(',').map((part) => part.trim());
  return more.length === 0 && given !== '' ? `${given} ${family}` : name;
}

/** Without the sign that spreadsheets put before what is to be text, and with single blanks. */
function plain(cell: string): string {
  return cell.replace(/^'/, '').replace(/\s+/g, ' ').trim();
}

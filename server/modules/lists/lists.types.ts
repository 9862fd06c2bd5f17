/** A list as rows of cells. `number`: where the row stands in what was pasted or sent, from 1. */
export type Table = { number: number; cells: string[] }[];

/** Which column says what; `givenName` where first and last name stand apart. */
export type Columns = { name: number; givenName?: number; email: number };

export type RowProblem = 'formula' | 'no-name' | 'no-email' | 'email' | 'too-long' | 'unprintable' | 'twice';
/** Somebody in a list; `problem` says why this row cannot be taken, `twiceOf` the row that names the same person. */
export type ListedPerson = { number: number; name: string; email: string; problem?: RowProblem; twiceOf?: number };

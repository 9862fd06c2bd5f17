import type { Day } from './days.rules.ts';

/** Why a row of a file is not taken. */
export type RowRefusal =
  | 'no-name'
  | 'no-day'
  | 'impossible-day'
  | 'ends-before-it-starts'
  | 'too-long'
  | 'twice'
  | 'year'
  | 'other-land'
  | 'recurring'
  | 'unreadable';

/** A row of a table or an entry of a calendar, as far as it could be read. `text`: what stands there, to find it again. */
export type FileRow = {
  number: number;
  text: string;
  name: string;
  firstOn?: Day | undefined;
  lastOn?: Day | undefined;
  refusal?: RowRefusal | undefined;
};

const longestName = 120;

/** One line without invisible signs, for names that others will read. */
export function lineOf(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .slice(0, longestName);
}

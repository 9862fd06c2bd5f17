import { usesOf } from '../support/uses.ts';
import type { Case } from './cases/case.ts';
import { COMMAND_CASES } from './cases/commands.ts';
import { EXPRESSION_CASES } from './cases/expressions.ts';
import { FILTER_CASES } from './cases/filters.ts';
import { PIPELINE_CASES } from './cases/pipelines.ts';
import { UPDATE_CASES } from './cases/updates.ts';

/** Everything the embedded database carries is in one of these, with what it must do. */
export const CASES: Record<string, Case[]> = {
  filters: FILTER_CASES,
  updates: UPDATE_CASES,
  pipelines: PIPELINE_CASES,
  expressions: EXPRESSION_CASES,
  commands: COMMAND_CASES,
};

/** What the cases use: their words are those of `usesOf`. */
export const carried = (): Set<string> =>
  new Set(
    Object.values(CASES)
      .flat()
      .flatMap(({ command }) => usesOf(command)),
  );

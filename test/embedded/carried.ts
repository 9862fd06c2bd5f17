import { usesOf } from '../support/uses.ts';
import type { Case } from './cases/case.ts';
import { COMMAND_CASES } from './cases/commands.ts';
import { EXPRESSION_CASES } from './cases/expressions.ts';
import { CONVERSATIONS } from './cases/protocol.ts';
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

/** What the cases and conversations use, in the words of `usesOf`. What is not here, the embedded database need not know. */
export function carried(): Set<string> {
  const inCases = Object.values(CASES).flatMap((cases) => cases.flatMap(({ command }) => usesOf(command)));
  return new Set([...inCases, ...CONVERSATIONS.flatMap(({ uses }) => uses)]);
}

/** Of what was sent, and by which test, what is not carried: one sentence for each. */
export function notCarried(sent: ReadonlyMap<string, string>): string[] {
  const known = carried();
  return [...sent]
    .filter(([use]) => !known.has(use))
    .map(([use, test]) => `The ${use} is in no case under test/embedded/cases, but "${test}" sends it.`);
}

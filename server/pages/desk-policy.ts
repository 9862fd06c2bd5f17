import { usualPolicy } from '../modules/scheduling/index.ts';

/** How the waiting list of a run works that says nothing else, as a form shows it first. */
export const usualPolicyWords: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(usualPolicy).map(([name, value]) => [name, String(value)]),
);

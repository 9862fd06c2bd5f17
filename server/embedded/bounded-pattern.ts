import { Script, createContext } from 'node:vm';
import { CommandError } from './errors.ts';

/** How long all texts of a command together may keep the thread; what takes no longer than a moment is not counted. */
const BUDGET_MS = 1_000;
const MOMENT_MS = 1;

/** As many steps of the matcher are over soon. */
const FEW_STEPS = 1e7;

const matching = new Script('expression.test(text)');

/**
 * Says whether a text matches. Some expressions would go back and forth over one for years, and the thread serves everybody:
 * where that can be, the time is limited. @throws 51156, as MongoDB where its own limit is exceeded
 */
export function boundedTest(expression: RegExp, budgetMs = BUDGET_MS): (text: string) => boolean {
  const fast = fastUpTo(expression.source);
  let left = budgetMs;
  let context: ReturnType<typeof createContext> | undefined;
  return (text) => {
    if (text.length <= fast) return expression.test(text);
    if (left < 1) throw exceeded(expression);
    context ??= createContext({ expression });
    context['text'] = text;
    const begin = performance.now();
    try {
      return matching.runInContext(context, { timeout: Math.ceil(left) }) === true;
    } catch {
      throw exceeded(expression);
    } finally {
      left -= Math.max(0, performance.now() - begin - MOMENT_MS);
    }
  };
}

/** Up to which length texts are matched in few steps: each repetition may try all of it, a repeated group all ways to cut it. */
function fastUpTo(source: string): number {
  if (/\)(?:[*+]|\{\d+)/.test(source)) return 0;
  const repetitions = source.match(/[*+]|\{\d+/g)?.length ?? 0;
  return FEW_STEPS ** (1 / (repetitions + 1));
}

const exceeded = ({ source }: RegExp): CommandError =>
  new CommandError(51156, `Error occurred while executing the regular expression: match limit exceeded by ${source}`);

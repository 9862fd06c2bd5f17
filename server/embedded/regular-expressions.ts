import { BSONRegExp } from 'bson';
import { CommandError } from './errors.ts';

const KNOWN_OPTIONS = /^[imsu]*$/;
// One of: an escape, a class, a group's special form, a dot, a dollar.
const TOKEN = /\\(.)|\[(?:\^?\])?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?[^:=!<]|\(\*|[*+?}]\+|[.$]/gs;
const SAME_ESCAPES = /[dDwWbBnrtfvxupP1-9^$\\.*+?()[\]{}|/]/;

export const isRegularExpression = (value: unknown): boolean => value instanceof RegExp || value instanceof BSONRegExp;

/** MongoDB's (PCRE's) regular expression as JavaScript's; what would mean something else there is refused. */
export function regularExpressionOf(value: unknown, options?: string): RegExp {
  const [pattern, flags] = partsOf(value);
  const chosen = options ?? flags;
  if (!KNOWN_OPTIONS.test(chosen)) throw new CommandError(51108, `invalid flag in regex options: ${chosen}`);
  if (pattern.includes('\0'))
    throw new CommandError('BadValue', 'Regular expression cannot contain an embedded null byte');
  const set = new Set([...chosen.split(''), 'u']);
  try {
    return new RegExp(translate(pattern, set), [...set].join(''));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(51091, `Regular expression is invalid: ${pattern}`);
  }
}

function partsOf(value: unknown): [string, string] {
  if (typeof value === 'string') return [value, ''];
  if (value instanceof RegExp) return [value.source, value.flags];
  return value instanceof BSONRegExp ? [value.pattern, value.options] : ['', ''];
}

function translate(pattern: string, flags: Set<string>): string {
  return pattern.replace(TOKEN, (token, escaped: string | undefined) => {
    if (escaped !== undefined) return escapeOf(escaped);
    if (token.startsWith('[')) return translateClass(token);
    if (token === '.') return flags.has('s') ? '.' : '[^\\n]';
    if (token === '$') return flags.has('m') ? '(?=\\n|$)' : '(?=\\n?$(?![^]))';
    throw new CommandError(51091, `Regular expression is not supported by this database: ${pattern}`);
  });
}

/** JavaScript's \s knows more white space than PCRE's. */
function escapeOf(character: string): string {
  if (character === 's') return '[\\t-\\r ]';
  if (character === 'S') return '[^\\t-\\r ]';
  if (SAME_ESCAPES.test(character)) return `\\${character}`;
  if (/\w/.test(character)) throw new CommandError(51091, `Regular expression escape \\${character} is not supported`);
  return character === '-' ? '-' : `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function translateClass(token: string): string {
  if (/\[:\w+:\]/.test(token.slice(1))) throw new CommandError(51091, 'POSIX character classes are not supported');
  return token
    .replace(/\\(.)/gs, (whole, escaped: string) => {
      if (escaped === 's') return '\\t-\\r ';
      if (escaped === '-') return whole;
      return escapeOf(escaped);
    })
    .replace(/(?<=.)\[/gs, '\\[');
}

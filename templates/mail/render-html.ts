import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { projectRoot } from '../../server/platform/root.ts';
import type { Letter } from './letter.ts';

const liquid = new Liquid({
  outputEscape: 'escape',
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  parseLimit: 100_000,
  renderLimit: 2_000,
  memoryLimit: 10_000_000,
  templates: {},
});

let compiled: Template[] | undefined;

/** The letter as an HTML document: everything in it is escaped, links only where the letter says so. */
export function letterHtml(letter: Letter): string {
  compiled ??= liquid.parse(layout());
  const filled: unknown = liquid.renderSync(compiled, { button: false, ...letter, parts: letter.parts.map(complete) });
  return String(filled);
}

/** Rows and items without a link or a second line say so, since the template refuses to guess. */
function complete(part: Letter['parts'][number]) {
  if (part.kind === 'facts') return { ...part, rows: part.rows.map((row) => ({ url: false, ...row })) };
  if (part.kind === 'list') return { ...part, items: part.items.map((item) => ({ more: false, url: false, ...item })) };
  return part;
}

function layout(): string {
  const path = join(projectRoot, 'dist', 'mail', 'letter.liquid.html');
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error('The mail templates are not built yet: run "node scripts/build-mail.mjs".', { cause });
  }
}

import { readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).href;
const replaced = new Map();

/** The module hooks run in a thread of their own, without tsx: the table is data, and read as such. */
export function initialize({ scene }) {
  const scenes = JSON.parse(readFileSync(new URL('scenes.json', import.meta.url), 'utf8'));
  if (!scenes[scene]) throw new Error(`There is no scene "${scene}".`);
  for (const [path, instead] of Object.entries(scenes[scene].instead)) replaced.set(root + path, root + instead);
}

/** What stands in for a file may still import the file itself. */
export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  const instead = context.parentURL?.startsWith(`${root}test/drills/`) ? undefined : replaced.get(resolved.url);
  return instead ? { ...resolved, url: instead } : resolved;
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../../server/platform/root.ts';

export type Source = { path: string; text: string };
/** One import: `to` is a path in the project, or the name of a package. */
export type Arrow = { from: string; to: string; isType: boolean };

/** Every TypeScript file below a folder of the project. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(projectRoot, file), text: readFileSync(file, 'utf8') }));
}

/** Every import and re-export of a file, static or not. */
export function arrowsOf({ path, text }: Source): Arrow[] {
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|\bimport\s*\(?\s*'([^']+)'/gm);
  return [...found].map(([, type, named, bare]) => {
    const to = named ?? bare ?? '';
    return { from: path, to: to.startsWith('.') ? join(dirname(path), to) : packageOf(to), isType: Boolean(type) };
  });
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

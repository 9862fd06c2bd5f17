import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, the same whether the code runs from its source or from `dist/`. */
export const projectRoot: string = findRoot(import.meta.dirname);

function findRoot(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('No package.json above this file: Mosaik is not installed completely.');
  return findRoot(parent);
}

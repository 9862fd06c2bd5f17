// Makes what runs in production in dist/: the programs, and the mail templates. Does nothing when nothing changed.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const stamp = join(root, 'dist', '.built');
const sources = [
  'server',
  'jobs',
  'templates',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/bundle.mjs',
];

if (!existsSync(stamp) || newestIn(sources.map((name) => join(root, name))) > statSync(stamp).mtimeMs) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await buildAll().catch(sayWhy);
  writeFileSync(stamp, '');
}

async function buildAll() {
  const { bundle } = await import('./bundle.mjs');
  await bundle(join(root, 'dist'));
  await import('./build-mail.mjs');
}

function sayWhy(error) {
  console.error(`Mosaik could not be built: ${error.message}`);
  process.exit(1);
}

function newestIn(paths) {
  return Math.max(...paths.map((path) => newest(path)));
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

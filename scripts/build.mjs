// Compiles what runs in production to dist/: the TypeScript, and the mail templates. Does nothing when nothing changed.
import { spawnSync } from 'node:child_process';
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
  'tsconfig.build.json',
];

if (!existsSync(stamp) || newestIn(sources.map((name) => join(root, name))) > statSync(stamp).mtimeMs) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run([join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  run([join(root, 'scripts/build-mail.mjs')]);
  writeFileSync(stamp, '');
}

function run(command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    console.error('Mosaik could not be built; the lines above say why.');
    process.exit(1);
  }
}

function newestIn(paths) {
  return Math.max(...paths.map((path) => newest(path)));
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/* npm run drill -- <name>: the long form of a drill, as npm test runs a tenth of it. DRILL_SEED=<n> repeats one. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const ending = '.test.ts';
const folder = join('test', 'drills');

const known = readdirSync(join(root, folder)).filter((file) => file.endsWith(ending));
const names = known.map((file) => file.slice(0, -ending.length));
const [name, ...rest] = process.argv.slice(2);
if (!name || !names.includes(name)) {
  console.error(`Which drill? npm run drill -- ${names.join(' | ')}`);
  process.exit(1);
}

const test = spawn(process.execPath, [join('scripts', 'test.mjs'), join(folder, name + ending), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { DRILL: 'long', ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => test.kill(signal));
test.on('exit', (code) => process.exit(code ?? 1));

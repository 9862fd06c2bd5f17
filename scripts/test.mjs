/* npm test: prepares the machine, runs mocha (arguments are passed on), ends with `N passed, N failed, N skipped`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { prepare } from './prepare.mjs';

const root = dirname(import.meta.dirname);
/** Production stands in Germany: what is right only in the server's own zone fails here. */
const elsewhere = 'America/New_York';
const everything = ['test/**/*.test.ts'];
const endWithinMs = 30_000;

process.chdir(root);
await prepare();
const { passed, failed, skipped } = await runMocha(process.argv.slice(2));
if (passed + failed === 0) console.error('No test ran.');
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function runMocha(given) {
  const directory = mkdtempSync(join(tmpdir(), 'mosaik-counts-'));
  const countsFile = join(directory, 'counts.json');
  const mocha = spawn(process.execPath, [mochaProgram(), ...mochaArguments(given)], {
    stdio: 'inherit',
    env: { ...process.env, TZ: elsewhere, TEST_COUNTS_FILE: countsFile },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => mocha.kill(signal));
  try {
    const code = await exitCode(mocha, countsFile);
    return readCounts(countsFile, code);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Whoever names files wants no others; .mocharc.json has no `spec`, since mocha would add it to them. */
function mochaArguments(given) {
  const config = JSON.parse(readFileSync('.mocharc.json', 'utf8'));
  const flags = Object.entries(config).flatMap(([name, value]) =>
    typeof value === 'boolean'
      ? [value ? `--${name}` : `--no-${name}`]
      : [value].flat().map((one) => `--${name}=${one}`),
  );
  const namesFiles = given.some(
    (argument) => /\.tsx?$/.test(argument) || (!argument.startsWith('-') && existsSync(argument)),
  );
  return [
    '--no-config',
    ...flags,
    `--reporter=${join('scripts', 'reporter.mjs')}`,
    ...given,
    ...(namesFiles ? [] : everything),
  ];
}

function mochaProgram() {
  return createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
}

/** A test that leaves a server or a timer behind would keep the run alive for ever: it ends, and counts as a failure. */
async function exitCode(mocha, countsFile) {
  const exit = once(mocha, 'exit').then(([code]) => code ?? 1);
  let late = 0;
  while (mocha.exitCode === null && mocha.signalCode === null && late < endWithinMs) {
    await Promise.race([exit, pause(500)]);
    late = existsSync(countsFile) ? late + 500 : 0;
  }
  if (late >= endWithinMs) {
    console.error(`The tests are over, but something they opened is still open after ${endWithinMs / 1000} s.`);
    mocha.kill('SIGKILL');
  }
  return exit;
}

/** Without counts mocha ended before its tests did: a file could not be loaded, or the process died. */
function readCounts(countsFile, code) {
  if (!existsSync(countsFile)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = JSON.parse(readFileSync(countsFile, 'utf8'));
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

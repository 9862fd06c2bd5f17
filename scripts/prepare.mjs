/* Makes the machine ready for the tests: what is missing is installed where we may, and named where we may not. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the tests need beside npm's packages: any one of the programs will do. Without what is optional, some are skipped. */
const needs = [
  { what: 'Redis', programs: ['redis-server', 'valkey-server'], debian: 'redis-server', brew: 'redis' },
  {
    what: 'Chromium',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    debian: 'chromium',
    brew: 'chromium',
  },
  { what: 'an IMAP server', programs: ['dovecot', '/usr/sbin/dovecot'], debian: 'dovecot-imapd', optional: true },
];
const oldestNode = [20, 19];
const aptWaitSeconds = 300;

/** Prepares the machine, or ends the process with the command that would. */
export async function prepare() {
  checkNode();
  install(needs.filter(isMissing));
  if (existsSync(join(import.meta.dirname, 'build-mail.mjs'))) await import('./build-mail.mjs');
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(`Mosaik needs Node ${oldestNode.join('.')} or later; this is ${process.versions.node}.`);
}

function install(missing) {
  const needed = missing.filter(({ optional }) => !optional);
  if (missing.length === 0 || (needed.length === 0 && !mayInstall())) return;
  const packages = missing.map(({ debian }) => debian);
  const names = namesOf(missing);
  if (!mayInstall()) fail(`The tests need ${namesOf(needed)}. Please run: ${commandFor(needed)}`);

  console.log(`The tests need ${names}: installing ${packages.join(' and ')} with apt-get.`);
  withoutStartingServices(() => {
    apt('update');
    apt('install', '--no-install-recommends', ...packages);
  });
  const still = needed.filter(isMissing);
  if (still.length > 0)
    fail(
      `apt-get has installed ${packages.join(' and ')}, but ${still.map(({ what }) => what).join(' and ')} is not on the PATH.`,
    );
}

function namesOf(some) {
  return some.map(({ what }) => what).join(' and ');
}

function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && isOnPath('apt-get');
}

/** The packages' scripts ask policy-rc.d before they start a service (invoke-rc.d(8)); 101 forbids it. We need the program only. */
function withoutStartingServices(act) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) {
    act();
    return;
  }
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const remove = () => rmSync(policy, { force: true });
  process.once('exit', remove);
  act();
  remove();
}

/** Waits while another process works with apt or dpkg, as a machine that has just started likes to do. */
function apt(...words) {
  const options = ['-q', '-y', '-o', `DPkg::Lock::Timeout=${aptWaitSeconds}`, '-o', 'Dpkg::Use-Pty=0'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const giveUpAt = Date.now() + aptWaitSeconds * 1000;
  for (;;) {
    const { status, stderr } = spawnSync('apt-get', [...options, ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env,
      encoding: 'utf8',
    });
    if (status === 0) return;
    if (!/Could not get lock|Unable to lock/.test(stderr) || Date.now() > giveUpAt)
      fail(`apt-get ${words.join(' ')} did not work.\n${stderr}`);
    spawnSync('sleep', ['3']);
  }
}

function commandFor(missing) {
  if (process.platform === 'darwin') return `brew install ${missing.map(({ brew }) => brew).join(' ')}`;
  const packages = missing.map(({ debian }) => debian).join(' ');
  if (isOnPath('apt-get')) return `sudo apt-get update && sudo apt-get install -y ${packages}`;
  return `your package manager to install ${packages}`;
}

function isMissing({ programs }) {
  return !programs.some(isOnPath);
}

function isOnPath(program) {
  if (program.startsWith('/')) return existsSync(program);
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await prepare();

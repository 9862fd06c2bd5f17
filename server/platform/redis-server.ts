import { spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Redis } from 'ioredis';

import type { QueueLog } from './queue.types.ts';
import { isAlive } from './redis-lock.ts';
import type { RedisPlace } from './redis-place.ts';

const startWithinMs = 10_000;

/** The Redis, or Valkey, that this machine has on its PATH. */
export function findRedisProgram(path = process.env['PATH'] ?? ''): string | undefined {
  const directories = path.split(delimiter).filter((directory) => directory !== '');
  return ['redis-server', 'valkey-server']
    .flatMap((program) => directories.map((directory) => join(directory, program)))
    .find(isProgram);
}

/** Finds the server of this place running, or starts it. To be called by one process at a time. @throws when it does not start */
export async function ensureServer(program: string, place: RedisPlace, log: QueueLog): Promise<void> {
  if (await answers(place.socketPath)) return;
  await endSilentServer(place);
  if (await starts(program, place)) return;

  setBrokenFileAside(place, log);
  if (await starts(program, place)) return;
  throw new Error(`${program} could not be started; see ${place.logFile}.`);
}

/** Waits until the server of this place has written its file and ended. */
export async function untilEnded(place: RedisPlace): Promise<void> {
  const giveUpAt = Date.now() + startWithinMs;
  while (serverPid(place) !== undefined && Date.now() < giveUpAt) await pause(20);
  rmSync(place.pidFile, { force: true });
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A server that still reads its file answers LOADING, and that is an answer. */
async function answers(socketPath: string): Promise<boolean> {
  const redis = new Redis({
    path: socketPath,
    lazyConnect: true,
    retryStrategy: () => null,
    enableReadyCheck: false,
    commandTimeout: 1000,
  });
  redis.on('error', () => undefined); // No answer is what we ask about.
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch (error) {
    return error instanceof Error && error.message.startsWith('LOADING');
  } finally {
    redis.disconnect();
  }
}

/** A server whose starter was killed may be about to answer; one that stays silent would write into the same file as ours. */
async function endSilentServer(place: RedisPlace): Promise<void> {
  const pid = serverPid(place);
  if (pid === undefined) return;
  if (await untilAnswers(place, () => isAlive(pid))) return;
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  await untilEnded(place);
}

/** The process in the pid file, if it is still our server: its command line names our socket. */
function serverPid(place: RedisPlace): number | undefined {
  if (!existsSync(place.pidFile)) return undefined;
  const pid = Number(readFileSync(place.pidFile, 'utf8'));
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return undefined;
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes(place.socketPath) ? pid : undefined;
}

/** Own process group: Ctrl-C in the terminal ends Mosaik, and Mosaik ends its Redis when nobody needs it any more. */
async function starts(program: string, place: RedisPlace): Promise<boolean> {
  if (await answers(place.socketPath)) return true;
  rmSync(place.logFile, { force: true });
  const log = openSync(place.logFile, 'a', 0o600);
  const server = spawn(program, argumentsFor(place), {
    cwd: place.directory,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let hasEnded = false;
  server.once('exit', () => (hasEnded = true)).once('error', () => (hasEnded = true));
  if (server.pid !== undefined) writeFileSync(place.pidFile, String(server.pid));
  server.unref();
  return untilAnswers(place, () => !hasEnded);
}

function argumentsFor(place: RedisPlace): string[] {
  const settings = {
    port: '0',
    unixsocket: place.socketPath,
    unixsocketperm: '700',
    dir: place.directory,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    loglevel: 'warning',
    daemonize: 'no',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

async function untilAnswers(place: RedisPlace, isWorthWaiting: () => boolean): Promise<boolean> {
  const giveUpAt = Date.now() + startWithinMs;
  while (isWorthWaiting() && Date.now() < giveUpAt) {
    if (await answers(place.socketPath)) return true;
    await pause(20);
  }
  return false;
}

/** Jobs are nowhere's only copy, so a file that Redis cannot read is no reason to stand still. */
function setBrokenFileAside(place: RedisPlace, log: QueueLog): void {
  const file = join(place.directory, 'appendonlydir');
  if (!existsSync(file)) return;
  rmSync(`${file}.unreadable`, { recursive: true, force: true });
  renameSync(file, `${file}.unreadable`);
  log.warn({ file: `${file}.unreadable` }, 'Redis could not read its file and begins with an empty one');
}

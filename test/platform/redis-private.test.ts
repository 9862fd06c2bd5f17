import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';
import { Redis } from 'ioredis';

import { isAlive } from '../../server/platform/redis-lock.ts';
import { type PrivateRedis, startPrivateRedis } from '../../server/platform/redis-private.ts';

describe('startPrivateRedis', () => {
  let dataDirectory: string;
  let warnings: string[];
  let opened: PrivateRedis[];
  let others: ChildProcess[];

  const log = { info: () => undefined, warn: (_: object, message: string) => void warnings.push(message) };
  const pidOf = (directory = dataDirectory): number =>
    Number(readFileSync(join(directory, 'redis', 'redis.pid'), 'utf8'));

  const start = async (directory = dataDirectory): Promise<PrivateRedis> => {
    const redis = await startPrivateRedis({ dataDirectory: directory, log });
    if ('missing' in redis) throw new Error(redis.missing);
    opened.push(redis);
    return redis;
  };

  /** Another process with the same data directory; resolves when it has its Redis. */
  const startElsewhere = async (): Promise<ChildProcess> => {
    const script = fileURLToPath(new URL('redis-owner.ts', import.meta.url));
    const other = spawn(process.execPath, ['--import', 'tsx', script, dataDirectory], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    others.push(other);
    const [line] = await once(other.stdout, 'data');
    expect(String(line).trim()).to.equal(join(dataDirectory, 'redis', 'redis.sock'));
    return other;
  };

  beforeEach(() => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'mosaik-redis-test-'));
    warnings = [];
    opened = [];
    others = [];
  });

  afterEach(async () => {
    for (const redis of opened) await redis.close();
    for (const other of others.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      other.stdin?.end();
      await once(other, 'exit');
    }
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('keeps its jobs in the data directory and lets nobody else in', async () => {
    const { socketPath, directory } = await start();

    expect(directory).to.equal(join(dataDirectory, 'redis'));
    expect(statSync(directory).mode & 0o777).to.equal(0o700);
    expect(statSync(socketPath).mode & 0o777).to.equal(0o700);
    const setting = (name: string) => ask(socketPath, async (redis) => (await redis.config('GET', name))[1]);
    expect(await setting('port')).to.equal('0');
    expect(await setting('appendonly')).to.equal('yes');
    expect(await setting('appendfsync')).to.equal('everysec');
    expect(await setting('maxmemory-policy')).to.equal('noeviction');
    expect(await setting('save')).to.equal('');
  });

  it('stands in a process group of its own, so that Ctrl-C does not reach it', async () => {
    await start();

    const fields = readFileSync(`/proc/${pidOf()}/stat`, 'utf8').split(') ')[1]?.split(' ');

    expect(Number(fields?.[2])).to.equal(pidOf());
  });

  it('ends with its last user and has its jobs again at the next start', async () => {
    const first = await start();
    await ask(first.socketPath, (redis) => redis.set('kept', 'yes'));
    const pid = pidOf();

    await first.close();
    expect(isAlive(pid)).to.equal(false);
    const second = await start();

    expect(await ask(second.socketPath, (redis) => redis.get('kept'))).to.equal('yes');
  });

  it('is shared by all processes of a data directory, and stays while one of them lives', async () => {
    const here = await start();
    const other = await startElsewhere();
    const pid = pidOf();

    await here.close();
    expect(isAlive(pid)).to.equal(true);
    other.stdin?.end();
    await once(other, 'exit');

    expect(isAlive(pid)).to.equal(false);
  });

  it('is one server when many start at the same moment, and none when they close at the same moment', async () => {
    const all = await Promise.all([start(), start(), start(), startElsewhere(), startElsewhere()]);
    const pid = pidOf();
    const servers = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && isServerIn(entry, dataDirectory));
    expect(servers).to.deep.equal([String(pid)]);

    const closings = all.map((one) => ('close' in one ? one.close() : (one.stdin?.end(), once(one, 'exit'))));
    await Promise.all(closings);

    expect(isAlive(pid)).to.equal(false);
  });

  it('is taken over from a process that was killed', async () => {
    const other = await startElsewhere();
    const pid = pidOf();
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(isAlive(pid)).to.equal(true);

    const here = await start();
    expect(pidOf()).to.equal(pid);
    await here.close();

    expect(isAlive(pid)).to.equal(false);
  });

  it('starts although a process was killed during its turn', async () => {
    mkdirSync(join(dataDirectory, 'redis'));
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    writeFileSync(join(dataDirectory, 'redis', 'turn.7'), `${dead.pid} 12345`);
    writeFileSync(join(dataDirectory, 'redis', 'redis.pid'), String(process.pid)); // A number that somebody else has now.

    await start();

    expect(existsSync(join(dataDirectory, 'redis', 'turn.8'))).to.equal(true);
  });

  it('is started again when it dies, with what it knew', async () => {
    const { socketPath } = await start();
    await ask(socketPath, (redis) => redis.set('kept', 'yes'));
    const pid = pidOf();

    process.kill(pid, 'SIGKILL');
    while (pidOf() === pid || warnings.length === 0) await pause(20);

    expect(await ask(socketPath, (redis) => redis.get('kept'))).to.equal('yes');
    expect(warnings).to.deep.equal(['The private Redis had ended and was started again']);
  });

  it('begins with an empty file, and says so, where it cannot read the old one', async () => {
    const first = await start();
    await ask(first.socketPath, (redis) => redis.set('kept', 'yes'));
    await first.close();
    const files = join(dataDirectory, 'redis', 'appendonlydir');
    for (const file of readdirSync(files).filter((name) => name.endsWith('.aof')))
      writeFileSync(join(files, file), 'Not what Redis wrote.\n');

    const second = await start();

    expect(await ask(second.socketPath, (redis) => redis.dbsize())).to.equal(0);
    expect(warnings).to.deep.equal(['Redis could not read its file and begins with an empty one']);
    expect(existsSync(`${files}.unreadable`)).to.equal(true);
  });

  it('puts its socket elsewhere when the path is too long for one, and finds it there again', async () => {
    const deep = join(dataDirectory, 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });

    const first = await start(deep);
    const second = await start(deep);

    expect(second.socketPath).to.equal(first.socketPath);
    expect(Buffer.byteLength(first.socketPath)).to.be.below(104);
    expect(statSync(dirname(first.socketPath)).mode & 0o777).to.equal(0o700);
  });

  it('does not use a socket directory that others can look into', async () => {
    const deep = join(dataDirectory, 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const first = await start(deep);
    await first.close();
    expect(existsSync(dirname(first.socketPath))).to.equal(false);
    mkdirSync(dirname(first.socketPath), { mode: 0o755 });

    const second = await start(deep);

    expect(dirname(second.socketPath)).not.to.equal(dirname(first.socketPath));
    rmdirSync(dirname(first.socketPath));
  });

  it('says that there is none on a PATH without one, and does not fail', async () => {
    const redis = await startPrivateRedis({ dataDirectory, log, path: dataDirectory });

    expect(redis).to.deep.equal({ missing: 'no redis-server or valkey-server found' });
  });

  it('says that there is none when the program on the PATH does not start, and does not fail', async () => {
    const program = join(dataDirectory, 'valkey-server');
    writeFileSync(program, '#!/bin/sh\nexit 3\n', { mode: 0o755 });

    const redis = await startPrivateRedis({ dataDirectory, log, path: dataDirectory });

    expect(redis).to.deep.equal({ missing: `${program} could not be started` });
    expect(warnings).to.deep.equal(['There is no private Redis']);
  });
});

function isServerIn(pid: string, dataDirectory: string): boolean {
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return commandLine.includes('redis-server') && commandLine.includes(dataDirectory);
  } catch {
    return false; // It ended since the list was made.
  }
}

async function ask<T>(socketPath: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ path: socketPath });
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

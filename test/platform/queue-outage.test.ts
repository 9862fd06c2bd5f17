import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { expect } from 'chai';
import { Redis } from 'ioredis';

import { openQueue, type Queue, type QueueWorker, type Work } from '../../server/platform/queue.ts';

describe('the queue when Redis fails', () => {
  let directory: string;
  let queue: Queue;
  let worker: QueueWorker | undefined;
  let said: string[];

  const onError = (name: string, error: unknown): void => void said.push(`${name}: ${String(error)}`);
  const log = {
    info: (_: object, message: string) => void said.push(message),
    warn: (_: object, message: string) => void said.push(message),
  };
  const socketPath = (): string => join(directory, 'redis', 'redis.sock');
  const killRedis = (signal: NodeJS.Signals): boolean =>
    process.kill(Number(readFileSync(join(directory, 'redis', 'redis.pid'), 'utf8')), signal);

  const work = async (definition: Partial<Work>): Promise<void> => {
    worker = await queue.work({ jobs: {}, schedule: [], ...definition }, { onError, registerEverySeconds: 0.5 });
  };

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mosaik-outage-'));
    said = [];
    ({ queue } = await openQueue({ dataDirectory: directory, log }));
  });

  afterEach(async () => {
    await worker?.close();
    worker = undefined;
    await queue.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('takes recurring work up again by itself after FLUSHALL, and takes new nudges', async () => {
    let sweeps = 0;
    let runs = 0;
    const jobs = { sweep: async () => (sweeps += 1), deliver: async () => (runs += 1) };
    await work({ jobs, schedule: [{ name: 'sweep', queue: 'sweeps', everySeconds: 0.2 }] });
    await until(() => sweeps > 1);

    const redis = new Redis({ path: socketPath() });
    await redis.flushall();
    redis.disconnect();
    const sweepsBefore = sweeps;
    await queue.nudge('mail', 'deliver', { messageId: 'm1' });

    await until(() => sweeps > sweepsBefore + 2 && runs === 1);
  });

  it('loses no job when Redis is killed, and works on when it is back', async () => {
    let sweeps = 0;
    const seen: string[] = [];
    const jobs = {
      sweep: async () => (sweeps += 1),
      deliver: async (data: { [id: string]: string }) => seen.push(String(data['id'])),
    };
    await queue.nudge('mail', 'deliver', { id: 'before' });
    await queue.nudge('mail', 'deliver', { id: 'later' }, { at: new Date(Date.now() + 900) });

    killRedis('SIGKILL');
    await work({ jobs, schedule: [{ name: 'sweep', queue: 'sweeps', everySeconds: 0.2 }] });
    await until(() => seen.includes('before') && sweeps > 2);
    await queue.nudge('mail', 'deliver', { id: 'after' });

    await until(() => seen.length === 3);
    expect(seen.toSorted()).to.deep.equal(['after', 'before', 'later']);
    expect(said.toSorted()).to.deep.equal([
      `Redis (${socketPath()}) does not answer; recurring work waits for it`,
      `Redis (${socketPath()}) is back`,
      'The private Redis had ended and was started again',
    ]);
  });

  it('makes nobody wait longer than 200 ms for a Redis that hangs, and then not at all', async () => {
    killRedis('SIGSTOP');
    const waits: number[] = [];

    for (let i = 0; i < 4; i += 1) {
      const before = performance.now();
      await queue.nudge('events', 'relay', { eventId: String(i) });
      waits.push(performance.now() - before);
    }
    const health = await queue.health();
    killRedis('SIGCONT');

    expect(waits[0]).to.be.within(150, 1_500);
    expect(Math.max(...waits.slice(1))).to.be.below(150);
    expect(health).to.deep.equal({ ok: false, problem: { code: 'unreachable', sentence: 'Redis does not answer.' } });
  });

  it('keeps that a job failed, but nothing of what the error said, which may be about a person', async () => {
    await work({ jobs: { fail: () => Promise.reject(new Error('No such mailbox: mia.mustermann@example.org')) } });
    await queue.nudge('mail', 'fail', { messageId: 'm1' });
    await until(() => said.length === 1);
    while ((await queue.health()).depth?.mail.failed === 0) await pause(10);

    const redis = new Redis({ path: socketPath() });
    const kept: string[] = [];
    for (const key of await redis.keys('*')) {
      if ((await redis.type(key)) === 'hash') kept.push(JSON.stringify(await redis.hgetall(key)));
      if ((await redis.type(key)) === 'stream') kept.push(JSON.stringify(await redis.xrange(key, '-', '+')));
    }
    redis.disconnect();

    expect(kept.join()).to.contain('messageId').and.not.to.contain('mustermann');
  });

  it('does recurring work once, however many processes work', async () => {
    let runs = 0;
    const definition = {
      jobs: { sweep: async () => (runs += 1) },
      schedule: [{ name: 'sweep', queue: 'sweeps', everySeconds: 0.3 }] as const,
    };
    const other = await openQueue({ dataDirectory: directory, log });
    await work(definition);
    const otherWorker = await other.queue.work(definition, { onError, registerEverySeconds: 0.1 });

    const before = performance.now();
    await pause(1250);

    await otherWorker.close();
    await other.queue.close();
    expect(runs).to.be.within(1, (performance.now() - before) / 300 + 2);
  });

  it('ends what an earlier version had scheduled and this one does not know', async () => {
    let oldRuns = 0;
    let newRuns = 0;
    const jobs = { old: async () => (oldRuns += 1), new: async () => (newRuns += 1) };
    await work({ jobs, schedule: [{ name: 'old', queue: 'sweeps', everySeconds: 0.1 }] });
    await until(() => oldRuns > 1);
    await worker?.close();

    await work({ jobs, schedule: [{ name: 'new', queue: 'sweeps', everySeconds: 0.1 }] });
    await until(() => newRuns > 1);
    const oldRunsBefore = oldRuns;

    await until(() => newRuns > 5);
    expect(oldRuns).to.equal(oldRunsBefore);
  });

  it('leaves a cron job alone that is due and still waits while the schedule is looked after', async () => {
    let release: (() => void) | undefined;
    let ticks = 0;
    const soon = new Date(Date.now() + 3_000);
    const pattern = `${soon.getUTCSeconds()} ${soon.getUTCMinutes()} ${soon.getUTCHours()} * * *`;
    const block = () => new Promise<void>((resolve) => (release = resolve));
    worker = await queue.work(
      {
        jobs: { block, daily: async () => (ticks += 1) },
        schedule: [{ name: 'daily', queue: 'sweeps', pattern, timeZone: 'UTC' }],
      },
      { onError, concurrency: { sweeps: 1 }, registerEverySeconds: 0.1 },
    );
    await queue.nudge('sweeps', 'block', {});
    await pause(3_300);
    expect(ticks).to.equal(0);

    release?.();

    await until(() => ticks === 1);
  });
});

describe('the queue on a Redis of the installation', () => {
  let directory: string;
  let server: ChildProcess | undefined;
  let queue: Queue | undefined;
  let said: string[];

  const log = {
    info: (_: object, message: string) => void said.push(message),
    warn: (_: object, message: string) => void said.push(message),
  };
  const socketPath = (): string => join(directory, 'given.sock');
  const startServer = async (...settings: string[]): Promise<void> => {
    server = spawn(
      'redis-server',
      ['--port', '0', '--unixsocket', socketPath(), '--dir', directory, '--save', '', ...settings],
      { stdio: 'ignore' },
    );
    await until(() => existsSync(socketPath()));
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'mosaik-given-'));
    said = [];
  });

  afterEach(async () => {
    await queue?.close();
    queue = undefined;
    if (server?.kill('SIGKILL')) await once(server, 'exit');
    server = undefined;
    rmSync(directory, { recursive: true, force: true });
  });

  it('says what is wrong with a Redis that may forget jobs', async () => {
    await startServer('--appendonly', 'no');
    ({ queue } = await openQueue({ redisUrl: `unix://${socketPath()}`, dataDirectory: directory, log }));
    const redis = new Redis({ path: socketPath() });

    const withoutFile = await queue.health();
    await redis.config('SET', 'appendonly', 'yes');
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const withEviction = await queue.health();
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    const withBoth = await queue.health();
    redis.disconnect();

    expect(withoutFile.problem?.code).to.equal('not-durable');
    expect(withEviction.problem?.code).to.equal('evicts-keys');
    expect(withBoth).to.include({ ok: true });
  });

  it('opens without Redis, says so once, and works as soon as it is there', async () => {
    const opened = await openQueue({ redisUrl: `unix://${socketPath()}`, dataDirectory: directory, log });
    queue = opened.queue;
    let sweeps = 0;
    const schedule = [{ name: 'sweep', queue: 'sweeps', everySeconds: 0.1 }] as const;
    const worker = await queue.work(
      { jobs: { sweep: async () => (sweeps += 1) }, schedule },
      { onError: () => undefined, registerEverySeconds: 0.5 },
    );
    await queue.nudge('mail', 'deliver', {});
    expect((await queue.health()).problem?.code).to.equal('unreachable');

    await startServer('--appendonly', 'yes');

    await until(() => sweeps > 1);
    await worker.close();
    expect(said).to.deep.equal([
      `Redis (${socketPath()}) does not answer; recurring work waits for it`,
      `Redis (${socketPath()}) is back`,
    ]);
  });

  it('closes quickly, worker and all, when Redis never came, and never tells its password', async () => {
    const opened = await openQueue({ redisUrl: 'redis://mosaik:secret@127.0.0.1:1/3', dataDirectory: directory, log });
    const worker = await opened.queue.work({ jobs: {}, schedule: [] }, { onError: () => undefined });
    const before = Date.now();

    await worker.close();
    await opened.queue.close();

    expect(Date.now() - before).to.be.below(10_000);
    expect(opened.description).to.equal('Redis at 127.0.0.1:1');
    expect(said.join()).not.to.contain('secret');
  });

  for (const redisUrl of ['localhost:6379', 'http://127.0.0.1', 'redis://', 'nonsense']) {
    it(`refuses ${redisUrl} with a sentence`, async () => {
      const refusal = await openQueue({ redisUrl, dataDirectory: directory, log }).then(
        () => undefined,
        (error: unknown) => String(error),
      );

      expect(refusal).to.match(/REDIS_URL must look like redis:\/\/host:6379/);
    });
  }
});

async function until(isSo: () => boolean, withinMs = 15_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > giveUpAt) throw new Error(`It is not so within ${withinMs} ms: ${isSo.toString()}`);
    await pause(10);
  }
}

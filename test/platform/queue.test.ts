import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { expect } from 'chai';

import { openQueueInProcess } from '../../server/platform/queue-in-process.ts';
import { openQueue, type Queue, type QueueWorker, type Work, type WorkOptions } from '../../server/platform/queue.ts';

const quiet = { info: () => undefined, warn: () => undefined };

async function until(isSo: () => boolean, withinMs = 15_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > giveUpAt) throw new Error(`It is not so within ${withinMs} ms: ${isSo.toString()}`);
    await pause(10);
  }
}

function itDoesWhatAQueuePromises(open: (directory: string) => Promise<Queue>): void {
  let directory: string;
  let queue: Queue;
  let worker: QueueWorker | undefined;
  let failures: { name: string; error: unknown }[];
  const onError = (name: string, error: unknown): void => void failures.push({ name, error });

  const work = async (definition: Partial<Work>, options: Partial<WorkOptions> = {}): Promise<void> => {
    worker = await queue.work(
      { jobs: {}, schedule: [], ...definition },
      { onError, registerEverySeconds: 1, ...options },
    );
  };

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mosaik-queue-'));
  });

  beforeEach(async () => {
    queue = await open(directory);
    failures = [];
  });

  afterEach(async () => {
    await worker?.close();
    worker = undefined;
    await queue.close();
  });

  after(() => rmSync(directory, { recursive: true, force: true }));

  it('runs a job soon, with the ids it was given', async () => {
    const seen: unknown[] = [];
    await work({ jobs: { 'deliver-mail': async (data) => seen.push(data) } });

    await queue.nudge('mail', 'deliver-mail', { messageId: 'm1' });

    await until(() => seen.length > 0);
    expect(seen).to.deep.equal([{ messageId: 'm1' }]);
  });

  it('runs a job that was asked for before anybody worked', async () => {
    let runs = 0;
    await queue.nudge('events', 'relay', { eventId: 'e1' });
    await pause(50);

    await work({ jobs: { relay: async () => (runs += 1) } });

    await until(() => runs === 1);
  });

  it('runs a job at its instant and not before', async () => {
    const at = new Date(Date.now() + 400);
    let ranAt = 0;
    await work({ jobs: { remind: async () => (ranAt = Date.now()) } });

    await queue.nudge('mail', 'remind', { messageId: 'm1' }, { at });

    await until(() => ranAt > 0);
    expect(ranAt - at.getTime()).to.be.within(-5, 5_000);
  });

  it('runs a job at once whose instant has passed', async () => {
    let runs = 0;
    await work({ jobs: { remind: async () => (runs += 1) } });

    await queue.nudge('mail', 'remind', {}, { at: new Date(Date.now() - 60_000) });

    await until(() => runs === 1);
  });

  it('makes one job of 1,000 nudges for the same message', async () => {
    let runs = 0;
    for (let i = 0; i < 1000; i += 1) await queue.nudge('mail', 'deliver', { messageId: 'a:7' }, { dedupe: 'a:7' });

    await work({ jobs: { deliver: async () => (runs += 1) } });

    await until(() => runs > 0);
    await pause(100);
    expect(runs).to.equal(1);
  });

  it('keeps the nudges of two messages, and of two instants, apart', async () => {
    const seen: string[] = [];
    const deliver = async (data: Readonly<Record<string, string>>) => seen.push(String(data['id']));
    const soon = new Date(Date.now() + 100);
    await queue.nudge('mail', 'deliver', { id: 'a' }, { dedupe: 'a' });
    await queue.nudge('mail', 'deliver', { id: 'b' }, { dedupe: 'b' });
    await queue.nudge('mail', 'deliver', { id: 'a later' }, { dedupe: 'a', at: soon });
    await queue.nudge('mail', 'deliver', { id: 'a later' }, { dedupe: 'a', at: soon });

    await work({ jobs: { deliver } });

    await until(() => seen.length === 3);
    await pause(150);
    expect(seen.toSorted()).to.deep.equal(['a', 'a later', 'b']);
  });

  it('runs once more, and not beside it, when the same nudge comes while the job runs', async () => {
    let running = 0;
    let mostRunning = 0;
    let runs = 0;
    const slow = async () => {
      runs += 1;
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      await pause(150);
      running -= 1;
    };
    await work({ jobs: { slow } }, { concurrency: { events: 5 } });

    await queue.nudge('events', 'slow', {}, { dedupe: 'x' });
    await until(() => running === 1);
    await queue.nudge('events', 'slow', {}, { dedupe: 'x' });
    await queue.nudge('events', 'slow', {}, { dedupe: 'x' });

    await until(() => runs === 2 && running === 0);
    await pause(200);
    expect({ runs, mostRunning }).to.deep.equal({ runs: 2, mostRunning: 1 });
  });

  it('runs as many jobs at once as it is told, and no more', async () => {
    let running = 0;
    let mostRunning = 0;
    let done = 0;
    const slow = async () => {
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      await pause(40);
      running -= 1;
      done += 1;
    };
    for (let i = 0; i < 9; i += 1) await queue.nudge('mail', 'slow', { id: String(i) });

    await work({ jobs: { slow } }, { concurrency: { mail: 3 } });

    await until(() => done === 9);
    expect(mostRunning).to.equal(3);
  });

  it('says that a job failed, does not try it again, and goes on', async () => {
    let runs = 0;
    const fail = async () => {
      runs += 1;
      throw new Error('The sky fell.');
    };
    let after = false;
    await work({ jobs: { fail, next: async () => (after = true) } });

    await queue.nudge('mail', 'fail', { messageId: 'm1' });
    await queue.nudge('mail', 'next', {});

    await until(() => failures.length === 1 && after);
    await pause(200);
    expect(failures.map(({ name, error }) => [name, String(error)])).to.deep.equal([['fail', 'Error: The sky fell.']]);
    expect(runs).to.equal(1);
    expect((await queue.health()).depth?.mail.failed).to.equal(1);
  });

  it('says so when it is asked for a job that it does not know', async () => {
    await work({});

    await queue.nudge('sweeps', 'make-tea', {});

    await until(() => failures.length === 1);
    expect(String(failures[0]?.error)).to.equal('Error: No job is called make-tea here.');
  });

  it('does recurring work at once and again, also after it failed', async () => {
    let runs = 0;
    const sweep = async () => {
      runs += 1;
      if (runs === 1) throw new Error('Not this time.');
    };

    await work({ jobs: { sweep }, schedule: [{ name: 'sweep', queue: 'sweeps', everySeconds: 0.2 }] });

    await until(() => runs >= 4);
    expect(failures.length).to.equal(1);
  });

  it('does recurring work by the clock of a time zone', async () => {
    let runs = 0;

    await work({
      jobs: { tick: async () => (runs += 1), rare: async () => (runs += 100) },
      schedule: [
        { name: 'tick', queue: 'sweeps', pattern: '* * * * * *', timeZone: 'Europe/Berlin' },
        { name: 'rare', queue: 'sweeps', pattern: '0 0 8 29 2 *', timeZone: 'Europe/Berlin' },
      ],
    });

    await until(() => runs >= 1);
    expect(runs).to.be.below(100);
  });

  it('lets a running job finish when it closes, tells it to hurry, and takes no other', async () => {
    const seen: string[] = [];
    const slow = async (data: Readonly<Record<string, string>>, signal: AbortSignal) => {
      seen.push(`${data['id']} begins`);
      await pause(200);
      seen.push(`${data['id']} ends ${signal.aborted ? 'in a hurry' : 'at leisure'}`);
    };
    await work({ jobs: { slow } }, { concurrency: { mail: 1 } });
    await queue.nudge('mail', 'slow', { id: '1' });
    await queue.nudge('mail', 'slow', { id: '2' });
    await until(() => seen.length === 1);

    await worker?.close();
    await pause(250);

    expect(seen).to.deep.equal(['1 begins', '1 ends in a hurry']);
    expect((await queue.health()).depth?.mail).to.include({ waiting: 1, running: 0 });
  });

  it('does not wait for ever for a job that does not end', async () => {
    let release: (() => void) | undefined;
    const stuck = () => new Promise<void>((resolve) => (release = resolve));
    await work({ jobs: { stuck } }, { closeWithinSeconds: 0.2 });
    await queue.nudge('events', 'stuck', {});
    await until(() => release !== undefined);
    const before = Date.now();

    await worker?.close();

    expect(Date.now() - before).to.be.below(8_000);
    release?.();
  });

  it('reports how much waits and for how long', async () => {
    await queue.nudge('events', 'relay', { eventId: 'e1' });
    await queue.nudge('mail', 'deliver', { messageId: 'm1' }, { at: new Date(Date.now() + 3_600_000) });
    await pause(100);

    const health = await queue.health();

    expect(health).to.deep.include({ ok: true });
    expect(health.depth?.events.waiting).to.be.at.least(1);
    expect(health.depth?.events.oldestWaitingSeconds).to.be.within(0.09, 60);
    expect(health.depth?.mail.delayed).to.equal(1);
  });
}

describe('the queue in this process', () => {
  itDoesWhatAQueuePromises(() => Promise.resolve(openQueueInProcess({ now: () => new Date() })));

  it('does not fill the memory of a process that never works', async () => {
    const queue = openQueueInProcess({ now: () => new Date() });

    for (let i = 0; i < 10_100; i += 1) await queue.nudge('events', 'relay', { eventId: String(i) });

    expect((await queue.health()).depth?.events.waiting).to.equal(10_000);
    await queue.close();
  });

  it('measures an instant by the clock it is given', async () => {
    const queue = openQueueInProcess({ now: () => new Date('2027-03-28T00:59:59.900Z') });
    let ranAt = 0;
    const worker = await queue.work(
      { jobs: { remind: async () => (ranAt = Date.now()) }, schedule: [] },
      { onError: () => undefined },
    );
    const before = Date.now();

    await queue.nudge('mail', 'remind', {}, { at: new Date('2027-03-28T01:00:00.000Z') });
    await until(() => ranAt > 0);

    expect(ranAt - before).to.be.within(95, 400);
    await worker.close();
    await queue.close();
  });
});

describe('the queue on a private Redis', () => {
  let round = 0;
  itDoesWhatAQueuePromises(async (dataDirectory) => {
    round += 1;
    const { queue, description } = await openQueue({ dataDirectory, log: quiet, prefix: `round-${round}` });
    expect(description).to.equal(`private Redis in ${join(dataDirectory, 'redis')}`);
    return queue;
  });
});

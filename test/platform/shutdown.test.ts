import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import { expect } from 'chai';

const module = new URL('../../server/platform/shutdown.ts', import.meta.url).href;

/** Parts in the order in which a process opens them; each says when it closes. */
const usualParts = `
  onShutdown('database', async () => { await pause(20); say('database'); });
  onShutdown('queue', async () => { await pause(10); say('queue'); });
  onShutdown('http', () => say('http'));
`;

describe('prepareShutdown', () => {
  const running: ChildProcess[] = [];

  /** Starts a process that has prepared its shutdown, and resolves when it is ready for signals. */
  const start = async (main: string, limits = '{ partWithinMs: 10_000, allWithinMs: 30_000 }') => {
    const script = `
      import { setTimeout as pause } from 'node:timers/promises';
      import { prepareShutdown } from '${module}';
      const say = (...words) => process.stdout.write(words.join(' ') + '\\n');
      const log = { info: () => undefined, error: (fields, message) => say(message, JSON.stringify(fields)) };
      const { onShutdown, shutDown } = prepareShutdown(log, ${limits});
      const open = setInterval(() => undefined, 1000);
      ${main}
      say('ready');
    `;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    let output = '';
    child.stdout.on('data', (data) => (output += String(data)));
    const ended = once(child, 'close').then(([code, signal]) => ({
      code: code as unknown,
      signal: signal as unknown,
      lines: output.trim().split('\n').slice(1),
    }));
    while (!output.includes('ready')) await pause(10);
    return { kill: (signal: NodeJS.Signals) => child.kill(signal), ended };
  };

  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
  });

  it('closes what was opened last first, and ends with 0, on SIGTERM, SIGINT and SIGHUP', async () => {
    const endings = (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(async (signal) => {
      const child = await start(usualParts);
      child.kill(signal);
      return child.ended;
    });

    for (const ending of await Promise.all(endings)) {
      expect(ending).to.deep.equal({ code: 0, signal: null, lines: ['http', 'queue', 'database'] });
    }
  });

  it('closes on request, with the code that is asked for', async () => {
    const child = await start(`${usualParts} setTimeout(() => shutDown('the port is taken', 3), 50);`);

    expect(await child.ended).to.deep.equal({ code: 3, signal: null, lines: ['http', 'queue', 'database'] });
  });

  it('takes one Ctrl-C for one, although npm passes it on a second time', async () => {
    const child = await start(usualParts);

    child.kill('SIGINT');
    child.kill('SIGTERM');

    expect(await child.ended).to.deep.include({ code: 0, lines: ['http', 'queue', 'database'] });
  });

  it('ends at once at a second signal', async () => {
    const child = await start(`onShutdown('never', () => new Promise(() => undefined));`);
    child.kill('SIGINT');
    await pause(1100);
    const before = Date.now();

    child.kill('SIGINT');
    const { code, lines } = await child.ended;

    expect(code).to.equal(1);
    expect(lines).to.deep.equal(['Ending without closing {"reason":"a second SIGINT"}']);
    expect(Date.now() - before).to.be.below(5_000);
  });

  it('closes the rest when one part fails, and ends with 1', async () => {
    const child = await start(`${usualParts} onShutdown('worker', () => { throw new Error('No.'); });`);

    child.kill('SIGTERM');

    const { code, lines } = await child.ended;
    expect(code).to.equal(1);
    expect(lines).to.deep.equal(['A part could not be closed {"part":"worker","err":{}}', 'http', 'queue', 'database']);
  });

  it('gives up on a part that does not close in time, closes the rest, and ends with 1', async () => {
    const stuck = `${usualParts} onShutdown('worker', () => new Promise(() => undefined));`;
    const child = await start(stuck, '{ partWithinMs: 200, allWithinMs: 5000 }');

    child.kill('SIGTERM');

    const { code, lines } = await child.ended;
    expect(code).to.equal(1);
    expect(lines).to.deep.equal([
      'A part did not close in time {"part":"worker","withinMs":200}',
      'http',
      'queue',
      'database',
    ]);
  });

  it('ends with 1 when closing as a whole takes too long', async () => {
    const stuck = `onShutdown('worker', () => new Promise(() => undefined));`;
    const child = await start(stuck, '{ partWithinMs: 60_000, allWithinMs: 200 }');

    child.kill('SIGTERM');

    const { code, lines } = await child.ended;
    expect(code).to.equal(1);
    expect(lines).to.deep.equal(['Ending without closing {"reason":"not closed in time"}']);
  });

  it('logs an exception or a rejection that nobody caught, and ends with 1', async () => {
    const faults = [`throw new Error('Caught by nobody.');`, `Promise.reject(new Error('Caught by nobody.'));`];

    const children = await Promise.all(faults.map((fault) => start(`setTimeout(() => { ${fault} }, 50);`)));

    for (const ended of await Promise.all(children.map((child) => child.ended))) {
      expect(ended.code).to.equal(1);
      expect(ended.lines).to.deep.equal(['Nobody caught this error; the process ends {"err":{}}']);
    }
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openEmbedded } from '../server/embedded/index.ts';
import type { Row } from './stage.ts';

const mostMs = 20;

/** How long a process that hosts the database, as `npm start` does, is kept from its own work while others load it fully. */
export async function benchDelay(): Promise<Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'mosaik-bench-delay-'));
  const embedded = await openEmbedded({ directory });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  try {
    delay.enable();
    const load = spawn(process.execPath, ['--import', 'tsx', 'bench/database-load.ts', embedded.uri], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = await once(load, 'exit');
    delay.disable();
    if (code !== 0) throw new Error('Whoever loads the database has failed.');
  } finally {
    await embedded.close();
    await rm(directory, { recursive: true, force: true });
  }
  const [p99, longest] = [delay.percentile(99) / 1e6, delay.max / 1e6];
  console.log(`delay of the event loop: p99 ${p99.toFixed(1)} ms, at most ${longest.toFixed(1)} ms`);
  return [
    {
      what: 'delay of the event loop of a process whose database is under full load, p99',
      product: `${p99.toFixed(1)} ms`,
      baseline: `at most ${longest.toFixed(1)} ms`,
      bar: `< ${mostMs} ms`,
      reached: p99 < mostMs,
    },
  ];
}

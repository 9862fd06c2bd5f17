import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../../server/platform/root.ts';
import { testDatabase, testSecret } from './hooks.ts';
import { fileOf, type Program } from './programs.ts';

/** A process of Mosaik's. `output` is all it has written so far; `kill` waits until it is gone, and gives its exit code. */
export type MosaikProcess = {
  pid: number;
  url: string;
  output(): string;
  kill(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Mosaik as it stands in a town: several processes over one database and one queue. */
export type World = {
  webs: MosaikProcess[];
  workers: MosaikProcess[];
  dataDirectory: string;
  /** Starts one more; it joins the lists above. */
  startWeb(env?: NodeJS.ProcessEnv): Promise<MosaikProcess>;
  startWorker(env?: NodeJS.ProcessEnv): Promise<MosaikProcess>;
  /** Ends everything, in order, and takes the data away. */
  stop(): Promise<void>;
};

type Wanted = { webs?: number; workers?: number; env?: NodeJS.ProcessEnv };

const readyWithinMs = 120_000;
const goneWithinMs = 15_000;
const settings = /^(PORT|HOST|BASE_URL|DATA_DIR|MONGODB_URI|REDIS_URL|SMTP_URL|MAIL_FROM|SECRET|NODE_ENV|MOSAIK_\w+)$/;

/**
 * Starts real processes over the database of this run, so that what a test builds is what they see, and over a Redis of
 * their own. Without workers the webs do the jobs.
 */
export async function startMosaik({ webs = 1, workers = 0, env = {} }: Wanted = {}): Promise<World> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'mosaik-world-'));
  const shared = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name))),
    MONGODB_URI: (await testDatabase()).uri,
    DATA_DIR: dataDirectory,
    SECRET: testSecret,
    MOSAIK_DEMO: 'off',
    MOSAIK_WORKER: workers > 0 ? 'off' : 'on',
    ...env,
  };
  const world: World = {
    webs: [],
    workers: [],
    dataDirectory,
    startWeb: async (more) => joined(world.webs, await startWeb({ ...shared, ...more })),
    startWorker: async (more) =>
      joined(world.workers, await startWorker({ ...shared, BASE_URL: world.webs[0]?.url, ...more })),
    stop: () => stop(world),
  };
  try {
    for (let index = 0; index < webs; index += 1) await world.startWeb();
    for (let index = 0; index < workers; index += 1) await world.startWorker();
    return world;
  } catch (error) {
    await world.stop();
    throw error;
  }
}

async function startWeb(env: NodeJS.ProcessEnv): Promise<MosaikProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const web = await start('server/main', url, { BASE_URL: url, ...env, PORT: String(port) });
  await untilReady(web, async () => (await fetch(`${url}/livez`)).ok);
  return web.process;
}

async function startWorker(env: NodeJS.ProcessEnv): Promise<MosaikProcess> {
  const worker = await start('jobs/worker', env['BASE_URL'] ?? '', env);
  await untilReady(worker, () => Promise.resolve(/ready/.test(worker.process.output())));
  return worker.process;
}

async function start(program: Program, url: string, env: NodeJS.ProcessEnv) {
  const file = await fileOf(program, env['DRILL_SCENE']);
  const child = spawn(process.execPath, [file], { cwd: projectRoot, env, stdio: 'pipe' });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  // A run that ends early must not leave anybody behind.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const output = () => said.join('');
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => ended(child, signal);
  return { child, process: { pid: child.pid ?? 0, url, output, kill } };
}

type Started = Awaited<ReturnType<typeof start>>;

async function untilReady({ child, process: { output } }: Started, isReady: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  while (Date.now() < giveUpAt && child.exitCode === null) {
    if (await isReady().catch(() => false)) return;
    await pause(50);
  }
  child.kill('SIGKILL');
  throw new Error(`A process of Mosaik did not become ready. It said:\n${output()}`);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => void child.kill('SIGKILL'), goneWithinMs);
  await gone;
  clearTimeout(late);
  return child.exitCode;
}

async function stop({ webs, workers, dataDirectory }: World): Promise<void> {
  for (const one of [...workers, ...webs]) await one.kill('SIGTERM');
  endRedis(dataDirectory);
  await rm(dataDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Where everybody was killed, nobody has ended the private Redis. */
function endRedis(dataDirectory: string): void {
  const pidFile = join(dataDirectory, 'redis', 'redis.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  try {
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDirectory)) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('The machine gave no port.');
  return address.port;
}

function joined(list: MosaikProcess[], one: MosaikProcess): MosaikProcess {
  list.push(one);
  return one;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient, type Db } from 'mongodb';
import { connectDatabase, disconnectDatabase } from '../server/platform/database.ts';
import { useSecret } from '../server/platform/secrets.ts';

/** One line of the table. `ratio`: Mosaik's rate divided by the baseline's. */
export type Row = { what: string; product: string; baseline: string; ratio?: number; bar: string; reached: boolean };

/** What every measurement stands on: one database, and the means to start processes over it. */
export type Stage = {
  engine: string;
  cores: number;
  directory: string;
  uri: string;
  /** The raw driver, for the baselines. */
  database: Db;
  /** Starts a compiled web process; gives its address. */
  startWeb(): Promise<string>;
  /** Starts a script of this folder; it says its address on its first line. */
  startScript(script: string): Promise<string>;
  close(): Promise<void>;
};

const secret = 'a secret that only the benchmark knows, and that guards nothing';

export async function openStage(): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'mosaik-bench-'));
  const children: ChildProcess[] = [];
  const start = (args: string[], env: NodeJS.ProcessEnv, sign: RegExp) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return firstLine(child, sign);
  };

  const given = process.env['MONGODB_URI'];
  const uri = given
    ? named(given)
    : await start(['dist/server/embedded/host.js', join(directory, 'database')], {}, /^mongodb/);
  useSecret(secret);
  await connectDatabase(uri);
  const client = await new MongoClient(uri, { maxPoolSize: 50 }).connect();
  const close = async () => {
    await client.db().dropDatabase();
    await client.close();
    await disconnectDatabase();
    for (const child of children.toReversed()) await ended(child);
  };
  return {
    engine: given ? `MongoDB at ${new URL(given).host}` : 'embedded',
    cores: cpus().length,
    directory,
    uri,
    database: client.db(),
    startWeb: async () => {
      const port = await freePort();
      const env = {
        PORT: String(port),
        DATA_DIR: directory,
        MONGODB_URI: uri,
        SECRET: secret,
        MOSAIK_DEMO: 'off',
        MOSAIK_WORKER: 'off',
      };
      await start(['dist/server/main.js'], env, /is ready/);
      return `http://127.0.0.1:${port}`;
    },
    startScript: (script) => start(['--import', 'tsx', `bench/${script}`, uri], {}, /^http/),
    close,
  };
}

function named(given: string): string {
  const uri = new URL(given);
  uri.pathname = `/mosaik-bench-${process.pid}`;
  return uri.href;
}

function firstLine(child: ChildProcess, sign: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => sign.test(line) && resolve(line));
    child.once('exit', (code) => reject(new Error(`A process of the benchmark ended with ${code}.`)));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (!address || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

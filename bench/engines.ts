import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient, type Db } from 'mongodb';

/** A database to measure, over the driver. */
export type Engine = { name: string; client: MongoClient; db: Db; pid?: number | undefined; close(): Promise<void> };

/** The embedded database in a process of its own, as an installation with several processes has it. */
export async function openEmbeddedEngine(): Promise<Engine & { pid: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'mosaik-bench-database-'));
  const host = await startHost(directory);
  const client = await new MongoClient(host.uri, { maxPoolSize: 60 }).connect();
  const close = async () => {
    await client.close();
    await host.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { name: 'embedded', client, db: client.db('bench'), pid: host.pid, close };
}

export type Host = { uri: string; pid: number; close(): Promise<void> };

/** Serves a directory by the compiled host process; `flags` are Node's own. */
export async function startHost(directory: string, flags: string[] = []): Promise<Host> {
  const child = spawn(process.execPath, [...flags, 'dist/server/embedded/host.js', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const line = once(createInterface({ input: child.stdout }), 'line');
  const [uri] = await Promise.race([line, exited.then(() => Promise.reject(new Error('The host process ended.')))]);
  const close = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  return { uri: String(uri), pid: child.pid ?? 0, close };
}

/**
 * The engine to compare with: the MongoDB of `BENCH_MONGODB_URI`, or the one that stands beside the project as the whole
 * suite finds it. Nothing where there is none.
 */
export async function openOtherEngine(): Promise<Engine | undefined> {
  const uri = process.env['BENCH_MONGODB_URI'] ?? (await uriBesideTheProject());
  if (!uri) return undefined;
  const client = await new MongoClient(uri, { maxPoolSize: 60 }).connect();
  const db = client.db(`bench-${process.pid}`);
  const close = async () => {
    await db.dropDatabase();
    await client.close();
  };
  return { name: `MongoDB at ${new URL(uri).host}`, client, db, close };
}

async function uriBesideTheProject(): Promise<string | undefined> {
  const engine = join('..', 'shared', 'documentdb', 'engine');
  if (!existsSync(engine)) return undefined;
  const starting = spawn(engine, ['start'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: starting.stdout }).on('line', (line) => lines.push(line));
  await once(starting, 'exit');
  return lines.findLast((line) => line.startsWith('mongodb://'));
}

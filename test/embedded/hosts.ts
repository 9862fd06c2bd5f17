import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { type Embedded, openEmbedded } from '../../server/embedded/index.ts';
import { projectRoot } from '../../server/platform/root.ts';
import { aDirectory, isEmbedded } from './engine.ts';
import { fileOf } from '../support/programs.ts';

/** A process that hosts a directory. */
export interface Host {
  pid: number;
  uri: string;
  signal(name: NodeJS.Signals): void;
  /** Ends it, and waits until it is gone. */
  kill(name?: NodeJS.Signals): Promise<void>;
}

export interface Hosting {
  /** The data directory of this test. */
  directory(): string;
  /** From now on it is another, empty one. */
  moveOn(): Promise<void>;
  /** Hosts the directory in a process of its own. @throws what it said when it could not */
  host(how?: { script?: string; limits?: string; env?: NodeJS.ProcessEnv }): Promise<Host>;
  open(directory?: string): Promise<Embedded>;
  connect(uri: string, options?: MongoClientOptions): Promise<MongoClient>;
}

/** For the tests of a block on the embedded engine: whatever they open and start is closed and ended after each. */
export function hosting(): Hosting {
  const directories: string[] = [];
  const hosts: Host[] = [];
  const opened: Embedded[] = [];
  const clients: MongoClient[] = [];

  before(function (this: Mocha.Context) {
    if (!isEmbedded) this.skip();
  });
  const moveOn = async (): Promise<void> => void directories.push(await aDirectory());
  beforeEach(moveOn);
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(opened.splice(0).map((embedded) => embedded.close()));
    await Promise.all(hosts.splice(0).map((host) => host.kill()));
    for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
  });

  const directory = (): string => directories.at(-1) ?? '';
  return {
    directory,
    moveOn,
    host: async (how) => kept(hosts, await startHost(directory(), how)),
    open: async (at = directory()) => kept(opened, await openEmbedded({ directory: at })),
    connect: async (uri, options) => kept(clients, await new MongoClient(uri, options).connect()),
  };
}

function kept<T>(list: T[], one: T): T {
  list.push(one);
  return one;
}

interface How {
  /** Arguments of the shell's `ulimit`. */
  limits?: string;
  env?: NodeJS.ProcessEnv;
}

async function startHost(directory: string, { limits, env }: How = {}): Promise<Host> {
  const command = [process.execPath, await fileOf('server/embedded/host', env?.['DRILL_SCENE']), directory];
  const shell = limits ? ['bash', '-c', `ulimit ${limits}; exec "$@"`, 'bash'] : [];
  const [program = '', ...rest] = [...shell, ...command];
  const child = spawn(program, rest, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: 'pipe' });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-10_000)));
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const gone = once(child, 'exit').then(() => Promise.reject(new Error(`The host has ended. It said: ${said}`)));
  gone.catch(() => {});
  const uri = String((await Promise.race([once(createInterface(child.stdout), 'line'), gone]))[0]);
  return { pid: child.pid ?? 0, uri, signal: (name) => child.kill(name), kill: (name) => ended(child, name) };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/**
 * The embedded database: a MongoDB server, as far as it is needed, for one machine.
 *
 * Promises: what was acknowledged is on the disk; a directory is served by one process at a time;
 * what is not known is refused.
 */
import { extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Socket } from 'node:net';
import { EmbeddedError } from './errors.ts';
import { type Place, connectTo, preparePlace } from './place.ts';
import type { Told } from './worker.ts';

export { EmbeddedError } from './errors.ts';

export interface Embedded {
  /** Where the official driver and Mongoose find it, also after another process has taken over. */
  readonly uri: string;
  readonly role: 'serving' | 'connected';
  close(): Promise<void>;
}

/**
 * Opens the database in `directory`, or connects to the process that has it open; when that one ends, this one may
 * take over. @throws EmbeddedError with a sentence when the directory cannot be written, or has a newer format
 */
export async function openEmbedded({ directory }: { directory: string }): Promise<Embedded> {
  const member = new Member(preparePlace(directory));
  await member.attach();
  return member;
}

const PAUSE_MS = 50;

/** One process's part in a directory: it serves, or watches whoever serves. */
class Member implements Embedded {
  readonly #place: Place;
  #worker: Worker | undefined;
  #watched: Socket | undefined;
  #isClosed = false;

  constructor(place: Place) {
    this.#place = place;
  }

  get uri(): string {
    return this.#place.uri;
  }

  get role(): 'serving' | 'connected' {
    return this.#worker ? 'serving' : 'connected';
  }

  async attach(): Promise<void> {
    while (!this.#isClosed && !(await this.#watch()) && !(await this.#serve())) await pause(PAUSE_MS);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watched?.destroy();
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage('close');
    await ended;
  }

  /** Holds a connection to whoever serves: its end is the sign to try oneself. */
  async #watch(): Promise<boolean> {
    const watched = await connectTo(this.#place);
    this.#watched = watched;
    watched?.once('close', () => this.#attachAgain()).unref();
    watched?.resume();
    return watched !== undefined;
  }

  async #serve(): Promise<boolean> {
    const worker = startWorker(this.#place);
    const told = await firstWord(worker);
    if ('error' in told)
      throw new EmbeddedError(`The database in ${this.#place.directory} cannot be opened: ${told.error}`);
    if (told.role === 'connected') {
      await worker.terminate();
      return false;
    }
    this.#worker = worker;
    worker.once('exit', () => {
      this.#worker = undefined;
      this.#attachAgain();
    });
    return true;
  }

  /** A take-over that fails is tried again: clients wait, and find whoever serves next. */
  #attachAgain(): void {
    if (this.#isClosed) return;
    this.attach().catch(async () => {
      await pause(PAUSE_MS * 10);
      this.#attachAgain();
    });
  }
}

/** The thread runs the same kind of file as this one: what tsc has made of it, or TypeScript. */
function startWorker(place: Place): Worker {
  const file = extname(import.meta.url) === '.ts' ? './worker-from-source.mjs' : './worker.js';
  return new Worker(new URL(file, import.meta.url), { workerData: place.directory, execArgv: [] });
}

function firstWord(worker: Worker): Promise<Told> {
  return new Promise((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error) => resolve({ error: error instanceof Error ? error.message : String(error) }));
  });
}

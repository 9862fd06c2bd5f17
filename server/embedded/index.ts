/**
 * The embedded database: a MongoDB server, as far as it is needed, for one machine.
 *
 * Promises: what was acknowledged is on the disk; a directory is served by one process at a time;
 * what is not known is refused.
 */
import { extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { EmbeddedError } from './errors.ts';
import type { Role } from './member.ts';
import { type DoorKind, type Place, connectTo, preparePlace } from './place.ts';
import type { Asked, Told } from './worker.ts';

export { EmbeddedError } from './errors.ts';

export interface Embedded {
  /** Where the official driver and Mongoose find it, also after another process has taken over. */
  readonly uri: string;
  readonly role: Role;
  close(): Promise<void>;
}

/**
 * Opens the database in `directory`, or connects to the process that has it open; when that one ends, this one may
 * take over. @throws EmbeddedError with a sentence when the directory cannot be written, or its data cannot be read
 */
export async function openEmbedded({ directory, door }: { directory: string; door?: DoorKind }): Promise<Embedded> {
  const place = preparePlace(directory, door);
  const opened = new Opened(place);
  const serving = await connectTo(place);
  serving?.destroy();
  const begun = opened.begin();
  // Somebody serves already, so nobody has to wait until the own thread is ready to.
  if (serving) begun.catch(() => opened.beginAgain());
  else await begun;
  return opened;
}

const PAUSE_MS = 500;

/** The database as its process holds it: the work is done by a thread. */
class Opened implements Embedded {
  readonly #place: Place;
  #worker: Worker | undefined;
  #role: Role = 'connected';
  #hasBegun = false;
  #isClosed = false;

  constructor(place: Place) {
    this.#place = place;
  }

  get uri(): string {
    return this.#place.uri;
  }

  get role(): Role {
    return this.#role;
  }

  async begin(): Promise<void> {
    const worker = startWorker(this.#place);
    this.#worker = worker;
    this.#hasBegun = false;
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (told: Told) => {
        if ('error' in told) reject(this.#cannot(told.error));
        else if (told.is === 'loaded') this.#letBegin(worker);
        else resolve(this.#take(worker, told.is));
      });
      worker.on('error', (error) => reject(this.#cannot(String(error))));
      worker.once('exit', () => reject(this.#cannot('its thread has ended')));
    }).catch(async (error: unknown) => {
      this.#worker = undefined;
      await worker.terminate();
      throw error;
    });
    worker.once('exit', () => this.#ended());
    worker.on('error', (error) => process.emitWarning(error));
  }

  /** A thread that could not begin, or has died of a defect: clients wait for the next. */
  beginAgain(): void {
    if (!this.#isClosed) void pause(PAUSE_MS, undefined, { ref: false }).then(() => this.#beginUnlessClosed());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    if (!worker) return;
    worker.ref();
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    if (this.#hasBegun) ask(worker, 'close');
    else void worker.terminate();
    await ended;
  }

  #beginUnlessClosed(): void {
    if (!this.#isClosed) this.begin().catch(() => this.beginAgain());
  }

  #letBegin(worker: Worker): void {
    if (this.#isClosed) return;
    this.#hasBegun = true;
    ask(worker, 'begin');
  }

  /** Who serves keeps the process alive; who only waits for its turn does not. */
  #take(worker: Worker, role: Role): void {
    this.#role = role;
    if (role === 'serving') worker.ref();
    else worker.unref();
  }

  #ended(): void {
    this.#worker = undefined;
    this.#role = 'connected';
    this.beginAgain();
  }

  #cannot(why: string): EmbeddedError {
    return new EmbeddedError(`The database in ${this.#place.directory} cannot be opened: ${why}`);
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const ask = (worker: Worker, asked: Asked): void => worker.postMessage(asked);

/** The thread runs the same kind of file as this one: TypeScript, or the program that stands beside its bundle. */
function startWorker(place: Place): Worker {
  const file = extname(import.meta.url) === '.ts' ? './worker-from-source.mjs' : './embedded-worker.js';
  return new Worker(new URL(file, import.meta.url), { workerData: place.directory, execArgv: [] });
}

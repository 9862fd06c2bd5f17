import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Place, connectTo } from './place.ts';
import { type Serving, serve } from './serve.ts';

/** Whether this process serves a directory, or is ready to when the one that serves it is gone. */
export type Role = 'serving' | 'connected';

/** Who serves may refuse a connection while ending, and be gone a moment later. */
const PAUSE_MS = 20;
const PAUSE_AFTER_FAILURE_MS = 500;

/**
 * One process's part in a directory, in a thread that has everything ready: it serves, or holds a connection to whoever
 * serves, whose end is the sign to try oneself. A server that merely stands still keeps its connections and its claim.
 */
export class Member {
  readonly #place: Place;
  readonly #tell: (role: Role) => void;
  #watched: Socket | undefined;
  #serving: Serving | undefined;
  #work: Promise<unknown> | undefined;
  #isClosed = false;

  constructor(place: Place, tell: (role: Role) => void) {
    this.#place = place;
    this.#tell = tell;
  }

  /** Kept when it serves or watches; from then on it goes by itself. @throws when the directory cannot be served */
  async begin(): Promise<void> {
    const part = this.#takePart();
    this.#work = part.catch(() => {});
    await part;
    this.#work = this.#goOn();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watched?.destroy();
    await this.#work;
    await this.#serving?.close();
  }

  /** Watches whoever serves until that one is gone. A take-over that fails is tried again: clients wait. */
  async #goOn(): Promise<void> {
    while (!this.#isClosed && !this.#serving) {
      const watched = this.#watched;
      if (watched) await Promise.all([endOf(watched), pause(PAUSE_MS)]);
      this.#watched = undefined;
      await this.#takePart().catch(() => pause(PAUSE_AFTER_FAILURE_MS));
    }
  }

  async #takePart(): Promise<void> {
    while (!this.#isClosed) {
      if (await this.#watch()) return;
      this.#serving = await serve(this.#place);
      if (this.#serving) {
        this.#tell('serving');
        return;
      }
      await pause(PAUSE_MS);
    }
  }

  async #watch(): Promise<boolean> {
    const watched = await connectTo(this.#place);
    if (!watched) return false;
    // Its end says all there is to say: 'close' follows an error.
    watched.on('error', () => {}).resume();
    this.#watched = watched;
    this.#tell('connected');
    return true;
  }
}

function endOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

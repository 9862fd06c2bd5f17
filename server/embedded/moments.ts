import { Timestamp } from 'bson';
import { CommandError } from './errors.ts';
import type { Workspace } from './workspace.ts';

/** A session that has ended without a word is forgotten after as long. */
const IDLE_MS = 30 * 60_000;

/** What is written from now on is added to the file while somebody still reads at an old moment. */
const MOST = 8;

export interface Moment {
  time: Timestamp;
  workspace: Workspace;
}

interface Held extends Moment {
  session: string | undefined;
  usedAt: number;
}

/** Moments that sessions go on reading at outside of transactions: `readConcern: { level: 'snapshot' }`. */
export class Moments {
  readonly #begin: () => Workspace;
  readonly #held = new Map<bigint, Held>();

  constructor(begin: () => Workspace) {
    this.#begin = begin;
  }

  /** The moment a session has read at before, or a new one at `now`. @throws SnapshotTooOld */
  at(asked: unknown, session: string | undefined, now: Timestamp): Moment {
    this.#letGo();
    const known = asked instanceof Timestamp ? this.#held.get(asked.toBigInt()) : undefined;
    if (asked !== undefined && known?.session !== session)
      throw new CommandError('SnapshotTooOld', 'Read timestamp is older than the oldest available timestamp.');
    const moment = known ?? { time: now, workspace: this.#begin(), session, usedAt: 0 };
    moment.usedAt = Date.now();
    this.#held.delete(moment.time.toBigInt());
    this.#held.set(moment.time.toBigInt(), moment);
    return moment;
  }

  endOfSession(session: string): void {
    for (const moment of this.#held.values()) if (moment.session === session) this.#end(moment);
  }

  endAll(): void {
    for (const moment of this.#held.values()) this.#end(moment);
  }

  #letGo(): void {
    const oldest = Date.now() - IDLE_MS;
    for (const moment of this.#held.values()) if (moment.usedAt < oldest || this.#held.size >= MOST) this.#end(moment);
  }

  #end(moment: Held): void {
    this.#held.delete(moment.time.toBigInt());
    moment.workspace.end();
  }
}

/** Bytes of long messages that all connections together may hold while they are read and answered. */
const ROOM = 128 * 1024 * 1024;

/** Bytes of replies that may wait for clients to read them. */
const PATIENCE = 128 * 1024 * 1024;

interface Stalled {
  destroy(): void;
}

interface Waiting {
  bytes: number;
  enter: () => void;
}

/**
 * What the connections of a server hold in memory together. Whoever brings a long message waits until there is room for
 * all of it, so that everybody who was let in can finish; when too much lies unread, the oldest reply goes with its client.
 */
export class Traffic {
  readonly #patience: number;
  readonly #line: Waiting[] = [];
  readonly #unread = new Map<Stalled, number>();
  #room: number;
  #unreadBytes = 0;

  constructor(limits: { room?: number; patience?: number } = {}) {
    this.#room = limits.room ?? ROOM;
    this.#patience = limits.patience ?? PATIENCE;
  }

  /** Kept when there is room for that many bytes; they are the caller's until it leaves. */
  enter(bytes: number): Promise<void> {
    return new Promise((enter) => {
      this.#line.push({ bytes, enter });
      this.#admit();
    });
  }

  leave(bytes: number): void {
    this.#room += bytes;
    this.#admit();
  }

  /** A reply waits for its client to read. */
  stalled(connection: Stalled, bytes: number): void {
    this.#unread.set(connection, bytes);
    this.#unreadBytes += bytes;
    for (const oldest of this.#unread.keys()) {
      if (this.#unreadBytes <= this.#patience) return;
      this.read(oldest);
      oldest.destroy();
    }
  }

  /** The reply has been read, or its client has gone. */
  read(connection: Stalled): void {
    this.#unreadBytes -= this.#unread.get(connection) ?? 0;
    this.#unread.delete(connection);
  }

  /** Who brings little need not wait for those who have announced much and do not send it. */
  #admit(): void {
    for (const waiting of this.#line.slice()) {
      if (waiting.bytes > this.#room) continue;
      this.#line.splice(this.#line.indexOf(waiting), 1);
      this.#room -= waiting.bytes;
      waiting.enter();
    }
  }
}

import type { Socket } from 'node:net';
import { Connection, type Server } from './connection.ts';

/** Whoever connects: waits until the database is open, is let in, and is turned away when it is about to close. */
export class Reception {
  readonly #connections = new Set<Connection>();
  #waiting: Socket[] = [];
  #receive: (socket: Socket) => void = (socket) => this.#waiting.push(socket);

  come(socket: Socket): void {
    // Whoever leaves while waiting has gone; nobody else would hear of it.
    socket.on('error', () => {});
    this.#receive(socket);
  }

  open(server: Server): void {
    this.#receive = (socket) => {
      const connection = new Connection(socket, server);
      this.#connections.add(connection);
      socket.once('close', () => this.#connections.delete(connection));
    };
    this.#waiting.splice(0).forEach(this.#receive);
  }

  /** Lets nobody in any more; kept when everything that was begun has been answered. */
  async close(): Promise<void> {
    this.#receive = (socket) => socket.destroy();
    this.#waiting.splice(0).forEach(this.#receive);
    await Promise.all([...this.#connections].map((connection) => connection.close()));
  }

  /** Has everybody leave. */
  empty(): void {
    for (const connection of this.#connections) connection.destroy();
  }
}

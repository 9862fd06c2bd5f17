import {
  type ListenOptions,
  type NetConnectOpts,
  type Server,
  type Socket,
  createConnection,
  createServer,
} from 'node:net';
import { EmbeddedError } from './errors.ts';

/** Where a directory's server is found. */
export interface Door {
  readonly uri: string;
  /** What a client must know; undefined where only the owner can come. */
  readonly password: string | undefined;
  /** A connection to whoever serves; undefined when nobody does. */
  connect(): Promise<Socket | undefined>;
  /** Gets ready to serve; undefined when somebody else has just come first. */
  listen(): Promise<Candidate | undefined>;
}

/** A server that listens and may become the one. */
export interface Candidate {
  server: Server;
  /** Takes the door over: what connects from now on finds this server. */
  moveIn(): void;
  leave(): void;
}

const BACKLOG = 1024;
const MOST_CONNECTIONS = 5000;

export function connected(to: NetConnectOpts): Promise<Socket | undefined> {
  return new Promise((settle, reject) => {
    const socket = createConnection(to);
    socket.once('connect', () => settle(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') settle(undefined);
      else reject(new EmbeddedError(`The way to the database cannot be used: ${error.message}`));
    });
  });
}

export function listening(at: ListenOptions): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.maxConnections = MOST_CONNECTIONS;
    server.once('error', reject);
    server.listen({ ...at, backlog: BACKLOG }, () => resolve(server));
  });
}

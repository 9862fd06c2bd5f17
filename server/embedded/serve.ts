import type { Server, Socket } from 'node:net';
import { Authentication } from './authentication.ts';
import { claim } from './claim.ts';
import { Connection } from './connection.ts';
import { Database } from './database.ts';
import { type Place } from './place.ts';
import { expireDocuments } from './expiry.ts';
import { Traffic } from './traffic.ts';

export interface Serving {
  /** Answers what was begun, brings everything to the disk and only then gives up the socket. */
  close(): Promise<void>;
}

const SWEEP_MS = 30_000;
const EXPIRY_MS = 1_000;

/** Serves the directory, unless another process does. */
export async function serve(place: Place): Promise<Serving | undefined> {
  const early: Socket[] = [];
  const listener = await claim(place);
  if (!listener) return undefined;
  listener.on('connection', (socket) => early.push(socket));
  const database = new Database(place.directory);
  const connections = new Set<Connection>();
  const server = { database, traffic: new Traffic(), authentication: new Authentication(place.door.password) };
  const welcome = (socket: Socket): void => {
    const connection = new Connection(socket, server);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  };
  listener.removeAllListeners('connection').on('connection', welcome);
  early.forEach(welcome);
  const timers = [
    setInterval(() => sweep(database), SWEEP_MS),
    setInterval(() => expireDocuments(database), EXPIRY_MS),
  ];
  return { close: () => stop(listener, database, connections, timers) };
}

function sweep(database: Database): void {
  const now = new Date();
  database.cursors.sweep(now);
  database.sessions.sweep(now);
}

async function stop(
  server: Server,
  database: Database,
  connections: Set<Connection>,
  timers: NodeJS.Timeout[],
): Promise<void> {
  timers.forEach(clearInterval);
  database.sessions.abortAll();
  await Promise.all([...connections].map((connection) => connection.close()));
  await database.close();
  for (const connection of connections) connection.destroy();
  await new Promise((resolve) => server.close(resolve));
}

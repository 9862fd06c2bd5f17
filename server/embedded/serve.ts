import type { Server } from 'node:net';
import { join } from 'node:path';
import { Authentication } from './authentication.ts';
import { CLAIMS, claim } from './claim.ts';
import { checkDataFile } from './data-file.ts';
import { Database } from './database.ts';
import { expireDocuments } from './expiry.ts';
import { type Place, hasData, markFormat } from './place.ts';
import { Reception } from './reception.ts';
import { Traffic } from './traffic.ts';

export interface Serving {
  /** Answers what was begun, brings everything to the disk and only then gives up the socket. */
  close(): Promise<void>;
}

const SWEEP_MS = 30_000;
const EXPIRY_MS = 1_000;

/** Serves the directory, unless another process does. @throws EmbeddedError when its data cannot be read */
export async function serve(place: Place): Promise<Serving | undefined> {
  const reception = new Reception();
  checkDataFile(join(place.directory, CLAIMS), false);
  const listener = await claim(place, (socket) => reception.come(socket));
  if (!listener) return undefined;
  try {
    const database = openDatabase(place);
    reception.open({ database, traffic: new Traffic(), authentication: new Authentication(place.door.password) });
    const timers = [
      setInterval(() => sweep(database), SWEEP_MS),
      setInterval(() => expireDocuments(database), EXPIRY_MS),
    ];
    return { close: () => stop(listener, reception, database, timers) };
  } catch (error) {
    await reception.close();
    listener.close();
    throw error;
  }
}

function openDatabase(place: Place): Database {
  checkDataFile(place.directory, hasData(place));
  const database = new Database(place.directory);
  markFormat(place);
  return database;
}

function sweep(database: Database): void {
  const now = new Date();
  database.cursors.sweep(now);
  database.sessions.sweep(now);
}

/** Whoever comes meanwhile finds the door still taken, so that nobody serves before everything is on the disk. */
async function stop(
  listener: Server,
  reception: Reception,
  database: Database,
  timers: NodeJS.Timeout[],
): Promise<void> {
  timers.forEach(clearInterval);
  database.sessions.abortAll();
  await reception.close();
  await database.close();
  reception.empty();
  await new Promise((resolve) => listener.close(resolve));
}

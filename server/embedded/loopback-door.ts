import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { MECHANISM, OWNER, fingerprintOf } from './authentication.ts';
import { decode, encode } from './bytes.ts';
import { REPLICA_SET } from './commands/administration.ts';
import { type Candidate, type Door, connected, listening } from './door.ts';
import { EmbeddedError } from './errors.ts';
import { Frames, bodyOfReply, writeReply } from './wire.ts';

const HOST = '127.0.0.1';

/** A server that says nothing for so long stands still: it is taken for ours, as behind a socket. */
const PATIENCE_MS = 5_000;

/** So often the port may be neither free nor answer before that is worth a sentence. */
const MOST_ATTEMPTS = 100;

export const hasLoopbackDoor = (directory: string): boolean => existsSync(join(directory, 'password'));

/**
 * A port of this machine, for systems without Unix sockets: the password in a file that only the owner may read is what
 * keeps others out. The port stays the same, so that clients find whoever takes over, unless a stranger has taken it.
 */
export class LoopbackDoor implements Door {
  readonly password: string;
  readonly #portFile: string;
  #isTaken = false;
  #attempts = 0;

  constructor(directory: string) {
    this.#portFile = join(directory, 'port');
    this.password = passwordIn(directory);
  }

  get uri(): string {
    const options = `directConnection=true&replicaSet=${REPLICA_SET}&authMechanism=${MECHANISM}&authSource=admin`;
    return `mongodb://${OWNER}:${this.password}@${HOST}:${this.#port}/?${options}`;
  }

  async connect(): Promise<Socket | undefined> {
    if (!existsSync(this.#portFile)) return undefined;
    const socket = await connected({ host: HOST, port: this.#port });
    const answer = socket && (await answerOf(socket));
    this.#isTaken = answer !== undefined && answer !== fingerprintOf(this.password);
    if (socket && !socket.destroyed && !this.#isTaken) {
      this.#attempts = 0;
      return socket;
    }
    socket?.destroy();
    return undefined;
  }

  async listen(): Promise<Candidate | undefined> {
    const port = this.#isTaken || !existsSync(this.#portFile) ? 0 : this.#port;
    try {
      const server = await listening({ host: HOST, port });
      const address = server.address();
      return { server, moveIn: () => this.#write(addressOf(address)), leave: () => server.close() };
    } catch (error) {
      if (isInUse(error) && this.#attempts++ < MOST_ATTEMPTS) return undefined;
      throw new EmbeddedError(`Port ${port} of ${HOST}, where the database answers, cannot be used: ${String(error)}`);
    }
  }

  get #port(): number {
    return Number(readFileSync(this.#portFile, 'utf8'));
  }

  #write({ port }: AddressInfo): void {
    const written = `${this.#portFile}-${randomBytes(3).toString('hex')}`;
    writeFileSync(written, `${port}\n`, { mode: 0o600 });
    renameSync(written, this.#portFile);
  }
}

/** Made once; of several processes that come at the same moment, the first one's is it, and never half of it. */
function passwordIn(directory: string): string {
  const file = join(directory, 'password');
  if (!existsSync(file)) {
    const written = `${file}-${randomBytes(3).toString('hex')}`;
    writeFileSync(written, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    try {
      linkSync(written, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(written);
    }
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * Asks who is there; undefined for whoever is silent or hangs up. Only an answer that cannot be ours makes a stranger:
 * two servers of one directory would be worse than none.
 */
function answerOf(socket: Socket): Promise<string | undefined> {
  const frames = new Frames();
  socket.write(writeReply({ id: 0, isLegacy: false }, encode({ hello: 1, $db: 'admin' }), 1));
  return new Promise((resolve) => {
    const settle = (answer: string | undefined): void => {
      clearTimeout(timer);
      socket.off('data', hear).off('close', hangUp);
      resolve(answer);
    };
    const hear = (chunk: Buffer): void => {
      frames.push(chunk);
      const place = placeIn(frames);
      if (place !== undefined) settle(place);
    };
    const hangUp = (): void => settle(undefined);
    const timer = setTimeout(hangUp, PATIENCE_MS);
    socket.on('error', () => {});
    socket.on('close', hangUp).on('data', hear);
  });
}

/** The directory a greeting names: undefined as long as it is not whole, empty for what is none. */
function placeIn(frames: Frames): string | undefined {
  try {
    const message = frames.next();
    if (!message) return undefined;
    const { place } = decode(bodyOfReply(message));
    return typeof place === 'string' ? place : '';
  } catch {
    return '';
  }
}

const isInUse = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new EmbeddedError('The server listens at no port.');
  return address;
}

import { createHmac, randomBytes } from 'node:crypto';
import { Binary, Int32 } from 'bson';
import { CommandError } from './errors.ts';
import { Conversation, type Credentials, credentialsFor } from './scram.ts';
import { type Document, isDocument, isTruthy } from './values.ts';

/** The one user there is, of the database `admin`. */
export const OWNER = 'owner';
export const MECHANISM = 'SCRAM-SHA-256';

const ITERATIONS = 15_000;
const FREE = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'buildInfo', 'buildinfo', 'saslStart', 'saslContinue']);

/** Whom a server lets in: with a password whoever knows it, without one whoever can reach it. */
export class Authentication {
  readonly #known: Credentials | undefined;
  readonly #secret = randomBytes(32);
  /** What hello adds, so that members recognise a server of their own directory. */
  readonly greeting: Document;

  constructor(password: string | undefined) {
    this.#known = password === undefined ? undefined : credentialsFor(password, randomBytes(28), ITERATIONS);
    this.greeting = password === undefined ? {} : { place: fingerprintOf(password) };
  }

  get isNeeded(): boolean {
    return this.#known !== undefined;
  }

  /** A name that nobody has gets a salt of its own, always the same, and work of the same length. */
  credentialsOf(name: string): Credentials {
    if (name === OWNER && this.#known) return this.#known;
    const of = (what: string): Buffer => createHmac('sha256', this.#secret).update(`${what}:${name}`).digest();
    return {
      salt: of('salt').subarray(0, 28),
      iterations: ITERATIONS,
      storedKey: of('stored key'),
      serverKey: of('server key'),
    };
  }
}

/** Says which directory a password belongs to, and nothing of the password. */
export const fingerprintOf = (password: string): string =>
  createHmac('sha256', password).update('the place of this password').digest('hex').slice(0, 32);

/** What one connection has proved so far. */
export class Gate {
  readonly #authentication: Authentication;
  #conversation: { scram: Conversation; isShort: boolean; isProved: boolean } | undefined;
  #isOpen: boolean;

  constructor(authentication: Authentication) {
    this.#authentication = authentication;
    this.#isOpen = !authentication.isNeeded;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The reply to a command of the conversation; undefined for any other one that may pass. @throws Unauthorized */
  answer(command: Document): Document | undefined {
    const [name = ''] = Object.keys(command);
    if (!this.#isOpen && !FREE.has(name))
      throw new CommandError('Unauthorized', `Command ${name} requires authentication`);
    if (name === 'saslStart') return this.#begin(command, command['$db']);
    if (name === 'saslContinue') return this.#proceed(command);
    return undefined;
  }

  /** What a hello's reply has besides; a driver may begin the conversation with its greeting. */
  greeting(command: Document): Document {
    const { speculativeAuthenticate: early, saslSupportedMechs: user } = command;
    if (!this.#authentication.isNeeded) return {};
    return {
      ...this.#authentication.greeting,
      ...(typeof user === 'string' ? { saslSupportedMechs: [MECHANISM] } : {}),
      ...(isDocument(early) && 'saslStart' in early ? this.#earlyReply(early) : {}),
    };
  }

  #earlyReply(early: Document): Document {
    try {
      return { speculativeAuthenticate: this.#begin(early, early['db']) };
    } catch {
      // As on mongod: the greeting is answered, and the driver begins anew and hears what is wrong.
      return {};
    }
  }

  #begin(command: Document, database: unknown): Document {
    this.#conversation = undefined;
    if (command['mechanism'] !== MECHANISM)
      throw new CommandError('MechanismUnavailable', 'Unsupported mechanism on this authentication database');
    const scram = new Conversation((name) => this.#authentication.credentialsOf(name));
    const payload = scram.first(textOf(command['payload']));
    if (payload === undefined || database !== 'admin' || !this.#authentication.isNeeded) throw failed();
    const { options } = command;
    const isShort = isDocument(options) && isTruthy(options['skipEmptyExchange']);
    this.#conversation = { scram, isShort, isProved: false };
    return replyOf(payload, false);
  }

  #proceed(command: Document): Document {
    const conversation = this.#conversation;
    this.#conversation = undefined;
    if (!conversation) throw failed();
    if (conversation.isProved) return this.#open('');
    const payload = conversation.scram.final(textOf(command['payload']));
    if (payload === undefined) throw failed();
    if (conversation.isShort) return this.#open(payload);
    this.#conversation = { ...conversation, isProved: true };
    return replyOf(payload, false);
  }

  #open(payload: string): Document {
    this.#isOpen = true;
    return replyOf(payload, true);
  }
}

const failed = (): CommandError => new CommandError('AuthenticationFailed', 'Authentication failed.');

const textOf = (payload: unknown): string =>
  payload instanceof Binary ? Buffer.from(payload.value()).toString() : typeof payload === 'string' ? payload : '';

const replyOf = (payload: string, done: boolean): Document => ({
  conversationId: new Int32(1),
  done,
  payload: new Binary(Buffer.from(payload)),
});

import { appendFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { domainToASCII } from 'node:url';
import { parseArgs } from 'node:util';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** A reply that refuses, as in `{ code: 550, message: '5.1.1 no such mailbox' }`. */
type Refusal = { code: number; message: string };

export type SinkMail = {
  messageId: string;
  envelope: { from: string; to: string[] };
  raw: Buffer;
  parsed: ParsedMail;
  receivedAt: Date;
};

/** Everything a sink saw, in order; each entry is also one line of the log file. */
type SinkEvent =
  | { event: 'listening'; at: string; url: string }
  | { event: 'connected'; at: string }
  | { event: 'signed-in' | 'sign-in-refused'; at: string; user: string }
  | { event: 'recipient' | 'recipient-refused'; at: string; address: string }
  | {
      event: 'received' | 'accepted' | 'data-refused' | 'dropped';
      at: string;
      messageId: string;
      from: string;
      to: string[];
    };

export type SinkBehaviour = {
  port?: number;
  /** The only password that is let in; unset, nobody needs to sign in. */
  password?: string;
  onConnect?: () => Refusal | void;
  onRcpt?: (address: string) => Refusal | void;
  /** Called with the whole mail before the reply to it. May wait; may refuse; `drop` cuts the connection instead of a reply. */
  onData?: (mail: SinkMail) => Refusal | 'drop' | void | Promise<Refusal | 'drop' | void>;
  /** Takes each event as a line of JSON, written before the client gets the reply. */
  logFile?: string;
};

export type SmtpSink = {
  url: string;
  /** The accepted mails, in the order of their acceptance. */
  mails: SinkMail[];
  log: SinkEvent[];
  /** @throws when fewer than `count` mails were accepted within `timeoutMs` */
  waitFor(count: number, timeoutMs?: number): Promise<SinkMail[]>;
  close(): Promise<void>;
};

/** A real SMTP server for tests, on a free loopback port, that can be told to misbehave. */
export async function startSmtpSink(behaviour: SinkBehaviour = {}): Promise<SmtpSink> {
  const mails: SinkMail[] = [];
  const log: SinkEvent[] = [];
  const waiting = new Set<() => void>();
  const note = (event: SinkEvent) => {
    log.push(event);
    if (behaviour.logFile) appendFileSync(behaviour.logFile, `${JSON.stringify(event)}\n`);
  };
  const accept = (mail: SinkMail) => {
    mails.push(mail);
    for (const check of waiting) check();
  };

  const server = serverFor(behaviour, note, accept);
  server.listen(behaviour.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const url = urlOf(portOf(server), behaviour.password);
  note({ event: 'listening', at: now(), url });
  return {
    url,
    mails,
    log,
    waitFor: (count, timeoutMs) => mailsArrived(mails, waiting, count, timeoutMs),
    close: () => closed(server),
  };
}

function serverFor(
  behaviour: SinkBehaviour,
  note: (event: SinkEvent) => void,
  accept: (mail: SinkMail) => void,
): SMTPServer {
  const server: SMTPServer = new SMTPServer({
    authOptional: behaviour.password === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onConnect(_session, callback) {
      note({ event: 'connected', at: now() });
      callback(asError(behaviour.onConnect?.()));
    },
    onAuth({ username = '', password }, _session, callback) {
      const welcome = password === behaviour.password;
      note({ event: welcome ? 'signed-in' : 'sign-in-refused', at: now(), user: username });
      if (welcome) callback(null, { user: username });
      else callback(asError({ code: 535, message: '5.7.8 Authentication credentials invalid' }));
    },
    onRcptTo({ address: shown }, _session, callback) {
      const address = asOnTheWire(shown);
      const refusal = behaviour.onRcpt?.(address);
      note({ event: refusal ? 'recipient-refused' : 'recipient', at: now(), address });
      callback(asError(refusal));
    },
    onData(stream, session, callback) {
      void reply();

      async function reply(): Promise<void> {
        callback(await takeMail(stream, session).catch(asFailure));
      }
    },
  });
  const sockets = new Map<number, Socket>();
  server.server.on('connection', (socket) => sockets.set(socket.remotePort ?? 0, socket));
  server.on('error', () => {
    // Connections that a test cuts are expected; what matters shows in the log.
  });
  return server;

  async function takeMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
    const mail = await readMail(stream, session);
    const facts = { messageId: mail.messageId, ...mail.envelope };
    note({ event: 'received', at: now(), ...facts });
    const verdict = await behaviour.onData?.(mail);
    if (verdict === 'drop') {
      note({ event: 'dropped', at: now(), ...facts });
      return cut(sockets, session);
    }
    note({ event: verdict ? 'data-refused' : 'accepted', at: now(), ...facts });
    if (!verdict) accept(mail);
    return asError(verdict) ?? null;
  }
}

async function readMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<SinkMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const raw = Buffer.concat(chunks);
  const parsed = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => asOnTheWire(address)) };
  return { messageId: parsed.messageId ?? '', envelope, raw, parsed, receivedAt: new Date() };
}

/** smtp-server shows international hosts in Unicode; on the wire they are punycode. */
function asOnTheWire(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + domainToASCII(address.slice(at));
}

/** Cuts the client's connection and never answers. */
function cut(sockets: Map<number, Socket>, session: SMTPServerSession): Promise<never> {
  sockets.get(session.remotePort)?.destroy();
  return new Promise(() => {});
}

function mailsArrived(
  mails: SinkMail[],
  waiting: Set<() => void>,
  count: number,
  timeoutMs = 5_000,
): Promise<SinkMail[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(check);
      reject(new Error(`${mails.length} of ${count} mails came within ${timeoutMs} ms.`));
    }, timeoutMs);
    const check = () => {
      if (mails.length < count) return;
      clearTimeout(timer);
      waiting.delete(check);
      resolve(mails);
    };
    waiting.add(check);
    check();
  });
}

function portOf(server: SMTPServer): number {
  const address = server.server.address();
  if (!address || typeof address === 'string') throw new Error('The sink does not listen.');
  return address.port;
}

function urlOf(port: number, password: string | undefined): string {
  const user = password === undefined ? '' : `mosaik:${encodeURIComponent(password)}@`;
  return `smtp://${user}127.0.0.1:${port}`;
}

function asError(refusal: Refusal | void): Error | null {
  return refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null;
}

function asFailure(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function closed(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function now(): string {
  return new Date().toISOString();
}

/** As a process of its own: `node --import tsx test/support/smtp-sink.ts --log <file> --port <n> [--delay <ms>]`. */
if (process.argv[1] === import.meta.filename) {
  const { log, port, delay } = parseArgs({
    options: { log: { type: 'string' }, port: { type: 'string' }, delay: { type: 'string' } },
  }).values;
  const wait = Number(delay ?? 0);
  // No top-level await: mocha would load every test that imports this file, and all it imports, a second time.
  void startSmtpSink({
    port: Number(port ?? 0),
    ...(log && { logFile: log }),
    onData: () => new Promise((resolve) => setTimeout(resolve, wait)),
  }).then(({ url }) => process.stdout.write(`${url}\n`));
}

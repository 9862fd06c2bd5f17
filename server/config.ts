import { createPrivateKey } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { randomSecret } from './platform/secrets.ts';

/** A setting that cannot be used. Its message is a sentence for the administrator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type Config = {
  port: number;
  host: string;
  /** Where every link begins; without a slash at its end. */
  baseUrl: string;
  dataDirectory: string;
  production: boolean;
  /** Whether an empty data directory gets the demo; a database of one's own never does by itself. */
  demo: boolean;
  /** Whether this process also works through the jobs. */
  worker: boolean;
  /** How many proxies in front may say where a request comes from. */
  trustedProxies?: number;
  secret: string;
  mailFrom: { name: string; email: string };
  mongodbUri?: string;
  redisUrl?: string;
  smtpUrl?: string;
  /** Signs every mail for a domain, with a private key in PEM (RFC 6376). */
  dkim?: { domain: string; selector: string; key: string };
  /** The mailbox in which answers to invitations and returned mails are read. */
  inbox?: { url: string; address: string };
  /** How long a worker may hold a mail it is sending, and how often lost work is looked for; unset, as usual. */
  mailLeaseSeconds?: number;
  sweepSeconds?: number;
};

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });
const seconds = z.coerce
  .number({ error: 'must be a number of seconds' })
  .int({ error: 'must be a whole number of seconds' })
  .min(1, { error: 'must be at least 1 second' })
  .max(3_600, { error: 'must be at most 3600 seconds' });
const onOff = z.enum(['on', 'off'], { error: 'must be "on" or "off"' });

const oneMailbox = /^(?:[^<>@]* )?<?[^\s<>@,;]+@[^\s<>@,;]+>?$/;
const oneAddress = /^[^\s<>@,;]+@[^\s<>@,;]+$/;

const longestInboxName = 30;

const settings = z.object({
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  BASE_URL: url('http:', 'https:').optional(),
  DATA_DIR: z.string().default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, { error: 'must begin with mongodb:// or mongodb+srv://' })
    .optional(),
  REDIS_URL: url('redis:', 'rediss:', 'unix:').optional(),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .regex(oneMailbox, { error: 'must be one address, as in "Mosaik <office@example.org>"' })
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, { error: 'must be a name as in "mosaik2026"' })
    .optional(),
  DKIM_KEY_FILE: z.string().optional(),
  IMAP_URL: url('imap:', 'imaps:')
    .refine((text) => !URL.canParse(text) || (new URL(text).username !== '' && new URL(text).password !== ''), {
      error: 'must name a user and a password, as in "imaps://user:password@mail.example.org"',
    })
    .optional(),
  INBOX_ADDRESS: z.string().regex(oneAddress, { error: 'must be one address, as in "office@example.org"' }).optional(),
  SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  NODE_ENV: z.string().optional(),
  MOSAIK_DEMO: onOff.default('on'),
  MOSAIK_WORKER: onOff.default('on'),
  TRUSTED_PROXIES: z.coerce.number({ error: 'must be a number' }).int().min(0).max(10).optional(),
  MAIL_LEASE_SECONDS: seconds.optional(),
  SWEEP_SECONDS: seconds.optional(),
});
type Settings = z.infer<typeof settings>;

/**
 * Reads every setting once, from `environment`. An empty value counts as not set.
 * @throws ConfigError with one sentence for each setting that is wrong
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = settings.safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')));
  if (!given.success) throw new ConfigError(given.error.issues.map(sentenceOf).join('\n'));

  const production = given.data.NODE_ENV === 'production';
  if (production) refuseIncomplete(given.data);
  const dataDirectory = usableDirectory(given.data.DATA_DIR);
  return {
    port: given.data.PORT,
    host: given.data.HOST,
    baseUrl: (given.data.BASE_URL ?? `http://localhost:${given.data.PORT}`).replace(/\/+$/, ''),
    dataDirectory,
    production,
    demo: given.data.MOSAIK_DEMO === 'on' && !production && !given.data.MONGODB_URI,
    worker: given.data.MOSAIK_WORKER === 'on',
    ...(given.data.TRUSTED_PROXIES && { trustedProxies: given.data.TRUSTED_PROXIES }),
    secret: given.data.SECRET ?? secretIn(dataDirectory),
    mailFrom: mailboxOf(given.data.MAIL_FROM ?? 'Mosaik <mosaik@example.org>'),
    ...(given.data.MONGODB_URI && { mongodbUri: given.data.MONGODB_URI }),
    ...(given.data.REDIS_URL && { redisUrl: given.data.REDIS_URL }),
    ...(given.data.SMTP_URL && { smtpUrl: given.data.SMTP_URL }),
    ...signingIn(given.data),
    ...inboxIn(given.data),
    ...(given.data.MAIL_LEASE_SECONDS && { mailLeaseSeconds: given.data.MAIL_LEASE_SECONDS }),
    ...(given.data.SWEEP_SECONDS && { sweepSeconds: given.data.SWEEP_SECONDS }),
  };
}

/** The domain is MAIL_FROM's: a signature of another one helps no mail (RFC 7489 3.1.1). */
function signingIn({ DKIM_SELECTOR, DKIM_KEY_FILE, MAIL_FROM }: Settings): Pick<Config, 'dkim'> {
  if (!DKIM_SELECTOR && !DKIM_KEY_FILE) return {};
  if (!DKIM_SELECTOR || !DKIM_KEY_FILE || !MAIL_FROM)
    throw new ConfigError('To sign mails, DKIM_SELECTOR, DKIM_KEY_FILE and MAIL_FROM are needed together.');
  const domain = mailboxOf(MAIL_FROM).email.split('@').at(-1) ?? '';
  return { dkim: { domain, selector: DKIM_SELECTOR, key: privateKeyIn(DKIM_KEY_FILE) } };
}

function privateKeyIn(file: string): string {
  try {
    const key = readFileSync(file, 'utf8');
    createPrivateKey(key);
    return key;
  } catch {
    throw new ConfigError('The setting DKIM_KEY_FILE cannot be used: it must name a readable private key in PEM.');
  }
}

/** Answers come to name+tag@host, and before the @ there is room for 64 characters (RFC 5321 4.5.3.1.1). */
function inboxIn({ IMAP_URL, INBOX_ADDRESS, MAIL_FROM }: Settings): Pick<Config, 'inbox'> {
  if (!IMAP_URL) return {};
  const address = INBOX_ADDRESS ?? (MAIL_FROM && mailboxOf(MAIL_FROM).email);
  if (!address) throw new ConfigError('IMAP_URL also needs MAIL_FROM or INBOX_ADDRESS: the address of that mailbox.');
  if (address.lastIndexOf('@') > longestInboxName)
    throw new ConfigError(
      `The setting INBOX_ADDRESS cannot be used: it must have at most ${longestInboxName} characters before the @.`,
    );
  return { inbox: { url: IMAP_URL, address } };
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  return `The setting ${issue.path.join('.')} cannot be used: it ${issue.message.replace(/^Invalid/, 'has an invalid')}.`;
}

function refuseIncomplete(given: Settings): void {
  const missing = (['BASE_URL', 'SECRET', 'SMTP_URL', 'MAIL_FROM'] as const).filter((name) => !given[name]);
  if (missing.length > 0)
    throw new ConfigError(
      `In production these settings are needed and not set: ${missing.join(', ')}. See .env.example.`,
    );
}

function usableDirectory(path: string): string {
  const directory = resolve(path);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return directory;
  } catch {
    throw new ConfigError(`The data directory ${directory} cannot be written. Choose another one with DATA_DIR.`);
  }
}

/** The secret kept beside the data, so that links stay valid across restarts. */
function secretIn(directory: string): string {
  const file = join(directory, 'secret');
  if (!existsSync(file)) writeNew(file, randomSecret());
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  } catch {
    // Another process starting at the same moment wrote it first; its secret is the one.
  }
}

function mailboxOf(text: string): { name: string; email: string } {
  const [, name, email] = /^(.*?)\s*<?([^\s<>]+@[^\s<>]+)>?$/.exec(text) ?? [];
  return { name: name || 'Mosaik', email: email ?? text };
}

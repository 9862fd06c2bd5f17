import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';

const programs = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'];
const imapPrograms = ['/usr/lib/dovecot/imap', '/usr/libexec/dovecot/imap'];
const user = { name: 'kurse@example.org', password: 's3cret:/@' };
const isRoot = process.getuid?.() === 0;
/** Dovecot opens no mailbox as root. */
const nobody = 65_534;
const startWithinMs = 30_000;

export type Dovecot = {
  url: string;
  urlWith(password: string): string;
  /** Puts mails into the inbox, as if they had come. */
  put(...mails: Buffer[]): Promise<void>;
  /** Which mails, by their place in the inbox, count as read. */
  readMails(): Promise<boolean[]>;
  close(): Promise<void>;
};

/** Whether Debian's IMAP server is there: `apt-get install dovecot-imapd`. */
export function hasDovecot(): boolean {
  return programs.some(isProgram) && imapPrograms.some(isProgram);
}

/** Starts the IMAP server with one empty mailbox, on a port of its own. */
export async function startDovecot(): Promise<Dovecot> {
  const directory = await mkdtemp(join(tmpdir(), 'mosaik-imap-'));
  await chmod(directory, 0o755);
  for (const name of ['run', 'mail']) await mkdir(join(directory, name));
  if (isRoot) await chown(join(directory, 'mail'), nobody, nobody);
  const { server, port } = await started(directory);
  const urlWith = (password: string) =>
    `imap://${encodeURIComponent(user.name)}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  const close = async () => {
    const exit = once(server, 'exit');
    if (server.exitCode === null && server.kill('SIGTERM')) await exit;
    await rm(directory, { recursive: true, force: true });
  };
  return {
    url: urlWith(user.password),
    urlWith,
    put: (...mails) =>
      signedIn(port, async (client) => {
        for (const mail of mails) await client.append('INBOX', mail);
      }),
    readMails: () => signedIn(port, flagsIn),
    close,
  };
}

/** Between our finding a free port and the server's taking it another may: then there is a next one. */
async function started(directory: string): Promise<{ server: ChildProcess; port: number }> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const port = await freePort();
    const file = join(directory, 'dovecot.conf');
    await writeFile(file, settings(directory, port));
    const server = spawn(programs.find(isProgram) ?? '', ['-F', '-c', file], { stdio: 'ignore' });
    if (await answers(server, port)) return { server, port };
    server.kill('SIGKILL');
  }
  throw new Error('Dovecot does not start.');
}

function settings(directory: string, port: number): string {
  const owner = isRoot ? nobody : process.getuid?.();
  const rootless = `default_internal_user = ${process.env['USER'] ?? ''}\ndefault_login_user = ${process.env['USER'] ?? ''}`;
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${directory}/run
state_dir = ${directory}/run
log_path = ${directory}/log
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
auth_username_format = %Lu
mail_location = maildir:${directory}/mail/%u
first_valid_uid = 1
${isRoot ? '' : rootless}
passdb {
  driver = static
  args = password=${user.password}
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${directory}/mail
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  chroot =
}
`;
}

async function answers(server: ChildProcess, port: number): Promise<boolean> {
  const giveUpAt = Date.now() + startWithinMs;
  while (server.exitCode === null && Date.now() < giveUpAt) {
    if (await greets(port)) return true;
    await pause(50);
  }
  return false;
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', (chunk) => end(String(chunk).includes('Dovecot')));
    socket.once('error', () => end(false));
    function end(isThere: boolean) {
      socket.destroy();
      resolve(isThere);
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

async function signedIn<Result>(port: number, act: (client: ImapFlow) => Promise<Result>): Promise<Result> {
  const auth = { user: user.name, pass: user.password };
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.logout();
  }
}

async function flagsIn(client: ImapFlow): Promise<boolean[]> {
  await client.mailboxOpen('INBOX', { readOnly: true });
  const read: boolean[] = [];
  for await (const { flags } of client.fetch('1:*', { flags: true })) read.push(flags?.has('\\Seen') ?? false);
  return read;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

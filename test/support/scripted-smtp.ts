import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What to answer to each step instead of the usual reply; `drop` cuts the connection, `silence` never answers. */
export type SmtpScript = Partial<Record<Step, string>> & { extensions?: string[] };
type Step = 'banner' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'content';

const COMMANDS: readonly Step[] = ['EHLO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA'];
const USUAL: Record<Step, string> = {
  banner: '220 script.example.org ESMTP',
  EHLO: '',
  STARTTLS: '220 go ahead',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  content: '250 taken',
};

/** A tiny SMTP server on the wire's own terms, for faults that a well-behaved server cannot be talked into. */
export async function startScriptedSmtp(
  script: SmtpScript,
): Promise<{ url: string; commands: string[]; close(): void }> {
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    converse(socket, script, commands);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The server does not listen.');
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `127.0.0.1:${address.port}`, commands, close };
}

function converse(socket: Socket, script: SmtpScript, commands: string[]): void {
  let pending = '';
  let inContent = false;
  answer(socket, script, 'banner');
  socket.setEncoding('latin1').on('data', (chunk) => {
    pending += String(chunk);
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (inContent && line !== '.') continue;
      const step = inContent ? 'content' : stepOf(line);
      if (!inContent) commands.push(line);
      inContent = step === 'DATA' && (script.DATA ?? USUAL.DATA).startsWith('354');
      if (step) answer(socket, script, step);
      else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
    }
  });
}

function stepOf(line: string): Step | undefined {
  const verb = (line.split(/[ :]/)[0] ?? '').toUpperCase();
  return COMMANDS.find((command) => command === verb);
}

function answer(socket: Socket, script: SmtpScript, step: Step): void {
  const reply = script[step] ?? (step === 'EHLO' ? greetingOf(script.extensions ?? []) : USUAL[step]);
  if (reply === 'drop') socket.destroy();
  else if (reply === 'trickle') trickle(socket);
  else if (reply !== 'silence') socket.write(`${reply}\r\n`);
}

function greetingOf(extensions: string[]): string {
  return ['script.example.org', ...extensions]
    .map((line, index) => `250${index < extensions.length ? '-' : ' '}${line}`)
    .join('\r\n');
}

/** One byte now and then, so that the connection never counts as idle. */
function trickle(socket: Socket): void {
  const timer = setInterval(() => socket.write('2'), 50);
  socket.once('close', () => clearInterval(timer));
}

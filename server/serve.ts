import type { Server } from 'node:http';
import { nudgeAfterCommit } from '../jobs/nudges.ts';
import { startWorking } from '../jobs/work.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { whoSignsIn } from './demo/index.ts';
import { isDemo } from './modules/auth/index.ts';
import { logger } from './platform/logger.ts';
import { openQueue } from './platform/queue.ts';
import type { Shutdown } from './platform/shutdown.ts';

/** Opens the doors on an open database: works and listens. Gives where everything is, in lines. */
export async function serve(
  config: Config,
  { database, onShutdown }: { database: string; onShutdown: Shutdown['onShutdown'] },
): Promise<string> {
  const { queue, description } = await openQueue({ ...config, log: logger });
  onShutdown('queue', () => queue.close());
  nudgeAfterCommit(queue);
  const worker = config.worker ? await startWorking(queue, config) : undefined;
  if (worker) onShutdown('worker', worker.close);

  const server = await listen(config, () => queue.health());
  onShutdown('web', () => closed(server));
  return whereEverythingIs(config, { database, queue: description, mail: worker?.mail });
}

async function whereEverythingIs(
  config: Config,
  { database, queue, mail = 'sent by another process' }: { database: string; queue: string; mail: string | undefined },
): Promise<string> {
  const demo = await isDemo();
  const lines = [
    `Mosaik is ready: ${config.baseUrl}`,
    `  Database  ${database}`,
    `  Queue     ${queue}`,
    `  Mail      ${mail}${demo && !config.smtpUrl ? `, shown at ${config.baseUrl}/dev/mail` : ''}`,
    `  Data      ${config.dataDirectory}`,
    ...(demo
      ? [
          `  Demo      invented people and bookings; sign in at ${config.baseUrl}/sign-in as ${whoSignsIn}, the code is shown there`,
        ]
      : []),
  ];
  return lines.join('\n');
}

function listen(config: Config, queueHealth: Parameters<typeof createApp>[0]['queueHealth']): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createApp({
      config,
      queueHealth,
      ...(config.trustedProxies && { trustedProxies: config.trustedProxies }),
    }).listen(config.port, config.host);
    // Longer than a proxy keeps its idle connections (60 s): else one is closed just as a request is sent on it.
    server.keepAliveTimeout = 65_000;
    server.once('listening', () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => reject(sentenceOf(error, config)));
  });
}

function sentenceOf(error: NodeJS.ErrnoException, { port, host }: Config): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} is already in use. Choose another one with PORT.`);
  if (error.code === 'EACCES')
    return new Error(`Port ${port} may not be opened by this user. Choose another one with PORT.`);
  return new Error(`Mosaik cannot listen at ${host}, port ${port}: ${error.message}.`);
}

/** Lets requests under way finish; idle connections would keep the process for minutes. */
async function closed(server: Server): Promise<void> {
  await everybodyInLine(server);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

// Node takes one connection from the system's line in each turn; closing the door cuts off everybody still in it.
async function everybodyInLine(server: Server): Promise<void> {
  const giveUpAt = Date.now() + 1_000;
  let someoneCame = true;
  server.on('connection', () => {
    someoneCame = true;
  });
  while (someoneCame && Date.now() < giveUpAt) {
    someoneCame = false;
    for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate);
  }
}

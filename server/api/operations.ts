import { Router } from 'express';
import { collectDefaultMetrics, Gauge, register } from 'prom-client';
import { oldestPendingAge } from '../modules/history/index.ts';
import { failedMessages, mailHold, oldestDueAge } from '../modules/mail/index.ts';
import { pingDatabase } from '../platform/database.ts';
import type { QueueHealth } from '../platform/queue.ts';

export type Operations = { production: boolean; queueHealth: () => Promise<QueueHealth> };

/** Mail that is this late, or an event nobody was told of for so long, means that no worker is running. */
const oldestAllowed = 120_000;

/** For whoever runs Mosaik: is the process alive, can it serve, and how is it doing. No names, no addresses. */
export function operations({ production, queueHealth }: Operations): Router {
  const routes = Router();
  measure();
  routes.get('/livez', (_req, res) => void res.type('text/plain').send('alive\n'));
  routes.get('/readyz', async (_req, res) => {
    const { ready, checks } = await readiness(production, queueHealth);
    res.status(ready ? 200 : 503).json({ ready, checks });
  });
  routes.get('/metrics', async (_req, res) => void res.type(register.contentType).send(await register.metrics()));
  return routes;
}

async function readiness(production: boolean, queueHealth: Operations['queueHealth']) {
  const database = await pingDatabase().then(
    () => 'ok',
    () => 'The database does not answer.',
  );
  if (database !== 'ok') return { ready: false, checks: { database } };

  const queue = await queueHealth();
  const [mailAge, eventAge, hold] = [await oldestDueAge(), await oldestPendingAge(), await mailHold()];
  const checks = {
    database,
    queue: queue.problem?.sentence ?? 'ok',
    mail: hold ? `Held back since ${hold.at.toISOString()}.` : 'ok',
    oldestDueMailSeconds: Math.round(mailAge / 1000),
    oldestPendingEventSeconds: Math.round(eventAge / 1000),
  };
  // Without Redis, places are still booked and mail still waits safely: only production calls that not ready.
  const queueIsFine = queue.ok || !production;
  // Mail that somebody holds back is meant to be late.
  const oldest = Math.max(hold ? 0 : mailAge, eventAge);
  return { ready: queueIsFine && oldest < oldestAllowed, checks };
}

/** Read when they are asked for, so that measuring costs nothing in between. */
function measure(): void {
  register.clear();
  collectDefaultMetrics({ prefix: 'mosaik_' });
  gauge(
    'mosaik_oldest_due_mail_seconds',
    'Age of the oldest mail that is due and not sent',
    async () => (await oldestDueAge()) / 1000,
  );
  gauge(
    'mosaik_oldest_pending_event_seconds',
    'Age of the oldest event not told yet',
    async () => (await oldestPendingAge()) / 1000,
  );
  gauge('mosaik_mail_held', '1 while somebody holds all mail back', async () => ((await mailHold()) ? 1 : 0));
  gauge('mosaik_failed_mails', 'Mails that will not be tried again', failedMessages);
}

function gauge(name: string, help: string, read: () => Promise<number>): void {
  const measured: Gauge = new Gauge({ name, help, collect: async () => measured.set(await read()) });
}

import { setTimeout as pause } from 'node:timers/promises';
import type { OpenRun } from '../../../server/modules/booking/lane.ts';
import { settle as settleAtOnce } from '../../../server/modules/booking/settle.ts';
import { databaseClient } from '../../../server/platform/database.ts';

const longestPauseMs = 3_000;

/** Between reading and writing it waits until another process has read as well: what luck does to a busy town. */
export async function settle(open: OpenRun): Promise<void> {
  const readers = databaseClient().db().collection<{ _id: string; runId: string }>('readers');
  const reader = `${open.run.id}:${process.pid}`;
  await readers.updateOne({ _id: reader }, { $set: { runId: open.run.id } }, { upsert: true });
  const giveUpAt = Date.now() + longestPauseMs;
  while ((await readers.countDocuments({ runId: open.run.id })) < 2 && Date.now() < giveUpAt) await pause(10);
  await settleAtOnce(open);
}

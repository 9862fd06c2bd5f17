import { setTimeout as pause } from 'node:timers/promises';
import type { OpenRun } from '../../../server/modules/booking/lane.ts';
import { settle as settleAtOnce } from '../../../server/modules/booking/settle.ts';
import { databaseClient } from '../../../server/platform/database.ts';

/** Everything else that settles is as it is. */
export * from '../../../server/modules/booking/settle.ts';

/** Another process may have fewer batches for the run than this one, but not none. */
const longestPauseMs = { first: 3_000, later: 250 };
const batches = new Map<string, number>();

/** Between reading and writing it waits until another process has read as well: what luck does to a busy town. */
export async function settle(open: OpenRun): Promise<void> {
  const batch = (batches.get(open.run.id) ?? 0) + 1;
  batches.set(open.run.id, batch);
  const readers = databaseClient().db().collection('readers');
  const race = `${open.run.id}:${batch}`;
  await readers.insertOne({ race });
  const giveUpAt = Date.now() + (batch === 1 ? longestPauseMs.first : longestPauseMs.later);
  while ((await readers.countDocuments({ race })) < 2 && Date.now() < giveUpAt) await pause(10);
  await settleAtOnce(open);
}

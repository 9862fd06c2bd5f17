import { setTimeout as pause } from 'node:timers/promises';
import { databaseClient } from '../../../server/platform/database.ts';

const longestPauseMs = 3_000;

/** Takes no day: waits until the other one has come as far, so that both see what was there before either of them wrote. */
export async function takeDays(days: readonly string[]): Promise<void> {
  if (days.length === 0) return;
  const readers = databaseClient().db().collection('readers');
  const race = [...new Set(days)].toSorted().join(' ');
  await readers.insertOne({ race });
  const giveUpAt = Date.now() + longestPauseMs;
  while ((await readers.countDocuments({ race })) < 2 && Date.now() < giveUpAt) await pause(10);
}

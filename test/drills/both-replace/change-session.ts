import { setTimeout as pause } from 'node:timers/promises';
import { changeSession as change } from '../../../server/modules/scheduling/change-session.ts';
import { databaseClient } from '../../../server/platform/database.ts';

export * from '../../../server/modules/scheduling/change-session.ts';

const longestPauseMs = 3_000;

/** Waits until somebody else is about to change the same session, so that both know it as it was before either of them. */
export async function changeSession(...[actor, sessionId, ...rest]: Parameters<typeof change>) {
  const readers = databaseClient().db().collection('readers');
  await readers.insertOne({ race: sessionId });
  const giveUpAt = Date.now() + longestPauseMs;
  while ((await readers.countDocuments({ race: sessionId })) < 2 && Date.now() < giveUpAt) await pause(10);
  return change(actor, sessionId, ...rest);
}

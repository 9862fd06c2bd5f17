import { setTimeout as pause } from 'node:timers/promises';
import { answerInterest as answer } from '../../../server/modules/demand/answer-interest.ts';
import { InterestListModel } from '../../../server/modules/demand/interest.model.ts';
import { systemActor } from '../../../server/modules/history/index.ts';
import { openToEverybody, runById } from '../../../server/modules/scheduling/index.ts';
import { databaseClient } from '../../../server/platform/database.ts';

export * from '../../../server/modules/demand/answer-interest.ts';

const longestPauseMs = 5_000;

/** Opens the run to everybody before those who asked for it are booked, and waits until a stranger has come in between. */
export async function answerInterest(runId: string, cursor: string | undefined): Promise<string | undefined> {
  const run = await runById(runId);
  if (!run || !(await InterestListModel.exists({ runId }))) return answer(runId, cursor);
  if (cursor === undefined) {
    await openToEverybody(systemActor, run);
    return '0';
  }
  const bookings = databaseClient().db().collection('bookings');
  const giveUpAt = Date.now() + longestPauseMs;
  while ((await bookings.countDocuments({ runId })) === 0 && Date.now() < giveUpAt) await pause(10);
  return answer(runId, cursor);
}

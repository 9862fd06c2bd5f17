import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { AssignmentModel } from './assignment.model.ts';
import { runToPlan } from './runs.ts';
import { sessionsOfRun } from './sessions.ts';
import { TeachingRequestModel } from './teaching-request.model.ts';

type OfTrainer = { runId: string; trainerId: string };

/**
 * Makes every link worthless that a trainer has to a run: of the assignment, and of what they were asked. Whoever holds an
 * old one sees nothing from now on; later mails carry new ones. @throws not-found
 */
export function revokeTrainerLinks(actor: Actor, which: OfTrainer): Promise<void> {
  return inTransaction(async () => {
    const { providerId } = await raiseGenerations(actor, which);
    recordEvent(actor, { type: 'trainer-links-revoked', about: aboutOf(which, providerId) });
  });
}

/** The same, and the trainer gets the new link at once. @throws not-found */
export function renewTrainerLinks(actor: Actor, which: OfTrainer): Promise<void> {
  return inTransaction(async () => {
    const { providerId } = await raiseGenerations(actor, which);
    recordEvent(actor, { type: 'trainer-links-renewed', about: aboutOf(which, providerId), tells: true });
  });
}

async function raiseGenerations(actor: Actor, { runId, trainerId }: OfTrainer): Promise<{ providerId: string }> {
  const run = await runToPlan(actor, runId);
  const asked = await TeachingRequestModel.updateMany({ runId, trainerId }, { $inc: { linkGeneration: 1 } });
  const assigned = await AssignmentModel.updateOne({ runId, trainerId }, { $inc: { linkGeneration: 1 } });
  const teaches = (await sessionsOfRun(runId)).some(({ trainerIds }) => trainerIds.includes(trainerId));
  if (asked.matchedCount + assigned.matchedCount === 0 && !teaches) throw notFound('trainer');
  return run;
}

function aboutOf({ runId, trainerId }: OfTrainer, providerId: string) {
  return { runId, providerId, personId: trainerId };
}

import { z } from 'zod';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import {
  addRun,
  overrideInput,
  runToPlan,
  sessionInput,
  sessionsOfRun,
  type Session,
  type SessionInput,
} from '../scheduling/index.ts';
import { createLedgerWith, ledgersOf } from './ledger.ts';

/** Which sessions are repeated, and when. A session of the run may be left out, or come more than once. */
const copyRunInput = z.strictObject({
  runId: z.string().regex(/^[0-9a-f]{24}$/, { error: 'choose-one' }),
  sessions: z
    .array(sessionInput.pick({ startsAt: true, endsAt: true, module: true }).extend({ of: z.string() }))
    .min(1, { error: 'at-least-one-session' })
    .max(100, { error: 'too-many' }),
  override: overrideInput.optional(),
});
export type CopyRun = z.infer<typeof copyRunInput>;

/**
 * Plans a run like another one, as a draft on new dates: settings, reminders, places of every unit, rooms, modules and
 * trainers, who are asked anew. Nobody who booked comes along. @throws not-found, and whatever `planRun` refuses
 */
export function copyRun(actor: Actor, { runId, sessions, override }: CopyRun): Promise<string> {
  return inTransaction(async () => {
    const original = await runToPlan(actor, runId);
    const sittings = await sessionsOfRun(runId);
    const ledger = (await ledgersOf([runId])).get(runId);
    if (!ledger) throw notFound('run');

    const repeated = sessions.map((session) => repeatedAt(session, sittings));
    const { run } = await addRun(
      actor,
      { seminarId: original.seminarId, sessions: repeated, override },
      { alike: original },
    );
    await createLedgerWith(run.id, ledger.units);
    const about = { runId: run.id, seminarId: run.seminarId, providerId: run.providerId };
    recordEvent(actor, { type: 'run-copied', about, facts: { of: runId } });
    return run.id;
  });
}

function repeatedAt(
  { of, startsAt, endsAt, module }: CopyRun['sessions'][number],
  sittings: readonly Session[],
): SessionInput {
  const sitting = sittings.find(({ id }) => id === of);
  if (!sitting) throw notFound('session');
  const { timeZone, location, roomId, moduleId, trainerIds } = sitting;
  const planned = module ?? moduleId;
  return {
    startsAt,
    endsAt,
    timeZone,
    location,
    ...(roomId && { roomId }),
    ...(planned && { module: planned }),
    trainers: trainerIds,
  };
}

import { z } from 'zod';
import { inTransaction } from '../../platform/database.ts';
import { authorise, notFound } from '../../platform/errors.ts';
import { fingerprintOf } from '../../platform/secrets.ts';
import { isCoordinator, recordEvent, type Actor } from '../history/index.ts';
import { personById } from '../people/index.ts';
import { awayBetween, type Away } from './trainer-times.rules.ts';
import { TrainerTimesModel, type SingleTime, type TrainerTimesRow, type WeeklyTime } from './trainer-times.model.ts';

const clock = z.string({ error: 'time' }).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'time' });
const weekday = z.coerce.number().int().min(1, { error: 'choose-one' }).max(7, { error: 'choose-one' });
const span = z
  .strictObject({ kind: z.enum(['blocked', 'free'], { error: 'choose-one' }), startsAt: z.date(), endsAt: z.date() })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { error: 'period' });

/** When a trainer can teach: hours of the week, and single times. */
export const trainerTimesInput = z.strictObject({
  timeZone: z.string(),
  weekly: z.array(z.strictObject({ weekday, from: clock, until: clock })).max(50, { error: 'too-many' }),
  single: z.array(span).max(200, { error: 'too-many' }),
});
export type TrainerTimes = { timeZone: string; weekly: WeeklyTime[]; single: SingleTime[] };

/** When these trainers are not to be had between two instants: `isHard` they said they cannot, else they would rather not. */
export async function trainersTime(
  trainerIds: readonly string[],
  from: Date,
  to: Date,
): Promise<(Away & { id: string; trainerId: string })[]> {
  if (trainerIds.length === 0) return [];
  const rows = await TrainerTimesModel.find({ _id: { $in: [...trainerIds] } }).lean();
  return rows.flatMap((row) =>
    awayBetween(row, from, to).map((away) => ({
      ...away,
      id: fingerprintOf(`${row._id}${away.startsAt.getTime()}${away.endsAt.getTime()}`).slice(0, 12),
      trainerId: row._id,
    })),
  );
}

/** What a trainer has said of their times. For the trainer, and for coordinators. @throws not-allowed */
export async function timesOf(actor: Actor, trainerId: string): Promise<TrainerTimes> {
  authorise(isTheirsOrPlanned(actor, trainerId));
  const row = await TrainerTimesModel.findById(trainerId).lean();
  return row ? timesIn(row) : { timeZone: 'Europe/Berlin', weekly: [], single: [] };
}

/** Says when a trainer can teach. What is planned already stays. @throws not-allowed, not-found */
export function setTimes(actor: Actor, trainerId: string, times: z.infer<typeof trainerTimesInput>): Promise<void> {
  return inTransaction(async () => {
    authorise(isTheirsOrPlanned(actor, trainerId));
    if (!(await personById(trainerId))) throw notFound('trainer');
    const single = times.single.map((one) => ({ id: idOf(one), ...one }));
    const set = { timeZone: times.timeZone, weekly: times.weekly, single };
    await TrainerTimesModel.updateOne({ _id: trainerId }, { $set: set }, { upsert: true });
    recordEvent(actor, { type: 'trainer-times-changed', about: { personId: trainerId } });
  });
}

function isTheirsOrPlanned(actor: Actor, trainerId: string): boolean {
  return (actor.kind === 'person' && actor.personId === trainerId) || isCoordinator(actor);
}

function timesIn({ timeZone, weekly, single }: TrainerTimesRow): TrainerTimes {
  return { timeZone, weekly, single };
}

function idOf({ startsAt, endsAt, kind }: { startsAt: Date; endsAt: Date; kind: string }): string {
  return `${kind}-${startsAt.getTime().toString(36)}-${endsAt.getTime().toString(36)}`;
}

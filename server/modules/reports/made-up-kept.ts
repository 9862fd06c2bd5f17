import { BookingModel } from '../booking/booking.model.ts';
import { RunModel } from '../scheduling/run.model.ts';
import type { BrokenPromise } from './verify.rules.ts';

/** Every place for making up belongs to a booking of another run of the same seminar, and each module is made up once. */
export async function brokenMakeUps(): Promise<BrokenPromise[]> {
  const broken: BrokenPromise[] = [];
  const seen = new Set<string>();
  for await (const row of BookingModel.find({ makeUpOf: { $exists: true } }, { runId: 1, makeUpOf: 1 })
    .lean()
    .cursor()) {
    const { _id, runId, makeUpOf = '' } = row;
    const about = { promise: 3 as const, runId, bookingId: String(_id) };
    if (seen.has(makeUpOf)) broken.push({ ...about, sentence: 'A missed module is made up twice.' });
    seen.add(makeUpOf);
    const missed = await BookingModel.findById(makeUpOf.split(':')[0], { runId: 1 }).lean();
    if (!missed || missed.runId === runId || !(await areOfOneSeminar(runId, missed.runId)))
      broken.push({ ...about, sentence: 'It makes up a module that was not missed in another run of the seminar.' });
  }
  return broken;
}

async function areOfOneSeminar(one: string, other: string): Promise<boolean> {
  const rows = await RunModel.find({ _id: { $in: [one, other] } }, { seminarId: 1 }).lean();
  return rows.length === 2 && String(rows[0]?.seminarId) === String(rows[1]?.seminarId);
}

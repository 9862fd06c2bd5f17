import { setTimeout as pause } from 'node:timers/promises';
import { BookingModel } from '../../../server/modules/booking/booking.model.ts';
import { inLaneOf } from '../../../server/modules/booking/lane.ts';
import type { inLaneOfBooking as real } from '../../../server/modules/booking/reseat.ts';
import { notFound } from '../../../server/platform/errors.ts';

export * from '../../../server/modules/booking/reseat.ts';

const longestPauseMs = 3_000;

/** Acts on the booking as it was before the lane was entered; somebody else has the time to come first. */
export async function inLaneOfBooking<Outcome>(
  ...[, bookingId, act]: Parameters<typeof real<Outcome>>
): Promise<Outcome> {
  const row = await BookingModel.findById(bookingId).lean();
  if (!row) throw notFound('booking');
  const giveUpAt = Date.now() + longestPauseMs;
  const isAlone = async () =>
    (await BookingModel.countDocuments({ _id: row._id, 'participants.0': { $exists: true } })) === 0;
  while ((await isAlone()) && Date.now() < giveUpAt) await pause(10);
  return inLaneOf(row.runId, async (open) => act(open, row));
}

import { now } from '../../platform/clock.ts';
import { publicRuns, runsByIds, type Run } from '../scheduling/index.ts';
import { BookingModel } from './booking.model.ts';
import { listingsOf } from './booking.queries.ts';
import type { Booking, RunListing } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { waitingAhead } from './settle.ts';

/** One of the runs that somebody named, and how it stands there. `position`: 1 is next, only while waiting. */
export type WishStanding = { booking: Booking; run: Run; rank: number; position?: number };

const mostBeside = 20;

/** The other public runs of the seminar that a newcomer may name as well, the next one first. */
export async function runsBeside({ id, seminarId }: Run): Promise<RunListing[]> {
  const runs = await publicRuns({ seminarIds: [seminarId], startsFrom: now(), limit: mostBeside });
  return listingsOf(runs.filter((run) => run.id !== id));
}

/** Everything that was wished for together with a booking, itself included, in the order of the wish; nothing where it stands alone. */
export async function wishesOf({ wish }: Pick<Booking, 'wish'>): Promise<WishStanding[]> {
  if (!wish) return [];
  const rows = await BookingModel.find({ 'wish.id': wish.id, wish: { $exists: true } })
    .sort({ 'wish.rank': 1 })
    .lean();
  const runs = await runsByIds(rows.map(({ runId }) => runId));
  const standings: WishStanding[] = [];
  for (const row of rows) {
    const run = runs.get(row.runId);
    const position = row.status === 'waiting' ? 1 + (await waitingAhead(row)) : undefined;
    if (run) standings.push({ booking: bookingOf(row), run, rank: row.wish?.rank ?? 0, ...(position && { position }) });
  }
  return standings;
}

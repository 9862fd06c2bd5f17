import { now } from '../../platform/clock.ts';
import { linkToken } from '../auth/index.ts';
import { publicRuns, runsByIds, type Run } from '../scheduling/index.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { listingsOf } from './booking.queries.ts';
import type { Booking, BookingStatus, RunListing } from './booking.types.ts';
import { waitingAhead } from './settle.ts';

/** One of the runs that somebody named, and how it stands there. `position`: 1 is next, only while waiting. */
export type WishStanding = {
  id: string;
  token: string;
  status: BookingStatus;
  run: Run;
  rank: number;
  position?: number;
};

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
    if (run) standings.push(await standingOf(row, run));
  }
  return standings;
}

async function standingOf(row: BookingRow, run: Run): Promise<WishStanding> {
  const id = String(row._id);
  const position = row.status === 'waiting' ? 1 + (await waitingAhead(row)) : undefined;
  const token = linkToken('booking', id, row.linkGeneration);
  return { id, token, status: row.status, run, rank: row.wish?.rank ?? 0, ...(position && { position }) };
}

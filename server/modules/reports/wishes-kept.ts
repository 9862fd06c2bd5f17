import { BookingModel } from '../booking/booking.model.ts';
import type { BookingRow } from '../booking/booking.model.ts';
import { RunModel } from '../scheduling/run.model.ts';
import type { BrokenPromise } from './verify.rules.ts';

type Wish = Pick<BookingRow, '_id' | 'runId' | 'status' | 'wish'>;

/** Of several runs that somebody named, one comes true at most, and then they wait for no other. */
export async function brokenWishes(): Promise<BrokenPromise[]> {
  const byWish = new Map<string, Wish[]>();
  for await (const row of BookingModel.find({ wish: { $exists: true } }, { runId: 1, status: 1, wish: 1 })
    .lean()
    .cursor()) {
    const id = row.wish?.id ?? '';
    byWish.set(id, [...(byWish.get(id) ?? []), row]);
  }
  const broken: BrokenPromise[] = [];
  for (const rows of byWish.values()) broken.push(...keptTwice(rows), ...(await notAlternatives(rows)));
  return broken;
}

const open: readonly string[] = ['requested', 'waiting', 'offered'];

function keptTwice(rows: readonly Wish[]): BrokenPromise[] {
  const [kept, ...more] = rows.filter(({ status }) => status === 'confirmed');
  if (!kept) return [];
  const twice = more.map((row) => about(row, 'Two of the runs that somebody named came true.'));
  const waiting = rows.filter(({ status }) => open.includes(status));
  return [...twice, ...waiting.map((row) => about(row, 'It waits although another run of the same wish came true.'))];
}

async function notAlternatives(rows: readonly Wish[]): Promise<BrokenPromise[]> {
  const ranks = new Set(rows.map(({ wish }) => wish?.rank));
  const active = rows.filter(({ status }) => status === 'confirmed' || open.includes(status));
  const runs = await RunModel.find({ _id: { $in: rows.map(({ runId }) => runId) } }, { seminarId: 1 }).lean();
  const seminars = new Set(runs.map(({ seminarId }) => String(seminarId)));
  const isOne = seminars.size <= 1 && ranks.size === rows.length;
  const isApart = new Set(active.map(({ runId }) => runId)).size === active.length;
  return isOne && isApart
    ? []
    : rows.slice(0, 1).map((row) => about(row, 'Its wish is not for different runs, in an order.'));
}

function about({ _id, runId }: Wish, sentence: string): BrokenPromise {
  return { promise: 2, runId, bookingId: String(_id), sentence };
}

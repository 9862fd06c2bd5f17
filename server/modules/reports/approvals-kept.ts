import { BookingModel, type BookingRow } from '../booking/booking.model.ts';
import { needsApproval } from '../booking/index.ts';
import type { BrokenPromise } from './verify.rules.ts';

type Asked = Pick<BookingRow, '_id' | 'runId' | 'status' | 'approval'>;

/** What has to be approved is not confirmed before it is, and whatever waits for an approval has an end. */
export async function brokenApprovals(): Promise<BrokenPromise[]> {
  const broken: BrokenPromise[] = [];
  const asking = BookingModel.find({ approval: { $exists: true } }, { runId: 1, status: 1, approval: 1 });
  for await (const row of asking.lean().cursor()) {
    const sentence = brokenIn(row);
    if (sentence) broken.push({ promise: 2, runId: row.runId, bookingId: String(row._id), sentence });
  }
  return broken;
}

function brokenIn({ status, approval }: Asked): string | undefined {
  const isPending = needsApproval({ ...(approval && { approval }) });
  if (status === 'confirmed' && isPending) return 'It is confirmed, and nobody has approved it.';
  if (status !== 'requested')
    return approval?.until ? 'It waits for no approval, and still has an end for it.' : undefined;
  return approval?.until && isPending ? undefined : 'It waits for an approval without an end.';
}

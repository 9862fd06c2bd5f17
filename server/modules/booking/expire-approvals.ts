import { now } from '../../platform/clock.ts';
import { recordEvent, systemActor } from '../history/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { leaveRequest } from './answer-approval.ts';
import { afterExpiryOf, approvalExpired } from './approval.rules.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { aboutBooking } from './give-places.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { waitAgain } from './lapse-offers.ts';
import { release } from './ledger.ts';
import { stopAsking, tellNotApproved } from './tell-approval.ts';
import { tellApproved } from './tell-booking.ts';
import { followConfirmation } from './wish-came-true.ts';

const mostAtOnce = 100;

/** The sweep: ends every request for approval whose time is over. */
export async function expireApprovals(): Promise<void> {
  const over = await BookingModel.find({ 'approval.until': { $lte: now() }, approval: { $exists: true } }, { _id: 1 })
    .sort({ 'approval.until': 1 })
    .limit(mostAtOnce)
    .lean();
  for (const { _id } of over) await expireApproval(String(_id));
}

/**
 * Ends a request for approval whose time is over, as the run says: the booking leaves the run, waits again at the end of
 * the queue, or is confirmed all the same. Places that come free go to whoever waits next, in the same transaction.
 * Nothing when it was answered before.
 */
export async function expireApproval(bookingId: string): Promise<void> {
  const known = await BookingModel.findById(bookingId, { runId: 1, approval: 1 }).lean();
  if (!known?.approval?.until || known.approval.until > now()) return;
  await inLaneOf(known.runId, async (open) => {
    const row = await BookingModel.findOne({ _id: bookingId, runId: open.run.id }).lean();
    const until = row?.approval?.until;
    if (row?.status === 'requested' && until && until <= open.at) await expire(open, row);
    return () => undefined;
  });
}

async function expire(open: OpenRun, row: BookingRow): Promise<void> {
  const afterExpiry = afterExpiryOf(open.run, row);
  const by = { kind: 'system' };
  if (afterExpiry === 'confirm') await confirmAllTheSame(open, row);
  else {
    const losesSeats = afterExpiry === 'out';
    const expired = await leaveRequest(open, row, { status: 'expired', at: open.at, by }, { losesSeats });
    release(open.ledger, row);
    if (afterExpiry === 'end') await waitAgain(open, expired);
    else await forgetAccessNeeds(row);
  }
  recordEvent(systemActor, { type: 'approval-expired', about: aboutBooking(open, row), facts: { afterExpiry } });
  await stopAsking(open, row, { outcome: 'expired', afterExpiry });
  tellNotApproved(open, row, 'approval-expired', { afterExpiry });
}

async function confirmAllTheSame(open: OpenRun, row: BookingRow): Promise<void> {
  const state = { status: 'confirmed' as const, at: open.at, by: { kind: 'system' }, reason: approvalExpired };
  const confirmed = await leaveRequest(open, row, state, { approval: { grantedAt: open.at } });
  tellApproved(open, confirmed);
  await followConfirmation(open, confirmed);
}

import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { bookingNotActive } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { OpenRun } from './lane.ts';
import { release, stopWaiting } from './ledger.ts';
import { stopAsking } from './tell-approval.ts';

/** Takes a booking out of the run: its places are free again, its seats may be taken by the same persons anew. */
export async function leaveQueue(open: OpenRun, row: BookingRow, actor: Actor, reason?: string): Promise<BookingRow> {
  const state = { status: 'cancelled' as const, at: open.at, by: referenceTo(actor), ...(reason && { reason }) };
  const cancelled = await BookingModel.findOneAndUpdate(
    { _id: row._id, status: row.status },
    {
      $set: { status: 'cancelled' },
      $unset: { seats: 1, reason: 1, makeUpOf: 1, offer: 1, 'approval.until': 1, 'approval.remindAt': 1 },
      $push: { states: state },
    },
    { returnDocument: 'after' },
  ).lean();
  if (!cancelled) throw bookingNotActive();

  giveBack(open, row);
  if (row.status === 'requested') await stopAsking(open, row, { outcome: 'cancelled' });
  recordEvent(actor, {
    type: 'booking-cancelled',
    about: { runId: open.run.id, bookingId: String(row._id), providerId: open.run.providerId },
    facts: { was: row.status, places: row.places },
  });
  return cancelled;
}

function giveBack({ ledger }: OpenRun, row: BookingRow): void {
  if (row.status === 'waiting') stopWaiting(ledger, row);
  else release(ledger, row);
}

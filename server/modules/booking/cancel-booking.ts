import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { bookingNotActive, cancellationClosed } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { mayPlan, maySee } from './booking.policy.ts';
import { isActive, mayCancelUntil } from './booking.rules.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { release, stopWaiting } from './ledger.ts';
import { tellCancelled } from './tell-booking.ts';
import { startOfUnits } from './units.rules.ts';

/**
 * Gives a booking's places back, or leaves the waiting list; whoever waits longest gets them in the same transaction.
 * The holder may until the run's deadline, and always while waiting; a coordinator may any time.
 * @throws not-found, booking-not-active, cancellation-closed
 */
export async function cancelBooking(
  actor: Actor,
  { bookingId, reason }: { bookingId: string; reason?: string },
): Promise<Booking> {
  const known = Types.ObjectId.isValid(bookingId) ? await BookingModel.findById(bookingId).lean() : null;
  if (!known) throw notFound('booking');

  return inLaneOf(known.runId, async (open) => {
    const row = await BookingModel.findById(bookingId).lean();
    if (!row || !maySee(actor, open.run, bookingId)) throw notFound('booking');
    if (!isActive(row.status)) throw bookingNotActive();
    if (!mayCancelNow(actor, open, row)) throw cancellationClosed();

    const cancelled = await leaveQueue(open, row, actor, reason);
    await forgetAccessNeeds(row);
    await tellCancelled(open, row, row.status === 'waiting' ? 'waiting-list-left' : 'booking-cancelled');
    return () => bookingOf(cancelled);
  });
}

/** Takes a booking out of the run: its places are free again, its seats may be taken by the same persons anew. */
export async function leaveQueue(open: OpenRun, row: BookingRow, actor: Actor, reason?: string): Promise<BookingRow> {
  const state = { status: 'cancelled' as const, at: open.at, by: referenceTo(actor), ...(reason && { reason }) };
  const cancelled = await BookingModel.findOneAndUpdate(
    { _id: row._id, status: row.status },
    { $set: { status: 'cancelled' }, $unset: { seats: 1, reason: 1, makeUpOf: 1 }, $push: { states: state } },
    { returnDocument: 'after' },
  ).lean();
  if (!cancelled) throw bookingNotActive();

  giveBack(open, row);
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

export function mayCancelNow(actor: Actor, { run, sessions, at }: OpenRun, row: BookingRow): boolean {
  const startsAt = startOfUnits(row.units, sessions, run.startsAt);
  return (
    mayPlan(actor, run) ||
    row.status === 'waiting' ||
    run.status === 'postponed' ||
    at < mayCancelUntil({ ...run, startsAt }, row)
  );
}

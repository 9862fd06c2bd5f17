import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../history/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { bookingNotActive, cancellationClosed } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { mayPlan, maySee } from './booking.policy.ts';
import { isActive, mayCancelUntil } from './booking.rules.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { leaveQueue } from './leave-queue.ts';
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

export function mayCancelNow(actor: Actor, { run, sessions, at }: OpenRun, row: BookingRow): boolean {
  const startsAt = startOfUnits(row.units, sessions, run.startsAt);
  return (
    mayPlan(actor, run) ||
    row.status !== 'confirmed' ||
    run.status === 'postponed' ||
    at < mayCancelUntil({ ...run, startsAt }, row)
  );
}

import { recordEvent, type Actor } from '../history/index.ts';
import { cancellationClosed, notSomeOfThem } from './booking.errors.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { mayCancelNow } from './cancel-booking.ts';
import { partedBy, type SomePlaces } from './leaving.rules.ts';
import { inLaneOfBooking, reseat } from './reseat.ts';
import { tellReduced } from './tell-people.ts';

/**
 * Gives back some places of a booking: those of the people named, and so many without a name. They go to whoever waits
 * longest, in the same transaction; the rest stands, or goes on waiting under its number. Whoever leaves is taken out of
 * the calendars. @throws not-found, booking-not-active, people-fixed, cancellation-closed, not-some-of-them
 */
export async function reduceBooking(
  actor: Actor,
  { bookingId, ...places }: SomePlaces & { bookingId: string },
): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    if (!mayCancelNow(actor, open, row)) throw cancellationClosed();
    const parted = partedBy(row, places);
    // All of them is a cancellation, and somebody who has left already was given back before.
    if (!parted || parted.staying.places === 0) throw notSomeOfThem();

    const after = await reseat(open, row, { ...parted.staying, because: 'booking-cancelled' });
    tellReduced(open, { before: row, after });
    recordEvent(actor, {
      type: 'booking-reduced',
      about: { runId: open.run.id, bookingId, providerId: open.run.providerId },
      facts: { of: row.places, places: after.places, status: row.status },
    });
    return () => bookingOf(after);
  });
}

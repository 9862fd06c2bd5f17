import { Types } from 'mongoose';
import { inTransaction } from '../../platform/database.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { runsByIds, type Run } from '../scheduling/index.ts';
import { seminarsByIds, type Seminar } from '../catalogue/index.ts';
import { BookingModel } from './booking.model.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';

/** A booking with what it is for. */
export type BookingWithRun = { booking: Booking; run: Run; seminar: Seminar };

const mostShown = 500;

/** What belongs to an institution, the last made first, at most 500. Asks for no permission: for those inside. */
export async function bookingsOfInstitution(institutionId: string): Promise<BookingWithRun[]> {
  const rows = await BookingModel.find({ institutionId }).sort({ createdAt: -1 }).limit(mostShown).lean();
  const runs = await runsByIds(rows.map(({ runId }) => runId));
  const seminars = await seminarsByIds([...runs.values()].map(({ seminarId }) => seminarId));
  return rows.map(bookingOf).flatMap((booking) => {
    const run = runs.get(booking.runId);
    const seminar = run && seminars.get(run.seminarId);
    return seminar ? [{ booking, run, seminar }] : [];
  });
}

/**
 * Has a booking belong to an institution from now on, unless it belongs to another; gives whether it does. Asks for no
 * permission: whoever calls has seen the link.
 */
export function giveToInstitution(
  actor: Actor,
  bookingId: string,
  { id, name }: { id: string; name: string },
): Promise<boolean> {
  return inTransaction(async () => {
    const row = Types.ObjectId.isValid(bookingId) ? await BookingModel.findById(bookingId).lean() : null;
    if (!row || row.institutionId) return row?.institutionId === id;
    const free = { _id: bookingId, institutionId: { $exists: false } };
    const { matchedCount } = await BookingModel.updateOne(free, { $set: { institutionId: id, institution: name } });
    if (matchedCount === 0) return false;
    const about = { runId: row.runId, bookingId, institutionId: id };
    recordEvent(actor, { type: 'booking-taken-in', about });
    return true;
  });
}

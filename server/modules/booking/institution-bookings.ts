import { recordEvent, type Actor } from '../history/index.ts';
import { runsByIds, type Run } from '../scheduling/index.ts';
import { seminarsByIds, type Seminar } from '../catalogue/index.ts';
import { overInstitutionLimit } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { countForContingents, countForLimit } from './held-by-institutions.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { isOverLimit } from './limits.rules.ts';
import { organisationOf } from './organisations.ts';
import { placesTakenIn } from './units.rules.ts';

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
 * Has a booking belong to an institution from now on, unless it belongs to another; gives whether it does. From then on it
 * counts for it, where places are kept for institutions or limited. Asks for no permission: whoever calls has seen the link.
 * @throws over-institution-limit
 */
export async function giveToInstitution(
  actor: Actor,
  bookingId: string,
  { id, name }: { id: string; name: string },
): Promise<boolean> {
  const known = await BookingModel.findById(bookingId, { runId: 1 }).lean();
  if (!known) return false;
  return inLaneOf(known.runId, async (open) => {
    const row = await BookingModel.findById(bookingId).lean();
    if (!row || row.institutionId) return () => row?.institutionId === id;
    const belongs = { institutionId: id, institution: name };
    const counted = await organisationOf({ ...row, ...belongs });
    if (counted.organisation !== row.organisation) refuseOverLimit(open, { ...row, ...counted });
    await BookingModel.updateOne({ _id: row._id }, { $set: { ...belongs, ...counted } });
    await countForLimit(open.ledger, open.run);
    await countForContingents(open);
    const about = { runId: row.runId, bookingId, institutionId: id, providerId: open.run.providerId };
    recordEvent(actor, { type: 'booking-taken-in', about });
    return () => true;
  });
}

/** Who waits or left holds nothing yet; who was counted for it already counts no second time. */
function refuseOverLimit({ ledger: { limit } }: OpenRun, row: BookingRow): void {
  const holds = row.status === 'confirmed' || row.status === 'offered' || row.status === 'requested';
  if (!limit || !holds) return;
  if (isOverLimit(limit, row, (unit) => placesTakenIn(row, unit))) throw overInstitutionLimit(limit.most);
}

import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { needsApproval } from './approval.rules.ts';
import { askApprovalOf } from './ask-approval.ts';
import { bookingClosed, notOffered, offerLapsed } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { maySee } from './booking.policy.ts';
import { offersMadeTo } from './booking.rules.ts';
import type { Booking, BookingStatus } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { aboutBooking } from './give-places.ts';
import { followConfirmation } from './wish-came-true.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { release } from './ledger.ts';
import { tellPromoted } from './tell-booking.ts';
import { stopTellingOffer, tellOfferOver } from './tell-offer.ts';

/**
 * Accepts the places that are held for a booking: they are confirmed, or asked approval for. Accepting twice gives the same answer.
 * @throws not-found, not-offered, offer-lapsed, booking-closed
 */
export function acceptOffer(actor: Actor, bookingId: string): Promise<Booking> {
  return withOffer(actor, bookingId, async (open, row) => {
    const isAccepted = row.status === 'confirmed' || row.status === 'requested';
    if (isAccepted && offersMadeTo(row) > 0) return row;
    refuseUnlessOpen(open, row);
    recordEvent(actor, { type: 'offer-accepted', about: aboutBooking(open, row) });
    if (needsApproval(row)) {
      await stopTellingOffer(row);
      return askApprovalOf(open, row);
    }
    const accepted = await leaveOffer(open, row, { actor, status: 'confirmed', keepsSeats: true });
    tellPromoted(open, accepted);
    await followConfirmation(open, accepted);
    return accepted;
  });
}

/** Gives the places back that are held for a booking; whoever waits next gets them. @throws not-found, not-offered, offer-lapsed */
export function declineOffer(actor: Actor, bookingId: string): Promise<Booking> {
  return withOffer(actor, bookingId, async (open, row) => {
    if (row.status === 'declined') return row;
    refuseUnlessOpen(open, row);
    const declined = await leaveOffer(open, row, { actor, status: 'declined' });
    release(open.ledger, row);
    await forgetAccessNeeds(row);
    recordEvent(actor, { type: 'offer-declined', about: aboutBooking(open, row) });
    tellOfferOver(row, { runId: open.run.id, offer: offersMadeTo(row) }, 'offer-declined');
    return declined;
  });
}

async function withOffer(
  actor: Actor,
  bookingId: string,
  act: (open: OpenRun, row: BookingRow) => Promise<BookingRow>,
): Promise<Booking> {
  const known = Types.ObjectId.isValid(bookingId) ? await BookingModel.findById(bookingId, { runId: 1 }).lean() : null;
  if (!known) throw notFound('booking');
  return inLaneOf(known.runId, async (open) => {
    const row = await BookingModel.findById(bookingId).lean();
    if (!row || !maySee(actor, open.run, bookingId)) throw notFound('booking');
    const answered = await act(open, row);
    return () => bookingOf(answered);
  });
}

/** The deadline is the truth, also where nobody has noted yet that it is over. */
function refuseUnlessOpen({ run, at }: OpenRun, row: BookingRow): void {
  const wasOffered = offersMadeTo(row) > 0;
  if (row.status !== 'offered' || !row.offer)
    throw wasOffered && row.status !== 'cancelled' ? offerLapsed() : notOffered();
  if (at >= row.offer.until) throw offerLapsed();
  if (run.status !== 'published') throw bookingClosed();
}

type Leaving = { actor: Actor; status: BookingStatus; keepsSeats?: boolean };

/** Ends the offer, whatever comes of it. The state is part of the filter: of two who end it, one comes too late. */
export async function leaveOffer(
  open: OpenRun,
  row: BookingRow,
  { actor, status, keepsSeats = false }: Leaving,
): Promise<BookingRow> {
  const state = { status, at: open.at, by: referenceTo(actor) };
  const left = await BookingModel.findOneAndUpdate(
    { _id: row._id, status: 'offered' },
    { $set: { status }, $unset: { offer: 1, ...(!keepsSeats && { seats: 1 }) }, $push: { states: state } },
    { returnDocument: 'after' },
  ).lean();
  if (!left) throw offerLapsed();
  await stopTellingOffer(row);
  return left;
}

import { Types } from 'mongoose';
import { inTransaction } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import { refuseUnlessAdmitted } from './admission.ts';
import { refuseUnlessOpen } from './book-places.ts';
import { cancellationClosed, noRoomThere, notSomeOfThem, notTransferable, peopleFixed } from './booking.errors.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { mayCancelNow } from './cancel-booking.ts';
import { endedLink } from './details-links.rules.ts';
import { followConfirmation } from './wish-came-true.ts';
import { inOpenRuns } from './lane.ts';
import { partedBy, type SomePlaces } from './leaving.rules.ts';
import { refuseOverLimit } from './limits.ts';
import { confirmedThere, fittingThere, writeMoved, type Both } from './move-booking.ts';
import { rowToReseat } from './reseat.ts';
import { needsApproval } from './approval.rules.ts';
import { splitOff } from './split-off.ts';
import { tellMoved } from './tell-booking.ts';
import { startOfUnits } from './units.rules.ts';

type Transfer = SomePlaces & { bookingId: string; toRunId: string };
type Moving = { row: BookingRow; rest?: BookingRow };

/**
 * Moves a booking, or some of its places, to another run of the same seminar: in one transaction, so that nobody loses the
 * old place unless the new one is sure. The old places go to whoever waits for them; some who go become a booking of their
 * own. Nobody who waits in the other run is passed. Gives the booking there. @throws not-found, booking-not-active,
 * people-fixed, cancellation-closed, not-transferable, booking-closed, run-cancelled, not-some-of-them,
 * over-institution-limit, institution-required, not-admitted, no-room-there
 */
export async function transferBooking(actor: Actor, { bookingId, toRunId, ...places }: Transfer): Promise<Booking> {
  const known = Types.ObjectId.isValid(bookingId) ? await BookingModel.findById(bookingId, { runId: 1 }).lean() : null;
  if (!known) throw notFound('booking');
  if (!Types.ObjectId.isValid(toRunId)) throw notFound('run');
  if (known.runId === toRunId) throw notTransferable();

  return inTransaction(() =>
    inOpenRuns([known.runId, toRunId], async (opens) => {
      const [from, into] = [opens.get(known.runId), opens.get(toRunId)];
      if (!from || !into) throw notFound('run');
      const row = await rowToReseat(actor, from, bookingId);
      await refuseUnlessAdmitted(actor, into.run, row);
      refuseUnlessTransferable(actor, { from, into }, row);
      const moved = await move(actor, { from, into }, await movingOf({ from, into }, row, places));
      return () => bookingOf(moved);
    }),
  );
}

function refuseUnlessTransferable(actor: Actor, { from, into }: Both, row: BookingRow): void {
  // Whoever has sat in a session already sits in this run.
  if (startOfUnits(row.units, from.sessions, from.run.startsAt) <= from.at) throw peopleFixed();
  if (!mayCancelNow(actor, from, row)) throw cancellationClosed();
  // What still waits for an approval was approved for no other dates.
  if (from.run.seminarId !== into.run.seminarId || needsApproval(row)) throw notTransferable();
  refuseUnlessOpen(into);
}

async function movingOf({ from }: Both, row: BookingRow, places: SomePlaces): Promise<Moving> {
  const parted = partedBy(row, places);
  if (!parted) throw notSomeOfThem();
  if (parted.staying.places === 0) return { row };
  const { part, rest } = await splitOff(from, row, parted);
  return { row: part, rest };
}

async function move(actor: Actor, { from, into }: Both, { row, rest }: Moving): Promise<BookingRow> {
  refuseOverLimit(into.run, row);
  const there = await fittingThere(into, row);
  if (!there) throw noRoomThere();
  const moved = withNewIds(row, confirmedThere(into, there, { by: referenceTo(actor), reason: 'transferred' }));
  await writeMoved({ from, into }, row, moved);

  const [fromRunId, intoRunId] = [from.run.id, into.run.id];
  const about = { bookingId: String(rest?._id ?? row._id), providerId: from.run.providerId };
  const facts = { places: moved.places, of: row.places + (rest?.places ?? 0), was: row.status, intoRunId };
  recordEvent(actor, { type: 'booking-left', about: { ...about, runId: fromRunId }, facts });
  recordEvent(actor, {
    type: 'booking-moved',
    about: { ...about, runId: intoRunId, bookingId: String(row._id) },
    facts: { fromRunId, was: row.status },
  });
  const transfer = rest ? { stays: String(rest._id) } : {};
  await tellMoved({ from, into }, row, moved, { transfer });
  await followConfirmation(into, moved);
  return moved;
}

/** Messages are known by the participant's id: who comes back one day is told anew. Calendars know them by their key. */
function withNewIds(before: BookingRow, { participants, ...moved }: BookingRow): BookingRow {
  return {
    ...moved,
    participants: participants.map((person) => ({ ...person, _id: new Types.ObjectId() })),
    former: [...(before.former ?? []), ...before.participants],
    // Whoever was asked for their details was told other dates.
    ...(moved.detailsLinks && { detailsLinks: moved.detailsLinks.map((link) => endedLink(link, 'withdrawn')) }),
  };
}

import { Types } from 'mongoose';
import { notFound } from '../../platform/errors.ts';
import type { Actor } from '../history/index.ts';
import { forgetAccessNeeds } from './access-needs.ts';
import { elsewhereOf, seatsTaken, type Wanted } from './book-places.ts';
import { seatsOf } from './seats.rules.ts';
import { bookingNotActive, noPlaceForPerson, peopleFixed, samePersonTwice } from './booking.errors.ts';
import { BookingModel, type BookingRow, type ParticipantRow } from './booking.model.ts';
import { mayPlan, maySee } from './booking.policy.ts';
import { isActive } from './booking.rules.ts';
import { contingentOf, freeIn, roomIn } from './contingents.rules.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { recount, type Ledger } from './ledger.ts';
import { isOverLimit } from './limits.rules.ts';
import { tellReseated } from './tell-people.ts';
import { isMakeUp, placesTakenIn, startOfUnits } from './units.rules.ts';

/** What becomes of a booking's people: who sits there now, in how many places; the others leave. */
type Seating = { places: number; participants: readonly ParticipantRow[] };
/** `because`: what those are told who leave. */
export type Reseating = Seating & { because: 'replaced' | 'booking-cancelled' };
export type Identified = Wanted['people'][number];
type Newcomer = Pick<ParticipantRow, 'name' | 'email' | 'key'> & { language?: ParticipantRow['language'] | undefined };

/** Opens the run of a booking for a change of its people. @throws not-found, booking-not-active, people-fixed */
export async function inLaneOfBooking<Outcome>(
  actor: Actor,
  bookingId: string,
  act: (open: OpenRun, row: BookingRow) => Promise<() => Outcome>,
): Promise<Outcome> {
  const known = Types.ObjectId.isValid(bookingId) ? await BookingModel.findById(bookingId, { runId: 1 }).lean() : null;
  if (!known) throw notFound('booking');
  return inLaneOf(known.runId, async (open) => act(open, await rowToReseat(actor, open, bookingId)));
}

/** The booking as the open transaction sees it, if its people may change. @throws not-found, booking-not-active, people-fixed */
export async function rowToReseat(actor: Actor, open: OpenRun, bookingId: string): Promise<BookingRow> {
  const row = await BookingModel.findOne({ _id: bookingId, runId: open.run.id }).lean();
  if (!row || !maySee(actor, open.run, bookingId)) throw notFound('booking');
  if (!isActive(row.status)) throw bookingNotActive();
  const isOpen = open.run.status === 'published' || open.run.status === 'postponed';
  const isOver = startOfUnits(row.units, open.sessions, open.run.startsAt) <= open.at && !mayPlan(actor, open.run);
  // Who makes up a module is who missed it.
  if (!isOpen || isOver || row.units.some(isMakeUp)) throw peopleFixed();
  return row;
}

/** Somebody new in a booking: they get their own seats where no other booking has one for them. */
export function newcomer({ name, email, key, language }: Newcomer): ParticipantRow {
  return { _id: new Types.ObjectId(), name, email, key, ...(language && { language }) };
}

/**
 * Writes who sits in a booking, counts its places anew, and tells those who leave and those who come. A place that is
 * swapped stays taken, also in a full run. @throws same-person-twice, no-place-for-person
 */
export async function reseat(open: OpenRun, row: BookingRow, wanted: Reseating): Promise<BookingRow> {
  const after = await seatedAnew(open, row, wanted);
  refuseIfShort(open, row, after);
  const left = row.participants.filter(({ _id }) => !after.participants.some((one) => one._id.equals(_id)));
  const { seats = [], places, placesTaken, participants, detailsLinks } = after;
  const set = {
    places,
    placesTaken,
    participants,
    ...(seats.length > 0 && { seats }),
    ...(detailsLinks && { detailsLinks }),
  };
  const { matchedCount } = await BookingModel.updateOne(
    { _id: row._id, status: row.status },
    {
      $set: set,
      ...(seats.length === 0 && { $unset: { seats: 1 } }),
      ...(left.length > 0 && { $push: { former: { $each: left } } }),
    },
  );
  if (matchedCount === 0) throw bookingNotActive();
  recount(open.ledger, row, after);
  await forgetAccessNeeds({ ...row, participants: left });
  await tellReseated(open, { before: row, after, because: wanted.because });
  return after;
}

async function seatedAnew(open: OpenRun, row: BookingRow, { places, participants }: Seating): Promise<BookingRow> {
  const isNew = ({ _id }: ParticipantRow) => !row.participants.some((one) => one._id.equals(_id));
  const keys = participants.filter(isNew).map(({ key }) => key);
  const present = row.participants.map(({ key }) => key);
  if (new Set([...present, ...keys]).size < present.length + keys.length) throw samePersonTwice();

  const taken = await seatsTaken(open, row.units, keys);
  const seated = participants.map((one) => (isNew(one) ? { ...one, ...elsewhereOf(one.key, row.units, taken) } : one));
  const placesTaken = Math.max(...row.units.map((unit) => placesTakenIn({ places, participants: seated }, unit)));
  return { ...row, places, participants: seated, placesTaken, seats: seatsOf(row.units, seated) };
}

/** Somebody who took no place here makes way for somebody who needs one: only while one is free. */
function refuseIfShort({ ledger }: { ledger: Ledger }, before: BookingRow, after: BookingRow): void {
  if (before.status === 'waiting') return;
  const contingent = contingentOf(ledger.contingents ?? [], after);
  const moreIn = (unit: string) => placesTakenIn(after, unit) - placesTakenIn(before, unit);
  const isShort = ledger.units
    .filter(({ unit }) => after.units.includes(unit))
    .some((counted) => {
      const { unit, waiting, passable } = counted;
      const more = moreIn(unit);
      return more > 0 && ((waiting > 0 && !passable) || roomIn(freeIn(counted), unit, contingent) < more);
    });
  if (ledger.limit && isOverLimit(ledger.limit, after, moreIn)) throw noPlaceForPerson();
  if (isShort) throw noPlaceForPerson();
}

import { Types } from 'mongoose';
import { reminderKinds, withdrawMessages, type MessageKind } from '../mail/index.ts';
import { bookingNotActive } from './booking.errors.ts';
import { BookingModel, type BookingRow, type ParticipantRow } from './booking.model.ts';
import type { OpenRun } from './lane.ts';
import type { partedBy } from './leaving.rules.ts';
import { recount } from './ledger.ts';
import { seatsOf } from './seats.rules.ts';
import { placesTakenIn } from './units.rules.ts';

type Parted = NonNullable<ReturnType<typeof partedBy<ParticipantRow>>>;

/** What was promised to a person under the booking that they leave. */
const ofPerson: readonly MessageKind[] = ['invitation', 'invitation-updated', ...reminderKinds, 'already-booked'];

/**
 * Makes some places of a booking a booking of their own, in the same state and with a link of its own. No place changes
 * hands, so nobody in the queue is passed. What was still to be told to those who go is taken back: the part tells it.
 */
export async function splitOff(
  open: OpenRun,
  row: BookingRow,
  { going, staying }: Parted,
  booker = row.booker,
): Promise<{ part: BookingRow; rest: BookingRow }> {
  const { part, rest } = split(row, { going, staying }, { number: open.ledger.nextNumber++, booker });
  const { participants, places, placesTaken, seats } = rest;
  const set = { participants, places, placesTaken };
  // First the rest lets go of the seats, then the part takes them: the index knows each of them once.
  const { matchedCount } = await BookingModel.updateOne(
    { _id: row._id, status: row.status },
    seats ? { $set: { ...set, seats } } : { $set: set, $unset: { seats: 1 } },
  );
  if (matchedCount === 0) throw bookingNotActive();
  await BookingModel.insertMany([part], { lean: true });
  recount(open.ledger, row, rest);
  recount(open.ledger, { ...row, participants: [], places: 0 }, part);
  for (const { _id } of going.participants)
    await withdrawMessages({ bookingId: String(row._id), participantId: String(_id) }, ofPerson, 'booking-split');
  return { part, rest };
}

function split(
  row: BookingRow,
  { going, staying }: Parted,
  { number, booker }: Pick<BookingRow, 'number' | 'booker'>,
): { part: BookingRow; rest: BookingRow } {
  const {
    former: _former,
    requestKey: _key,
    requestFingerprint: _request,
    familyId: _family,
    lifted: _lifted,
    lifts: _lifts,
    detailsLinks: _links,
    // A wish comes true once: for the booking that made it.
    wish: _wish,
    approval,
    ...like
  } = row;
  // Messages are known by the participant's id: in another booking they are others, in calendars the same person.
  const people = going.participants.map((person) => ({ ...person, _id: new Types.ObjectId() }));
  const part: BookingRow = {
    ...like,
    _id: new Types.ObjectId(),
    number,
    booker,
    ...(approval && { approval: { ...approval, approvers: [] } }),
    linkGeneration: 1,
    splitFrom: row.splitFrom ?? { bookingId: String(row._id), number: row.number },
    answer: { status: row.answer.status },
  };
  return {
    part: withPeople(part, { ...going, participants: people }),
    rest: withPeople(row, staying),
  };
}

function withPeople(row: BookingRow, { places, participants }: Parted['going']): BookingRow {
  const { seats: _all, ...rest } = row;
  const seats = seatsOf(row.units, participants);
  const placesTaken = Math.max(...row.units.map((unit) => placesTakenIn({ places, participants }, unit)));
  return { ...rest, places, placesTaken, participants: [...participants], ...(seats.length > 0 && { seats }) };
}

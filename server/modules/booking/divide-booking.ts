import { Types } from 'mongoose';
import { needsApproval } from './approval.rules.ts';
import type { BookingRow, ParticipantRow } from './booking.model.ts';
import { seatsOf } from './seats.rules.ts';
import { placesTakenIn } from './units.rules.ts';

/**
 * How many places of a booking can be given without the others: those of people who sit nowhere else in the run. Whoever
 * named several runs wants to be together in one of them, and what is to be approved is approved as a whole.
 */
export function divisible({
  places,
  participants,
  wish,
  approval,
}: Pick<BookingRow, 'places' | 'participants' | 'wish' | 'approval'>): number {
  return wish || needsApproval({ ...(approval && { approval }) })
    ? 0
    : places - participants.filter(sitsElsewhere).length;
}

/**
 * Takes `places` off a booking that waits: a part that has them, as a booking of its own for the people named first, and
 * the rest, which stays the booking it was. `number`: the part's own, drawn from the ledger.
 */
export function divided(
  row: BookingRow,
  { places, number }: { places: number; number: number },
): { part: BookingRow; rest: BookingRow } {
  const going = new Set(row.participants.filter((one) => !sitsElsewhere(one)).slice(0, places));
  const [first, others] = [
    row.participants.filter((one) => going.has(one)),
    row.participants.filter((one) => !going.has(one)),
  ];
  const {
    reason: _why,
    passes: _passes,
    lifted: _lifted,
    lifts: _lifts,
    former: _former,
    detailsLinks: _links,
    requestKey: _key,
    requestFingerprint: _request,
    seats: _seats,
    approval,
    ...like
  } = row;
  const part: BookingRow = {
    ...like,
    _id: new Types.ObjectId(),
    number,
    status: 'confirmed',
    ...shareOf(row, first, places),
    states: row.states.filter(({ status }) => status === 'waiting').slice(0, 1),
    // The links of those who approved it lead to the whole.
    ...(approval && { approval: { ...approval, approvers: [] } }),
    linkGeneration: 1,
    splitFrom: { bookingId: String(row._id), number: row.number },
    answer: { status: 'confirmed' },
  };
  const { seats: _allSeats, ...whole } = row;
  return { part, rest: { ...whole, ...shareOf(row, others, row.places - places) } };
}

function shareOf({ units }: BookingRow, participants: ParticipantRow[], places: number) {
  const seats = seatsOf(units, participants);
  const placesTaken = Math.max(...units.map((unit) => placesTakenIn({ places, participants }, unit)));
  return { participants, places, placesTaken, ...(seats.length > 0 && { seats }) };
}

function sitsElsewhere({ sitsElsewhere: everywhere, elsewhere }: ParticipantRow): boolean {
  return everywhere === true || elsewhere !== undefined;
}

import { notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { keepAccessNeeds } from './access-needs.ts';
import { identified } from './book-places.ts';
import { substitutionClosed } from './booking.errors.ts';
import type { NamedPerson } from './booking.input.ts';
import { mayPlan } from './booking.policy.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { maySubstituteAt } from './deadlines.rules.ts';
import { inLaneOfBooking, newcomer, reseat } from './reseat.ts';

type Substitution = { bookingId: string; participantId: string; person: NamedPerson };

/**
 * Puts somebody in another's place, in one act: the place stays taken, also in a full run, the one who leaves is taken out
 * of the calendars and the one who comes is invited and reminded. By the holder until the run's last day for it.
 * @throws not-found, booking-not-active, people-fixed, substitution-closed, same-person-twice, no-place-for-person
 */
export async function substituteParticipant(
  actor: Actor,
  { bookingId, participantId, person }: Substitution,
): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    const leaver = row.participants.find(({ _id }) => String(_id) === participantId);
    if (!leaver) throw notFound('participant');
    if (!mayPlan(actor, open.run) && !maySubstituteAt(open.run, open.at)) throw substitutionClosed();

    const comes = newcomer(identified(person));
    const participants = row.participants.map((one) => (one === leaver ? comes : one));
    const after = await reseat(open, row, { places: row.places, participants, because: 'replaced' });
    await keepAccessNeeds({ ...after, participants: [comes] }, { booker: row.booker, participants: [person] });
    recordEvent(actor, {
      type: 'participant-replaced',
      about: { runId: open.run.id, bookingId, providerId: open.run.providerId },
      facts: { left: participantId, came: String(comes._id) },
    });
    return () => bookingOf(after);
  });
}

import { recordEvent, type Actor } from '../history/index.ts';
import { keepAccessNeeds } from './access-needs.ts';
import { identified } from './book-places.ts';
import { fewerPlacesThanParticipants, samePersonTwice } from './booking.errors.ts';
import type { NamedPerson } from './booking.input.ts';
import type { BookingRow } from './booking.model.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import type { OpenRun } from './lane.ts';
import { inLaneOfBooking, newcomer, reseat } from './reseat.ts';

type NamePlaces = { bookingId: string; people: readonly NamedPerson[] };

/**
 * Says who sits in places that had no name: all of them or nobody. Whoever is named there already stays as they are, so
 * that a list sent twice names once. They are invited at once when the booking is confirmed.
 * @throws not-found, booking-not-active, people-fixed, same-person-twice, fewer-places-than-participants
 */
export async function namePlaces(actor: Actor, { bookingId, people }: NamePlaces): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    const after = await nameIn(open, row, people, actor);
    return () => bookingOf(after);
  });
}

/** The same for whoever has the run open. */
export async function nameIn(
  open: OpenRun,
  row: BookingRow,
  people: readonly NamedPerson[],
  actor: Actor,
): Promise<BookingRow> {
  const wanted = people.map((person) => ({ ...person, ...identified(person) }));
  if (new Set(wanted.map(({ key }) => key)).size < wanted.length) throw samePersonTwice();
  const fresh = wanted.filter(({ key }) => !row.participants.some((one) => one.key === key));
  if (fresh.length === 0) return row;
  if (row.participants.length + fresh.length > row.places) throw fewerPlacesThanParticipants();

  const came = fresh.map(newcomer);
  const participants = [...row.participants, ...came];
  const after = await reseat(open, row, { places: row.places, participants, because: 'replaced' });
  await keepAccessNeeds({ ...after, participants: came }, { booker: row.booker, participants: fresh });
  recordEvent(actor, {
    type: 'places-named',
    about: { runId: open.run.id, bookingId: String(row._id), providerId: open.run.providerId },
    facts: { named: came.length, unnamed: after.places - participants.length },
  });
  return after;
}

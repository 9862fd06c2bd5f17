import { recordEvent, type Actor } from '../history/index.ts';
import { keepAccessNeeds } from './access-needs.ts';
import { addressOf } from './addresses.ts';
import { identified } from './book-places.ts';
import { fewerPlacesThanParticipants, groupHasNoNames, samePersonTwice } from './booking.errors.ts';
import type { NamedPerson, OwnDetails } from './booking.input.ts';
import type { BookingRow, DetailsLinkRow } from './booking.model.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { endedLink } from './details-links.rules.ts';
import { namesWanted } from './head-count.rules.ts';
import type { OpenRun } from './lane.ts';
import { inLaneOfBooking, newcomer, reseat } from './reseat.ts';

type NamePlaces = { bookingId: string; people: readonly NamedPerson[] };

/**
 * Says who sits in places that had no name: all of them or nobody. Whoever is named there already stays as they are, so
 * that a list sent twice names once. They are invited at once when the booking is confirmed.
 * @throws not-found, booking-not-active, people-fixed, same-person-twice, fewer-places-than-participants,
 * group-has-no-names
 */
export async function namePlaces(actor: Actor, { bookingId, people }: NamePlaces): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    const after = await nameIn(open, withoutLinksTo(row, people), people, actor);
    return () => bookingOf(after);
  });
}

/** Whoever is named need not say so themselves any more. */
function withoutLinksTo(row: BookingRow, people: readonly NamedPerson[]): BookingRow {
  if (!row.detailsLinks) return row;
  const named = new Set(people.map(({ email }) => addressOf(email).address));
  const isNamed = ({ email }: DetailsLinkRow) => named.has(addressOf(email).address);
  return {
    ...row,
    detailsLinks: row.detailsLinks.map((link) => (isNamed(link) ? endedLink(link, 'withdrawn') : link)),
  };
}

/** The same for whoever has the run open. */
export async function nameIn(
  open: OpenRun,
  row: BookingRow,
  people: readonly OwnDetails[],
  actor: Actor,
): Promise<BookingRow> {
  const wanted = people.map((person) => ({ ...person, ...identified(person) }));
  if (new Set(wanted.map(({ key }) => key)).size < wanted.length) throw samePersonTwice();
  const fresh = wanted.filter(({ key }) => !row.participants.some((one) => one.key === key));
  if (fresh.length === 0) return row;
  if (row.group && fresh.length > namesWanted(row)) throw groupHasNoNames();
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

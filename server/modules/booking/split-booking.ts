import { recordEvent, type Actor } from '../history/index.ts';
import { addressOf } from './addresses.ts';
import { notSomeOfThem, notSplittable } from './booking.errors.ts';
import type { NamedPerson } from './booking.input.ts';
import type { BookingRow } from './booking.model.ts';
import type { Booking } from './booking.types.ts';
import { bookingOf } from './bookings.ts';
import { partedBy, type SomePlaces } from './leaving.rules.ts';
import { inLaneOfBooking } from './reseat.ts';
import { splitOff } from './split-off.ts';
import { tellSplit } from './tell-people.ts';

type Split = SomePlaces & { bookingId: string; booker?: Pick<NamedPerson, 'name' | 'email'> };

/**
 * Makes some places of a confirmed booking a booking of their own with its own link, where they are paid from another cost
 * centre or looked after by somebody else (`booker`). Nobody's place and nobody's calendar changes by it. Gives the new one.
 * @throws not-found, booking-not-active, people-fixed, not-splittable, not-some-of-them
 */
export async function splitBooking(actor: Actor, { bookingId, booker, ...places }: Split): Promise<Booking> {
  return inLaneOfBooking(actor, bookingId, async (open, row) => {
    if (row.status !== 'confirmed') throw notSplittable();
    const parted = partedBy(row, places);
    if (!parted || parted.staying.places === 0) throw notSomeOfThem();

    const { part, rest } = await splitOff(open, row, parted, booker && bookerOf(row, booker));
    tellSplit(open, { part, rest });
    recordEvent(actor, {
      type: 'booking-split',
      about: { runId: open.run.id, bookingId, providerId: open.run.providerId },
      facts: { places: part.places, of: row.places, partId: String(part._id) },
    });
    return () => bookingOf(part);
  });
}

function bookerOf({ booker }: BookingRow, { name, email }: Pick<NamedPerson, 'name' | 'email'>): BookingRow['booker'] {
  return { name, ...addressOf(email), language: booker.language };
}

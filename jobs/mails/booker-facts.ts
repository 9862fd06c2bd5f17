import type { Booking, RunDetails } from '../../server/modules/booking/index.ts';
import type { ClaimedMessage } from '../../server/modules/mail/index.ts';
import type { Sender } from './mail-draft.ts';
import { seminarFacts } from './seminar-facts.ts';

/** A message to the booker of a booking, with everything it is made from. */
export type Telling = {
  message: ClaimedMessage;
  booking: Booking;
  position: number;
  course: RunDetails;
  sender: Sender;
};

/** What every mail to a booker says. */
export function bookingFacts({ booking, course, sender }: Telling) {
  const manageUrl = `${sender.baseUrl}/bookings/${booking.token}`;
  return { ...seminarFacts(course, booking.booker.name), places: booking.places, manageUrl };
}

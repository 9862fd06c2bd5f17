import { z } from 'zod';
import { bookPlacesInput, cancelBookingInput } from '../modules/booking/index.ts';

export const bookPlacesBody = bookPlacesInput.meta({
  id: 'NewBooking',
  description:
    'Who books, who sits there, and how many places. Without `participants` and `places`: one place for the booker. More places than participants: the rest is named later. `modules`: ids or titles, in a run that is booked by module; without it all modules that have not begun. `alternatives`: ids of up to five further runs of the seminar, in their order. The first of all these that has the places is booked; where none has, the booking waits in each, the first that comes true is kept, and the others end at the same moment. `code` opens a run that is `restricted`.',
});

export const cancelBookingBody = cancelBookingInput.meta({ id: 'BookingCancellation' });

/** What tells a request sent twice from two requests. */
export const bookPlacesHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, { error: 'idempotency-key' })
    .optional()
    .meta({
      description:
        'Any word of 1 to 200 visible ASCII signs, made anew for each booking. Sent again with the same body it gives the same answer and books nothing; with another body it is refused.',
      example: '0b6f3c1e-2f57-4a52-9d0e-5f6f0a1c7a11',
    }),
});

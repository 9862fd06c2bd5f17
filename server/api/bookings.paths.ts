import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { bookingAddress, runAddress } from './addresses.input.ts';
import { bookedPlaces, booking } from './bookings.answers.ts';
import { bookPlacesBody, bookPlacesHeaders, cancelBookingBody } from './bookings.input.ts';
import { examples } from './examples.ts';
import { bodyRefusals, forEverybody, gives, gives201, refuses, takes } from './paths.ts';

const tags = ['Bookings'];
const noSuchBooking = 'There is no such booking, or the link was renewed: `not-found`.';

const offerRefusals = {
  409: 'There is no offer, or the run is not open: `not-offered`, `booking-closed`.',
  410: 'The time to accept is over: `offer-lapsed`.',
};

/** What the document says of bookings. */
export const bookingPaths: RouteConfig[] = [
  {
    method: 'post',
    path: '/runs/{runId}/bookings',
    operationId: 'bookPlaces',
    tags,
    summary: 'Book places, or join the waiting list',
    description:
      'The places are confirmed at once or wait together. Whoever sits in the run already is not seated twice; the answer does not tell, a mail to the booker does.',
    security: forEverybody,
    request: { params: runAddress, headers: bookPlacesHeaders, body: takes(bookPlacesBody, examples.newBooking) },
    responses: {
      201: gives201(
        'Booked or waiting. A request sent again gets the same answer.',
        bookedPlaces,
        examples.bookedPlaces,
      ),
      ...refuses({
        ...bodyRefusals,
        401: 'A bearer token that is none: `not-signed-in`.',
        404: 'There is no such run: `not-found`.',
        409: 'Booking has closed, or the run is cancelled: `booking-closed`, `run-cancelled`.',
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. Also `same-person-twice`, `fewer-places-than-participants`, `group-needs-names`, `group-needs-companion`, `modules-not-bookable`, `unknown-module`, `alternative-not-there`, `superior-required`, `own-superior`, and `key-used-for-another-request`.',
      }),
    },
  },
  {
    method: 'get',
    path: '/bookings/{token}',
    operationId: 'getBooking',
    tags,
    summary: 'A booking as its holder sees it',
    security: [],
    request: { params: bookingAddress },
    responses: { 200: gives('The booking.', booking, examples.booking), ...refuses({ 404: noSuchBooking }) },
  },
  {
    method: 'post',
    path: '/bookings/{token}/cancellation',
    operationId: 'cancelBooking',
    tags,
    summary: 'Cancel a booking, or leave the waiting list',
    security: [],
    request: { params: bookingAddress, body: takes(cancelBookingBody, examples.bookingCancellation, false) },
    responses: {
      200: gives('The booking, cancelled.', booking, { ...examples.booking, status: 'cancelled', mayCancel: false }),
      ...refuses({
        ...bodyRefusals,
        404: noSuchBooking,
        409: 'Too late to cancel alone, or no longer active: `cancellation-closed`, `booking-not-active`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/bookings/{token}/offer/acceptance',
    operationId: 'acceptOffer',
    tags,
    summary: 'Accept the places that are held',
    description: 'They are confirmed. Accepting twice gives the same answer.',
    security: [],
    request: { params: bookingAddress },
    responses: {
      200: gives('The booking, confirmed.', booking, examples.booking),
      ...refuses({ 404: noSuchBooking, ...offerRefusals }),
    },
  },
  {
    method: 'post',
    path: '/bookings/{token}/offer/refusal',
    operationId: 'declineOffer',
    tags,
    summary: 'Decline the places that are held',
    description: 'They go to whoever waits next, and the booking leaves the waiting list.',
    security: [],
    request: { params: bookingAddress },
    responses: {
      200: gives('The booking, declined.', booking, { ...examples.booking, status: 'declined', mayCancel: false }),
      ...refuses({ 404: noSuchBooking, ...offerRefusals }),
    },
  },
];

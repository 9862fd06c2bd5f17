import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { bookingAddress } from './addresses.input.ts';
import { bookedPlaces } from './bookings.answers.ts';
import { examples } from './examples.ts';
import { changedModules, missedModulesAnswer } from './modules.answers.ts';
import { makeUpBody, modulesBody } from './modules.input.ts';
import { bodyRefusals, gives, gives201, refuses, takes } from './paths.ts';
import { planningExamples } from './planning.examples.ts';

const tags = ['Bookings'];
const noSuchBooking = 'There is no such booking, or the link was renewed: `not-found`.';

/** What the document says of the modules of a booking. */
export const modulePaths: RouteConfig[] = [
  {
    method: 'get',
    path: '/bookings/{token}/make-ups',
    operationId: 'listMissedModules',
    tags,
    summary: 'The modules that can be made up, and in which runs',
    security: [],
    request: { params: bookingAddress },
    responses: {
      200: gives('The choices.', missedModulesAnswer, planningExamples.missedModules),
      ...refuses({ 404: noSuchBooking }),
    },
  },
  {
    method: 'post',
    path: '/bookings/{token}/make-ups',
    operationId: 'bookMakeUp',
    tags,
    summary: 'Book a place for making up a missed module',
    description: 'Beside the places of that run, once for each missed module. It is confirmed at once, or refused.',
    security: [],
    request: { params: bookingAddress, body: takes(makeUpBody, planningExamples.makeUp) },
    responses: {
      201: gives201('Booked.', bookedPlaces, examples.bookedPlaces),
      ...refuses({
        ...bodyRefusals,
        404: `${noSuchBooking} Or there is no such run of its seminar.`,
        409: '`not-missed`, `already-made-up`, `no-make-up-place`, `sits-there-already`.',
      }),
    },
  },
  {
    method: 'post',
    path: '/bookings/{token}/modules',
    operationId: 'changeModules',
    tags,
    summary: 'Change the modules of a booking',
    description:
      'What is dropped goes to whoever waits. What comes in is a booking of its own, behind everybody who waits, so that nobody overtakes.',
    security: [],
    request: { params: bookingAddress, body: takes(modulesBody, planningExamples.modulesChange) },
    responses: {
      200: gives('The booking, and what came in.', changedModules, { booking: examples.booking }),
      ...refuses({
        ...bodyRefusals,
        404: noSuchBooking,
        409: '`booking-not-active`, `no-module-left`, `module-begun`, `cancellation-closed`.',
        422: 'Missing, wrong or unknown fields: `invalid-input`, with `errors`. Also `modules-not-bookable`, `unknown-module`.',
      }),
    },
  },
];

import { Router } from 'express';
import { BookingDecisions } from '../../templates/desk/booking-decisions.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { bookingById, runDetails } from '../modules/booking/index.ts';
import { eventsAbout } from '../modules/history/index.ts';
import { render } from '../web/render.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { idIn } from './desk-door.ts';
import { happeningsOf } from './desk-history.ts';

/** Why somebody has a place, or has none. */
export function deskQueue(): Router {
  const pages = Router();

  pages.get(deskPaths.bookingDecisions(':bookingId'), async (req, res) => {
    const booking = await bookingById(actorOf(req), idIn(req, 'bookingId'));
    const listing = await runDetails(actorOf(req), booking.runId);
    const events = await eventsAbout({ bookingId: booking.id });
    const told = { run: listing.run, queue: [booking], language: languageOf(req) };
    render(res, BookingDecisions, { booking, listing, happenings: await happeningsOf(events, told) });
  });

  return pages;
}

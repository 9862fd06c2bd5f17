import { Router, type Request, type Response } from 'express';
import { BookingCancellation } from '../../templates/desk/confirmations.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { emptyForm, type FormState } from '../../templates/form.ts';
import {
  bookingById,
  cancelBooking,
  cancelBookingInput,
  queueOfRun,
  runDetails,
  type Booking,
} from '../modules/booking/index.ts';
import { isRefusal, orRefusal, readForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { idIn } from './desk-door.ts';
import { activeIn } from './desk-told.ts';

/** Bookings that a coordinator cancels for somebody who asked for it. */
export function deskBookings(): Router {
  const pages = Router();
  const cancellation = deskPaths.bookingCancellation(':bookingId');

  pages.get(cancellation, async (req, res) => {
    await renderQuestion(req, res, await bookingById(actorOf(req), idIn(req, 'bookingId')), emptyForm);
  });

  pages.post(cancellation, async (req, res) => {
    const booking = await bookingById(actorOf(req), idIn(req, 'bookingId'));
    const form = readForm(cancelBookingInput, req);
    if (form.errors) return renderQuestion(req, res.status(422), booking, form);
    const { reason } = form.value;
    const done = await orRefusal(cancelBooking(actorOf(req), { bookingId: booking.id, ...(reason && { reason }) }));
    res.redirect(303, deskPaths.run(booking.runId, isRefusal(done) ? undefined : 'booking-cancelled'));
  });

  return pages;
}

async function renderQuestion(req: Request, res: Response, booking: Booking, form: FormState): Promise<void> {
  const queue = await queueOfRun(actorOf(req), booking.runId);
  if (!activeIn(queue).some(({ id }) => id === booking.id)) return res.redirect(303, deskPaths.run(booking.runId));
  render(res, BookingCancellation, { listing: await runDetails(actorOf(req), booking.runId), booking, form });
}

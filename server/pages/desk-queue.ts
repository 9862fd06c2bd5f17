import { Router, type Request, type Response } from 'express';
import { BookingDecisions } from '../../templates/desk/booking-decisions.tsx';
import { deskPaths } from '../../templates/desk/paths.ts';
import { emptyForm, type FormState } from '../../templates/form.ts';
import { bookingById, priorityInput, runDetails, setPriority } from '../modules/booking/index.ts';
import { eventsAbout } from '../modules/history/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';
import { happeningsOf } from './desk-history.ts';

/** Why somebody has a place, or has none. */
export function deskQueue(): Router {
  const pages = Router();

  pages.get(deskPaths.bookingDecisions(':bookingId'), async (req, res) => {
    await renderDecisions(req, res, emptyForm);
  });

  pages.post(deskPaths.priority(':bookingId'), async (req, res) => {
    const booking = await bookingById(actorOf(req), idIn(req, 'bookingId'));
    const form = readForm(priorityInput, req);
    if (form.errors) return renderDecisions(req, res.status(422), form);
    const done = await orRefusal(setPriority(actorOf(req), { bookingId: booking.id, ...form.value }));
    if (isRefusal(done))
      return renderDecisions(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done));
    res.redirect(303, deskPaths.bookingDecisions(booking.id, 'priority-set'));
  });

  return pages;
}

async function renderDecisions(req: Request, res: Response, form: FormState): Promise<void> {
  const booking = await bookingById(actorOf(req), idIn(req, 'bookingId'));
  const listing = await runDetails(actorOf(req), booking.runId);
  const events = await eventsAbout({ bookingId: booking.id });
  const told = { run: listing.run, queue: [booking], language: languageOf(req) };
  const { priority } = booking.lifted ?? {};
  const first: Record<string, string> = priority === undefined ? {} : { priority: String(priority) };
  render(res, BookingDecisions, {
    booking,
    listing,
    happenings: await happeningsOf(events, told),
    form: { ...form, values: { ...first, ...form.values } },
    isSet: req.query['said'] === 'priority-set',
  });
}

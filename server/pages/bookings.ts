import { Router, type Request } from 'express';
import { BookingPage, type BookingView } from '../../templates/bookings/booking.tsx';
import { CancellationPage, type CancellationView } from '../../templates/bookings/cancellation.tsx';
import { BookedModulesPage, type BookedModulesView } from '../../templates/bookings/modules.tsx';
import { NewBooking, type NewBookingView } from '../../templates/bookings/new.tsx';
import { emptyForm, startingWith } from '../../templates/form.ts';
import { moduleField } from '../../templates/modules/module-choice.tsx';
import { paths } from '../../templates/paths.ts';
import {
  bookingOfHolder,
  bookPlaces,
  calendarOfBooking,
  cancelBooking,
  cancelBookingInput,
  changeModules,
  countGuess,
  holderOf,
  isActive,
  modulesOfRun,
  runDetails,
  runsBeside,
  type RunDetails,
} from '../modules/booking/index.ts';
import { systemActor } from '../modules/history/index.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { approvals } from './approvals.ts';
import { contactWhoBooks, institutionChosen, valuesOf } from './booking-contact.ts';
import { visitorOf } from './guests.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';
import { modulesIn, newBookingForm, readBookingForm, refusedBookingForm } from './booking-form.ts';
import { detailsLinks } from './details-links.ts';
import { makeUp } from './make-up.ts';
import { names } from './names.ts';
import { offers } from './offers.ts';
import { somePlaces } from './some-places.ts';
import { closedness } from './runs.ts';

/** Booking places, and the booker's own page behind the link of every mail. */
export function bookings(): Router {
  const pages = Router();
  pages.use('/bookings/:token', personal);
  pages.use(makeUp(), names(), detailsLinks(), somePlaces(), offers(), approvals());

  pages.get('/runs/:runId/bookings/new', async (req, res) => {
    const run = await bookableRun(req, req.params.runId);
    const contact = await contactWhoBooks(req);
    const form = newBookingForm({
      whom: whomFor(req.query['for'], run.details),
      ...(contact && { known: valuesOf(contact) }),
    });
    res.setHeader('Cache-Control', contact ? 'no-store' : 'private, no-cache');
    render(res, NewBooking, { ...run, ...form, ...(contact && { contact }) } satisfies NewBookingView);
  });

  pages.get('/runs/:runId/bookings', (req, res) => {
    res.redirect(303, paths.newBooking(req.params.runId));
  });

  pages.post('/runs/:runId/bookings', personal, async (req, res) => {
    const { runId } = req.params;
    const run = await bookableRun(req, runId);
    const sent = readBookingForm(req, { byModule: run.details.places.modules !== undefined });
    const contact = await contactWhoBooks(req);
    const shown = { ...run, ...(contact && { contact }) };
    if (!sent.value) {
      const view: NewBookingView = { ...shown, ...sent };
      return render(res.status(sent.form.errors.length > 0 ? 422 : 200), NewBooking, view);
    }
    const chosen = institutionChosen(req, contact);
    const belongs = chosen && { institution: chosen.name, institutionId: chosen.id };
    const wanted = { ...sent.value, ...belongs, runId, key: sent.requestKey };
    const outcome = await orRefusal(bookWithCode(req, wanted));
    if (!isRefusal(outcome)) return res.redirect(303, paths.booking(outcome.token));
    const view: NewBookingView = { ...shown, ...refusedBookingForm(sent, outcome) };
    render(res.status(statusOfKind[outcome.kind]), NewBooking, view);
  });

  pages.get('/bookings/:token', async (req, res) => {
    render(res, BookingPage, await bookingBehind(req.params.token));
  });

  pages.get('/bookings/:token/calendar.ics', async (req, res) => {
    const { booking, details } = await bookingBehind(req.params.token);
    if (booking.status !== 'confirmed' && booking.status !== 'cancelled') throw notFound('calendar');
    const { name, email } = details.provider;
    res.setHeader('Content-Disposition', 'attachment; filename="mosaik.ics"');
    res.type('text/calendar').send(await calendarOfBooking(booking, details, { name, email }));
  });

  pages.get('/bookings/:token/modules', async (req, res) => {
    const { token } = req.params;
    const view = await bookedModules(token);
    const ticked = Object.fromEntries(view.booked.map((id) => [moduleField(id), 'on']));
    render(res, BookedModulesPage, { ...view, form: startingWith(ticked) } satisfies BookedModulesView);
  });

  pages.post('/bookings/:token/modules', async (req, res) => {
    const { token } = req.params;
    const holder = await holderOf(token);
    const view = await bookedModules(token);
    const modules = modulesIn(req);
    const outcome = await orRefusal(changeModules(holder, { modules }));
    if (!isRefusal(outcome)) return res.redirect(303, paths.booking(outcome.added?.token ?? token));
    const ticked = Object.fromEntries(modules.map((id) => [moduleField(id), 'on']));
    const form = refusedForm(ticked, outcome, 'modules');
    render(res.status(statusOfKind[outcome.kind]), BookedModulesPage, { ...view, form } satisfies BookedModulesView);
  });

  pages.get('/bookings/:token/cancellation', async (req, res) => {
    const view = await bookingBehind(req.params.token);
    render(res, CancellationPage, { ...view, form: emptyForm } satisfies CancellationView);
  });

  pages.post('/bookings/:token/cancellation', async (req, res) => {
    const { token } = req.params;
    const holder = await holderOf(token);
    const form = readForm(cancelBookingInput, req);
    if (form.errors) {
      render(res.status(422), CancellationPage, { ...(await bookingBehind(token)), form });
      return;
    }
    const outcome = await orRefusal(cancelBooking(holder, { bookingId: holder.bookingId, ...form.value }));
    if (!isRefusal(outcome)) res.redirect(303, paths.booking(token));
    else
      render(res.status(409), CancellationPage, {
        ...(await bookingBehind(token)),
        form: refusedForm(form.values, outcome),
      });
  });

  return pages;
}

/** @throws not-found where there are no modules to choose */
async function bookedModules(token: string): Promise<Omit<BookedModulesView, 'form'>> {
  const holder = await holderOf(token);
  const view = await bookingOfHolder(holder);
  const whole = await runDetails(systemActor, view.booking.runId);
  const modules = modulesOfRun(whole);
  if (modules.length === 0) throw notFound('modules');
  const booked = [view.booking, ...view.related].filter(({ status }) => isActive(status)).flatMap(({ units }) => units);
  return { ...view, modules, booked };
}

/** A code that opens nothing is counted first, whatever comes of the booking. */
async function bookWithCode(req: Request, request: Parameters<typeof bookPlaces>[1]) {
  const { runId, code } = request;
  await countGuess({ runId, from: req.ip ?? '', ...(code && { code }) });
  return bookPlaces(await visitorOf(req, runId), request);
}

/** For whom the form is, where the run takes groups without names. */
function whomFor(asked: unknown, { run }: RunDetails): 'one' | 'group' | 'head-count' {
  if (asked === 'class' && run.groups === 'head-count') return 'head-count';
  return asked === 'group' ? 'group' : 'one';
}

async function bookingBehind(token: string): Promise<BookingView> {
  return bookingOfHolder(await holderOf(token));
}

/** A run, and where it is full those that can be named beside it. @throws not-found, and the reason why nobody can book */
async function bookableRun(req: Request, runId: string) {
  const details = await runDetails(await visitorOf(req, runId), runId);
  const { closed } = closedness(details);
  if (closed === 'draft') throw notFound('run');
  if (closed === 'cancelled') throw new AppError('run-cancelled', 'conflict', 'The run is cancelled.');
  if (closed) throw new AppError('booking-closed', 'conflict', 'Booking for this run has closed.');
  return { details, beside: details.places.left === 0 ? await runsBeside(details.run) : [] };
}

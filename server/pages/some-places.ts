import { Router, type Response } from 'express';
import { ReductionPage } from '../../templates/bookings/reduction.tsx';
import { SplitPage } from '../../templates/bookings/split.tsx';
import { TransferPage } from '../../templates/bookings/transfer.tsx';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import {
  bookingOfHolder,
  holderOf,
  otherRuns,
  reduceBooking,
  reductionInput,
  splitBooking,
  splitInput,
  transferBooking,
  transferInput,
  type Booking,
  type HeldBooking,
} from '../modules/booking/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { statusOfKind } from '../web/status.ts';

/** What may become of some places of a booking, by its link: given back, a booking of their own, in another run. */
export function somePlaces(): Router {
  const pages = Router();
  reductionRoutes(pages);
  splitRoutes(pages);
  transferRoutes(pages);
  return pages;
}

function reductionRoutes(pages: Router): void {
  pages.get('/bookings/:token/reduction', async (req, res) => {
    const { booking } = await heldBehind(req.params.token);
    render(res, ReductionPage, { booking, form: emptyForm });
  });

  pages.post('/bookings/:token/reduction', async (req, res) => {
    const { booking } = await heldBehind(req.params.token);
    const form = readForm(reductionInput, req);
    if (form.errors) return render(res.status(422), ReductionPage, { booking, form });
    const reduction = { bookingId: booking.id, ...placesIn(form.value) };
    const done = await orRefusal(reduceBooking(await holderOf(booking.token), reduction));
    if (!isRefusal(done)) return res.redirect(303, paths.booking(booking.token));
    render(res.status(statusOfKind[done.kind]), ReductionPage, { booking, form: refusedForm(form.values, done) });
  });
}

function splitRoutes(pages: Router): void {
  pages.get('/bookings/:token/split', async (req, res) => {
    const { booking } = await heldBehind(req.params.token);
    render(res, SplitPage, { booking, form: emptyForm });
  });

  pages.post('/bookings/:token/split', async (req, res) => {
    const { booking } = await heldBehind(req.params.token);
    const form = readForm(splitInput, req);
    if (form.errors) return render(res.status(422), SplitPage, { booking, form });
    const { booker } = form.value;
    const split = { bookingId: booking.id, ...placesIn(form.value), ...(booker && { booker }) };
    const done = await orRefusal(splitBooking(await holderOf(booking.token), split));
    if (!isRefusal(done)) return res.redirect(303, paths.booking(booking.token));
    render(res.status(statusOfKind[done.kind]), SplitPage, { booking, form: refusedForm(form.values, done) });
  });
}

function transferRoutes(pages: Router): void {
  pages.get('/bookings/:token/transfer', async (req, res) => {
    const held = await heldBehind(req.params.token);
    await renderTransfer(res, held, startingWith(everybodyIn(held.booking)));
  });

  pages.post('/bookings/:token/transfer', async (req, res) => {
    const held = await heldBehind(req.params.token);
    const form = readForm(transferInput, req);
    if (form.errors) return renderTransfer(res.status(422), held, form);
    const transfer = { bookingId: held.booking.id, toRunId: form.value.toRunId, ...placesIn(form.value) };
    const done = await orRefusal(transferBooking(await holderOf(held.booking.token), transfer));
    if (!isRefusal(done)) return res.redirect(303, paths.booking(done.token));
    const field = done.code === 'no-room-there' ? 'toRunId' : undefined;
    await renderTransfer(res.status(statusOfKind[done.kind]), held, refusedForm(form.values, done, field));
  });
}

async function renderTransfer(res: Response, { booking, details }: HeldBooking, form: FormState): Promise<void> {
  render(res, TransferPage, { booking, runs: await otherRuns(details.run), form });
}

/** The form as it first stands: everybody goes. */
function everybodyIn({ places, participants }: Booking): Record<string, string> {
  const people = participants.map(({ id }, index) => [`participantIds[${index}]`, id] as const);
  const unnamed = places - participants.length;
  return { ...Object.fromEntries(people), ...(unnamed > 0 && { unnamed: String(unnamed) }) };
}

function placesIn({ participantIds = [], unnamed = 0 }: { participantIds?: string[]; unnamed?: number }) {
  return { participantIds, unnamed };
}

async function heldBehind(token: string): Promise<HeldBooking> {
  return bookingOfHolder(await holderOf(token));
}

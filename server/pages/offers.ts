import { Router, type Request, type Response } from 'express';
import { emptyForm, type FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import { OfferPage } from '../../templates/queue/offer.tsx';
import { acceptOffer, bookingOfHolder, declineOffer, holderOf, type Booking } from '../modules/booking/index.ts';
import type { Holder } from '../modules/history/index.ts';
import { now } from '../platform/clock.ts';
import { isRefusal, orRefusal, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { statusOfKind } from '../web/status.ts';

/** Answering an offer behind the link of its mail. GET changes nothing. */
export function offers(): Router {
  const pages = Router();
  pages.get('/bookings/:token/offer', async (req, res) => {
    await renderOffer(res, req.params.token, emptyForm);
  });

  pages.post('/bookings/:token/offer/acceptance', (req, res) => answer(req, res, acceptOffer));
  pages.post('/bookings/:token/offer/refusal', (req, res) => answer(req, res, declineOffer));

  return pages;
}

async function answer(
  req: Request<{ token: string }>,
  res: Response,
  act: (holder: Holder, bookingId: string) => Promise<Booking>,
): Promise<void> {
  const { token } = req.params;
  const holder = await holderOf(token);
  const outcome = await orRefusal(act(holder, holder.bookingId));
  if (!isRefusal(outcome)) return res.redirect(303, paths.booking(token));
  await renderOffer(res.status(statusOfKind[outcome.kind]), token, refusedForm({}, outcome));
}

async function renderOffer(res: Response, token: string, form: FormState): Promise<void> {
  const view = await bookingOfHolder(await holderOf(token));
  const { offeredUntil } = view.booking;
  const isOpen = offeredUntil !== undefined && now() < offeredUntil && view.details.run.status === 'published';
  render(res, OfferPage, { ...view, isOpen, form });
}

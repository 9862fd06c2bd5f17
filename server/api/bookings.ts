import { Router } from 'express';
import {
  acceptOffer,
  bookingOfHolder,
  bookPlaces,
  cancelBooking,
  countGuess,
  declineOffer,
  holderOf,
} from '../modules/booking/index.ts';
import { answerOfBooking, answerOfOutcome } from './bookings.answers.ts';
import { bookPlacesBody, bookPlacesHeaders, cancelBookingBody } from './bookings.input.ts';
import { callerOf } from './caller.ts';
import type { Links } from './links.ts';
import { readBody, readHeaders } from './requests.ts';

export function bookingRoutes(links: Links): Router {
  const routes = Router();

  routes.post('/runs/:runId/bookings', async (req, res) => {
    const caller = await callerOf(req);
    const { 'idempotency-key': key } = readHeaders(bookPlacesHeaders, req);
    const wish = readBody(bookPlacesBody, req);

    await countGuess({ runId: req.params.runId, from: req.ip ?? '', ...(wish.code && { code: wish.code }) });
    const outcome = await bookPlaces(caller, { ...wish, runId: req.params.runId, ...(key && { key }) });
    res.status(201).location(links.bookingResource(outcome.token)).json(answerOfOutcome(outcome, links));
  });

  routes.get('/bookings/:token', async (req, res) => {
    res.json(answerOfBooking(await bookingOfHolder(await holderOf(req.params.token)), links));
  });

  routes.post('/bookings/:token/cancellation', async (req, res) => {
    const holder = await holderOf(req.params.token);
    const { bookingId } = holder;
    await cancelBooking(holder, { bookingId, ...readBody(cancelBookingBody, req) });
    res.json(answerOfBooking(await bookingOfHolder(holder), links));
  });

  routes.post('/bookings/:token/offer/acceptance', async (req, res) => {
    const holder = await holderOf(req.params.token);
    await acceptOffer(holder, holder.bookingId);
    res.json(answerOfBooking(await bookingOfHolder(holder), links));
  });

  routes.post('/bookings/:token/offer/refusal', async (req, res) => {
    const holder = await holderOf(req.params.token);
    await declineOffer(holder, holder.bookingId);
    res.json(answerOfBooking(await bookingOfHolder(holder), links));
  });

  return routes;
}

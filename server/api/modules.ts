import { Router } from 'express';
import { bookingOfHolder, bookMakeUp, changeModules, holderOf, missedModules } from '../modules/booking/index.ts';
import { answerOfBooking, answerOfOutcome } from './bookings.answers.ts';
import type { Links } from './links.ts';
import { answerOfMissed } from './modules.answers.ts';
import { makeUpBody, modulesBody } from './modules.input.ts';
import { readBody } from './requests.ts';

/** What the holder of a booking does with its modules. */
export function moduleRoutes(links: Links): Router {
  const routes = Router();

  routes.get('/bookings/:token/make-ups', async (req, res) => {
    const holder = await holderOf(req.params.token);
    res.json({ items: (await missedModules(holder, holder.bookingId)).map(answerOfMissed) });
  });

  routes.post('/bookings/:token/make-ups', async (req, res) => {
    const holder = await holderOf(req.params.token);
    const { participant: participantId, module: moduleId, run: runId } = readBody(makeUpBody, req);
    const made = await bookMakeUp(holder, { bookingId: holder.bookingId, participantId, moduleId, runId });
    res.status(201).location(links.bookingResource(made.token)).json(answerOfOutcome(made, links));
  });

  routes.post('/bookings/:token/modules', async (req, res) => {
    const holder = await holderOf(req.params.token);
    const { added } = await changeModules(holder, readBody(modulesBody, req));
    const booking = answerOfBooking(await bookingOfHolder(holder), links);
    res.json({ booking, ...(added && { added: answerOfOutcome(added, links) }) });
  });

  return routes;
}

import { Router } from 'express';
import { roomsFor, venuesFor } from '../modules/venues/index.ts';
import { knownCallerOf } from './caller.ts';
import { answerOfRoom, answerOfVenue } from './venues.answers.ts';

/** Where one plans. */
export function venueRoutes(): Router {
  const routes = Router();

  routes.get('/venues', async (req, res) => {
    res.json({ items: (await venuesFor(await knownCallerOf(req))).map(answerOfVenue) });
  });

  routes.get('/rooms', async (req, res) => {
    res.json({ items: (await roomsFor(await knownCallerOf(req))).map(answerOfRoom) });
  });

  return routes;
}

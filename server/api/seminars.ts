import { Router } from 'express';
import { createSeminar } from '../modules/catalogue/index.ts';
import { knownCallerOf } from './caller.ts';
import { readBody } from './requests.ts';
import { createSeminarBody } from './seminars.input.ts';

export function seminarRoutes(): Router {
  const routes = Router();

  routes.post('/seminars', async (req, res) => {
    const caller = await knownCallerOf(req);
    res.status(201).json({ id: await createSeminar(caller, readBody(createSeminarBody, req)) });
  });

  return routes;
}

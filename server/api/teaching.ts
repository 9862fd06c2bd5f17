import { Router } from 'express';
import { askTrainer, requestsOfRun, withdrawRequest } from '../modules/scheduling/index.ts';
import { knownCallerOf } from './caller.ts';
import type { Links } from './links.ts';
import { readBody } from './requests.ts';
import { answerOfRequest } from './teaching.answers.ts';
import { newTeachingRequestBody } from './teaching.input.ts';

/** What trainers are asked. Their answers come by their links and pages alone. */
export function teachingRoutes(links: Links): Router {
  const routes = Router();

  routes.get('/runs/:runId/teaching-requests', async (req, res) => {
    const requests = await requestsOfRun(await knownCallerOf(req), req.params.runId);
    res.json({ items: requests.map(answerOfRequest) });
  });

  routes.post('/runs/:runId/teaching-requests', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { runId } = req.params;
    const { trainer: trainerId, answerBy } = readBody(newTeachingRequestBody, req);
    const asked = await askTrainer(caller, { runId, trainerId, answerBy });
    res.status(201).location(links.runResource(runId)).json(answerOfRequest(asked));
  });

  routes.post('/teaching-requests/:requestId/withdrawal', async (req, res) => {
    res.json(answerOfRequest(await withdrawRequest(await knownCallerOf(req), req.params.requestId)));
  });

  return routes;
}

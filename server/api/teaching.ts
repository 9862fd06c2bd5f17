import { Router } from 'express';
import {
  askForReplacement,
  askTrainer,
  renewTrainerLinks,
  requestsOfRun,
  revokeTrainerLinks,
  substitutesFor,
  trainersToPlan,
  withdrawRequest,
} from '../modules/scheduling/index.ts';
import { knownCallerOf } from './caller.ts';
import type { Links } from './links.ts';
import { readBody } from './requests.ts';
import { answerOfRequest, answerOfSubstitute, answerOfTrainer } from './teaching.answers.ts';
import { newTeachingRequestBody, replacementBody, trainerLinksBody } from './teaching.input.ts';

/** Who teaches, and what they are asked. Their answers come by their links and pages alone. */
export function teachingRoutes(links: Links): Router {
  const routes = Router();

  routes.get('/trainers', async (req, res) => {
    res.json({ items: (await trainersToPlan(await knownCallerOf(req))).map(answerOfTrainer) });
  });

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

  routes.get('/sessions/:sessionId/substitutes', async (req, res) => {
    const found = await substitutesFor(await knownCallerOf(req), req.params.sessionId);
    res.json({ items: found.map(answerOfSubstitute) });
  });

  routes.post('/sessions/:sessionId/replacement', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { trainers: trainerIds, ...wish } = readBody(replacementBody, req);
    const asked = await askForReplacement(caller, { sessionId: req.params.sessionId, trainerIds, ...wish });
    res.json({ items: asked.map(answerOfRequest) });
  });

  routes.post('/runs/:runId/trainers/:trainerId/links', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { act } = readBody(trainerLinksBody, req);
    await (act === 'renew' ? renewTrainerLinks : revokeTrainerLinks)(caller, req.params);
    res.json({ items: (await requestsOfRun(caller, req.params.runId)).map(answerOfRequest) });
  });

  return routes;
}

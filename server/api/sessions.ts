import { Router } from 'express';
import { changeSession } from '../modules/scheduling/index.ts';
import { knownCallerOf } from './caller.ts';
import { readBody } from './requests.ts';
import { answerOfSession } from './runs.answers.ts';
import { changeSessionBody } from './sessions.input.ts';

export function sessionRoutes(): Router {
  const routes = Router();

  routes.patch('/sessions/:sessionId', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { override, ...change } = readBody(changeSessionBody, req);
    const session = await changeSession(caller, req.params.sessionId, change, { override });
    res.json(answerOfSession(session, 'planner'));
  });

  return routes;
}

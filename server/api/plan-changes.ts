import { Router } from 'express';
import { holdAnyway, mergePreview, mergeRuns, postponeRun, runDetails } from '../modules/booking/index.ts';
import type { Actor } from '../modules/history/index.ts';
import { addSession, cancelSession, removeSession, runIdOfSession, sessionById } from '../modules/scheduling/index.ts';
import { notFound } from '../platform/errors.ts';
import { knownCallerOf } from './caller.ts';
import type { Links } from './links.ts';
import { answerOfPreview } from './plan-changes.answers.ts';
import {
  decisionBody,
  mergeBody,
  mergePreviewBody,
  newSessionBody,
  postponementBody,
  sessionCancellationBody,
} from './plan-changes.input.ts';
import { readBody } from './requests.ts';
import { answerOfRun, answerOfSession } from './runs.answers.ts';

/** What a coordinator does to a plan that stands: the same use cases as on the desk. */
export function planChangeRoutes(links: Links): Router {
  const routes = Router();
  const wholeRun = async (caller: Actor, runId: string) =>
    answerOfRun(await runDetails(caller, runId), 'planner', links);

  routes.post('/runs/:runId/merge/preview', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { into } = readBody(mergePreviewBody, req);
    res.json(answerOfPreview(await mergePreview(caller, { runId: req.params.runId, intoRunId: into })));
  });

  routes.post('/runs/:runId/merge', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { runId } = req.params;
    const { into, reason, planSeen } = readBody(mergeBody, req);
    await mergeRuns(caller, { runId, intoRunId: into, reason }, planSeen === undefined ? {} : { planSeen });
    res.json(await wholeRun(caller, runId));
  });

  routes.post('/runs/:runId/decision', async (req, res) => {
    const caller = await knownCallerOf(req);
    readBody(decisionBody, req);
    await holdAnyway(caller, req.params.runId);
    res.json(await wholeRun(caller, req.params.runId));
  });

  routes.post('/runs/:runId/postponement', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { runId } = req.params;
    await postponeRun(caller, { runId, ...readBody(postponementBody, req) });
    res.json(await wholeRun(caller, runId));
  });

  routes.post('/runs/:runId/sessions', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { override, ...session } = readBody(newSessionBody, req);
    const id = await addSession(caller, req.params.runId, session, { override });
    const added = await sessionById(id);
    if (!added) throw notFound('session');
    res.status(201).location(links.runResource(req.params.runId)).json(answerOfSession(added, 'planner'));
  });

  routes.delete('/sessions/:sessionId', async (req, res) => {
    const caller = await knownCallerOf(req);
    const runId = await runIdOfSession(caller, req.params.sessionId);
    await removeSession(caller, req.params.sessionId);
    res.json(await wholeRun(caller, runId));
  });

  routes.post('/sessions/:sessionId/cancellation', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { sessionId } = req.params;
    const body = readBody(sessionCancellationBody, req);
    const runId = await runIdOfSession(caller, sessionId);
    await cancelSession(caller, { sessionId, ...body });
    res.json(await wholeRun(caller, runId));
  });

  return routes;
}

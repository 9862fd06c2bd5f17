import { Router } from 'express';
import {
  cancelRun,
  changeRun,
  listRuns,
  planRun,
  publishRun,
  queueOfRun,
  runDetails,
} from '../modules/booking/index.ts';
import { callerOf, knownCallerOf } from './caller.ts';
import type { Links } from './links.ts';
import { readBody, readQuery } from './requests.ts';
import { answerOfQueue, answerOfRun, readerOf, summaryOfRun } from './runs.answers.ts';
import { cancelRunBody, changeRunBody, planRunBody, runsQuery } from './runs.input.ts';

/** Told where the coordinator gives no reason: it fits every run, in both languages of the mails. */
const anyReason = 'Der Durchgang kann leider nicht stattfinden. / Unfortunately the run cannot take place.';

export function runRoutes(links: Links): Router {
  const routes = Router();

  routes.get('/runs', async (req, res) => {
    const caller = await callerOf(req);
    const { items, next = null } = await listRuns(readQuery(runsQuery, req));
    res.json({ items: items.map((item) => summaryOfRun(item, readerOf(caller, item.provider.id), links)), next });
  });

  routes.post('/runs', async (req, res) => {
    const caller = await knownCallerOf(req);
    const planned = await planRun(caller, readBody(planRunBody, req));
    const sessions = planned.sessions.map(({ id }) => ({ id }));
    res.status(201).location(links.runResource(planned.id)).json({ id: planned.id, sessions });
  });

  routes.get('/runs/:runId', async (req, res) => {
    const caller = await callerOf(req);
    const details = await runDetails(caller, req.params.runId);
    res.json(answerOfRun(details, readerOf(caller, details.run.providerId), links));
  });

  routes.patch('/runs/:runId', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { runId } = req.params;
    const { capacity, modules, makeUpPlaces, ...settings } = readBody(changeRunBody, req);

    const places = {
      ...(capacity !== undefined && { capacity }),
      ...(modules && { modules }),
      ...(makeUpPlaces !== undefined && { makeUpPlaces }),
    };
    await changeRun(caller, { runId, ...places, ...settings });
    res.json(answerOfRun(await runDetails(caller, runId), 'planner', links));
  });

  routes.post('/runs/:runId/publication', async (req, res) => {
    const caller = await knownCallerOf(req);
    await publishRun(caller, req.params.runId);
    res.json(answerOfRun(await runDetails(caller, req.params.runId), 'planner', links));
  });

  routes.post('/runs/:runId/cancellation', async (req, res) => {
    const caller = await knownCallerOf(req);
    const { runId } = req.params;
    const { reason = anyReason } = readBody(cancelRunBody, req);

    await cancelRun(caller, { runId, reason });
    res.json(answerOfRun(await runDetails(caller, runId), 'planner', links));
  });

  routes.get('/runs/:runId/queue', async (req, res) => {
    res.json(answerOfQueue(await queueOfRun(await knownCallerOf(req), req.params.runId)));
  });

  return routes;
}

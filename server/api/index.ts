import { json, Router } from 'express';
import { refuseDangerousKeys, refuseRepeatedQuery } from '../web/malformed.ts';
import { noSuchResource } from '../web/problems.ts';
import { personal } from '../web/security.ts';
import { bookingRoutes } from './bookings.ts';
import { linksFrom } from './links.ts';
import { moduleRoutes } from './modules.ts';
import { describeApi } from './openapi.ts';
import { planChangeRoutes } from './plan-changes.ts';
import { problems, requireJson } from './problems.ts';
import { runRoutes } from './runs.ts';
import { seminarRoutes } from './seminars.ts';
import { sessionRoutes } from './sessions.ts';
import { teachingRoutes } from './teaching.ts';
import { venueRoutes } from './venues.ts';

export { problems } from './problems.ts';

/** The JSON door, to be mounted at `/api/v1` behind `giveRequestId`. It knows bearer tokens and no cookies. */
export function createApi({ baseUrl }: { baseUrl: string }): Router {
  const api = Router();
  const links = linksFrom(baseUrl);
  const description = describeApi(links.api());

  api.use(refuseRepeatedQuery, requireJson);
  api.get('/openapi.json', (_req, res) => {
    res.setHeader('Cache-Control', 'no-cache');
    res.json(description);
  });
  api.use(personal, json({ limit: '100kb', reviver: refuseDangerousKeys }));
  api.use(runRoutes(links), bookingRoutes(links), seminarRoutes(), sessionRoutes());
  api.use(planChangeRoutes(links), moduleRoutes(links), teachingRoutes(links), venueRoutes());
  api.use(noSuchResource, problems);
  return api;
}

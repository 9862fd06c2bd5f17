import { Router } from 'express';
import { paths } from '../../templates/paths.ts';
import { trainerSession } from '../../templates/trainer/paths.ts';
import { TrainerSession } from '../../templates/trainer/session.tsx';
import { TrainerSessions } from '../../templates/trainer/sessions.tsx';
import { sessionsToTeach, sessionToTeach } from '../modules/booking/index.ts';
import { now } from '../platform/clock.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { personal } from '../web/security.ts';

/** A trainer's own sessions and who sits in them. */
export function trainer(): Router {
  const pages = Router();
  pages.use(paths.trainer(), personal);

  pages.get(paths.trainer(), async (req, res) => {
    render(res, TrainerSessions, { now: now(), sessions: await sessionsToTeach(actorOf(req)) });
  });

  pages.get(trainerSession(':sessionId'), async (req, res) => {
    render(res, TrainerSession, await sessionToTeach(actorOf(req), String(req.params['sessionId'])));
  });

  return pages;
}

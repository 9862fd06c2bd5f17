import { Router } from 'express';
import { RunPage, type RunView } from '../../templates/public/run.tsx';
import { mayCancelUntil, runDetails, type RunDetails } from '../modules/booking/index.ts';
import { now } from '../platform/clock.ts';
import { render } from '../web/render.ts';
import { visitorOf } from './guests.ts';

/** One run of a seminar, for everybody. */
export function runs(): Router {
  const pages = Router();

  pages.get('/runs/:runId', async (req, res) => {
    const details = await runDetails(await visitorOf(req, req.params.runId), req.params.runId);
    res.setHeader('Cache-Control', 'private, no-cache');
    render(res, RunPage, {
      details,
      cancelUntil: mayCancelUntil(details.run),
      ...closedness(details),
    } satisfies RunView);
  });

  return pages;
}

/** Why nobody can book this run, if so. */
export function closedness({ run, sessions, places }: RunDetails): Pick<RunView, 'closed'> {
  if (run.status === 'draft' || run.status === 'cancelled') return { closed: run.status };
  if (run.status === 'postponed' || run.status === 'completed') return { closed: run.status };
  // Booked by module, a run closes with the last of its modules.
  const first = places.modules ? sessions.at(-1) : sessions[0];
  return (first?.startsAt ?? run.startsAt) <= now() ? { closed: 'begun' } : {};
}

import { Router } from 'express';
import { SeminarPage, type SeminarView } from '../../templates/public/seminar.tsx';
import { placesOfRuns, placesToCome, type RunListing } from '../modules/booking/index.ts';
import { seminarById, type Seminar } from '../modules/catalogue/index.ts';
import { openListOf } from '../modules/demand/index.ts';
import { providerById, type Provider } from '../modules/people/index.ts';
import { publicRuns } from '../modules/scheduling/index.ts';
import { now } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import { render } from '../web/render.ts';

const mostRuns = 50;

/** One seminar of the catalogue with its coming runs. */
export function seminars(): Router {
  const pages = Router();

  pages.get('/seminars/:seminarId', async (req, res) => {
    const seminar = await seminarById(req.params.seminarId);
    const provider = seminar && (await providerById(seminar.providerId));
    if (!seminar || !provider) throw notFound('seminar');
    const runs = await comingRuns(seminar, provider);
    res.setHeader('Cache-Control', 'private, no-cache');
    const collects = (await openListOf(seminar.id)) !== null;
    render(res, SeminarPage, { seminar, provider, runs, collects } satisfies SeminarView);
  });

  return pages;
}

async function comingRuns(seminar: Seminar, provider: Provider): Promise<RunListing[]> {
  const runs = await publicRuns({ seminarIds: [seminar.id], startsFrom: now(), limit: mostRuns });
  const places = await placesOfRuns(runs.map(({ id }) => id));
  return runs.flatMap((run) => {
    const left = places.get(run.id);
    return left ? [{ run, seminar, provider, places: placesToCome(left, run, now()) }] : [];
  });
}

import { Router, type Request } from 'express';
import { deskPaths } from '../../templates/desk/paths.ts';
import { TrainerLinksPage } from '../../templates/desk/trainer-links.tsx';
import { runDetails } from '../modules/booking/index.ts';
import { trainers } from '../modules/people/index.ts';
import { renewTrainerLinks, revokeTrainerLinks, runToPlan, withdrawRequest } from '../modules/scheduling/index.ts';
import { notFound } from '../platform/errors.ts';
import { formField, isRefusal, orRefusal } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { idIn } from './desk-door.ts';

/** What a trainer was given, taken back: the links to a run, and what they were asked. */
export function deskTrainerLinks(): Router {
  const pages = Router();
  const links = deskPaths.trainerLinks(':runId', ':trainerId');

  pages.get(links, async (req, res) => {
    const { runId, person } = await trainerOfRun(req);
    render(res, TrainerLinksPage, { details: await runDetails(actorOf(req), runId), person });
  });

  pages.post(links, async (req, res) => {
    const { runId, person } = await trainerOfRun(req);
    const which = { runId, trainerId: person.id };
    const renews = formField(req, '_do') === 'renew';
    await (renews ? renewTrainerLinks : revokeTrainerLinks)(actorOf(req), which);
    res.redirect(303, deskPaths.runTrainers(runId, renews ? 'links-renewed' : 'links-revoked'));
  });

  pages.post(deskPaths.requestWithdrawal(':runId', ':requestId'), async (req, res) => {
    const { id: runId } = await runToPlan(actorOf(req), idIn(req, 'runId'));
    // Whoever answered in the meantime is shown with their answer.
    const done = await orRefusal(withdrawRequest(actorOf(req), idIn(req, 'requestId')));
    res.redirect(303, deskPaths.runTrainers(runId, isRefusal(done) ? undefined : 'request-withdrawn'));
  });

  return pages;
}

/** @throws not-found also for whoever may not plan the run */
async function trainerOfRun(req: Request) {
  const { id: runId } = await runToPlan(actorOf(req), idIn(req, 'runId'));
  const person = (await trainers()).find(({ id }) => id === idIn(req, 'trainerId'));
  if (!person) throw notFound('trainer');
  return { runId, person };
}

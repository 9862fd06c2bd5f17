import { Router, type Request, type Response } from 'express';
import { InHouseAsked, InHouseForm, InHousePage } from '../../templates/demand/in-house.tsx';
import { InterestForm, InterestNoted, OwnInterest } from '../../templates/demand/interest.tsx';
import { demandPaths } from '../../templates/demand/paths.ts';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import { runDetails } from '../modules/booking/index.ts';
import { seminarById, type Seminar } from '../modules/catalogue/index.ts';
import {
  acceptInvitation,
  askInHouse,
  confirmInHouse,
  confirmInterest,
  inHouseInput,
  inHouseOfHolder,
  interestInput,
  interestOfHolder,
  noteInterest,
  openListOf,
  withdrawInHouse,
  withdrawInterest,
} from '../modules/demand/index.ts';
import { systemActor } from '../modules/history/index.ts';
import { providers } from '../modules/people/index.ts';
import { notFound } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';

/** What people ask for before there is a date: interest in a seminar, and seminars for an institution's own people. */
export function demand(): Router {
  const pages = Router();
  pages.use(['/interest/:token', '/in-house'], personal);
  interestRoutes(pages);
  inHouseRoutes(pages);
  return pages;
}

function interestRoutes(pages: Router): void {
  const form = '/seminars/:seminarId/interest' as const;

  pages.get(form, async (req, res) => {
    render(res, InterestForm, { seminar: await undated(req.params.seminarId), form: startingWith({ places: '1' }) });
  });

  pages.post(form, personal, async (req: Request<{ seminarId: string }>, res: Response) => {
    const seminar = await undated(req.params.seminarId);
    const sent = readForm(interestInput, req);
    if (sent.errors) return render(res.status(422), InterestForm, { seminar, form: sent });
    const noted = await orRefusal(noteInterest(seminar.id, sent.value));
    if (!isRefusal(noted)) return res.redirect(303, demandPaths.interestNoted(seminar.id));
    render(res.status(statusOfKind[noted.kind]), InterestForm, { seminar, form: refusedForm(sent.values, noted) });
  });

  pages.get('/seminars/:seminarId/interest/noted', async (req, res) => {
    const seminar = await seminarById(req.params.seminarId);
    if (!seminar) throw notFound('seminar');
    render(res, InterestNoted, { seminar });
  });

  pages.get('/interest/:token', async (req, res) => {
    await renderInterest(res, req.params.token, emptyForm);
  });
  for (const [path, act] of [
    ['/interest/:token/confirmation', confirmInterest],
    ['/interest/:token/acceptance', acceptInvitation],
    ['/interest/:token/withdrawal', withdrawInterest],
  ] as const)
    pages.post(path, async (req, res) => {
      const { token } = req.params;
      const done = await orRefusal(act(token));
      if (!isRefusal(done)) return res.redirect(303, demandPaths.ownInterest(token));
      await renderInterest(res.status(statusOfKind[done.kind]), token, refusedForm({}, done));
    });
}

function inHouseRoutes(pages: Router): void {
  pages.get(demandPaths.newInHouse(), async (req, res) => {
    await renderInHouseForm(res, await seminarIn(req), emptyForm);
  });

  pages.post(demandPaths.newInHouse(), async (req, res) => {
    const seminar = await seminarIn(req);
    const sent = readForm(inHouseInput, req);
    if (sent.errors) return renderInHouseForm(res.status(422), seminar, sent);
    if (!seminar && sent.value.provider === undefined)
      return renderInHouseForm(res.status(422), seminar, {
        values: sent.values,
        errors: [{ field: 'provider', key: 'errors.choose-one' }],
      });
    const asked = await orRefusal(askInHouse({ ...sent.value, ...(seminar && { seminar: seminar.id }) }));
    if (!isRefusal(asked)) return res.redirect(303, demandPaths.inHouseAsked());
    await renderInHouseForm(res.status(statusOfKind[asked.kind]), seminar, refusedForm(sent.values, asked));
  });

  pages.get(demandPaths.inHouseAsked(), (_req, res) => {
    render(res, InHouseAsked, {});
  });

  pages.get('/in-house/:token', async (req, res) => {
    render(res, InHousePage, { request: await inHouseOfHolder(req.params.token), form: emptyForm });
  });
  for (const [path, act] of [
    ['/in-house/:token/confirmation', confirmInHouse],
    ['/in-house/:token/withdrawal', withdrawInHouse],
  ] as const)
    pages.post(path, async (req, res) => {
      const { token } = req.params;
      const done = await orRefusal(act(token));
      if (!isRefusal(done)) return res.redirect(303, demandPaths.inHouse(token));
      res.status(statusOfKind[done.kind]);
      render(res, InHousePage, { request: await inHouseOfHolder(token), form: refusedForm({}, done) });
    });
}

/** A seminar in which interest is collected. @throws not-found for any other */
async function undated(seminarId: string): Promise<Seminar> {
  const seminar = await seminarById(seminarId);
  if (!seminar || !(await openListOf(seminar.id))) throw notFound('seminar');
  return seminar;
}

async function seminarIn(req: Request): Promise<Seminar | undefined> {
  const id = req.query['seminar'];
  if (id === undefined) return undefined;
  const seminar = typeof id === 'string' ? await seminarById(id) : undefined;
  if (!seminar) throw notFound('seminar');
  return seminar;
}

async function renderInterest(res: Response, token: string, form: FormState): Promise<void> {
  const { interest, list } = await interestOfHolder(token);
  const seminar = await seminarById(list.seminarId);
  if (!seminar) throw notFound('seminar');
  const details = interest.status === 'invited' && list.runId ? await runDetails(systemActor, list.runId) : undefined;
  render(res, OwnInterest, {
    interest,
    seminar,
    form,
    ...(list.answerUntil && { answerUntil: list.answerUntil }),
    ...(details && { details }),
  });
}

async function renderInHouseForm(res: Response, seminar: Seminar | undefined, form: FormState): Promise<void> {
  render(res, InHouseForm, { providers: await providers(), form, ...(seminar && { seminar }) });
}

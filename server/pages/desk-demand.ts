import { Router, type Request, type Response } from 'express';
import { DeskDemand, DeskInterestList, DeskRequest } from '../../templates/desk/demand.tsx';
import { demandNotices, demandPaths } from '../../templates/demand/paths.ts';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import { seminarsOf } from '../modules/catalogue/index.ts';
import {
  closeInterestList,
  collectInterest,
  declineInHouse,
  declineInput,
  inHouseRequests,
  inHouseToPlan,
  interestListInput,
  interestLists,
  interestListToPlan,
} from '../modules/demand/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';

/** What people ask for: requests of institutions, and seminars without a date. */
export function deskDemand(): Router {
  const pages = Router();

  pages.get(demandPaths.desk(), async (req, res) => {
    await renderDemand(req, res, startingWith({ answer: 'book', answerDays: '7' }));
  });

  pages.post(demandPaths.desk(), async (req, res) => {
    const form = readForm(interestListInput, req);
    if (form.errors) return renderDemand(req, res.status(422), form);
    const done = await orRefusal(collectInterest(actorOf(req), form.value));
    if (!isRefusal(done)) return res.redirect(303, demandPaths.desk('collecting'));
    await renderDemand(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done, 'seminar'));
  });

  pages.get(demandPaths.deskInHouse(':id'), async (req, res) => {
    await renderRequest(req, res, emptyForm);
  });

  pages.post(demandPaths.decline(':id'), async (req, res) => {
    const { id } = await inHouseToPlan(actorOf(req), idIn(req, 'id'));
    const form = readForm(declineInput, req);
    if (form.errors) return renderRequest(req, res.status(422), form);
    const done = await orRefusal(declineInHouse(actorOf(req), { id, reason: form.value.reason }));
    if (!isRefusal(done)) return res.redirect(303, demandPaths.desk('declined'));
    await renderRequest(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done));
  });

  pages.get(demandPaths.deskList(':id'), async (req, res) => {
    await renderList(req, res, emptyForm);
  });

  pages.post(demandPaths.closeList(':id'), async (req, res) => {
    const done = await orRefusal(closeInterestList(actorOf(req), idIn(req, 'id')));
    if (!isRefusal(done)) return res.redirect(303, demandPaths.desk('list-closed'));
    await renderList(req, res.status(statusOfKind[done.kind]), refusedForm({}, done));
  });

  return pages;
}

async function renderDemand(req: Request, res: Response, form: FormState): Promise<void> {
  const actor = actorOf(req);
  render(res, DeskDemand, {
    requests: await inHouseRequests(actor),
    lists: await interestLists(actor),
    seminars: await seminarsOf(actor),
    form,
    notice: demandNotices.find((one) => one === req.query['notice']),
  });
}

async function renderRequest(req: Request, res: Response, form: FormState): Promise<void> {
  const actor = actorOf(req);
  const request = await inHouseToPlan(actor, idIn(req, 'id'));
  const seminars = (await seminarsOf(actor)).filter(({ providerId }) => providerId === request.providerId);
  render(res, DeskRequest, { request, seminars, form });
}

async function renderList(req: Request, res: Response, form: FormState): Promise<void> {
  render(res, DeskInterestList, { ...(await interestListToPlan(actorOf(req), idIn(req, 'id'))), form });
}

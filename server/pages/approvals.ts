import { Router, type Request, type Response } from 'express';
import { ApprovalPage } from '../../templates/bookings/approval.tsx';
import { emptyForm, type FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import {
  approvalOfLink,
  approveBooking,
  approverOf,
  refuseBooking,
  refuseBookingInput,
  type Booking,
} from '../modules/booking/index.ts';
import { now } from '../platform/clock.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';

/** Approving a booking behind the link of its mail: without an account, and GET changes nothing. */
export function approvals(): Router {
  const pages = Router();
  pages.use('/approvals/:token', personal);

  pages.get('/approvals/:token', async (req, res) => {
    await renderApproval(res, req.params.token, emptyForm);
  });

  pages.post('/approvals/:token/approval', async (req, res) => {
    await answer(req, res, approveBooking(await approverOf(req.params.token)));
  });

  pages.post('/approvals/:token/refusal', async (req, res) => {
    const approver = await approverOf(req.params.token);
    const form = readForm(refuseBookingInput, req);
    if (form.errors) return renderApproval(res.status(422), req.params.token, form);
    await answer(req, res, refuseBooking(approver, form.value));
  });

  return pages;
}

async function answer(req: Request<{ token: string }>, res: Response, act: Promise<Booking>): Promise<void> {
  const outcome = await orRefusal(act);
  const { token } = req.params;
  if (!isRefusal(outcome)) return res.redirect(303, paths.approval(token));
  await renderApproval(res.status(statusOfKind[outcome.kind]), token, refusedForm({}, outcome));
}

async function renderApproval(res: Response, token: string, form: FormState): Promise<void> {
  render(res, ApprovalPage, { ...(await approvalOfLink(token)), token, form, now: now() });
}

import { Router, type Request, type Response } from 'express';
import type { FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import {
  detailsLinksInput,
  holderOf,
  sendDetailsLinkAgain,
  sendDetailsLinks,
  takeDetailsLinkBack,
} from '../modules/booking/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { statusOfKind } from '../web/status.ts';
import { renderNames } from './names.ts';

/** Sending people the link by which they say themselves who sits in a place, by the link of a booking. */
export function detailsLinks(): Router {
  const pages = Router();

  pages.post('/bookings/:token/details-links', async (req, res) => {
    const { token } = req.params;
    const holder = await holderOf(token);
    const form = readForm(detailsLinksInput, req);
    if (form.errors) return renderNames(res.status(422), { token }, { ...form, errors: atTheField(form.errors) });
    const done = await orRefusal(sendDetailsLinks(holder, { bookingId: holder.bookingId, ...form.value }));
    if (!isRefusal(done)) return res.redirect(303, `${paths.names(token)}#by-link`);
    await renderNames(res.status(statusOfKind[done.kind]), { token }, refusedForm(form.values, done, 'emails'));
  });

  const link = '/bookings/:token/details-links/:linkId';
  pages.post(`${link}/repetition`, (req, res) => change(req, res, sendDetailsLinkAgain));
  pages.post(`${link}/withdrawal`, (req, res) => change(req, res, takeDetailsLinkBack));

  return pages;
}

async function change(
  req: Request<{ token: string; linkId: string }>,
  res: Response,
  act: typeof takeDetailsLinkBack,
): Promise<void> {
  const { token, linkId } = req.params;
  const holder = await holderOf(token);
  const done = await orRefusal(act(holder, { bookingId: holder.bookingId, linkId }));
  if (!isRefusal(done)) return res.redirect(303, `${paths.names(token)}#by-link`);
  await renderNames(res.status(statusOfKind[done.kind]), { token }, refusedForm({}, done));
}

/** One address among several is wrong: said once, at the field that holds them all. */
function atTheField(errors: FormState['errors']): FormState['errors'] {
  const [first] = errors;
  return first ? [{ ...first, field: 'emails' }] : [];
}

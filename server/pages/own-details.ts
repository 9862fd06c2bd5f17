import { Router, type Response } from 'express';
import { OwnDetailsPage } from '../../templates/bookings/own-details.tsx';
import { startingWith, type FormState } from '../../templates/form.ts';
import { paths } from '../../templates/paths.ts';
import { detailsAsked, fillInDetails, ownDetailsInput } from '../modules/booking/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';

/** Where somebody says themselves who sits in a place, by the link that its booker sent them. GET changes nothing. */
export function ownDetails(): Router {
  const pages = Router();
  pages.use('/details/:token', personal);

  pages.get('/details/:token', async (req, res) => {
    const asked = await detailsAsked(req.params.token);
    const form = startingWith({ email: asked.email, language: asked.booking.booker.language });
    render(res, OwnDetailsPage, { token: req.params.token, asked, form });
  });

  pages.post('/details/:token', async (req, res) => {
    const { token } = req.params;
    // Whoever holds no link learns nothing of what the form wants.
    await detailsAsked(token);
    const form = readForm(ownDetailsInput, req);
    if (form.errors) return renderAgain(res.status(422), token, form);
    const done = await orRefusal(fillInDetails(token, form.value));
    if (!isRefusal(done)) return res.redirect(303, paths.ownDetails(token));
    await renderAgain(res.status(statusOfKind[done.kind]), token, refusedForm(form.values, done));
  });

  return pages;
}

async function renderAgain(res: Response, token: string, form: FormState): Promise<void> {
  render(res, OwnDetailsPage, { token, asked: await detailsAsked(token), form });
}

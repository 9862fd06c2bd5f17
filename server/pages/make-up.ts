import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { deskPaths } from '../../templates/desk/paths.ts';
import { emptyForm, type FormState } from '../../templates/form.ts';
import { MakeUp } from '../../templates/make-up/make-up.tsx';
import { paths } from '../../templates/paths.ts';
import { translations } from '../../templates/texts/texts.ts';
import { bookingById, bookMakeUp, holderOf, missedModules, runDetails } from '../modules/booking/index.ts';
import { systemActor, type Actor } from '../modules/history/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf, languageOf } from '../web/request.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';

const makeUpForm = z.strictObject({
  choice: z.string({ error: 'choose-one' }).regex(/^[0-9a-f]{24}:[0-9a-f]{24}:[0-9a-f]{24}$/, { error: 'choose-one' }),
});

type Door = {
  actor: Actor;
  bookingId: string;
  action: string;
  back: { href: string; label: string };
  done: (token: string) => string;
};

/** Making up a missed module, by the link of a booking. */
export function makeUp(): Router {
  const pages = Router();
  const address = paths.makeUp(':token');
  const doorOf = async (req: Request): Promise<Door> => {
    const token = idIn(req, 'token');
    const holder = await holderOf(token);
    const label = translations[languageOf(req)]('booking.back-to-booking');
    const back = { href: paths.booking(token), label };
    return { actor: holder, bookingId: holder.bookingId, action: paths.makeUp(token), back, done: paths.booking };
  };
  pages.use(address, personal);
  pages.get(address, async (req, res) => renderForm(res, await doorOf(req), emptyForm));
  pages.post(address, async (req, res) => book(req, res, await doorOf(req)));
  return pages;
}

/** The same for a coordinator, who was asked on the phone. */
export function deskMakeUp(): Router {
  const pages = Router();
  const address = deskPaths.makeUp(':bookingId');
  const doorOf = async (req: Request): Promise<Door> => {
    const actor = actorOf(req);
    const { id, runId } = await bookingById(actor, idIn(req, 'bookingId'));
    const back = { href: deskPaths.run(runId), label: translations[languageOf(req)]('desk.back-to-run') };
    return {
      actor,
      bookingId: id,
      action: deskPaths.makeUp(id),
      back,
      done: () => deskPaths.run(runId, 'make-up-booked'),
    };
  };
  pages.get(address, async (req, res) => renderForm(res, await doorOf(req), emptyForm));
  pages.post(address, async (req, res) => book(req, res, await doorOf(req)));
  return pages;
}

async function book(req: Request, res: Response, door: Door): Promise<void> {
  const form = readForm(makeUpForm, req);
  if (form.errors) return renderForm(res.status(422), door, form);
  const [participantId = '', moduleId = '', runId = ''] = form.value.choice.split(':');
  const { actor, bookingId } = door;
  const outcome = await orRefusal(bookMakeUp(actor, { bookingId, participantId, moduleId, runId }));
  if (!isRefusal(outcome)) return res.redirect(303, door.done(outcome.token));
  await renderForm(res.status(statusOfKind[outcome.kind]), door, refusedForm(form.values, outcome, 'choice'));
}

async function renderForm(res: Response, { actor, bookingId, action, back }: Door, form: FormState): Promise<void> {
  const missed = await missedModules(actor, bookingId);
  const { runId } = await bookingById(actor, bookingId);
  render(res, MakeUp, { details: await runDetails(systemActor, runId), missed, form, action, back });
}

import { Router, type Request, type Response } from 'express';
import { BookingConfirmation, InstitutionBooking } from '../../templates/institutions/booking.tsx';
import { institutionPaths } from '../../templates/institutions/paths.ts';
import { InstitutionPeople } from '../../templates/institutions/people.tsx';
import { InstitutionChoice, WorkspacePage } from '../../templates/institutions/workspace.tsx';
import { emptyForm, type FormState } from '../../templates/form.ts';
import { calendarOfBooking } from '../modules/booking/index.ts';
import { isContact } from '../modules/history/index.ts';
import {
  bookingLinkInput,
  bookingOfInstitution,
  institutionsOf,
  takeInBooking,
  workspaceOf,
} from '../modules/institutions/index.ts';
import { now } from '../platform/clock.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { personal } from '../web/security.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';
import { institutionContacts } from './institution-contacts.ts';
import { frameOf, noticeIn } from './institution-frame.ts';

/** An institution's own pages: its bookings, people, deadlines and papers, and who acts for it. */
export function institution(): Router {
  const pages = Router();
  pages.use(institutionPaths.home(), personal, signedInOnly);
  pages.use(institutionContacts());

  pages.get(institutionPaths.home(), async (req, res) => {
    const own = await institutionsOf(actorOf(req));
    const [only, ...others] = own;
    if (!only) throw notFound('institution');
    if (others.length === 0) return res.redirect(303, institutionPaths.workspace(only.id));
    render(res, InstitutionChoice, { institutions: own });
  });

  pages.get(institutionPaths.workspace(':id'), async (req, res) => {
    await renderWorkspace(req, res, emptyForm);
  });

  pages.get(institutionPaths.people(':id'), async (req, res) => {
    const { institution: shown, people } = await workspaceOf(actorOf(req), idIn(req, 'id'));
    render(res, InstitutionPeople, { ...frameOf(req, shown), people });
  });

  pages.post(institutionPaths.bookings(':id'), async (req, res) => {
    const { institution: own } = await workspaceOf(actorOf(req), idIn(req, 'id'));
    const form = readForm(bookingLinkInput, req);
    if (form.errors) return renderWorkspace(req, res.status(422), form);
    const taken = await orRefusal(takeInBooking(actorOf(req), own.id, form.value.link));
    if (!isRefusal(taken)) return res.redirect(303, institutionPaths.booking(own.id, taken, 'taken-in'));
    await renderWorkspace(req, res.status(statusOfKind[taken.kind]), refusedForm(form.values, taken, 'link'));
  });

  bookingRoutes(pages);
  return pages;
}

function bookingRoutes(pages: Router): void {
  pages.get(institutionPaths.booking(':id', ':bookingId'), async (req, res) => {
    render(res, InstitutionBooking, { ...(await bookingIn(req)), notice: noticeIn(req) });
  });

  pages.get(institutionPaths.confirmation(':id', ':bookingId'), async (req, res) => {
    render(res, BookingConfirmation, { ...(await confirmedIn(req)), notice: undefined, now: now() });
  });

  pages.get(institutionPaths.calendar(':id', ':bookingId'), async (req, res) => {
    const { booking, details } = await confirmedIn(req);
    const { name, email } = details.provider;
    res.setHeader('Content-Disposition', 'attachment; filename="mosaik.ics"');
    res.type('text/calendar').send(await calendarOfBooking(booking, details, { name, email }));
  });
}

function bookingIn(req: Request) {
  return bookingOfInstitution(actorOf(req), { institutionId: idIn(req, 'id'), bookingId: idIn(req, 'bookingId') });
}

/** Papers are for what is confirmed. @throws not-found */
async function confirmedIn(req: Request) {
  const found = await bookingIn(req);
  if (found.booking.status !== 'confirmed') throw notFound('paper');
  return found;
}

async function renderWorkspace(req: Request, res: Response, form: FormState): Promise<void> {
  const workspace = await workspaceOf(actorOf(req), idIn(req, 'id'));
  const mayBook = isContact(actorOf(req), workspace.institution.id, 'book');
  render(res, WorkspacePage, { ...frameOf(req, workspace.institution), workspace, mayBook, form });
}

/** Whoever is not signed in is asked to, whatever the address. */
const signedInOnly = (req: Request, _res: Response, next: () => void): void => {
  if (actorOf(req).kind !== 'person') throw new AppError('not-signed-in', 'not-signed-in', 'Sign in first.');
  next();
};

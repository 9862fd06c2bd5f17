import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { InstitutionBilling } from '../../templates/institutions/billing.tsx';
import { InstitutionContact, InstitutionContacts } from '../../templates/institutions/contacts.tsx';
import { institutionPaths } from '../../templates/institutions/paths.ts';
import { paths } from '../../templates/paths.ts';
import { emptyForm, startingWith, type FormState } from '../../templates/form.ts';
import { isContact, isCoordinator } from '../modules/history/index.ts';
import {
  askForApproval,
  billingInput,
  changeContact,
  contactInput,
  contactRightsInput,
  contactsIn,
  contactToChange,
  institutionToLookAfter,
  inviteContact,
  removeContact,
  setBilling,
} from '../modules/institutions/index.ts';
import type { Contact } from '../modules/people/index.ts';
import { isRefusal, orRefusal, readForm, refusedForm } from '../web/forms.ts';
import { render } from '../web/render.ts';
import { actorOf } from '../web/request.ts';
import { statusOfKind } from '../web/status.ts';
import { idIn } from './desk-door.ts';
import { frameOf } from './institution-frame.ts';

const approvalForm = z.strictObject({ asks: z.enum(['yes', 'no'], { error: 'choose-one' }) });

/** Who acts for an institution, whether bookings need approval, and where invoices go. */
export function institutionContacts(): Router {
  const pages = Router();
  contactRoutes(pages);

  pages.get(institutionPaths.contacts(':id'), async (req, res) => {
    await renderContacts(req, res, emptyForm);
  });

  pages.post(institutionPaths.contacts(':id'), async (req, res) => {
    const { id } = await institutionToLookAfter(actorOf(req), idIn(req, 'id'));
    const form = readForm(contactInput, req);
    if (form.errors) return renderContacts(req, res.status(422), form);
    const done = await orRefusal(inviteContact(actorOf(req), id, form.value));
    if (!isRefusal(done)) return res.redirect(303, institutionPaths.contacts(id, 'invited'));
    await renderContacts(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done, 'email'));
  });

  pages.post(institutionPaths.approval(':id'), async (req, res) => {
    const id = idIn(req, 'id');
    const form = readForm(approvalForm, req);
    if (form.errors) return renderContacts(req, res.status(422), form);
    const done = await orRefusal(askForApproval(actorOf(req), id, form.value.asks === 'yes'));
    if (!isRefusal(done)) return res.redirect(303, institutionPaths.contacts(id, 'approval-set'));
    await renderContacts(req, res.status(statusOfKind[done.kind]), refusedForm({}, done));
  });

  pages.get(institutionPaths.billing(':id'), async (req, res) => {
    const own = await institutionToLookAfter(actorOf(req), idIn(req, 'id'));
    render(res, InstitutionBilling, { ...frameOf(req, own), form: startingWith({ ...own.billing }) });
  });

  pages.post(institutionPaths.billing(':id'), async (req, res) => {
    const own = await institutionToLookAfter(actorOf(req), idIn(req, 'id'));
    const form = readForm(billingInput, req);
    if (form.errors) return render(res.status(422), InstitutionBilling, { ...frameOf(req, own), form });
    await setBilling(actorOf(req), own.id, form.value);
    res.redirect(303, institutionPaths.billing(own.id, 'billing-set'));
  });

  return pages;
}

function contactRoutes(pages: Router): void {
  pages.get(institutionPaths.contact(':id', ':personId'), async (req, res) => {
    await renderContact(req, res);
  });

  pages.post(institutionPaths.contact(':id', ':personId'), async (req, res) => {
    const of = ofContact(req);
    await contactToChange(actorOf(req), of);
    const form = readForm(contactRightsInput, req);
    if (form.errors) return renderContact(req, res.status(422), form);
    const done = await orRefusal(changeContact(actorOf(req), of, form.value));
    if (!isRefusal(done)) return res.redirect(303, institutionPaths.contacts(of.institutionId, 'contact-changed'));
    await renderContact(req, res.status(statusOfKind[done.kind]), refusedForm(form.values, done, 'book'));
  });

  pages.post(institutionPaths.contactRemoval(':id', ':personId'), async (req, res) => {
    const of = ofContact(req);
    await contactToChange(actorOf(req), of);
    const done = await orRefusal(removeContact(actorOf(req), of));
    if (isRefusal(done)) return renderContact(req, res.status(statusOfKind[done.kind]), refusedForm({}, done));
    // Whoever took their own access away has nothing to see there any more.
    const isOwn = personIdOf(req) === of.personId && !isCoordinator(actorOf(req));
    res.redirect(303, isOwn ? paths.catalogue() : institutionPaths.contacts(of.institutionId, 'contact-removed'));
  });
}

function personIdOf(req: Request): string | undefined {
  const actor = actorOf(req);
  return actor.kind === 'person' ? actor.personId : undefined;
}

function ofContact(req: Request) {
  return { institutionId: idIn(req, 'id'), personId: idIn(req, 'personId') };
}

async function renderContacts(req: Request, res: Response, form: FormState): Promise<void> {
  const { institution, contacts } = await contactsIn(actorOf(req), idIn(req, 'id'));
  const decidesApproval = isCoordinator(actorOf(req)) || isContact(actorOf(req), institution.id, 'approve');
  render(res, InstitutionContacts, { ...frameOf(req, institution), contacts, decidesApproval, form });
}

async function renderContact(req: Request, res: Response, form?: FormState): Promise<void> {
  const { institution, contact } = await contactToChange(actorOf(req), ofContact(req));
  render(res, InstitutionContact, { institution, contact, form: form ?? startingWith(ticksOf(contact)) });
}

function ticksOf({ rights, deputy }: Contact) {
  const book = rights.includes('book') ? 'on' : undefined;
  return { book, approve: rights.includes('approve') ? 'on' : undefined, deputy: deputy && 'on' };
}

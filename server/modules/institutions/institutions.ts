import { inTransaction } from '../../platform/database.ts';
import { authorise, notFound } from '../../platform/errors.ts';
import { isContact, recordEvent, type Actor } from '../history/index.ts';
import {
  addInstitution,
  contactsOf,
  institutionById,
  institutions,
  numbersOfContacts,
  openInstitution,
  writeInstitution,
  type Institution,
} from '../people/index.ts';
import { lastApprover } from './institutions.errors.ts';
import type { BillingInput, InstitutionInput } from './institutions.input.ts';
import { mayLookAfter, mayMend, maySeeInto } from './institutions.policy.ts';

/** All institutions with the number of their contacts, for those who coordinate. @throws not-allowed */
export async function institutionsToMend(actor: Actor): Promise<(Institution & { contacts: number })[]> {
  authorise(mayMend(actor));
  const numbers = await numbersOfContacts();
  return (await institutions()).map((one) => ({ ...one, contacts: numbers.get(one.id) ?? 0 }));
}

/** An institution as its contacts see it. @throws not-found also for whoever is none of them */
export async function institutionOf(actor: Actor, id: string): Promise<Institution> {
  const institution = maySeeInto(actor, id) ? await institutionById(id) : undefined;
  if (!institution) throw notFound('institution');
  return institution;
}

/** The same, also for whoever looks after it from the desk. @throws not-found */
export async function institutionToKnow(actor: Actor, id: string): Promise<Institution> {
  const mayKnow = mayLookAfter(actor, id) || maySeeInto(actor, id);
  const institution = mayKnow ? await institutionById(id) : undefined;
  if (!institution) throw notFound('institution');
  return institution;
}

/** The same for whoever looks after it: who only sees into it may not. @throws not-found, not-allowed */
export async function institutionToLookAfter(actor: Actor, id: string): Promise<Institution> {
  refuseStranger(actor, id);
  const institution = await institutionById(id);
  if (!institution) throw notFound('institution');
  return institution;
}

/** Whoever has nothing to do with an institution does not learn that it is there. @throws not-found, not-allowed */
export function refuseStranger(actor: Actor, institutionId: string): void {
  if (!mayLookAfter(actor, institutionId) && !maySeeInto(actor, institutionId)) throw notFound('institution');
  authorise(mayLookAfter(actor, institutionId));
}

/** @throws not-allowed */
export function createInstitution(actor: Actor, institution: InstitutionInput): Promise<string> {
  return inTransaction(async () => {
    authorise(mayMend(actor));
    const id = await addInstitution(institution);
    recordEvent(actor, { type: 'institution-added', about: { institutionId: id }, facts: { kind: institution.kind } });
    return id;
  });
}

/** Mends name and kind. @throws not-found, not-allowed */
export function changeInstitution(actor: Actor, id: string, wanted: InstitutionInput): Promise<void> {
  return inTransaction(async () => {
    authorise(mayMend(actor));
    const { kind } = await openInstitution(id);
    await writeInstitution(id, wanted);
    const facts = { kind: wanted.kind, was: kind };
    recordEvent(actor, { type: 'institution-changed', about: { institutionId: id }, facts });
  });
}

/** Keeps where invoices go. @throws not-found, not-allowed */
export function setBilling(actor: Actor, id: string, billing: BillingInput): Promise<void> {
  return inTransaction(async () => {
    refuseStranger(actor, id);
    await openInstitution(id);
    await writeInstitution(id, { billing });
    const facts = { costCentre: billing.costCentre !== undefined, leitwegId: billing.leitwegId !== undefined };
    recordEvent(actor, { type: 'billing-set', about: { institutionId: id }, facts });
  });
}

/**
 * Has everything that is booked for it approved from now on, or no longer: said by a contact who approves, or a
 * coordinator, never by those who book alone. @throws not-found, not-allowed, last-approver
 */
export function askForApproval(actor: Actor, id: string, asksApproval: boolean): Promise<void> {
  return inTransaction(async () => {
    if (!mayMend(actor) && !maySeeInto(actor, id)) throw notFound('institution');
    authorise(mayMend(actor) || isContact(actor, id, 'approve'));
    await openInstitution(id);
    const contacts = await contactsOf(id);
    if (asksApproval && !contacts.some(({ rights }) => rights.includes('approve'))) throw lastApprover();
    await writeInstitution(id, { asksApproval });
    recordEvent(actor, { type: 'approval-set', about: { institutionId: id }, facts: { asksApproval } });
  });
}

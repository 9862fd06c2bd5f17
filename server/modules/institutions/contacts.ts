import { inTransaction } from '../../platform/database.ts';
import { now } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import { recordEvent, type Actor, type ContactRole } from '../history/index.ts';
import { parseAddress, postMessage } from '../mail/index.ts';
import {
  contactsOf,
  eraseContact,
  openInstitution,
  writeContact,
  type Contact,
  type Institution,
} from '../people/index.ts';
import { alreadyContact, lastApprover, lastBooker } from './institutions.errors.ts';
import { rightsIn, type ContactInput, type ContactRightsInput } from './institutions.input.ts';
import { institutionToKnow, institutionToLookAfter, refuseStranger } from './institutions.ts';

type OfContact = { institutionId: string; personId: string };

/** Who acts for an institution, as its contacts and those who look after it see it. @throws not-found */
export async function contactsIn(
  actor: Actor,
  institutionId: string,
): Promise<{ institution: Institution; contacts: Contact[] }> {
  const institution = await institutionToKnow(actor, institutionId);
  return { institution, contacts: await contactsOf(institution.id) };
}

/** One contact, for whoever may change what they may do. @throws not-found, not-allowed */
export async function contactToChange(
  actor: Actor,
  { institutionId, personId }: OfContact,
): Promise<{ institution: Institution; contact: Contact }> {
  const institution = await institutionToLookAfter(actor, institutionId);
  return { institution, contact: contactIn(await contactsOf(institution.id), personId) };
}

/**
 * Makes somebody a contact and writes to them how to sign in: the code of each time goes to the same address. The first
 * contact of an institution may book, whatever is ticked. @throws not-found, not-allowed, already-contact
 */
export function inviteContact(actor: Actor, institutionId: string, contact: ContactInput): Promise<string> {
  return inOpenInstitution(actor, institutionId, async (contacts) => {
    const { email, address } = addressOf(contact.email);
    if (contacts.some((one) => one.address === address)) throw alreadyContact();
    const wanted = contacts.length === 0 ? { ...contact, book: true } : contact;
    const person = { name: contact.name, email, address, language: contact.language ?? ('de' as const) };
    const personId = await writeContact(person, roleOf(institutionId, contact.name, wanted));
    note(actor, 'contact-invited', { institutionId, personId }, wanted);
    const key = `person-invited:${personId}:${now().getTime()}`;
    postMessage({ key, kind: 'person-invited', to: { personId }, about: {}, facts: { institutionId } });
    return personId;
  });
}

/** Says anew what a contact may do. @throws not-found, not-allowed, last-booker, last-approver */
export function changeContact(actor: Actor, of: OfContact, wanted: ContactRightsInput): Promise<void> {
  return inOpenInstitution(actor, of.institutionId, async (contacts, institution) => {
    const known = contactIn(contacts, of.personId);
    const rights = rightsIn(wanted);
    refuseToStrand(institution, [...contacts.filter((one) => one !== known), { ...known, rights }]);
    await writeContact(known, roleOf(of.institutionId, known.name, wanted));
    note(actor, 'contact-changed', of, wanted);
  });
}

/** Takes somebody's access to an institution away, from the next page on. @throws not-found, not-allowed, last-booker, last-approver */
export function removeContact(actor: Actor, of: OfContact): Promise<void> {
  return inOpenInstitution(actor, of.institutionId, async (contacts, institution) => {
    const known = contactIn(contacts, of.personId);
    refuseToStrand(
      institution,
      contacts.filter((one) => one !== known),
    );
    await eraseContact(of.personId, of.institutionId);
    recordEvent(actor, { type: 'contact-removed', about: of });
  });
}

/** Contacts are counted and changed in one transaction, and two of these never at once. */
function inOpenInstitution<Outcome>(
  actor: Actor,
  institutionId: string,
  act: (contacts: Contact[], institution: Pick<Institution, 'asksApproval'>) => Promise<Outcome>,
): Promise<Outcome> {
  return inTransaction(async () => {
    refuseStranger(actor, institutionId);
    const institution = await openInstitution(institutionId);
    return act(await contactsOf(institutionId), institution);
  });
}

function refuseToStrand(
  { asksApproval }: Pick<Institution, 'asksApproval'>,
  remaining: readonly Pick<Contact, 'rights'>[],
): void {
  if (!remaining.some(({ rights }) => rights.includes('book'))) throw lastBooker();
  if (asksApproval && !remaining.some(({ rights }) => rights.includes('approve'))) throw lastApprover();
}

function contactIn(contacts: readonly Contact[], personId: string): Contact {
  const known = contacts.find((one) => one.personId === personId);
  if (!known) throw notFound('contact');
  return known;
}

function roleOf(institutionId: string, name: string, wanted: ContactRightsInput): ContactRole {
  const deputy = wanted.deputy && { deputy: true as const };
  return { kind: 'contact', institutionId, name, rights: rightsIn(wanted), ...deputy };
}

function note(actor: Actor, type: string, about: OfContact, wanted: ContactRightsInput): void {
  recordEvent(actor, { type, about, facts: { rights: rightsIn(wanted), deputy: wanted.deputy === true } });
}

function addressOf(text: string): { email: string; address: string } {
  const parsed = parseAddress(text);
  return parsed.ok
    ? { email: parsed.address, address: parsed.normalised }
    : { email: text, address: text.toLowerCase() };
}

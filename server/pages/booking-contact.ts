import type { Request } from 'express';
import type { BookingContact } from '../../templates/bookings/new.tsx';
import { isContact } from '../modules/history/index.ts';
import { institutionsOf } from '../modules/institutions/index.ts';
import { personById, type Institution } from '../modules/people/index.ts';
import { formField } from '../web/forms.ts';
import { actorOf } from '../web/request.ts';

/** Who books as a contact: for which institutions, and what is known of them. Nothing for everybody else. */
export async function contactWhoBooks(req: Request): Promise<BookingContact | undefined> {
  const actor = actorOf(req);
  const institutions = (await institutionsOf(actor)).filter(({ id }) => isContact(actor, id, 'book'));
  const person = actor.kind === 'person' && institutions.length > 0 ? await personById(actor.personId) : undefined;
  return person && { name: person.name, email: person.email, institutions };
}

/** The institution that was chosen in the form, if it is one of the contact's own. */
export function institutionChosen(req: Request, contact: BookingContact | undefined): Institution | undefined {
  const chosen = formField(req, '_institution');
  return contact?.institutions.find(({ id }) => id === chosen);
}

/** The form at first: filled with what is known. */
export function valuesOf({ name, email, institutions }: BookingContact): Record<string, string> {
  const [first] = institutions;
  return { 'booker.name': name, 'booker.email': email, ...(first && { _institution: first.id }) };
}

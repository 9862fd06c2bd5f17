import { linkToken } from '../auth/index.ts';
import { contactsOf, type Language } from '../people/index.ts';
import { BookingModel } from './booking.model.ts';

/** Somebody who is asked to approve a booking; `token` signs the link to answer by. */
export type ApproverToTell = { name: string; email: string; language: Language; token: string; deputy: boolean };

/** Who is or was asked to approve a booking, by the ids of their requests. Asks for no permission: for those inside. */
export async function namesOfApprovers(bookingId: string): Promise<Map<string, string>> {
  const { approval } = (await BookingModel.findById(bookingId, { approval: 1 }).lean()) ?? {};
  const { institutionId, approvers = [] } = approval ?? {};
  const contacts = institutionId ? await contactsOf(institutionId) : [];
  const nameOf = new Map(contacts.map(({ personId, name }) => [personId, name]));
  return new Map(approvers.map(({ _id, name, personId = '' }) => [String(_id), name ?? nameOf.get(personId) ?? '']));
}

/** To whom mails about an approval go: nothing when they may approve no longer. Asks for no permission: for those inside. */
export async function approverToTell(bookingId: string, approverId: string): Promise<ApproverToTell | undefined> {
  const { approval } = (await BookingModel.findById(bookingId, { approval: 1 }).lean()) ?? {};
  const row = approval?.approvers.find(({ _id }) => String(_id) === approverId);
  if (!approval || !row) return undefined;
  const own = { token: linkToken('approval', approverId, 1), deputy: row.deputy === true };
  const { name, email, language = 'de' as const, personId } = row;
  if (name && email) return { name, email, language, ...own };
  const contacts = approval.institutionId ? await contactsOf(approval.institutionId) : [];
  const contact = contacts.find((one) => one.personId === personId && one.rights.includes('approve'));
  return contact && { name: contact.name, email: contact.email, language: contact.language, ...own };
}

/**
 * Institutions: what schools and administrations see of their own bookings, people and papers, and who acts for them.
 *
 * Promises: an institution sees its own only; at least one contact who may book always remains; a booking is taken in by
 * its link, never by guessing an address.
 */
export {
  institutionsToMend,
  institutionToLookAfter,
  createInstitution,
  changeInstitution,
  setBilling,
  askForApproval,
} from './institutions.ts';
export { contactsIn, contactToChange, inviteContact, changeContact, removeContact } from './contacts.ts';
export { institutionsOf, workspaceOf, bookingOfInstitution, takeInBooking } from './workspace.ts';
export type { Workspace } from './workspace.ts';
export type { Deadline } from './deadlines.ts';
export type { PersonSeated } from './people-seated.ts';
export {
  billingInput,
  bookingLinkInput,
  contactInput,
  contactRightsInput,
  institutionInput,
  type ContactInput,
} from './institutions.input.ts';

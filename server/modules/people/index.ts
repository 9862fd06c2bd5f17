/**
 * People: the providers of the network, the institutions that book, and the persons who sign in.
 *
 * Promises: a person is known by one normalised address; a provider's slug never changes.
 */
export {
  providers,
  providerById,
  addProvider,
  setProviderLand,
  personByAddress,
  personById,
  coordinatorsOf,
  trainers,
  trainersAmong,
  addPerson,
} from './people.ts';
export type { Provider, Person, Language } from './people.ts';
export {
  institutions,
  institutionById,
  institutionKnownAs,
  addInstitution,
  writeInstitution,
  contactsOf,
  numbersOfContacts,
  writeContact,
  eraseContact,
} from './institutions.ts';
export { openInstitution } from './open-institution.ts';
export type { Institution, Contact } from './institutions.ts';
export { institutionKinds, type InstitutionKind, type Billing } from './institution.model.ts';

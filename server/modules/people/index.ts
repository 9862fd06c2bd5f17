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
  institutions,
  addInstitution,
  institutionKnownAs,
  personByAddress,
  personById,
  coordinatorsOf,
  trainers,
  trainersAmong,
  addPerson,
} from './people.ts';
export type { Provider, Institution, Person, Language } from './people.ts';
export { institutionKinds, type InstitutionKind } from './institution.model.ts';

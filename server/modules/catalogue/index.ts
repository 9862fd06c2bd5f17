/**
 * Catalogue: the seminars of the network, with their modules and their reminder plan.
 *
 * Promises: a coordinator changes the own provider's seminars only; a search text never becomes a pattern.
 */
export {
  createSeminar,
  changeSeminar,
  seminarById,
  seminarsByIds,
  seminarIdsMatching,
  seminarsOf,
  seminarLanguages,
} from './seminars.ts';
export type { Seminar, SeminarModule, SeminarFilter } from './seminars.ts';
export { seminarInput } from './catalogue.input.ts';
export type { SeminarInput } from './catalogue.input.ts';
export { seminarKinds, bookingModes, defaultReminderPlan } from './catalogue.rules.ts';
export type { SeminarKind, BookingMode, ReminderRule } from './catalogue.rules.ts';
export { mayPlanFor } from './catalogue.policy.ts';

/**
 * Catalogue: the seminars of the network, with their modules and their reminder plan.
 *
 * Promises: a coordinator changes the own provider's seminars only; a search text never becomes a pattern.
 */
export {
  createSeminar,
  changeSeminar,
  setSeminarReminders,
  seminarById,
  seminarsByIds,
  seminarIdsMatching,
  seminarsOf,
  seminarLanguages,
} from './seminars.ts';
export type { Seminar, SeminarModule, SeminarFilter } from './seminars.ts';
export { seminarInput } from './catalogue.input.ts';
export type { SeminarInput } from './catalogue.input.ts';
export { seminarKinds, approvals, bookingModes } from './catalogue.rules.ts';
export type { SeminarKind, BookingMode } from './catalogue.rules.ts';
export { defaultReminderPlan, reminderAudiences, reminderOccasions } from './reminder-plan.rules.ts';
export type { ReminderAudience, ReminderMoment, ReminderRule } from './reminder-plan.rules.ts';
export { reminderPlanInput } from './reminder-plan.input.ts';
export { mayPlanFor } from './catalogue.policy.ts';

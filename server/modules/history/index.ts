/**
 * History: what happened, who did it, and what others still have to be told of.
 *
 * Promises: everything that happened can be read; whatever was decided gets told. Events carry ids and facts only.
 */
export {
  anyone,
  systemActor,
  coordinates,
  coordinatesNetwork,
  isCoordinator,
  isTrainer,
  scopeOf,
  contactRights,
  contactRolesOf,
  isContact,
} from './actor.ts';
export type { Actor, Approver, ContactRight, ContactRole, Holder, Role } from './actor.ts';
export {
  recordEvent,
  referenceTo,
  pendingEventIds,
  takePendingEvent,
  tellPage,
  markAllTold,
  oldestPendingAge,
  eventsAbout,
  hasHappened,
  eventsById,
  eventsOfChange,
} from './events.ts';
export type { HistoryEvent } from './events.ts';
export { once } from './once.ts';

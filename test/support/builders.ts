/** The world of a test, built from full defaults so that only what matters shows; the demo is built with the same. */
export {
  aBooking,
  aContact,
  anInstitution,
  aCoordinator,
  aDraft,
  aNetworkCoordinator,
  anInterest,
  aPerson,
  aProvider,
  aRoom,
  aRun,
  aSeminar,
  aSession,
  aTrainer,
  aVenue,
} from '../../server/demo/builders.ts';
export type { Signed } from '../../server/demo/builders.ts';

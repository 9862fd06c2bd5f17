import { coordinates, type Actor } from '../history/index.ts';

/** A coordinator changes the own provider's seminars; a network coordinator everybody's. */
export function mayPlanFor(actor: Actor, providerId: string): boolean {
  return coordinates(actor, providerId);
}

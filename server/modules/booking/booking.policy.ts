import { coordinates, type Actor } from '../history/index.ts';
import type { Run } from '../scheduling/index.ts';

/** The holder of the link, and whoever coordinates the run's provider. */
export function maySee(actor: Actor, run: Run, bookingId: string): boolean {
  return (actor.kind === 'holder' && actor.bookingId === bookingId) || mayPlan(actor, run);
}

export function mayPlan(actor: Actor, run: Run): boolean {
  return coordinates(actor, run.providerId);
}

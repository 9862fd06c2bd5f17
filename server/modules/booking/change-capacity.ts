import { authorise } from '../../platform/errors.ts';
import { recordEvent, type Actor } from '../history/index.ts';
import { runToPlan } from '../scheduling/index.ts';
import { runCancelled } from './booking.errors.ts';
import { mayPlan } from './booking.policy.ts';
import { placesOf } from './booking.rules.ts';
import type { PlacesOfRun } from './booking.types.ts';
import { inLaneOf } from './lane.ts';

/**
 * Sets how many places every unit of the run has. More places go to the waiting list at once; fewer than are held
 * cancels nobody: the run is over-full and promotes nobody until it fits. @throws not-found, run-cancelled
 */
export async function changeCapacity(
  actor: Actor,
  { runId, capacity }: { runId: string; capacity: number },
): Promise<PlacesOfRun> {
  await runToPlan(actor, runId);
  return inLaneOf(runId, async (open) => {
    authorise(mayPlan(actor, open.run));
    if (open.run.status === 'cancelled') throw runCancelled();

    const before = open.ledger.units.map((unit) => unit.capacity);
    for (const unit of open.ledger.units) unit.capacity = capacity;
    const about = { runId, providerId: open.run.providerId };
    recordEvent(actor, { type: 'capacity-changed', about, facts: { before, after: capacity } });
    return () => placesOf(open.ledger);
  });
}

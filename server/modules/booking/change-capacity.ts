import { recordEvent, type Actor } from '../history/index.ts';
import { changeRunSettings, runToPlan, type RunSettings } from '../scheduling/index.ts';
import { runCancelled } from './booking.errors.ts';
import { placesOf } from './booking.rules.ts';
import type { PlacesOfRun } from './booking.types.ts';
import { inLaneOf, type OpenRun } from './lane.ts';

/**
 * Sets how many places every unit of the run has. More places go to the waiting list at once; fewer than are held
 * cancels nobody: the run is over-full and promotes nobody until it fits. @throws not-found, run-cancelled
 */
export async function changeCapacity(
  actor: Actor,
  { runId, capacity }: { runId: string; capacity: number },
): Promise<PlacesOfRun> {
  await runToPlan(actor, runId);
  return inLaneOf(runId, async (open) => setCapacity(actor, open, capacity));
}

/** Changes what a run's plan says and how many places it has, both or nothing. @throws not-found, run-cancelled */
export async function changeRun(
  actor: Actor,
  { runId, capacity, ...settings }: RunSettings & { runId: string; capacity?: number },
): Promise<void> {
  await runToPlan(actor, runId);
  await inLaneOf(runId, async (open) => {
    await changeRunSettings(actor, runId, settings);
    if (capacity !== undefined) setCapacity(actor, open, capacity);
    return () => undefined;
  });
}

function setCapacity(actor: Actor, { run, ledger }: OpenRun, capacity: number): () => PlacesOfRun {
  if (run.status === 'cancelled') throw runCancelled();

  const before = ledger.units.map((unit) => unit.capacity);
  for (const unit of ledger.units) unit.capacity = capacity;
  const about = { runId: run.id, providerId: run.providerId };
  recordEvent(actor, { type: 'capacity-changed', about, facts: { before, after: capacity } });
  return () => placesOf(ledger);
}

import { recordEvent, type Actor } from '../history/index.ts';
import { changeRunSettings, runToPlan, type RunChanges } from '../scheduling/index.ts';
import { runCancelled, unknownModule } from './booking.errors.ts';
import { placesOf } from './booking.rules.ts';
import type { PlacesOfRun } from './booking.types.ts';
import { inLaneOf, type OpenRun } from './lane.ts';
import { addUnits } from './ledger.ts';
import { isMakeUp, makeUpUnit } from './units.rules.ts';

/**
 * New numbers of places: one for every module, others for single ones. `makeUpPlaces`: how many people may make up each
 * module in this run, beside its own places.
 */
export type NewCapacity = {
  capacity?: number;
  modules?: readonly { module: string; capacity: number }[];
  makeUpPlaces?: number;
};

/**
 * Sets how many places the units of the run have. More places go to the waiting list at once; fewer than are held
 * cancels nobody: the run is over-full and promotes nobody until it fits. @throws not-found, run-cancelled, unknown-module
 */
export async function changeCapacity(
  actor: Actor,
  { runId, ...wanted }: NewCapacity & { runId: string },
): Promise<PlacesOfRun> {
  await runToPlan(actor, runId);
  return inLaneOf(runId, async (open) => setCapacity(actor, open, wanted));
}

/** Changes what a run's plan says and how many places it has, both or nothing. @throws not-found, run-cancelled, unknown-module */
export async function changeRun(
  actor: Actor,
  { runId, capacity, modules, makeUpPlaces, ...settings }: RunChanges & NewCapacity & { runId: string },
): Promise<void> {
  await runToPlan(actor, runId);
  await inLaneOf(runId, async (open) => {
    await changeRunSettings(actor, runId, settings);
    // The queue is settled by what the run says now.
    Object.assign(open.run, await runToPlan(actor, runId));
    const wanted = {
      ...(capacity !== undefined && { capacity }),
      ...(modules && { modules }),
      ...(makeUpPlaces !== undefined && { makeUpPlaces }),
    };
    if (Object.keys(wanted).length > 0) await setCapacity(actor, open, wanted);
    return () => undefined;
  });
}

async function setCapacity(actor: Actor, open: OpenRun, wanted: NewCapacity): Promise<() => PlacesOfRun> {
  const { run, ledger } = open;
  if (run.status === 'cancelled') throw runCancelled();
  if (wanted.makeUpPlaces !== undefined) await setMakeUpPlaces(actor, open, wanted.makeUpPlaces);
  if (wanted.capacity !== undefined || wanted.modules) setOwnPlaces(actor, open, wanted);
  return () => placesOf(ledger);
}

/** Those for making up modules are beside the run's own; each module of it has as many. */
async function setMakeUpPlaces(actor: Actor, { run, ledger, sessions }: OpenRun, places: number): Promise<void> {
  for (const unit of ledger.units.filter((one) => isMakeUp(one.unit))) unit.capacity = places;
  const known = new Set(ledger.units.map(({ unit }) => unit));
  const planned = new Set(sessions.flatMap(({ moduleId = '' }) => moduleId));
  const missing = [...planned]
    .filter(Boolean)
    .map(makeUpUnit)
    .filter((unit) => !known.has(unit));
  if (missing.length > 0) await addUnits(ledger, missing, places);
  const about = { runId: run.id, providerId: run.providerId };
  recordEvent(actor, { type: 'make-up-places-changed', about, facts: { after: places } });
}

function setOwnPlaces(actor: Actor, { run, ledger }: OpenRun, { capacity, modules = [] }: NewCapacity): void {
  const own = ledger.units.filter(({ unit }) => !isMakeUp(unit));
  if (!modules.every(({ module }) => own.some(({ unit }) => unit === module))) throw unknownModule();

  const before = own.map((unit) => unit.capacity);
  for (const unit of own)
    unit.capacity = modules.find(({ module }) => module === unit.unit)?.capacity ?? capacity ?? unit.capacity;
  const about = { runId: run.id, providerId: run.providerId };
  const after = own.map((unit) => unit.capacity);
  const isOne = new Set(after).size === 1;
  const type = isOne ? 'capacity-changed' : 'module-capacities-changed';
  recordEvent(actor, { type, about, facts: { before, after: isOne ? after[0] : after } });
}

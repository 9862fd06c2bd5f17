import { recordEvent, referenceTo, systemActor, type Actor } from '../history/index.ts';
import { dueContingents } from './contingents.rules.ts';
import { countForContingents } from './held-by-institutions.ts';
import type { OpenRun } from './lane.ts';
import type { KeptForRow } from './ledger.model.ts';

/** Releases what is due, first thing in any transaction on the run: the time is the truth, also where no sweep was yet. */
export async function releaseDue(open: OpenRun): Promise<void> {
  const due = dueContingents(open.ledger.contingents ?? [], open.at);
  if (due.length > 0) await release(systemActor, open, due);
}

/** Opens the places of contingents to everybody. The run settles with what is free then. */
export async function release(actor: Actor, open: OpenRun, contingents: readonly KeptForRow[]): Promise<void> {
  const { run, ledger, at } = open;
  const ids = new Set(contingents.map(({ id }) => id));
  for (const contingent of contingents) {
    contingent.released = { at, by: referenceTo(actor) };
    const places = Math.max(0, ...ledger.units.map((unit) => stillKept(unit, contingent.id)));
    recordEvent(actor, {
      type: 'contingent-released',
      about: { runId: run.id, seminarId: run.seminarId, providerId: run.providerId },
      facts: { contingentId: contingent.id, places },
    });
  }
  for (const unit of ledger.units)
    if (unit.contingents) unit.contingents = unit.contingents.filter(({ id }) => !ids.has(id));
  await countForContingents(open);
}

function stillKept({ contingents = [] }: OpenRun['ledger']['units'][number], id: string): number {
  const own = contingents.find((one) => one.id === id);
  return own ? Math.max(0, own.places - own.held) : 0;
}

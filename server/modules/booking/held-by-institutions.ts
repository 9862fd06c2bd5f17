import type { Run } from '../scheduling/index.ts';
import { BookingModel, type BookingRow } from './booking.model.ts';
import { contingentOf } from './contingents.rules.ts';
import type { OpenRun } from './lane.ts';
import type { Ledger } from './ledger.ts';
import { countPlaces, type Tally } from './limits.rules.ts';
import { organisationOf } from './organisations.ts';
import { placesTakenIn } from './units.rules.ts';

/** Counts what each institution holds in a run with a limit, before anything else is done in it. */
export async function countForLimit(ledger: Ledger, { id, perInstitution }: Run): Promise<void> {
  if (perInstitution === undefined) return;
  const held: Tally = new Map();
  for (const row of await holdersIn(id)) countPlaces(held, row, (unit) => placesTakenIn(row, unit));
  ledger.limit = { most: perInstitution, held };
}

/** Counts anew what each group holds of what is kept for it: whenever there is one more, or one fewer. */
export async function countForContingents({ run, ledger }: OpenRun): Promise<void> {
  const rows = await holdersIn(run.id);
  const groupOf = (row: BookingRow) => contingentOf(ledger.contingents ?? [], row);
  for (const unit of ledger.units)
    for (const contingent of unit.contingents ?? [])
      contingent.held = rows
        .filter((row) => row.units.includes(unit.unit) && groupOf(row) === contingent.id)
        .reduce((sum, row) => sum + placesTakenIn(row, unit.unit), 0);
}

/** Says of every booking of a run for which institution it counts: of those from before it was noted, or known. */
export async function noteOrganisations(runId: string): Promise<void> {
  const rows = await BookingModel.find({ runId, status: { $in: ['waiting', ...holding] } }).lean();
  for (const { _id, organisationKind, organisation, ...row } of rows) {
    const known = await organisationOf(row);
    if (known.organisation === organisation && known.organisationKind === organisationKind) continue;
    await BookingModel.updateOne({ _id }, { $set: known });
  }
}

const holding = ['requested', 'offered', 'confirmed'] as const;

function holdersIn(runId: string): Promise<BookingRow[]> {
  return BookingModel.find({ runId, status: { $in: holding } }).lean();
}

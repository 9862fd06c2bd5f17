import { freeIn, poolOf } from './contingents.rules.ts';
import type { OpenRun } from './lane.ts';
import type { Ledger } from './ledger.ts';
import { exhausted } from './limits.rules.ts';

/** Whether places of the run are not simply for whoever is next: some are kept, or each institution may have only so many. */
export function isReserved({ ledger }: Pick<OpenRun, 'ledger'>): boolean {
  return ledger.limit !== undefined || ledger.units.some(({ contingents = [] }) => contingents.length > 0);
}

/** Leaves out those who wait for an institution that has all it may: they block nobody, and are looked at when it has less. */
export function toLookAt({ ledger: { limit, units } }: Pick<OpenRun, 'ledger'>) {
  if (!limit) return {};
  const full = exhausted(
    limit,
    units.map(({ unit }) => unit),
  );
  return full.length === 0 ? {} : { organisation: { $nin: full } };
}

/** Who could have a place that nobody ahead waits for: everybody who wants a unit, or only those it is kept for. */
export function withPlacesToHave(ledger: Ledger, blocked: ReadonlySet<string>) {
  const free = ledger.units.map((unit) => ({ unit: unit.unit, ...freeIn(unit) }));
  const toAll = free.filter(({ unit, open }) => open > 0 && !blocked.has(unit)).map(({ unit }) => unit);
  if (toAll.length > 0) return { units: { $in: toAll } };
  const kept = new Set(
    free.flatMap((one) =>
      [...one.kept].filter(([id, places]) => places > 0 && !blocked.has(poolOf(one.unit, id))).map(([id]) => id),
    ),
  );
  const groups = (ledger.contingents ?? []).filter(({ id }) => kept.has(id));
  if (groups.length === 0) return 'nobody' as const;
  const organisations = groups.flatMap((group) => group.organisations.map(({ key }) => key));
  return {
    $or: [
      { organisation: { $in: organisations } },
      { organisationKind: { $in: groups.flatMap(({ kinds }) => kinds) } },
    ],
  };
}

/** Notes where a queue keeps newcomers from nothing, so that the catalogue knows what is left. */
export function notePassable({ ledger }: Pick<OpenRun, 'ledger'>, blocked: ReadonlySet<string>): void {
  for (const unit of ledger.units) {
    delete unit.passable;
    if (unit.waiting > 0 && !blocked.has(unit.unit)) unit.passable = true;
  }
}

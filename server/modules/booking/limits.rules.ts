import { isMakeUp } from './units.rules.ts';

/** How many places one institution may hold in each unit of a run, and how many each of them holds. */
export type Limit = { most: number; held: ReadonlyMap<string, number> };
export type Tally = Map<string, number>;

type Counting = { units: readonly string[]; organisation?: string };

/** Notes places of an institution in the units of a booking; making up a module does not count. */
export function countPlaces(tally: Tally, { units, organisation }: Counting, places: (unit: string) => number): void {
  if (organisation === undefined) return;
  for (const unit of units.filter((one) => !isMakeUp(one)))
    tally.set(keyOf(unit, organisation), heldBy(tally, unit, organisation) + places(unit));
}

/** Whether its institution would hold more than it may, if this booking had its places. */
export function isOverLimit(
  { most, held }: Limit,
  { units, organisation }: Counting,
  places: (unit: string) => number,
): boolean {
  if (organisation === undefined) return false;
  return units
    .filter((unit) => !isMakeUp(unit))
    .some((unit) => places(unit) > 0 && heldBy(held, unit, organisation) + places(unit) > most);
}

/** The institutions that hold all they may in one of these units: whoever waits there for them need not be looked at. */
export function exhausted({ most, held }: Limit, units: readonly string[]): string[] {
  const full = [...held].filter(([, places]) => places >= most).map(([key]) => splitKey(key));
  const inAll = new Map<string, number>();
  for (const [unit, organisation] of full)
    if (units.includes(unit)) inAll.set(organisation, (inAll.get(organisation) ?? 0) + 1);
  return [...inAll].filter(([, count]) => count === units.length).map(([organisation]) => organisation);
}

function heldBy(tally: ReadonlyMap<string, number>, unit: string, organisation: string): number {
  return tally.get(keyOf(unit, organisation)) ?? 0;
}

function keyOf(unit: string, organisation: string): string {
  return `${unit} ${organisation}`;
}

function splitKey(key: string): [unit: string, organisation: string] {
  const at = key.indexOf(' ');
  return [key.slice(0, at), key.slice(at + 1)];
}

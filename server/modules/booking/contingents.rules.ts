/** A group for whom places of a run are kept: institutions by key, or everybody from a kind of institution. */
export type KeptFor = {
  id: string;
  organisations: readonly { name: string; key: string }[];
  kinds: readonly string[];
  /** From then on the places are open to everybody. */
  releaseAt: Date;
  /** When that was, and who did it, where it was before its time. */
  released?: { at: Date; by: { kind: string; id?: string } };
};
/** Of one unit: how many places are for the group altogether, and how many of them it holds. */
export type Contingent = { id: string; places: number; held: number };

type Counted = { capacity: number; held: number; contingents?: readonly Contingent[] };
type Member = { organisation?: string; organisationKind?: string };

/** What nobody holds of a unit: places for everybody (below zero when over-full), and those kept for each group. */
export type Free = { open: number; kept: Map<string, number> };

/** Never more is kept than is there: where places are short, the contingent made first has them. */
export function freeIn({ capacity, held, contingents = [] }: Counted): Free {
  let open = capacity - held;
  const kept = new Map<string, number>();
  for (const contingent of contingents) {
    const places = Math.max(0, Math.min(contingent.places - contingent.held, open));
    kept.set(contingent.id, places);
    open -= places;
  }
  return { open, kept };
}

/** All that nobody holds, whoever it is for. */
export function allFree({ open, kept }: Free): number {
  return open + [...kept.values()].reduce((sum, places) => sum + places, 0);
}

/** The group a booking belongs to, as long as places are kept for it. */
export function contingentOf(kept: readonly KeptFor[], { organisation, organisationKind }: Member): string | undefined {
  return kept.find(
    ({ released, organisations, kinds }) =>
      !released &&
      (organisations.some(({ key }) => key === organisation) ||
        (organisationKind !== undefined && kinds.includes(organisationKind))),
  )?.id;
}

/** Where a booking may get its places in a unit: `unit` what is open to all, the other what is kept for its group. */
export function poolOf(unit: string, contingent: string): string {
  return `${unit}/${contingent}`;
}

export function poolsOf({ units, contingent }: { units: readonly string[]; contingent?: string }): string[] {
  return contingent === undefined ? [...units] : units.flatMap((unit) => [unit, poolOf(unit, contingent)]);
}

/** How many places somebody of this group could have in a unit, without those that others ahead wait for. */
export function roomIn(
  { open, kept }: Free,
  unit: string,
  contingent: string | undefined,
  blocked: ReadonlySet<string> = new Set(),
): number {
  const isOwn = contingent !== undefined && !blocked.has(poolOf(unit, contingent));
  const own = isOwn ? (kept.get(contingent) ?? 0) : 0;
  return (blocked.has(unit) ? Math.min(0, open) : open) + own;
}

/** Takes places, first those kept for the group; gives how many of them were open to all. */
export function takeFrom(free: Free, places: number, contingent: string | undefined): number {
  const kept = contingent === undefined ? 0 : (free.kept.get(contingent) ?? 0);
  const own = Math.min(kept, places);
  if (contingent !== undefined) free.kept.set(contingent, kept - own);
  free.open -= places - own;
  return places - own;
}

/** The contingents whose time has come. */
export function dueContingents<One extends KeptFor>(kept: readonly One[], at: Date): One[] {
  return kept.filter(({ released, releaseAt }) => !released && releaseAt <= at);
}

/** When the next one is due. */
export function nextRelease(kept: readonly KeptFor[]): Date | undefined {
  const times = kept.flatMap(({ released, releaseAt }) => (released ? [] : releaseAt.getTime()));
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

type Booked = { places: number; participants: readonly unknown[]; group?: string };

/** How many places of a booking still want a name: of a group that is counted by heads, that of who comes along. */
export function namesWanted({ places, participants, group }: Booked): number {
  return Math.max(0, (group === undefined ? places : 1) - participants.length);
}

/** A group that comes without names, and how many it has beside those who come along. */
export type HeadCount = { name: string; heads: number };

/** The group of a booking, where it is counted by heads. */
export function headCountOf({ places, participants, group }: Booked): HeadCount | undefined {
  return group === undefined ? undefined : { name: group, heads: places - participants.length };
}

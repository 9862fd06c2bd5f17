/** Which places of a booking: by the ids of those who sit in them, and how many without a name. */
export type SomePlaces = { participantIds: readonly string[]; unnamed: number };

type People<Person> = { places: number; participants: readonly Person[] };

/** Those of a booking who go, and those who stay, each with their places; nothing where it has no such places. */
export function partedBy<Person extends { _id: unknown }>(
  { places, participants }: People<Person>,
  { participantIds, unnamed }: SomePlaces,
): { going: People<Person>; staying: People<Person> } | undefined {
  const ids = new Set(participantIds);
  const going = participants.filter(({ _id }) => ids.has(String(_id)));
  const staying = participants.filter(({ _id }) => !ids.has(String(_id)));
  const leaves = going.length + unnamed;
  if (going.length < ids.size || leaves === 0 || unnamed > places - participants.length) return undefined;
  return {
    going: { places: leaves, participants: going },
    staying: { places: places - leaves, participants: staying },
  };
}

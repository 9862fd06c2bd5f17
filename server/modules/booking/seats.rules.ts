import { seatOf } from './booking.rules.ts';
import { sitsElsewhereIn } from './units.rules.ts';

type Person = { key: string; sitsElsewhere?: true; elsewhere?: readonly string[] };

/** One seat for each participant in each unit where no other booking has one for them. */
export function seatsOf(units: readonly string[], participants: readonly Person[]): string[] {
  return participants.flatMap((person) =>
    units.filter((unit) => !sitsElsewhereIn(person, unit)).map((unit) => seatOf(unit, person.key)),
  );
}

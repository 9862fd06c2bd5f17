import { isActive, type BookingWithRun } from '../booking/index.ts';

/** Somebody an institution sends: known by address and name, with all that was booked for them, the last first. */
export type PersonSeated = { key: string; name: string; email: string; bookings: BookingWithRun[] };

/** Who sits, sat or waits in these bookings, by name. Whoever was replaced, or whose booking was cancelled, is nobody here. */
export function peopleIn(bookings: readonly BookingWithRun[]): PersonSeated[] {
  const people = new Map<string, PersonSeated>();
  for (const one of bookings.filter(({ booking }) => isActive(booking.status)))
    for (const { key, name, email } of one.booking.participants) {
      const known = people.get(key) ?? { key, name, email, bookings: [] };
      people.set(key, { ...known, bookings: [...known.bookings, one] });
    }
  return [...people.values()]
    .map((person) => ({ ...person, bookings: person.bookings.toSorted(laterFirst) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'de'));
}

function laterFirst(one: BookingWithRun, other: BookingWithRun): number {
  return other.run.startsAt.getTime() - one.run.startsAt.getTime();
}

import { DateTime } from 'luxon';

export const seatings = ['rows', 'tables', 'u-shape', 'circle'] as const;
export type Seating = (typeof seatings)[number];
export type SeatingCapacity = { seating: Seating; places: number };

export const equipmentList = [
  'projector',
  'screen',
  'whiteboard',
  'flipchart',
  'pin-boards',
  'moderation-kit',
  'internet',
  'loudspeakers',
  'microphone',
  'conference-camera',
  'kitchen',
] as const;
export type Equipment = (typeof equipmentList)[number];

export const accessFeatures = [
  'step-free',
  'lift',
  'accessible-toilet',
  'induction-loop',
  'accessible-parking',
] as const;
export type AccessFeature = (typeof accessFeatures)[number];

/** ISO weekday (1 is Monday) and two times on the venue's clock; `until` may be 24:00. */
export type OpeningHours = { weekday: number; from: string; until: string };
/** Calendar days, both included. */
export type ClosedDays = { from: string; until: string };

type House = { timeZone: string; openingHours: readonly OpeningHours[]; closedDays: readonly ClosedDays[] };
type Sitting = { startsAt: Date; endsAt: Date };
type Address = { name: string; addressLines: readonly string[]; postalCode: string; town: string };

export const longestTravelMinutes = 240;
export const usualTravelMinutes = 30;

/** A room in words, as calendars and pages say where a session is. */
export function locationOf(venue: Address, room: { name: string }): string {
  const town = `${venue.postalCode} ${venue.town}`.trim();
  return [venue.name, room.name, ...venue.addressLines, town].filter((part) => part !== '').join(', ');
}

/** The most people a room takes, whatever the seating; nothing where nobody has said. */
export function mostIn(capacities: readonly SeatingCapacity[], seating?: Seating): number | undefined {
  const fitting = capacities.filter((one) => seating === undefined || one.seating === seating);
  return fitting.length === 0 ? undefined : Math.max(...fitting.map(({ places }) => places));
}

/**
 * Whether the house is open from the first to the last minute: `closed-day` where it is shut on one of the days, `hours`
 * where it is not open for all of it. A house that says no hours is open whenever somebody comes.
 */
export function whyShut(
  house: House,
  { startsAt, endsAt }: Sitting,
): { kind: 'closed-day' | 'hours'; day: string } | undefined {
  for (const part of civilDays(house.timeZone, startsAt, endsAt)) {
    if (house.closedDays.some(({ from, until }) => from <= part.day && part.day <= until))
      return { kind: 'closed-day', day: part.day };
    if (house.openingHours.length > 0 && !isOpen(house.openingHours, part)) return { kind: 'hours', day: part.day };
  }
  return undefined;
}

/** The same key whichever way one travels. */
export function travelKey(one: string, other: string): string {
  return [one, other].toSorted().join(':');
}

type Part = { day: string; weekday: number; from: string; until: string };

/** A span on the clock of a place, day by day; the last minute of a day is followed by 24:00. */
function civilDays(zone: string, startsAt: Date, endsAt: Date): Part[] {
  const [start, end] = [DateTime.fromJSDate(startsAt, { zone }), DateTime.fromJSDate(endsAt, { zone })];
  const parts: Part[] = [];
  for (let day = start.startOf('day'); day < end; day = day.plus({ days: 1 }).startOf('day')) {
    const next = day.plus({ days: 1 }).startOf('day');
    parts.push({
      day: day.toFormat('yyyy-MM-dd'),
      weekday: day.weekday,
      from: start > day ? start.toFormat('HH:mm') : '00:00',
      until: end < next ? end.toFormat('HH:mm') : '24:00',
    });
  }
  return parts;
}

function isOpen(hours: readonly OpeningHours[], { weekday, from, until }: Part): boolean {
  return hours.some((open) => open.weekday === weekday && open.from <= from && until <= open.until);
}

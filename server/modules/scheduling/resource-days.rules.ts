import type { Occupied } from './conflicts.rules.ts';

type Resources = Pick<Occupied, 'startsAt' | 'endsAt' | 'roomId' | 'trainerIds'>;
/** How far around a sitting another one may be in its way. */
export type Reach = { roomMinutes: number; trainerMinutes: number };

const aDay = 86_400_000;
const nowhere: Reach = { roomMinutes: 0, trainerMinutes: 0 };

/**
 * The days on which a session takes its room and its trainers: `room:<id>:<UTC day>`, `trainer:<id>:<UTC day>`. With a
 * `reach` also those of whatever may be in its way: of two sessions that are too close, each reaches a day of the other.
 */
export function resourceDays({ startsAt, endsAt, roomId, trainerIds }: Resources, reach = nowhere): string[] {
  const days = (resource: string, minutes: number) =>
    daysBetween(startsAt.getTime() - minutes * 60_000, endsAt.getTime() + minutes * 60_000).map(
      (day) => `${resource}:${day}`,
    );
  return [
    ...(roomId === undefined ? [] : days(`room:${roomId}`, reach.roomMinutes)),
    ...trainerIds.flatMap((id) => days(`trainer:${id}`, reach.trainerMinutes)),
  ];
}

/** Also the day on which the last instant falls: a session that ends at midnight touches the day that begins there. */
function daysBetween(from: number, until: number): string[] {
  const first = Math.floor(from / aDay);
  const length = Math.floor(until / aDay) - first + 1;
  return Array.from({ length }, (_, index) => new Date((first + index) * aDay).toISOString().slice(0, 10));
}

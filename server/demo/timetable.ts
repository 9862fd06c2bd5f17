import type { SessionInput } from '../modules/scheduling/index.ts';

type Stock = { byPlace: ReadonlyMap<string, string>; spare: readonly string[]; trainers: readonly string[] };
type Span = { from: number; until: number };

/** Longer than any way, setting up or clearing up of the demo. */
const marginMs = 61 * 60_000;

/**
 * Gives each session its room and trainers. The days of the demo move with today, so that now and then two runs want the
 * same: then the later one gets who and what is free.
 */
export function timetable({ byPlace, spare, trainers }: Stock): (session: SessionInput) => SessionInput {
  const taken = new Map<string, Span[]>();
  const isFree = (resource: string, { from, until }: Span) =>
    !(taken.get(resource) ?? []).some((other) => other.from < until && from < other.until);
  const take = (resource: string, span: Span) => taken.set(resource, [...(taken.get(resource) ?? []), span]);

  return ({ trainers: wanted = [], ...session }) => {
    const span = { from: session.startsAt.getTime() - marginMs, until: session.endsAt.getTime() + marginMs };
    const room = byPlace.get(session.location);
    const roomId = room === undefined ? undefined : [room, ...spare].find((one) => isFree(one, span));
    const chosen = wanted.reduce<string[]>((found, one) => {
      const free = [one, ...trainers].find((other) => !found.includes(other) && isFree(other, span));
      return free === undefined ? found : [...found, free];
    }, []);
    for (const resource of [...chosen, ...(roomId === undefined ? [] : [roomId])]) take(resource, span);
    return { ...session, ...(roomId !== undefined && { roomId }), trainers: chosen };
  };
}

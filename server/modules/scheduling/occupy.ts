import { now } from '../../platform/clock.ts';
import { recordEvent, referenceTo, type Actor } from '../history/index.ts';
import type { Room } from '../venues/index.ts';
import { conflictsAmong, daysOf } from './conflicts.ts';
import { mirroredKey, type Conflict, type Occupied } from './conflicts.rules.ts';
import { takeDays } from './resource-days.ts';
import { resourceDays } from './resource-days.rules.ts';
import { PlanConflicts } from './scheduling.errors.ts';
import type { Override } from './scheduling.input.ts';
import { SessionModel, type OverrideRow } from './session.model.ts';

/** Sessions that are to take their rooms and trainers; `rooms`: those they are in, by id. */
export type Occupation = {
  run: { id: string; providerId: string };
  sessions: readonly Occupied[];
  rooms: ReadonlyMap<string, Room>;
  override?: Override | undefined;
};
/** What a session keeps of having done so. */
export type Occupancy = { resourceDays: string[]; overrides: OverrideRow[] };

/**
 * Takes the rooms and trainers of sessions in the open transaction, and gives what each session keeps of it, by its id.
 * Raising the turn of their days is what enforces it: of two who take the same room, one starts again and sees the other.
 * The rule explains. A hard conflict passes only with a reason, by whoever has seen just this one. @throws plan-conflicts
 */
export async function occupy(
  actor: Actor,
  { run, sessions, rooms, override }: Occupation,
): Promise<ReadonlyMap<string, Occupancy>> {
  await takeDays(daysOf(sessions, rooms));

  const hard = (await conflictsAmong({ sessions }, rooms)).filter(({ isHard }) => isHard);
  const earlier = hard.length === 0 ? new Map<string, OverrideRow>() : await earlierOverrides(sessions, hard);
  const decided = decisionsOn(hard, sessions, earlier, freshOverride(actor, override));
  if (decided.some(({ by }) => by === undefined)) throw new PlanConflicts(hard);

  recordOverrides(actor, run, sessions, decided);
  return new Map(
    sessions.map((session, index) => {
      const overrides = decided.flatMap(({ conflict, by }) => (by && conflict.session === index ? [by] : []));
      return [session.id, { resourceDays: resourceDays(session), overrides }] as const;
    }),
  );
}

type Decision = { conflict: Conflict; by: OverrideRow | undefined; isFresh: boolean };

/** Each hard conflict with the override that lets it pass: an earlier one of either session, or the one given now. */
function decisionsOn(
  hard: readonly Conflict[],
  sessions: readonly Occupied[],
  earlier: ReadonlyMap<string, OverrideRow>,
  fresh: (key: string) => OverrideRow | undefined,
): Decision[] {
  return hard.map((conflict) => {
    const mirrored = mirroredKey(conflict, sessions);
    const known = earlier.get(conflict.key) ?? (mirrored === undefined ? undefined : earlier.get(mirrored));
    return { conflict, by: known ? { ...known, key: conflict.key } : fresh(conflict.key), isFresh: !known };
  });
}

/** Only what was seen is overridden: whoever came in between is a conflict that nobody has decided on. */
function freshOverride(actor: Actor, override: Override | undefined): (key: string) => OverrideRow | undefined {
  const { reason, conflicts = [] } = override ?? {};
  const fact = { at: now(), by: referenceTo(actor) };
  return (key) => (reason && conflicts.includes(key) ? { key, reason, ...fact } : undefined);
}

async function earlierOverrides(
  sessions: readonly Occupied[],
  hard: readonly Conflict[],
): Promise<Map<string, OverrideRow>> {
  const ids = [...sessions.map(({ id }) => id), ...hard.flatMap(({ other }) => other?.id ?? [])];
  const rows = await SessionModel.find({ _id: { $in: [...new Set(ids)] } }, { overrides: 1 }).lean();
  return new Map(rows.flatMap(({ overrides = [] }) => overrides.map((one) => [one.key, one] as const)));
}

function recordOverrides(
  actor: Actor,
  run: Occupation['run'],
  sessions: readonly Occupied[],
  decided: readonly Decision[],
): void {
  sessions.forEach(({ id }, index) => {
    const own = decided.filter(({ conflict, isFresh }) => isFresh && conflict.session === index);
    const [first] = own;
    if (!first?.by) return;
    const about = { runId: run.id, sessionId: id, providerId: run.providerId };
    const others = own.flatMap(({ conflict }) => conflict.other?.id ?? []);
    const facts = { kinds: own.map(({ conflict }) => conflict.kind), others, reason: first.by.reason };
    recordEvent(actor, { type: 'conflicts-overridden', about, facts });
  });
}

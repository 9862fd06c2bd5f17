import { conflictKeyOf, type Occupied } from '../scheduling/index.ts';
import { RunModel } from '../scheduling/run.model.ts';
import { SessionModel, type SessionRow } from '../scheduling/session.model.ts';
import type { BrokenPromise } from './verify.rules.ts';

type Sitting = Occupied & { overrides: ReadonlySet<string> };
type Resource = { roomId: string } | { trainerId: string };

/** Every room and trainer that two runs have at the same time although nobody decided so. Read session by session. */
export async function doubleOccupations(): Promise<BrokenPromise[]> {
  const byResource = new Map<string, { resource: Resource; sittings: Sitting[] }>();
  for await (const row of SessionModel.find().sort({ startsAt: 1 }).lean().cursor()) {
    const sitting = sittingOf(row);
    for (const resource of resourcesOf(sitting)) {
      const key = JSON.stringify(resource);
      const known = byResource.get(key);
      if (known) known.sittings.push(sitting);
      else byResource.set(key, { resource, sittings: [sitting] });
    }
  }
  const doubles = [...byResource.values()].flatMap(({ resource, sittings }) => doublesIn(resource, sittings));
  const cancelled = await cancelledAmong(doubles.flatMap(({ one, other }) => [one.runId, other.runId]));
  return doubles.filter(({ one, other }) => !cancelled.has(one.runId) && !cancelled.has(other.runId)).map(sentenceOf);
}

type Double = { resource: Resource; one: Sitting; other: Sitting };

/** In the order of their start: whoever begins before the one that is last to end is over meets it. */
function doublesIn(resource: Resource, sittings: readonly Sitting[]): Double[] {
  const doubles: Double[] = [];
  let still: Sitting[] = [];
  for (const one of sittings) {
    still = still.filter(({ endsAt }) => endsAt > one.startsAt);
    for (const other of still)
      if (other.runId !== one.runId && !isOverridden(resource, one, other)) doubles.push({ resource, one, other });
    still.push(one);
  }
  return doubles;
}

function isOverridden(resource: Resource, one: Sitting, other: Sitting): boolean {
  const kind = 'roomId' in resource ? 'room-taken' : 'trainer-taken';
  const said = (by: Sitting, against: Sitting) =>
    by.overrides.has(conflictKeyOf(by, { kind, isHard: true, ...resource, other: against }));
  return said(one, other) || said(other, one);
}

async function cancelledAmong(runIds: readonly string[]): Promise<Set<string>> {
  if (runIds.length === 0) return new Set();
  const rows = await RunModel.find({ _id: { $in: [...new Set(runIds)] }, status: 'cancelled' }, { _id: 1 }).lean();
  return new Set(rows.map(({ _id }) => String(_id)));
}

function sentenceOf({ resource, one, other }: Double): BrokenPromise {
  const what = 'roomId' in resource ? `Room ${resource.roomId}` : `Trainer ${resource.trainerId}`;
  const sentence = `${what} is in session ${one.id} and in session ${other.id} of run ${other.runId} at the same time.`;
  return { promise: 9, runId: one.runId, sentence };
}

function sittingOf({ _id, runId, roomId, trainerIds, overrides = [], ...row }: SessionRow): Sitting {
  const { startsAt, endsAt, timeZone, location } = row;
  return {
    id: String(_id),
    runId: String(runId),
    startsAt,
    endsAt,
    timeZone,
    location,
    ...(roomId && { roomId: String(roomId) }),
    trainerIds: trainerIds.map(String),
    overrides: new Set(overrides.map(({ key }) => key)),
  };
}

function resourcesOf({ roomId, trainerIds }: Sitting): Resource[] {
  return [...(roomId === undefined ? [] : [{ roomId }]), ...trainerIds.map((trainerId) => ({ trainerId }))];
}
